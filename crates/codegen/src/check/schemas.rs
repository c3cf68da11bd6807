//! What a schema is, and the ways to write one that the generators get wrong.

use serde_json::Value;

use crate::document::draft::Draft;
use crate::document::{json, model, pointer};
use crate::finding::Finding;

/// Ways to compose a schema of others.
const COMPOSERS: [&str; 3] = ["allOf", "oneOf", "anyOf"];

/// Keys that any schema may have.
const COMMON: [&str; 11] = [
    "title",
    "description",
    "type",
    "nullable",
    "default",
    "example",
    "readOnly",
    "writeOnly",
    "deprecated",
    "externalDocs",
    "discriminator",
];

pub(super) fn kind(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, schema) in document.each(&model::SCHEMA) {
        if let Some((key, message, help)) = objection(schema) {
            let at =
                key.map_or_else(|| place.pointer.clone(), |key| pointer::join(&place.pointer, key));
            findings.push(document.finding("schema-type", &at, message, help));
        }
    }
}

/// What is wrong with a schema: the key, the message and the help.
fn objection(schema: &Value) -> Option<(Option<&str>, String, String)> {
    let composers: Vec<_> = COMPOSERS.into_iter().filter(|key| schema.get(key).is_some()).collect();
    let kind = schema.get("type").and_then(Value::as_str);
    let allowed = match (kind, &composers[..]) {
        (Some(kind), []) => keys_of(kind),
        (None, [_]) => &COMPOSERS,
        (None, []) if schema.get("not").is_some() => return None,
        (None, []) => {
            let help = "Add `type`, or a `$ref` to a schema that has one.";
            return Some((None, "the schema takes any value".to_owned(), help.to_owned()));
        }
        _ => {
            let help = "Keep one of `type`, `allOf`, `oneOf` and `anyOf`, and give the rest a name of its own.";
            return Some((None, "the schema is more than one thing".to_owned(), help.to_owned()));
        }
    };
    if kind == Some("array") && schema.get("items").is_none() {
        return Some((
            None,
            "the list has no `items`".to_owned(),
            "Say what it is a list of.".to_owned(),
        ));
    }
    if composers.iter().any(|key| json::list(schema, key).next().is_none()) {
        return Some((
            None,
            "the schema is composed of nothing".to_owned(),
            "List its parts.".to_owned(),
        ));
    }
    let fits = |key: &&str| {
        COMMON.contains(key) || allowed.contains(key) || *key == "not" || key.starts_with("x-")
    };
    let misfit = json::keys(schema).find(|key| !fits(key))?;
    let what = kind.map_or_else(|| format!("`{}`", composers[0]), |kind| format!("`type: {kind}`"));
    let help = format!("Remove it, or keep it in a schema without {what}.");
    Some((Some(misfit), format!("`{misfit}` says nothing beside {what}"), help))
}

fn keys_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "string" => &["format", "enum", "pattern", "minLength", "maxLength"],
        "integer" | "number" => &[
            "format",
            "enum",
            "multipleOf",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
        ],
        "array" => &["items", "minItems", "maxItems", "uniqueItems"],
        "object" => {
            &["properties", "required", "additionalProperties", "minProperties", "maxProperties"]
        }
        _ => &[],
    }
}

pub(super) fn not(document: &Draft, findings: &mut Vec<Finding>) {
    let help = "Say it in the description, and beside it in an `x-` key for the conformance suite.";
    refuse_key(
        document,
        "not",
        "schema-not",
        "for `not` the generators drop properties",
        help,
        findings,
    );
}

pub(super) fn discriminator(document: &Draft, findings: &mut Vec<Finding>) {
    let help = "Make the variants different in their required properties.";
    let message = "the generators ignore `discriminator` and take the first variant that fits";
    refuse_key(document, "discriminator", "discriminator", message, help, findings);
}

fn refuse_key(
    document: &Draft,
    key: &str,
    rule: &'static str,
    message: &str,
    help: &str,
    findings: &mut Vec<Finding>,
) {
    for (place, _) in document.each(&model::SCHEMA).filter(|(_, schema)| schema.get(key).is_some())
    {
        let at = pointer::join(&place.pointer, key);
        findings.push(document.finding(rule, &at, message, help));
    }
}

pub(super) fn one_of_required(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, schema) in document.each(&model::SCHEMA) {
        let is_choice = matches!(place.slot, "oneOf" | "anyOf");
        if is_choice && schema.get("required").is_some() && schema.get("properties").is_none() {
            findings.push(document.finding(
                "one-of-required",
                &place.pointer,
                "a choice by `required` alone loses properties",
                "Say in the description which go together, and beside it in an `x-` key for the conformance suite.",
            ));
        }
    }
}

pub(super) fn required(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, schema) in document.each(&model::SCHEMA) {
        let is_property =
            |name: &str| schema.get("properties").is_some_and(|all| all.get(name).is_some());
        let is_choice = matches!(place.slot, "oneOf" | "anyOf" | "not");
        if is_choice && schema.get("properties").is_none() {
            continue;
        }
        for (index, name) in json::texts(schema, "required").enumerate() {
            if !is_property(name) {
                let at =
                    pointer::join(&pointer::join(&place.pointer, "required"), index.to_string());
                let message = format!("`{name}` is required, but no property");
                let help = "Describe it under `properties`, or remove it here.";
                findings.push(document.finding("required-property", &at, message, help));
            }
        }
    }
}

pub(super) fn nullable(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, schema) in document.each(&model::SCHEMA) {
        if place.slot == "schemas" && json::flag(schema, "nullable") {
            let at = pointer::join(&place.pointer, "nullable");
            let message = "a component that may be null makes two types of one name";
            let help = "Write `nullable: true` and `allOf: [{ $ref: … }]` where it is used.";
            findings.push(document.finding("nullable-component", &at, message, help));
        }
    }
}
