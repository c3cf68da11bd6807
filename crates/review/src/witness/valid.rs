//! Whether a schema of OpenAPI 3.0 allows a value.

use std::cell::Cell;

use regress::Regex;
use serde_json::Value;

use crate::diff::types;
use crate::spec::Node;

/// Schemas that branch at every level would take for ever; past this many the answer is unknown.
const MAX_STEPS: usize = 5_000;
/// Deeper values count as not allowed: they are never witnesses.
const MAX_DEPTH: usize = 60;

/// Whether `schema` allows `value`. `to_server` tells the direction, which decides what must be
/// there of read-only and write-only members; `text` that it is sent as text, where `1` may be a
/// number or a string.
pub(crate) fn allows(schema: &Node<'_>, value: &Value, to_server: bool, text: bool) -> bool {
    verdict(schema, value, to_server, text) == Some(true)
}

/// Whether `schema` certainly does not allow `value`.
pub(crate) fn forbids(schema: &Node<'_>, value: &Value, to_server: bool, text: bool) -> bool {
    verdict(schema, value, to_server, text) == Some(false)
}

fn verdict(schema: &Node<'_>, value: &Value, to_server: bool, text: bool) -> Option<bool> {
    let check = Check { to_server, steps: Cell::new(0) };
    let allowed = readings(value, text).iter().any(|value| check.allows(schema, value, 0));
    (check.steps.get() <= MAX_STEPS).then_some(allowed)
}

/// What a value may be read as when it was sent as text.
pub(crate) fn readings(value: &Value, text: bool) -> Vec<Value> {
    let mut readings = vec![value.clone()];
    if text {
        match value {
            Value::String(string) => {
                if let Ok(scalar @ (Value::Number(_) | Value::Bool(_))) = string.parse::<Value>() {
                    readings.push(scalar);
                }
            }
            Value::Number(_) | Value::Bool(_) => readings.push(value.to_string().into()),
            _ => {}
        }
    }
    readings
}

struct Check {
    to_server: bool,
    steps: Cell<usize>,
}

impl Check {
    fn allows(&self, schema: &Node<'_>, value: &Value, depth: usize) -> bool {
        self.steps.set(self.steps.get() + 1);
        if depth > MAX_DEPTH || self.steps.get() > MAX_STEPS {
            return false;
        }
        match schema.value() {
            Value::Bool(allowed) => return *allowed,
            Value::Object(_) => {}
            _ => return true,
        }
        if value.is_null() && types::is_nullable(schema) {
            return true;
        }
        is_of_type(schema, value)
            && listed(schema, value)
            && in_bounds(schema, value)
            && self.members(schema, value, depth)
            && self.items(schema, value, depth)
            && self.branches(schema, value, depth)
    }

    fn members(&self, schema: &Node<'_>, value: &Value, depth: usize) -> bool {
        let Some(object) = value.as_object() else { return true };
        let properties = schema.members_of("properties");
        let property = |name: &str| properties.iter().find(|(other, _)| *other == name);
        let never_sent = if self.to_server { "readOnly" } else { "writeOnly" };
        let required = schema.value().get("required").and_then(Value::as_array);
        let has_all = required.into_iter().flatten().filter_map(Value::as_str).all(|name| {
            object.contains_key(name)
                || property(name).is_some_and(|(_, schema)| schema.flag(never_sent))
        });
        let additional = schema.get("additionalProperties");
        let fits = |(name, value): (&String, &Value)| match (property(name), &additional) {
            (Some((_, schema)), _) => self.allows(schema, value, depth + 1),
            (None, Some(schema)) => self.allows(schema, value, depth + 1),
            (None, None) => true,
        };
        has_all && object.iter().all(fits)
    }

    fn items(&self, schema: &Node<'_>, value: &Value, depth: usize) -> bool {
        let Some(list) = value.as_array() else { return true };
        let unique = !schema.flag("uniqueItems")
            || list.iter().enumerate().all(|(index, item)| !list[..index].contains(item));
        let items = schema.get("items");
        let fits = |item| items.as_ref().is_none_or(|schema| self.allows(schema, item, depth + 1));
        unique && list.iter().all(fits)
    }

