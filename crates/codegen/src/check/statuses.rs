//! Responses: their statuses, and that errors are alike.

use crate::document::draft::Draft;
use crate::document::{Method, SchemaRef, json, model, pointer};
use crate::finding::Finding;

pub(super) fn code(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, operation) in document.each(&model::OPERATION) {
        for (status, _) in json::members(operation, "responses") {
            let help = if status == "default" || status.ends_with(['X', 'x']) {
                "List each status by itself: the client cannot tell what else is meant."
            } else if !is_status(status) {
                "Write a status of 2xx, 4xx or 5xx as three digits in quotes."
            } else {
                continue;
            };
            let at = pointer::join(&pointer::join(&place.pointer, "responses"), status);
            let message = format!("`{status}` is not a status that can be generated");
            findings.push(document.finding("status-code", &at, message, help));
        }
    }
}

fn is_status(status: &str) -> bool {
    let class = status.starts_with(['2', '4', '5']);
    class && status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn success(document: &Draft, findings: &mut Vec<Finding>) {
    for operation in &document.operations {
        let successes = operation.responses.iter().filter(|response| response.is_success());
        let statuses: Vec<_> = successes.map(|response| response.status.to_string()).collect();
        if statuses.len() != 1 {
            let found = if statuses.is_empty() { "none".to_owned() } else { statuses.join(", ") };
            findings.push(document.finding(
                "success-status",
                &pointer::join(&operation.pointer, "responses"),
                format!("`{}` must have exactly one success; found {found}", operation.id),
                "Document one 2xx status: the client returns one type for it.",
            ));
        }
    }
}

pub(super) fn no_content(document: &Draft, findings: &mut Vec<Finding>) {
    for operation in &document.operations {
        for response in operation.responses.iter().filter(|response| response.schema.is_some()) {
            let status = response.status;
            let message = match (status, operation.method) {
                (204 | 205, _) => format!("an answer with {status} has no body"),
                (_, Method::Head) if response.is_success() => {
                    "an answer to HEAD has no body".to_owned()
                }
                _ => continue,
            };
            let help = "Remove `content`, or document a status that has a body.";
            findings.push(document.finding("no-content", &response.pointer, message, help));
        }
    }
}

pub(super) fn error_body(document: &Draft, findings: &mut Vec<Finding>) {
    let responses = document.operations.iter().flat_map(|operation| &operation.responses);
    let errors = || responses.clone().filter(|response| response.is_error());
    let Some(common) = errors().find_map(|error| name(error.schema.as_ref()?)) else {
        let message =
            "no operation documents an error with a schema, so an unknown path has no answer";
        let help = "Add a 404 whose schema is a `$ref` to one in `components.schemas`.";
        findings.push(document.finding("error-body", "/paths", message, help));
        return;
    };
    for error in errors() {
        let message = match &error.schema {
            Some(schema) if name(schema) == Some(common) => continue,
            Some(_) => format!("the {} has another schema than the other errors", error.status),
            None => format!("the {} has no body", error.status),
        };
        let help = format!("Give it `schema: {{ $ref: '#/components/schemas/{common}' }}`.");
        findings.push(document.finding("error-body", &error.pointer, message, help));
    }
}

fn name(schema: &SchemaRef) -> Option<&str> {
    match schema {
        SchemaRef::Named(name) => Some(name),
        _ => None,
    }
}
