//! `enum`, `const`, `default` and `x-extensible-enum`.

use std::collections::HashSet;

use serde_json::Value;

use crate::change::Effect;
use crate::diff::at::{At, Kind};
use crate::diff::walk::{Pair, Walk};

pub(crate) fn compare(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    enumeration(walk, at, pair);
    constant(walk, at, pair);
    extensible(walk, at, pair);
    if at.kind != Kind::Parameter {
        default(walk, at, pair, false);
    }
}

fn list(value: &Value) -> Option<&Vec<Value>> {
    value.as_array()
}

fn texts(values: &[Value]) -> HashSet<String> {
    values.iter().map(Value::to_string).collect()
}

fn enumeration(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (old, new) = pair.values("enum");
    match (list(&old), list(&new)) {
        (None, Some(_)) => {
            walk.note(at, became_enum(at), Effect::Narrows, pair, (Value::Null, new));
        }
        (Some(_), None) => {
            walk.note(at, at.id("enum-removed"), Effect::Widens, pair, (old, Value::Null));
        }
        (Some(old), Some(new)) => {
            // As texts, which can be looked up: an enumeration may have thousands of values.
            let (was, is) = (texts(old), texts(new));
            for value in old.iter().filter(|value| !is.contains(&value.to_string())) {
                let values = (value.clone(), Value::Null);
                walk.note(at, value_removed(at), Effect::Narrows, pair, values);
            }
            for value in new.iter().filter(|value| !was.contains(&value.to_string())) {
                let values = (Value::Null, value.clone());
                walk.note(at, at.id("enum-value-added"), Effect::Widens, pair, values);
            }
        }
        (None, None) => {}
    }
}

fn became_enum(at: &At) -> String {
    if at.in_header_parameter() && at.kind == Kind::Property {
        return "request-header-property-became-enum".to_owned();
    }
    at.id("became-enum")
}

fn value_removed(at: &At) -> String {
    if !at.is_request() && at.kind == Kind::Body {
        return "response-mediatype-enum-value-removed".to_owned();
    }
    at.id("enum-value-removed")
}

fn constant(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (old, new) = pair.values("const");
    let (suffix, effect) = match (old.is_null(), new.is_null()) {
        _ if old == new => return,
        (true, _) => ("const-added", Effect::Narrows),
        (_, true) => ("const-removed", Effect::Widens),
        _ => ("const-changed", Effect::Changes),
    };
    walk.note(at, at.id(suffix), effect, pair, (old, new));
}

/// A default says what happens when nothing is sent, so it does not matter where something must be.
pub(crate) fn default(walk: &mut Walk, at: &At, pair: &Pair<'_>, required: bool) {
    let (old, new) = pair.values("default");
    let suffix = match (old.is_null(), new.is_null()) {
        _ if old == new || required => return,
        (true, _) => "default-value-added",
        (_, true) => "default-value-removed",
        _ => "default-value-changed",
    };
    walk.note(at, at.id(suffix), Effect::Annotates, pair, (old, new));
}

fn extensible(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (old, new) = pair.values("x-extensible-enum");
    let (Some(old), Some(new)) = (list(&old), list(&new)) else {
        if old != new {
            let values = (old.clone(), new.clone());
            walk.note(at, "extension-changed", Effect::Annotates, pair, values);
        }
        return;
    };
    for value in old.iter().filter(|value| !new.contains(value)) {
        let id = at.id("x-extensible-enum-value-removed");
        walk.note(at, id, Effect::Narrows, pair, (value.clone(), Value::Null));
    }
    for value in new.iter().filter(|value| !old.contains(value)) {
        let id = at.id("x-extensible-enum-value-added");
        walk.note(at, id, Effect::Annotates, pair, (Value::Null, value.clone()));
    }
}