    fn branches(&self, schema: &Node<'_>, value: &Value, depth: usize) -> bool {
        let count = |key: &str| {
            let branches = schema.list(key);
            let fitting =
                branches.iter().filter(|node| self.allows(node, value, depth + 1)).count();
            (branches.len(), fitting)
        };
        let (all, fitting) = count("allOf");
        let (any, some) = count("anyOf");
        let (one, exactly) = count("oneOf");
        let not = schema.get("not").is_none_or(|node| !self.allows(&node, value, depth + 1));
        all == fitting && (any == 0 || some > 0) && (one == 0 || exactly == 1) && not
    }
}

fn is_of_type(schema: &Node<'_>, value: &Value) -> bool {
    let types = types::of(schema);
    if types.is_empty() {
        return true;
    }
    types.iter().any(|name| match *name {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        _ => true,
    })
}

fn listed(schema: &Node<'_>, value: &Value) -> bool {
    let values = schema.value().get("enum").and_then(Value::as_array);
    let constant = schema.value().get("const");
    values.is_none_or(|values| values.contains(value)) && constant.is_none_or(|c| c == value)
}

fn in_bounds(schema: &Node<'_>, value: &Value) -> bool {
    let limit = |key: &str| schema.value().get(key).and_then(Value::as_f64);
    let within = |size: usize, least: &str, most: &str| {
        let size = f64::from(u32::try_from(size).unwrap_or(u32::MAX));
        limit(least).is_none_or(|least| size >= least)
            && limit(most).is_none_or(|most| size <= most)
    };
    match value {
        Value::Number(number) => number.as_f64().is_none_or(|number| number_fits(schema, number)),
        Value::String(text) => {
            within(text.chars().count(), "minLength", "maxLength")
                && pattern_fits(schema, text)
                && format_fits(schema, text)
        }
        Value::Array(list) => within(list.len(), "minItems", "maxItems"),
        Value::Object(map) => within(map.len(), "minProperties", "maxProperties"),
        Value::Null | Value::Bool(_) => true,
    }
}

fn number_fits(schema: &Node<'_>, number: f64) -> bool {
    let limit = |key: &str| schema.value().get(key).and_then(Value::as_f64);
    let (top, bottom) = (schema.flag("exclusiveMaximum"), schema.flag("exclusiveMinimum"));
    let below = |most: f64| if top { number < most } else { number <= most };
    let above = |least: f64| if bottom { number > least } else { number >= least };
    let multiple =
        |step: f64| step == 0.0 || ((number / step) - (number / step).round()).abs() < 1e-9;
    limit("maximum").is_none_or(below)
        && limit("minimum").is_none_or(above)
        && limit("exclusiveMaximum").is_none_or(|most| number < most)
        && limit("exclusiveMinimum").is_none_or(|least| number > least)
        && limit("multipleOf").is_none_or(multiple)
        && (schema.text("format") != Some("int32") || number.abs() <= 2_147_483_647.0)
}

fn pattern_fits(schema: &Node<'_>, text: &str) -> bool {
    let Some(pattern) = schema.text("pattern") else { return true };
    // A pattern that cannot be read allows nothing here, so that it proves nothing either.
    Regex::new(pattern).is_ok_and(|regex| regex.find(text).is_some())
}

/// The formats that are checked: dates and times, whose form everybody agrees on.
fn format_fits(schema: &Node<'_>, text: &str) -> bool {
    let like = |shape: &str| {
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(c, want)| match want {
                b'0' => c.is_ascii_digit(),
                want => c == want,
            })
    };
    match schema.text("format") {
        Some("date") => like("0000-00-00"),
        Some("date-time") => {
            like("0000-00-00T00:00:00Z") || text.len() > 20 && text.contains(['T', 't'])
        }
        Some("uuid") => text.len() == 36 && text.bytes().filter(|c| *c == b'-').count() == 4,
        _ => true,
    }
}
