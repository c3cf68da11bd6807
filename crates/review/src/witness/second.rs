//! The second opinion: schemas as plain JSON Schema, and a validator that others wrote.

use std::collections::HashMap;

use jsonschema::{Draft, PatternOptions};
use serde_json::{Map, Value, json};

use super::valid::readings;
use crate::spec::{Node, Spec};

/// Larger closures of schemas are not converted; such a change stays unproved.
const MAX_DEFINITIONS: usize = 2_000;
/// Bounds the recursion through inline schemas.
const MAX_DEPTH: usize = 100;

/// Whether the other validator says as well that only `good` allows the value.
pub(crate) fn agrees(
    good: &Node<'_>,
    bad: &Node<'_>,
    value: &Value,
    to_server: bool,
    text: bool,
) -> bool {
    let allows = |schema: &Node<'_>| -> Option<bool> {
        let validator = validator(schema, to_server)?;
        Some(readings(value, text).iter().any(|value| validator.is_valid(value)))
    };
    allows(good) == Some(true) && allows(bad) == Some(false)
}

fn validator(schema: &Node<'_>, to_server: bool) -> Option<jsonschema::Validator> {
    let converted = convert(schema, to_server)?;
    let patterns = PatternOptions::regex().size_limit(10 << 20);
    // Draft 4 is the one whose `exclusiveMaximum` is a switch, as in OpenAPI 3.0.
    let options = jsonschema::options().with_draft(Draft::Draft4).with_pattern_options(patterns);
    options.should_validate_formats(true).build(&converted).ok()
}

/// A schema of OpenAPI 3.0 as one of JSON Schema, with everything it refers to.
fn convert(schema: &Node<'_>, to_server: bool) -> Option<Value> {
    let mut conversion = Conversion {
        spec: schema.spec(),
        never_sent: if to_server { "readOnly" } else { "writeOnly" },
        names: HashMap::new(),
        waiting: Vec::new(),
    };
    let root = conversion.reference(schema.pointer());
    let mut definitions = Map::new();
    while let Some((name, pointer)) = conversion.waiting.pop() {
        if definitions.len() > MAX_DEFINITIONS {
            return None;
        }
        let value = schema.spec().json().pointer(&pointer)?;
        let converted = conversion.schema(value, 0)?;
        definitions.insert(name, converted);
    }
    Some(json!({ "allOf": [root], "definitions": definitions }))
}

struct Conversion<'s> {
    spec: &'s Spec,
    never_sent: &'static str,
    names: HashMap<String, String>,
    waiting: Vec<(String, String)>,
}

impl Conversion<'_> {
    fn reference(&mut self, pointer: &str) -> Value {
        let number = self.names.len();
        let name = self.names.entry(pointer.to_owned()).or_insert_with(|| {
            let name = format!("s{number}");
            self.waiting.push((name.clone(), pointer.to_owned()));
            name
        });
        json!({ "$ref": format!("#/definitions/{name}") })
    }

    fn schema(&mut self, value: &Value, depth: usize) -> Option<Value> {
        let Value::Object(members) = value else {
            // Draft 4 has no schemas that are only `true` or `false`.
            return match value {
                Value::Bool(false) => Some(json!({ "not": {} })),
                _ => Some(json!({})),
            };
        };
        if depth > MAX_DEPTH {
            return None;
        }
        if let Some(target) = members.get("$ref").and_then(Value::as_str) {
            return target.strip_prefix('#').map(|pointer| self.reference(pointer));
        }
        let mut schema = Map::new();
        for (key, value) in members {
            if let Some(value) = self.keyword(key, value, members, depth)? {
                schema.insert(key.clone(), value);
            }
        }
        let nullable = members.get("nullable").and_then(Value::as_bool).unwrap_or(false);
        let schema = Value::Object(schema);
        Some(if nullable { json!({ "anyOf": [{ "type": "null" }, schema] }) } else { schema })
    }

    /// A keyword as JSON Schema has it; `None` inside if it validates nothing there.
    fn keyword(
        &mut self,
        key: &str,
        value: &Value,
        around: &Map<String, Value>,
        depth: usize,
    ) -> Option<Option<Value>> {
        let converted = match key {
            "properties" | "patternProperties" => {
                let mut converted = Map::new();
                for (name, schema) in value.as_object()? {
                    converted.insert(name.clone(), self.schema(schema, depth + 1)?);
                }
                converted.into()
            }
            "allOf" | "anyOf" | "oneOf" => {
                let items = value.as_array()?.iter();
                let items: Option<Vec<_>> =
                    items.map(|item| self.schema(item, depth + 1)).collect();
                let items = items?;
                if items.is_empty() {
                    return Some(None);
                }
                items.into()
            }
            "items" | "not" => self.schema(value, depth + 1)?,
            "additionalProperties" if value.is_object() => self.schema(value, depth + 1)?,
            "required" => match self.required(value, around) {
                Some(required) => required,
                None => return Some(None),
            },
            "format" => match value.as_str()? {
                "date" | "date-time" => value.clone(),
                _ => return Some(None),
            },
            "exclusiveMaximum" | "exclusiveMinimum" if value.is_boolean() => {
                let limit = if key == "exclusiveMaximum" { "maximum" } else { "minimum" };
                if !around.contains_key(limit) {
                    return Some(None);
                }
                value.clone()
            }
            "type"
            | "enum"
            | "pattern"
            | "maximum"
            | "minimum"
            | "maxLength"
            | "minLength"
            | "maxItems"
            | "minItems"
            | "maxProperties"
            | "minProperties"
            | "multipleOf"
            | "uniqueItems"
            | "additionalProperties" => value.clone(),
            _ => return Some(None),
        };
        Some(Some(converted))
    }

    /// What must be there, without what is never sent in this direction; nothing if that is all.
    fn required(&self, value: &Value, around: &Map<String, Value>) -> Option<Value> {
        let properties = around.get("properties");
        let is_sent = |name: &&Value| {
            let property = properties.and_then(|map| map.get(name.as_str()?));
            let target = property.and_then(|p| p.get("$ref")?.as_str()?.strip_prefix('#'));
            let property = target.and_then(|t| self.spec.json().pointer(t)).or(property);
            !property.and_then(|p| p.get(self.never_sent)?.as_bool()).unwrap_or(false)
        };
        let names: Vec<_> = value.as_array()?.iter().filter(is_sent).cloned().collect();
        (!names.is_empty()).then(|| names.into())
    }
}
