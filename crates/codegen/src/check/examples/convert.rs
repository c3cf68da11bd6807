//! A schema of OpenAPI 3.0 as JSON Schema draft 4, which differs only in `nullable`.

use serde_json::{Map, Value, json};

/// The schema, with null among the values of those that are nullable.
pub(super) fn schema(schema: &Value) -> Value {
    let Some(members) = schema.as_object() else { return schema.clone() };
    let mut converted = Map::new();
    for (key, value) in members {
        match key.as_str() {
            "nullable" | "example" | "default" | "discriminator" | "description" => {}
            "properties" => drop(converted.insert(key.clone(), each_member(value))),
            "allOf" | "oneOf" | "anyOf" => drop(converted.insert(key.clone(), each_item(value))),
            "items" | "additionalProperties" | "not" => {
                drop(converted.insert(key.clone(), self::schema(value)))
            }
            _ if key.starts_with("x-") => {}
            _ => drop(converted.insert(key.clone(), value.clone())),
        }
    }
    if members.get("nullable") == Some(&Value::Bool(true)) {
        return json!({ "anyOf": [converted, { "type": "null" }] });
    }
    Value::Object(converted)
}

fn each_member(properties: &Value) -> Value {
    let members = properties.as_object().into_iter().flatten();
    members.map(|(name, property)| (name.clone(), schema(property))).collect::<Map<_, _>>().into()
}

fn each_item(parts: &Value) -> Value {
    parts.as_array().into_iter().flatten().map(schema).collect()
}
