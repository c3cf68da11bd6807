//! The parts of composed schemas.

use std::collections::BTreeMap;

use heck::{ToPascalCase as _, ToSnakeCase as _};
use serde_json::Value;

use crate::document::draft::Draft;
use crate::document::{json, model, pointer};
use crate::finding::Finding;

pub(super) fn title(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, schema) in document.each(&model::SCHEMA) {
        for key in ["oneOf", "anyOf"] {
            let mut seen: BTreeMap<String, usize> = BTreeMap::new();
            for (index, variant) in json::list(schema, key).enumerate() {
                let name = name(variant).to_pascal_case();
                let message = if name.is_empty() {
                    "the variant has no title to be named by".to_owned()
                } else if seen.insert(name.clone(), index).is_some() {
                    format!("two variants are named `{name}`")
                } else {
                    continue;
                };
                let at = pointer::join(&pointer::join(&place.pointer, key), index.to_string());
                let help = "Give every variant its own `title` of a word or two.";
                findings.push(document.finding("variant-title", &at, message, help));
            }
        }
    }
}

fn name(variant: &Value) -> String {
    match variant.get("$ref").and_then(Value::as_str) {
        Some(target) => pointer::last(target),
        None => json::text(variant, "title").to_owned(),
    }
}

/// A single part only carries `nullable` or a description to a `$ref`; several make one object.
pub(super) fn overlap(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, schema) in document.each(&model::SCHEMA) {
        let all_of = pointer::join(&place.pointer, "allOf");
        let count = json::list(schema, "allOf").count();
        let mut seen = Vec::new();
        for index in (0..count).filter(|_| count > 1) {
            let at = pointer::join(&all_of, index.to_string());
            let message = match properties(document, &at) {
                None => "only plain objects can be put together".to_owned(),
                Some(own) => match own.iter().find(|name| seen.contains(*name)) {
                    Some(name) => format!("two parts have the property `{name}`"),
                    None => {
                        seen.extend(own);
                        continue;
                    }
                },
            };
            let help = "Leave one schema by `$ref`, and add objects with further properties to it.";
            findings.push(document.finding("all-of-overlap", &at, message, help));
        }
    }
}

/// The names in code of all properties of an object, its parts included. None if it is no object.
///
/// Reading has seen to it that the parts of parts come to an end soon.
fn properties(document: &Draft, pointer: &str) -> Option<Vec<String>> {
    let resolved = document.source.resolve(pointer);
    if json::flag(resolved.value, "nullable")
        || resolved.value.get("additionalProperties").is_some()
    {
        return None;
    }
    if json::text(resolved.value, "type") == "object" {
        return Some(
            json::members(resolved.value, "properties")
                .map(|(name, _)| name.to_snake_case())
                .collect(),
        );
    }
    let parts = resolved.value.get("allOf")?.as_array()?.len();
    let all_of = pointer::join(&resolved.pointer, "allOf");
    let mut names = Vec::new();
    for index in 0..parts {
        names.extend(properties(document, &pointer::join(&all_of, index.to_string()))?);
    }
    Some(names)
}
