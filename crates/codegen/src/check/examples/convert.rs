//! A schema of OpenAPI 3.0 as JSON Schema draft 4, which differs only in `nullable`.

use serde_json::{Map, Value, json};

/// What the components are called for the validator.
pub(super) const BASE: &str = "urn:document";

/// The schema, with null among the values of those that are nullable.
pub(super) fn schema(schema: &Value) -> Value {
    let members = schema.as_object().into_iter().flatten();
    let converted: Map<_, _> =
        members.filter_map(|(key, value)| Some((key.clone(), member(key, value)?))).collect();
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        return json!({ "anyOf": [converted, { "type": "null" }] });
    }
    if schema.is_boolean() { schema.clone() } else { converted.into() }
}

/// What stands under a key; none for those that say nothing about a value.
fn member(key: &str, value: &Value) -> Option<Value> {
    Some(match key {
        "$ref" => reference(value),
        "properties" => each_member(value),
        "allOf" | "oneOf" | "anyOf" => each_item(value),
        "items" | "additionalProperties" | "not" => schema(value),
        "nullable" | "example" | "default" | "description" | "discriminator" => return None,
        _ if key.starts_with("x-") => return None,
        _ => value.clone(),
    })
}

fn reference(target: &Value) -> Value {
    format!("{BASE}{}", target.as_str().unwrap_or_default()).into()
}

fn each_member(properties: &Value) -> Value {
    let members = properties.as_object().into_iter().flatten();
    members.map(|(name, property)| (name.clone(), schema(property))).collect::<Map<_, _>>().into()
}

fn each_item(parts: &Value) -> Value {
    parts.as_array().into_iter().flatten().map(schema).collect()
}
