//! Keywords of JSON Schema 2020-12, which OpenAPI 3.1 has: told by presence, compared inside.

use serde_json::Value;

use super::sub_schema;
use crate::change::Effect;
use crate::diff::at::At;
use crate::diff::same::same;
use crate::diff::walk::{Pair, Walk};

/// Keywords with one schema, and their names in ids.
const ONE: &[(&str, &str)] = &[
    ("if", "if"),
    ("then", "then"),
    ("else", "else"),
    ("contains", "contains"),
    ("propertyNames", "property-names"),
    ("unevaluatedItems", "unevaluated-items"),
    ("unevaluatedProperties", "unevaluated-properties"),
    ("contentSchema", "content-schema"),
];

/// Keywords with schemas by name.
const MANY: &[(&str, &str)] = &[
    ("patternProperties", "pattern-property"),
    ("dependentSchemas", "dependent-schema"),
    ("dependentRequired", "dependent-required"),
];

pub(crate) fn compare(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    for (key, name) in ONE {
        sub_schema(walk, at, pair, key, name);
    }
    for (key, name) in MANY {
        named(walk, at, pair, (key, name));
    }
    for (key, name) in
        [("contentMediaType", "content-media-type"), ("contentEncoding", "content-encoding")]
    {
        let (old, new) = pair.values(key);
        if old != new {
            let id = at.id(&format!("{name}-changed"));
            walk.note(at, id, Effect::Changes, pair, (old, new));
        }
    }
    prefix_items(walk, at, pair);
}

fn named(walk: &mut Walk, at: &At, pair: &Pair<'_>, (key, name): (&str, &str)) {
    let (old, new) = (pair.base.members_of(key), pair.revision.members_of(key));
    for (member, schema) in &old {
        let at_member = at.below(key).below(member);
        match new.iter().find(|(other, _)| other == member) {
            None => {
                let values = (schema.value().clone(), Value::Null);
                walk.note(at, at.id(&format!("{name}-removed")), Effect::Widens, pair, values);
            }
            Some((_, other)) if schema.value().is_array() => {
                if !same(schema, other) {
                    let values = (schema.value().clone(), other.value().clone());
                    let id = at.id(&format!("{name}-changed"));
                    walk.note(&at_member, id, Effect::Changes, pair, values);
                }
            }
            Some((_, other)) => super::compare(walk, &at_member, &Pair::new(schema, other)),
        }
    }
    for (_, schema) in new.iter().filter(|(name, _)| !old.iter().any(|(o, _)| o == name)) {
        let values = (Value::Null, schema.value().clone());
        walk.note(at, at.id(&format!("{name}-added")), Effect::Narrows, pair, values);
    }
}

fn prefix_items(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (old, new) = (pair.base.list("prefixItems"), pair.revision.list("prefixItems"));
    for (index, (old, new)) in old.iter().zip(&new).enumerate() {
        super::compare(walk, &at.below(&format!("prefixItems[{index}]")), &Pair::new(old, new));
    }
    for schema in old.iter().skip(new.len()) {
        let values = (schema.value().clone(), Value::Null);
        walk.note(at, at.id("prefix-items-removed"), Effect::Changes, pair, values);
    }
    for schema in new.iter().skip(old.len()) {
        let values = (Value::Null, schema.value().clone());
        walk.note(at, at.id("prefix-items-added"), Effect::Changes, pair, values);
    }
}
