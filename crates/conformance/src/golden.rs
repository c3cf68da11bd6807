//! Whole exchanges as the documentation shows them, to compare real ones with.
//!
//! A golden file has the request and the answer. Where values differ from run to run it has a
//! placeholder: `<id>`, `<time>`, `<user>`, `<name>`, `<text>`, `<text or null>`, `<secret>`,
//! `<project>`. Keys that it does not have may be in a real answer; keys that are null there may be
//! left out.

use serde_json::{Map, Value};
use similar::TextDiff;

use crate::transport::Exchange;

/// How much of an exchange is compared, in characters: far more than any documented one has.
const LONGEST: usize = 20_000;

/// One documented exchange.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Golden {
    pub(crate) name: &'static str,
    text: &'static str,
}

macro_rules! golden {
    ($name:literal) => {
        Golden { name: $name, text: include_str!(concat!("../golden/", $name, ".txt")) }
    };
}

pub(crate) const REGISTER_AGENT: Golden = golden!("register-agent");
pub(crate) const GET_AGENT: Golden = golden!("get-agent");
pub(crate) const CREATE_TOKEN: Golden = golden!("create-token");
pub(crate) const GET_TOKEN: Golden = golden!("get-token");
pub(crate) const LIST_TOKENS: Golden = golden!("list-tokens");
pub(crate) const CREATE_URL: Golden = golden!("create-url-configuration");
pub(crate) const LIST_URLS: Golden = golden!("list-url-configurations");

impl Golden {
    /// The lines in which a real exchange differs, as a diff; nothing if there are none.
    pub(crate) fn difference(&self, exchange: &Exchange) -> Option<String> {
        let seen = self.normalised(exchange);
        (seen != self.text).then(|| diff(self.text, &shortened(seen)))
    }

    /// The exchange in the form of the file.
    fn normalised(&self, exchange: &Exchange) -> String {
        let mut parts: Vec<String> = self.text.split("\n\n").map(str::to_owned).collect();
        if let Some(body) = parts.pop() {
            let template: Value = serde_json::from_str(&body).unwrap_or_default();
            parts.pop();
            parts.push(head(exchange));
            parts.push(pretty(&normalise(&template, exchange.json().unwrap_or(&Value::Null))));
        }
        parts.join("\n\n")
    }
}

/// The beginning of what may be megabytes, which nobody would compare.
fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
    }
    text
}

/// What is above the body of an answer. Which success status there is, is judged elsewhere.
fn head(exchange: &Exchange) -> String {
    let status = match exchange.is_success() {
        true => String::from("success"),
        false => exchange.status.to_string(),
    };
    format!("{status}\nContent-Type: {}", exchange.media_type().unwrap_or_default())
}

fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// `value` with the keys and the placeholders of `template`.
fn normalise(template: &Value, value: &Value) -> Value {
    match (template, value) {
        (Value::Object(keys), Value::Object(fields)) => {
            let field = |key: &String| fields.get(key).unwrap_or(&Value::Null);
            let pairs = keys.iter().map(|(key, inner)| (key.clone(), normalise(inner, field(key))));
            Value::Object(pairs.collect::<Map<_, _>>())
        }
        (Value::Array(items), Value::Array(values)) => {
            let template = items.first().unwrap_or(&Value::Null);
            values.iter().map(|value| normalise(template, value)).collect()
        }
        (Value::String(placeholder), value) if fits(placeholder, value) => template.clone(),
        (_, value) => value.clone(),
    }
}

fn fits(placeholder: &str, value: &Value) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match placeholder {
        "<id>" => value.as_u64().is_some_and(|id| id > 0),
        "<user>" => value.is_null() || value.is_u64() || value.as_str().is_some_and(is_digits),
        "<time>" | "<name>" | "<text>" | "<secret>" => {
            value.as_str().is_some_and(|text| !text.is_empty())
        }
        "<text or null>" => value.is_null() || value.is_string(),
        _ => false,
    }
}

fn diff(expected: &str, seen: &str) -> String {
    let diff = TextDiff::from_lines(expected, seen);
    diff.unified_diff().context_radius(2).header("documented", "seen").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;
    use crate::generated::{DOCUMENT_JSON, OPERATIONS};
    use crate::oracle::tests::answered;
    use crate::target::Project;

    const ALL: [(Golden, &str); 7] = [
        (REGISTER_AGENT, "registerAgent"),
        (GET_AGENT, "getAgent"),
        (CREATE_TOKEN, "createAgentToken"),
        (GET_TOKEN, "getAgentToken"),
        (LIST_TOKENS, "listAgentTokens"),
        (CREATE_URL, "createUrlConfiguration"),
        (LIST_URLS, "listUrlConfigurations"),
    ];

    fn with_body(body: &str) -> Exchange {
        let request = api::get_agent(&Project::Number(20), 1);
        answered(request, 200, &[("content-type", "application/json")], body)
    }

    #[test]
    fn the_examples_of_the_document_are_golden() {
        let document: Value = serde_json::from_str(DOCUMENT_JSON).expect("JSON");
        for (golden, id) in ALL {
            let operation = OPERATIONS.iter().find(|known| known.id == id).expect(id);
            let content = &document["paths"][operation.path][operation.method.to_ascii_lowercase()]
                ["responses"][operation.success.to_string()]["content"]["application/json"];
            let example = content.get("example").unwrap_or(&content["examples"]["jwt"]["value"]);
            // A list in the document may show more entries than the golden exchange has.
            let example = match example.as_array() {
                Some(items) => Value::from(items[..1].to_vec()),
                None => example.clone(),
            };
            let difference = golden.difference(&with_body(&example.to_string()));
            assert_eq!(difference, None, "{}", golden.name);
        }
    }

    #[test]
    fn a_documented_exchange_is_compared_in_this_form() {
        let body = r#"{"id":5,"name":"cfm-1-a-1","config_project":{"id":20,"description":null,"name":"test",
            "name_with_namespace":"Administrator / test","path":"test","path_with_namespace":"root/test",
            "created_at":"2022-03-20T20:42:40.221Z","visibility":"private"},"is_receptive":false,
            "created_at":"2026-04-20T20:42:40.221345+02:00","created_by_user_id":null}"#;
        insta::assert_snapshot!(REGISTER_AGENT.normalised(&with_body(body)));
    }

    #[test]
    fn further_keys_and_left_out_nulls_are_no_difference() {
        let body = r#"{"id":1,"name":"a","agent_id":5,"status":"active","more":[1],
            "created_at":"2022-03-25T14:12:11Z","created_by_user_id":"1"}"#;
        assert_eq!(GET_TOKEN.difference(&with_body(body)), None);
    }

    #[test]
    fn a_difference_is_shown_line_by_line() {
        let body = r#"{"id":"1","name":"a","description":null,"agent_id":5,"status":"on",
            "created_at":"2022-03-25T14:12:11Z","created_by_user_id":1,"last_used_at":null}"#;
        let difference = GET_TOKEN.difference(&with_body(body)).expect("a difference");
        insta::assert_snapshot!(difference);
    }
}
