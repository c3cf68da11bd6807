//! Descriptions: without them the document is a list of names.

use serde_json::Value;

use crate::document::draft::Draft;
use crate::document::shape::{Object, Place};
use crate::document::{json, model};
use crate::finding::Finding;

/// The objects that must have a text under a key.
static DESCRIBED: [(&Object, &str); 9] = [
    (&model::INFO, "description"),
    (&model::TAG, "description"),
    (&model::OPERATION, "summary"),
    (&model::OPERATION, "description"),
    (&model::PARAMETER, "description"),
    (&model::HEADER, "description"),
    (&model::RESPONSE, "description"),
    (&model::SECURITY_SCHEME, "description"),
    (&model::SCHEMA, "description"),
];

pub(super) fn present(document: &Draft, findings: &mut Vec<Finding>) {
    for (object, key) in DESCRIBED {
        for (place, value) in
            document.each(object).filter(|(place, value)| is_asked_about(place, value))
        {
            if json::text(value, key).is_empty() {
                findings.push(document.finding(
                    "description",
                    &place.pointer,
                    format!("{} has no {key}", object.name),
                    format!(
                        "Add `{key}` with a sentence that helps somebody who does not know it yet."
                    ),
                ));
            }
        }
    }
}

/// A schema needs a description if it has a name or is a property, unless it only points to another.
fn is_asked_about(place: &Place, value: &Value) -> bool {
    let is_schema = std::ptr::eq(place.object, &raw const model::SCHEMA);
    !is_schema || (matches!(place.slot, "schemas" | "properties") && !is_pointer(value))
}

fn is_pointer(schema: &Value) -> bool {
    let mut parts = json::list(schema, "allOf");
    matches!((parts.next(), parts.next()), (Some(part), None) if part.get("$ref").is_some())
}
