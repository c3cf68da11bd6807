//! A request as a command that repeats it, with credentials from the environment.

use crate::transport::request::{Body, Credential, Request};

/// A body longer than this is described instead of shown, in characters.
const LONGEST_BODY: usize = 2_000;

/// The curl command. Secrets inside the body are for the caller to redact.
pub(crate) fn command(request: &Request) -> String {
    let mut words = vec![String::from("curl -sS -i")];
    match request.method.as_str() {
        "GET" => {}
        "HEAD" => words.push(String::from("--head")),
        method => words.push(format!("-X {method}")),
    }
    words.extend(credential(&request.credential));
    words.extend(request.headers.iter().map(|(name, value)| header(name, value)));
    words.extend(body(&request.body));
    words.push(format!("\"$CONFORMANCE_BASE_URL{}\"", in_double_quotes(&request.path_and_query())));
    words.join(" ")
}

fn credential(credential: &Credential) -> Option<String> {
    match credential {
        Credential::None => None,
        Credential::PrivateToken(actor) => {
            Some(format!("-H \"PRIVATE-TOKEN: ${}\"", actor.variable()))
        }
        Credential::Bearer(actor) => {
            Some(format!("-H \"Authorization: Bearer ${}\"", actor.variable()))
        }
        Credential::Elsewhere { header, before, actor } => {
            Some(format!("-H \"{header}: {before}${}\"", actor.variable()))
        }
        Credential::Made { header, label, .. } => Some(format!("-H '{header}: <{label}>'")),
    }
}

fn header(name: &str, value: &str) -> String {
    format!("-H {}", quoted(&format!("{name}: {value}")))
}

fn body(body: &Body) -> Vec<String> {
    match body {
        Body::None => Vec::new(),
        Body::Json(value) => {
            vec![header("Content-Type", "application/json"), data(&value.to_string())]
        }
        Body::Raw { media_type, bytes } => {
            let label = match media_type {
                Some(media_type) => header("Content-Type", media_type),
                None => String::from("-H Content-Type:"),
            };
            vec![label, data(&String::from_utf8_lossy(bytes))]
        }
    }
}

fn data(text: &str) -> String {
    match text.chars().count() > LONGEST_BODY {
        true => format!("--data-binary '<{} bytes, {}…>'", text.len(), shortened(text)),
        false => format!("--data-binary {}", quoted(text)),
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(60).filter(|c| *c != '\'').collect()
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn in_double_quotes(text: &str) -> String {
    text.replace('\\', r"\\").replace('"', "\\\"").replace('$', r"\$").replace('`', r"\`")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api;
    use crate::target::{Actor, Project, Secret};

    #[test]
    fn a_command_repeats_the_request_without_naming_a_token() {
        let project = Project::Path(String::from("group/project"));
        let made = Credential::Made {
            header: "PRIVATE-TOKEN",
            value: Secret::new("sentinel"),
            label: String::from("an unknown token"),
        };
        let requests = [
            api::list_agents(&project).query("per_page", 2).by(Actor::Developer),
            api::create_token(&project, 5, json!({ "name": "it's" })),
            api::delete_agent(&project, 5).with(Credential::Bearer(Actor::Guest)),
            api::get_agent(&project, 5).head().with(made),
        ];
        let commands: Vec<String> = requests.iter().map(command).collect();
        insta::assert_snapshot!(commands.join("\n"), @r#"
        curl -sS -i -H "PRIVATE-TOKEN: $CONFORMANCE_TOKEN_DEVELOPER" "$CONFORMANCE_BASE_URL/projects/group%2Fproject/cluster_agents?per_page=2"
        curl -sS -i -X POST -H "PRIVATE-TOKEN: $CONFORMANCE_TOKEN_MAINTAINER" -H 'Content-Type: application/json' --data-binary '{"name":"it'\''s"}' "$CONFORMANCE_BASE_URL/projects/group%2Fproject/cluster_agents/5/tokens"
        curl -sS -i -X DELETE -H "Authorization: Bearer $CONFORMANCE_TOKEN_GUEST" "$CONFORMANCE_BASE_URL/projects/group%2Fproject/cluster_agents/5"
        curl -sS -i --head -H 'PRIVATE-TOKEN: <an unknown token>' "$CONFORMANCE_BASE_URL/projects/group%2Fproject/cluster_agents/5"
        "#);
    }
}
