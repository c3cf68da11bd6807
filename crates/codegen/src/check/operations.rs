//! Operations: their methods and their names.

use std::collections::BTreeMap;

use heck::ToSnakeCase as _;

use crate::document::draft::Draft;
use crate::document::{Method, json, model, pointer};
use crate::finding::Finding;

/// Methods that the generated client has already.
const TAKEN: [&str; 5] = ["new", "new_with_client", "pre", "post", "exec"];

pub(super) fn method(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, _) in document.each(&model::OPERATION) {
        let name = pointer::last(&place.pointer);
        if Method::of(&name).is_none() {
            findings.push(document.finding(
                "method",
                &place.pointer,
                format!("the generators have no `{name}`"),
                "Use GET, HEAD, POST, PUT, PATCH or DELETE, or leave the operation out.",
            ));
        }
    }
}

pub(super) fn id(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, operation) in document.each(&model::OPERATION) {
        let id = json::text(operation, "operationId");
        let name = id.to_snake_case();
        let message = if id.is_empty() {
            "the operation has no `operationId`".to_owned()
        } else if TAKEN.contains(&name.as_str()) {
            format!("the client has its own `{name}`")
        } else if !id.is_ascii() || syn::parse_str::<syn::Ident>(&name).is_err() {
            format!("`{id}` makes no method name")
        } else {
            continue;
        };
        let help = "Give it a name in camel case with a verb, like `listAgents`.";
        let at = pointer::join(&place.pointer, "operationId");
        findings.push(document.finding("operation-id", &at, message, help));
    }
}

pub(super) fn clash(document: &Draft, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (place, operation) in document.each(&model::OPERATION) {
        let id = json::text(operation, "operationId");
        let Some(other) = seen.insert(id.to_snake_case(), id).filter(|_| !id.is_empty()) else {
            continue;
        };
        findings.push(document.finding(
            "operation-id-clash",
            &pointer::join(&place.pointer, "operationId"),
            format!("`{id}` and `{other}` are the same method name"),
            "Rename one of the two.",
        ));
    }
}
