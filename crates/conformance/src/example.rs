//! An example of the exchange that a requirement is about, made of the examples of the document.

use std::fmt;

use serde_json::Value;

use crate::document;
use crate::generated::{OPERATIONS, OperationInfo};
use crate::ledger::Requirement;

/// A request, and the answer that the requirement expects of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Example {
    /// Method, path below the root, and body.
    pub request: String,
    /// Status and body.
    pub answer: String,
}

impl Example {
    /// The exchange with the usual outcome; nothing where no operation documents its status.
    pub fn of(requirement: &Requirement) -> Option<Self> {
        let accepted = requirement.accepts.iter().flat_map(|accept| accept.status.iter().copied());
        let accepted: Vec<u16> = accepted.collect();
        let concerned = |known: &&OperationInfo| {
            let is_named = |name: &String| name == "all" || name == known.id;
            requirement.operations.iter().any(is_named)
        };
        let operations: Vec<&OperationInfo> = OPERATIONS.iter().filter(concerned).collect();
        let first = |status| operations.iter().find_map(|it| Self::with_status(it, status));
        match accepted.is_empty() {
            true => operations.iter().find_map(|it| Self::with_status(it, it.success)),
            false => accepted.into_iter().find_map(first),
        }
    }

    fn with_status(operation: &'static OperationInfo, status: u16) -> Option<Self> {
        let documented = document::operation(operation.path, operation.method);
        let answer = document::resolved(documented["responses"].get(status.to_string())?);
        let body = document::resolved(&documented["requestBody"]);
        let request = format!("{} {}", operation.method, path(operation.path, documented));
        let answer = match status {
            200..300 => with_body(&status.to_string(), example(answer)),
            // Which of the refusals it is would depend on more than the status.
            _ => format!("{status} {}", sentence(&answer["description"])),
        };
        Some(Self { request: with_body(&request, example(body)), answer })
    }
}

impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n-> {}", self.request, self.answer)
    }
}

fn with_body(text: &str, body: Option<&Value>) -> String {
    body.map_or(text.to_owned(), |body| format!("{text} {body}"))
}

/// The example of a body, or the first of several.
fn example(holder: &Value) -> Option<&Value> {
    let json = holder.get("content")?.get("application/json")?;
    json.get("example").or_else(|| json["examples"].as_object()?.values().next()?.get("value"))
}

/// The first sentence of a description.
fn sentence(description: &Value) -> &str {
    let text = description.as_str().unwrap_or_default();
    text.find(". ").map_or(text, |end| &text[..=end])
}

/// A path with the examples of its parameters.
fn path(template: &str, operation: &'static Value) -> String {
    let own = [&operation["parameters"], document::parameters(template)];
    let parameters = own.into_iter().filter_map(Value::as_array).flatten();
    parameters.map(document::resolved).fold(template.to_owned(), |path, parameter| {
        let name = parameter["name"].as_str().unwrap_or_default();
        let value = &parameter["example"];
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        path.replace(&format!("{{{name}}}"), &value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::RequirementId as R;
    use crate::ledger::Ledger;

    fn told(id: R) -> String {
        let ledger = Ledger::embedded().expect("a ledger");
        let example = Example::of(ledger.get(id).expect("a requirement"));
        example.expect("an example").to_string()
    }

    #[test]
    fn the_request_is_filled_and_the_answer_is_the_usual_one() {
        insta::assert_snapshot!(told(R::TokenLimit), @r#"
        POST /projects/20/cluster_agents/5/tokens {"name":"some-token"}
        -> 400 A parameter or the body is missing, malformed or against a rule.
        "#);
        insta::assert_snapshot!(told(R::TokenRevoke), @r"
        DELETE /projects/20/cluster_agents/5/tokens/1
        -> 204
        ");
        insta::assert_snapshot!(told(R::AuthRequired), @r"
        GET /projects/20/cluster_agents
        -> 401 No credential, or one that is unknown, expired or revoked.
        ");
    }

    #[test]
    fn every_requirement_has_an_example_without_gaps() {
        for requirement in Ledger::embedded().expect("a ledger").iter() {
            let example = Example::of(requirement).map(|it| it.to_string());
            let example = example.unwrap_or_else(|| panic!("{}", requirement.id.as_str()));
            let path = example.split(' ').nth(1).expect("a path");
            assert!(!path.contains(['{', '}']), "{example}");
        }
    }
}
