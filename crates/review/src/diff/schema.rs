//! Two schemas of the same message, keyword by keyword.

pub(crate) mod bounds;
pub(crate) mod branches;
pub(crate) mod later;
pub(crate) mod mutability;
pub(crate) mod properties;
pub(crate) mod transitions;
pub(crate) mod types;
pub(crate) mod values;

use serde_json::Value;

use super::at::{At, Kind};
use super::lifecycle::{self, Names};
use super::walk::{Pair, Walk};
use super::{rest, same};
use crate::change::Effect;
use crate::spec::Node;

/// How many levels of a message are compared. What did not change is not gone into, however deep.
const MAX_DEPTH: usize = 64;

/// The keywords that the rooms of this module look at.
const KNOWN: &[&str] = &[
    "type",
    "format",
    "nullable",
    "enum",
    "const",
    "default",
    "pattern",
    "maximum",
    "minimum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "maxItems",
    "minItems",
    "maxProperties",
    "minProperties",
    "maxContains",
    "minContains",
    "multipleOf",
    "uniqueItems",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "discriminator",
    "readOnly",
    "writeOnly",
    "deprecated",
    "x-sunset",
    "x-stability-level",
    "x-extensible-enum",
    "prefixItems",
    "contains",
    "if",
    "then",
    "else",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
    "contentMediaType",
    "contentEncoding",
    "patternProperties",
    "dependentSchemas",
    "dependentRequired",
    "$schema",
    "$id",
    "$defs",
];

/// Compares two schemas and everything below them.
pub(crate) fn compare(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    if !walk.is_new(at, pair) || !is_object(walk, at, pair) {
        return;
    }
    if at.path.len() > MAX_DEPTH {
        let values = (Value::Null, Value::from("deeper than is compared"));
        return walk.note(at, "unclassified-change", Effect::Changes, pair, values);
    }
    if at.kind == Kind::Property && !at.in_parameter() && !at.in_response_header() {
        lifecycle_of_property(walk, at, pair);
    }
    mutability::compare(walk, at, pair);
    let inner = unwrapped(pair);
    types::nullable(walk, at, pair, &inner);
    let pair = &inner;
    let transition = transitions::compare(walk, at, pair);
    if !transition.replaces_types() {
        types::compare(walk, at, pair);
    }
    values::compare(walk, at, pair);
    bounds::compare(walk, at, pair);
    properties::compare(walk, at, pair, &transition);
    items(walk, at, pair);
    branches::compare(walk, at, pair, &transition);
    later::compare(walk, at, pair);
    rest::compare(walk, at, pair, KNOWN);
}

/// An `allOf` around one schema, which only gives it a description or null, is that schema; it is
/// looked through where the other side has none.
fn unwrapped<'s>(pair: &Pair<'s>) -> Pair<'s> {
    match (wrapped(&pair.base), wrapped(&pair.revision)) {
        (Some(base), None) => Pair { base, revision: pair.revision.clone() },
        (None, Some(revision)) => Pair { base: pair.base.clone(), revision },
        _ => pair.clone(),
    }
}

fn wrapped<'s>(schema: &Node<'s>) -> Option<Node<'s>> {
    let [only] = &schema.list("allOf")[..] else { return None };
    let members = schema.value().as_object()?;
    let others = members.keys().filter(|key| !["allOf", "nullable"].contains(&key.as_str()));
    others.into_iter().all(|key| !validates(key)).then(|| only.clone())
}

/// A schema may be `true` or `false` in later versions; only the same on both sides is understood.
fn is_object(walk: &mut Walk, at: &At, pair: &Pair<'_>) -> bool {
    let (old, new) = (pair.base.value(), pair.revision.value());
    let external = |value: &Value| value.get("$ref").cloned();
    if let (Some(old), Some(new)) = (external(old), external(new)) {
        // References that lead out of the document: the same text counts as the same schema.
        if old != new {
            walk.note(at, "unclassified-change", Effect::Changes, pair, (old, new));
        }
        return false;
    }
    if old.is_object() && new.is_object() {
        return true;
    }
    if old != new {
        let values = (old.clone(), new.clone());
        walk.note(at, "unclassified-change", Effect::Changes, pair, values);
    }
    false
}

fn lifecycle_of_property(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let prefix = if at.is_request() { "request-property" } else { "response-property" };
    let names = Names {
        deprecated: format!("{prefix}-deprecated"),
        with_sunset: format!("{prefix}-deprecated-with-sunset"),
        unreadable: format!("{prefix}-deprecated-sunset-invalid"),
        too_soon: format!("{prefix}-sunset-date-too-small"),
        reactivated: format!("{prefix}-reactivated"),
        sunset_deleted: format!("{prefix}-sunset-deleted"),
        sunset_moved: format!("{prefix}-sunset-date-changed-too-small"),
    };
    lifecycle::deprecation(walk, at, pair, &names);
    lifecycle::stability_change(walk, at, pair, prefix);
}

fn items(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    sub_schema(walk, at, pair, "items", "items");
}

/// A keyword that holds one schema: compared if both have it; else it was added or removed.
pub(crate) fn sub_schema(walk: &mut Walk, at: &At, pair: &Pair<'_>, key: &str, name: &str) {
    match (pair.base.get(key), pair.revision.get(key)) {
        (None, None) => {}
        (Some(old), Some(new)) => compare(walk, &at.below(key), &Pair::new(&old, &new)),
        (None, Some(new)) => {
            let effect = if is_free(&new) { Effect::Annotates } else { Effect::Narrows };
            let values = (Value::Null, new.value().clone());
            walk.note(at, at.id(&format!("{name}-added")), effect, pair, values);
        }
        (Some(old), None) => {
            let effect = if is_free(&old) { Effect::Annotates } else { Effect::Widens };
            let values = (old.value().clone(), Value::Null);
            walk.note(at, at.id(&format!("{name}-removed")), effect, pair, values);
        }
    }
}

/// Whether a keyword can forbid a value.
fn validates(key: &str) -> bool {
    const SILENT: &[&str] = &["deprecated", "readOnly", "writeOnly", "default", "xml"];
    !rest::PROSE.contains(&key) && !SILENT.contains(&key) && !key.starts_with("x-")
}

/// Whether a schema allows everything: it has no keyword that validates.
pub(crate) fn is_free(schema: &Node<'_>) -> bool {
    match schema.value() {
        Value::Object(members) => !members.keys().any(|key| validates(key)),
        Value::Bool(allowed) => *allowed,
        _ => false,
    }
}

pub(crate) use same::same;
