//! What the document asks of a request body and nothing in the stub would hold it to.

use serde_json::Value;

use super::super::schema;
use crate::document::pointer;
use crate::{Document, Findings};

/// Keys that no generated type and no table of fields knows.
const NOWHERE: [&str; 6] =
    ["multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"];
/// Keys that the table knows, as whole numbers, of integers that are fields of the body itself.
const OF_INTEGERS: [&str; 2] = ["minimum", "maximum"];
/// Keys of a text that is read as a secret or a time, of which the table knows the lengths.
const OF_TEXTS: [&str; 3] = ["pattern", "minLength", "maxLength"];

/// Refuses a body that would be taken although it breaks its schema, and one with fields without a
/// name, which would be dropped.
pub(super) fn refuse(document: &Document, component: &str) -> Result<(), Findings> {
    let body = schema::component(document, component).unwrap_or(&Value::Null);
    let place = pointer::join("/components/schemas", component);
    let finding = |place: &str, message: String| {
        let help = "say it in the description, and check it in the implementation";
        document.finding("body-object", place, message, help)
    };
    let fields = schema::properties(document, body);
    let broken = fields.iter().filter_map(|field| {
        let own = unchecked(field.schema, true);
        let key = own.or_else(|| below(document, field.schema, &mut Vec::new()))?;
        let place = pointer::join(&pointer::join(&place, "properties"), field.name);
        Some(finding(&place, format!("nothing would check `{key}` of `{}`", field.name)))
    });
    let is_open = body.get("additionalProperties").is_some_and(|more| *more != false);
    let dropped =
        is_open.then(|| finding(&place, "the stub would drop fields without a name".to_owned()));
    let findings: Vec<_> = broken.chain(dropped).collect();
    if findings.is_empty() { Ok(()) } else { Err(Findings(findings)) }
}

/// A key of the schema itself that nothing checks.
fn unchecked(schema: &Value, is_field: bool) -> Option<&'static str> {
    let is_in = |key: &&&str| schema.get(**key).is_some_and(|value| *value != false);
    let nowhere = NOWHERE.iter().find(is_in);
    let is_number = is_field && schema["type"] == "integer";
    let ranges = OF_INTEGERS.iter().filter(|key| !(is_number && schema[**key].is_i64()));
    let texts = OF_TEXTS.iter().filter(|key| match schema["format"].as_str() {
        Some("password") => **key == "pattern" || !is_field,
        Some("date-time") => true,
        _ => false,
    });
    nowhere.or_else(|| ranges.chain(texts).find(is_in)).copied()
}

/// A key that nothing checks, in the schemas that a field contains.
fn below<'a>(
    document: &'a Document,
    of: &'a Value,
    seen: &mut Vec<&'a Value>,
) -> Option<&'static str> {
    if seen.iter().any(|known| std::ptr::eq(*known, of)) {
        return None;
    }
    seen.push(of);
    let choices = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|key| of[key].as_array());
    let properties = of["properties"].as_object().into_iter().flatten().map(|(_, schema)| schema);
    let parts = ["items", "additionalProperties"].into_iter().filter_map(|key| of.get(key));
    let parts = parts.chain(choices.flatten()).chain(properties);
    let parts: Vec<_> = parts.map(|part| schema::followed(document, part)).collect();
    parts
        .into_iter()
        .find_map(|part| unchecked(part, false).or_else(|| below(document, part, seen)))
}
