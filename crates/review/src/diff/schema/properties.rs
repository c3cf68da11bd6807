//! The members of objects: which there are, and which must be there.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::transitions::Transition;
use super::{compare as schemas, is_free};
use crate::change::Effect;
use crate::diff::at::At;
use crate::diff::walk::{Pair, Walk};
use crate::spec::{Members, Node};

fn properties<'s>(schema: &Node<'s>) -> Vec<(&'s str, Node<'s>)> {
    schema.members_of("properties")
}

fn required<'s>(schema: &Node<'s>) -> Vec<&'s str> {
    let names = schema.value().get("required").and_then(Value::as_array).into_iter().flatten();
    names.filter_map(Value::as_str).collect()
}

pub(crate) fn compare(walk: &mut Walk, at: &At, pair: &Pair<'_>, transition: &Transition) {
    let (old, new) = (properties(&pair.base), properties(&pair.revision));
    let is: HashMap<_, _> = new.iter().map(|(name, node)| (*name, node)).collect();
    let was: HashSet<_> = old.iter().map(|(name, _)| *name).collect();
    for (name, node) in &old {
        match is.get(name) {
            Some(other) => both(walk, at, pair, name, &Pair::new(node, other)),
            None if transition.moved(name) => {}
            None => removed(walk, at, pair, name, node),
        }
    }
    for (name, node) in new.iter().filter(|(name, _)| !was.contains(name)) {
        added(walk, at, pair, name, node);
    }
    nameless_requirements(walk, at, pair, (&old, &new));
    additional(walk, at, pair);
}

fn both(walk: &mut Walk, at: &At, holder: &Pair<'_>, name: &str, pair: &Pair<'_>) {
    let never_sent = pair.revision.flag(at.never_sent());
    let (was, is) =
        (required(&holder.base).contains(&name), required(&holder.revision).contains(&name));
    let mut at = at.below(name).exempt_if(never_sent);
    at.required = was;
    if was != is {
        requirement(walk, &at, pair, is);
    }
    schemas(walk, &at, pair);
}

fn requirement(walk: &mut Walk, at: &At, pair: &Pair<'_>, is: bool) {
    let with_default = is && at.is_request() && pair.revision.get("default").is_some();
    let suffix = match (is, with_default) {
        (true, true) => "became-required-with-default",
        (true, false) => "became-required",
        (false, _) => "became-optional",
    };
    let id = if at.in_header_parameter() && is {
        "request-header-property-became-required".to_owned()
    } else {
        at.id(suffix)
    };
    let effect = if is { Effect::Narrows } else { Effect::Widens };
    walk.note(at, id, effect, pair, ((!is).into(), is.into()));
}

/// The words for a property of this direction that is or is not sent, and must or need not be.
fn words(at: &At, required: bool) -> String {
    let need = if required { "required" } else { "optional" };
    if at.exempt { format!("{need}-write-only") } else { need.to_owned() }
}

fn removed(walk: &mut Walk, at: &At, pair: &Pair<'_>, name: &str, node: &Node<'_>) {
    let required = required(&pair.base).contains(&name);
    let at = at.below(name).exempt_if(node.flag(at.never_sent()));
    let id = if at.is_request() || at.in_response_header() {
        at.id("removed")
    } else {
        format!("response-{}-property-removed", words(&at, required))
    };
    // Where unknown members are allowed, what loses its description may still be sent.
    let effect =
        if closed(&pair.revision) || !at.is_request() { Effect::Narrows } else { Effect::Widens };
    let effect = if required && !at.is_request() { Effect::Widens } else { effect };
    let pointers = (node.pointer(), pair.revision.pointer());
    walk.note_at(&at, id, effect, pointers, (node.value().clone(), Value::Null));
}

fn closed(schema: &Node<'_>) -> bool {
    schema.value().get("additionalProperties") == Some(&Value::Bool(false))
}

fn added(walk: &mut Walk, at: &At, pair: &Pair<'_>, name: &str, node: &Node<'_>) {
    let required = required(&pair.revision).contains(&name);
    let at = at.below(name).exempt_if(node.flag(at.never_sent()));
    let pointers = (pair.base.pointer(), node.pointer());
    let effect = match (required, closed(&pair.base)) {
        (true, _) => Effect::Narrows,
        (false, true) => Effect::Widens,
        // What was allowed with any value is now held to a schema.
        (false, false) if is_free(node) => Effect::Annotates,
        (false, false) => Effect::Narrows,
    };
    let values = (Value::Null, node.value().clone());
    walk.note_at(&at, added_id(&at, required, node), effect, pointers, values);
}

fn added_id(at: &At, required: bool, node: &Node<'_>) -> String {
    if !at.is_request() {
        return format!("response-{}-property-added", words(at, required));
    }
    if at.in_header_parameter() && required {
        return "new-required-request-header-property".to_owned();
    }
    let parameter = if at.in_parameter() { "parameter-" } else { "" };
    match (at.exempt, required, node.get("default").is_some()) {
        (true, _, _) => format!("new-request-{parameter}read-only-property"),
        (false, true, true) => format!("new-required-request-{parameter}property-with-default"),
        (false, true, false) => format!("new-required-request-{parameter}property"),
        (false, false, _) => format!("new-optional-request-{parameter}property"),
    }
}

/// Names in `required` that no property of either side describes.
fn nameless_requirements(
    walk: &mut Walk,
    at: &At,
    pair: &Pair<'_>,
    (old, new): (&Members<'_>, &Members<'_>),
) {
    let has = |list: &Members<'_>, name: &str| list.iter().any(|(other, _)| *other == name);
    let (was, is) = (required(&pair.base), required(&pair.revision));
    for name in is.iter().filter(|name| !was.contains(name) && !has(new, name)) {
        let at = at.below(name);
        let values = (false.into(), true.into());
        walk.note(&at, at.id("became-required"), Effect::Narrows, pair, values);
    }
    for name in was.iter().filter(|name| !is.contains(name)) {
        // Told already by the property that stays, or by its removal.
        if !has(old, name) {
            let at = at.below(name);
            let values = (true.into(), false.into());
            walk.note(&at, at.id("became-optional"), Effect::Widens, pair, values);
        }
    }
}

/// `additionalProperties`: absent, `true` and `{}` all allow everything.
fn additional(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let key = "additionalProperties";
    let old = pair.base.get(key).filter(|node| !is_free(node));
    let new = pair.revision.get(key).filter(|node| !is_free(node));
    let (suffix, effect) = match (&old, &new) {
        (None, None) => return,
        (Some(old), Some(new)) if old.value().is_object() && new.value().is_object() => {
            return schemas(walk, &at.below(key), &Pair::new(old, new));
        }
        (Some(old), Some(new)) if old.value() == new.value() => return,
        (_, Some(new)) if new.value() == &Value::Bool(false) => ("forbidden", Effect::Narrows),
        (Some(old), _) if old.value() == &Value::Bool(false) => ("allowed", Effect::Widens),
        (None, _) => ("restricted", Effect::Narrows),
        _ => ("allowed", Effect::Widens),
    };
    let id = at.id(&format!("additional-properties-{suffix}"));
    walk.note(at, id, effect, pair, pair.values(key));
}
