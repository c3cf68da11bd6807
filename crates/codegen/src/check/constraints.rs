//! Where a schema may constrain values, and where it needs a name.

use serde_json::Value;

use super::reach;
use crate::document::draft::Draft;
use crate::document::shape::{Place, Reference};
use crate::document::{json, model, pointer};
use crate::finding::Finding;

/// Whether a key narrows the values of a type. `enum` and `format` make a type of their own.
pub(super) fn is_constraint(key: &str) -> bool {
    let lengths = ["pattern", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems"];
    let ranges = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
    lengths.contains(&key)
        || ranges.contains(&key)
        || matches!(key, "minProperties" | "maxProperties")
}

pub(super) fn inline(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, schema) in document.each(&model::SCHEMA).filter(|(place, _)| needs_name(place)) {
        let what = match json::text(schema, "type") {
            "object" => "an object",
            _ if schema.get("oneOf").or_else(|| schema.get("anyOf")).is_some() => "a choice",
            _ if schema.get("enum").is_some() => "an enum",
            _ if json::keys(schema).any(is_constraint) => "a constrained value",
            _ if json::list(schema, "allOf").any(|part| part.get("$ref").is_none()) => {
                "a composed object"
            }
            _ if json::list(schema, "allOf").count() > 1 => "a composed object",
            _ => continue,
        };
        findings.push(document.finding(
            "inline-schema",
            &place.pointer,
            format!("{what} without a name"),
            "Move it to `components.schemas` and refer to it: each place would get a type of its own.",
        ));
    }
}

/// Components have a name, parts of a composed schema belong to it, and headers are read by hand.
fn needs_name(place: &Place) -> bool {
    !reach::is_of_header(place)
        && matches!(place.slot, "schema" | "properties" | "items" | "additionalProperties")
}

pub(super) fn response(document: &Draft, findings: &mut Vec<Finding>) {
    let follows = |reference: &Reference| !reach::is_of_header(&reference.place);
    let requests = reach::from(document, reach::is_request, follows);
    let responses = reach::from(document, reach::is_response, follows);
    let is_only_in_responses = |at: &str| match reach::component(at) {
        Some(component) if at.starts_with("/components/schemas/") => {
            responses.contains(component) && !requests.contains(component)
        }
        Some(_) => at.starts_with("/components/responses/"),
        None => reach::is_response(at),
    };
    for (place, schema) in document.each(&model::SCHEMA) {
        if reach::is_of_header(place) || !is_only_in_responses(&place.pointer) {
            continue;
        }
        for key in json::keys(schema).filter(|key| is_constraint(key) && !is_off(schema, key)) {
            findings.push(document.finding(
                "response-constraint",
                &pointer::join(&place.pointer, key),
                format!("`{key}` constrains what only responses contain"),
                "Say it in the description: a client must be able to read what a newer server sends.",
            ));
        }
    }
}

fn is_off(schema: &Value, key: &str) -> bool {
    schema.get(key) == Some(&Value::Bool(false))
}
