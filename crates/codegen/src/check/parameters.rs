//! Parameters, and headers as far as they are alike.

use std::collections::BTreeMap;

use heck::ToSnakeCase as _;
use serde_json::Value;

use crate::document::draft::Draft;
use crate::document::{json, model, pointer};
use crate::finding::Finding;

/// Arguments and variables of the generated client.
const TAKEN: [&str; 2] = ["body", "header_map"];
/// Headers of which OpenAPI says that a parameter of that name is ignored.
const IGNORED: [&str; 3] = ["accept", "content-type", "authorization"];

pub(super) fn location(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, parameter) in document.each(&model::PARAMETER) {
        if json::text(parameter, "in") == "cookie" {
            let at = pointer::join(&place.pointer, "in");
            let message = "parameters in cookies are not supported by the generators";
            let help = "Send it in the query or as a header.";
            findings.push(document.finding("parameter-location", &at, message, help));
        }
    }
}

pub(super) fn content(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, value) in document.each(&model::PARAMETER).chain(document.each(&model::HEADER)) {
        if value.get("content").is_some() || value.get("schema").is_none() {
            findings.push(document.finding(
                "parameter-content",
                &place.pointer,
                format!("{} here has no `schema`, or `content` beside it", place.object.name),
                "Describe the value with `schema` alone.",
            ));
        }
    }
}

pub(super) fn style(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, value) in document.each(&model::PARAMETER).chain(document.each(&model::HEADER)) {
        let in_query = json::text(value, "in") == "query";
        for (key, plain) in [
            ("style", Value::from(if in_query { "form" } else { "simple" })),
            ("explode", Value::from(in_query)),
            ("allowReserved", Value::from(false)),
            ("allowEmptyValue", Value::from(false)),
        ] {
            if value.get(key).is_some_and(|other| *other != plain) {
                let at = pointer::join(&place.pointer, key);
                let message = format!(
                    "the generators only know `{key}: {}`",
                    plain.to_string().trim_matches('"')
                );
                let help = "Remove the key.";
                findings.push(document.finding("parameter-style", &at, message, help));
            }
        }
    }
}

pub(super) fn name(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, parameter) in document.each(&model::PARAMETER) {
        let name = json::text(parameter, "name");
        let in_header = json::text(parameter, "in") == "header";
        let message = if TAKEN.contains(&name.to_snake_case().as_str()) {
            format!("the client uses `{name}` for something else")
        } else if in_header && IGNORED.contains(&name.to_ascii_lowercase().as_str()) {
            format!("OpenAPI ignores a parameter for the header `{name}`")
        } else if !is_name(name, in_header) {
            format!("`{name}` makes no name of an argument")
        } else {
            continue;
        };
        let help = "Rename it, or describe a header with `security` or `content`.";
        let at = pointer::join(&place.pointer, "name");
        findings.push(document.finding("parameter-name", &at, message, help));
    }
}

fn is_name(name: &str, in_header: bool) -> bool {
    let joint = |byte: u8| byte == b'_' || (in_header && byte == b'-');
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || joint(byte))
}

pub(super) fn clash(document: &Draft, findings: &mut Vec<Finding>) {
    for operation in &document.operations {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for parameter in &operation.parameters {
            let name = &parameter.name;
            if let Some(other) = seen.insert(name.to_snake_case(), name) {
                let message =
                    format!("the parameters `{other}` and `{name}` have the same name in code");
                let help = "Rename one of the two, wherever it is sent.";
                findings.push(document.finding(
                    "parameter-clash",
                    &operation.pointer,
                    message,
                    help,
                ));
            }
        }
    }
}
