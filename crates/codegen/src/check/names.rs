//! Names that differ in the document and are the same in code.

use std::collections::BTreeMap;

use heck::{ToPascalCase as _, ToSnakeCase as _};
use serde_json::Value;

use crate::document::draft::Draft;
use crate::document::{json, model, pointer};
use crate::finding::Finding;

pub(super) fn clash(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, schema) in document.each(&model::SCHEMA) {
        let at = pointer::join(&place.pointer, "properties");
        differ(
            document,
            &at,
            json::members(schema, "properties"),
            |name| name.to_snake_case(),
            findings,
        );
    }
    for (place, response) in document.each(&model::RESPONSE) {
        let at = pointer::join(&place.pointer, "headers");
        differ(
            document,
            &at,
            json::members(response, "headers"),
            |name| name.to_snake_case(),
            findings,
        );
    }
    let components = document.source.at("/components");
    for section in json::keys(components) {
        let at = pointer::join("/components", section);
        differ(
            document,
            &at,
            json::members(components, section),
            |name| name.to_pascal_case(),
            findings,
        );
    }
}

fn differ<'a>(
    document: &Draft,
    at: &str,
    members: impl Iterator<Item = (&'a String, &'a Value)>,
    in_code: fn(&str) -> String,
    findings: &mut Vec<Finding>,
) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (name, _) in members {
        let message = match (in_code(name), name.is_ascii()) {
            (in_code, true) if in_code.starts_with(|first: char| first.is_ascii_alphabetic()) => {
                let Some(other) = seen.insert(in_code, name) else { continue };
                format!("`{other}` and `{name}` have the same name in code")
            }
            _ => format!("`{name}` makes no name in code"),
        };
        let help = "Take names of ASCII letters and digits that differ in more than case and `_`.";
        findings.push(document.finding("name-clash", &pointer::join(at, name), message, help));
    }
}

pub(super) fn enum_value(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, schema) in document.each(&model::SCHEMA) {
        let Some(values) = schema.get("enum").and_then(Value::as_array) else { continue };
        let at = pointer::join(&place.pointer, "enum");
        let mut refuse = |at: &str, message: String| {
            let help = "List one or more different texts of letters and digits.";
            findings.push(document.finding("enum-value", at, message, help));
        };
        if values.is_empty() {
            refuse(&at, "the enum has no values".to_owned());
        }
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for (index, value) in values.iter().enumerate() {
            let text = value.as_str().filter(|text| !text.to_pascal_case().is_empty());
            let Some(text) = text else {
                refuse(
                    &pointer::join(&at, index.to_string()),
                    format!("`{value}` makes no name of a variant"),
                );
                continue;
            };
            if let Some(other) = seen.insert(text.to_pascal_case(), text.to_owned()) {
                let message = format!("`{other}` and `{text}` have the same name in code");
                refuse(&pointer::join(&at, index.to_string()), message);
            }
        }
    }
}
