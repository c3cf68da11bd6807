//! Changes of form that one finding tells better than the many differences they show up as.

use serde_json::Value;

use super::{same, types};
use crate::change::Effect;
use crate::diff::at::{At, Kind};
use crate::diff::walk::{Pair, Walk};
use crate::spec::{Members, Node};

/// What the two schemas went through as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Transition {
    None,
    /// One type became a list of types, the list changed, or one type remained.
    Types,
    /// An object became one of several, and these properties moved into them.
    Wrapped(Vec<String>),
}

impl Transition {
    pub(crate) fn replaces_types(&self) -> bool {
        *self != Self::None
    }

    pub(crate) fn replaces_branches(&self) -> bool {
        *self == Self::Types
    }

    pub(crate) fn moved(&self, property: &str) -> bool {
        matches!(self, Self::Wrapped(moved) if moved.iter().any(|name| name == property))
    }

    /// The wrapping of a body has a finding of its own; elsewhere the new branches tell it.
    pub(crate) fn replaces_one_of(&self, at: &At) -> bool {
        matches!(self, Self::Wrapped(_)) && at.kind == Kind::Body
    }
}

pub(crate) fn compare(walk: &mut Walk, at: &At, pair: &Pair<'_>) -> Transition {
    if list_of_types(walk, at, pair) {
        return Transition::Types;
    }
    let moved = wrapped(pair);
    if moved.is_empty() {
        return Transition::None;
    }
    if at.kind == Kind::Body {
        let values = pair.values("oneOf");
        walk.note(at, at.id("wrapped-in-one-of"), Effect::Changes, pair, values);
    }
    Transition::Wrapped(moved)
}

/// The properties of a plain object that moved into the branches of a new `oneOf`.
fn wrapped(pair: &Pair<'_>) -> Vec<String> {
    let has = |node: &Node<'_>, key: &str| node.get(key).is_some();
    let branches = pair.revision.list("oneOf");
    let is_wrapper = !branches.is_empty()
        && !has(&pair.revision, "properties")
        && types::of(&pair.revision).is_empty();
    let Some(properties) = pair.base.get("properties") else { return Vec::new() };
    if !is_wrapper || !pair.base.list("oneOf").is_empty() {
        return Vec::new();
    }
    let in_a_branch = |name: &str| {
        branches.iter().any(|b| b.get("properties").is_some_and(|node| has(&node, name)))
    };
    let names = properties.members().into_iter().map(|(name, _)| name);
    names.filter(|name| in_a_branch(name)).map(str::to_owned).collect()
}

/// The types that a schema allows, if it is nothing but one type or a choice of single types.
fn alternatives<'s>(schema: &Node<'s>) -> Option<(Vec<(&'s str, Node<'s>)>, bool)> {
    let is_plain = ["not", "allOf", "properties"].iter().all(|key| schema.get(key).is_none());
    if !is_plain {
        return None;
    }
    if let [first, ..] = types::of(schema)[..] {
        return Some((vec![(first, schema.clone())], false));
    }
    let lists = [schema.list("oneOf"), schema.list("anyOf")];
    let choice = lists.into_iter().find(|list| !list.is_empty() && list.iter().all(is_simple))?;
    let types = choice.into_iter().map(|node| (types::of(&node)[0], node));
    Some((types.collect(), true))
}

fn is_simple(schema: &Node<'_>) -> bool {
    let complex = ["properties", "oneOf", "anyOf", "allOf"];
    types::of(schema).len() == 1 && complex.iter().all(|key| schema.get(key).is_none())
}

fn list_of_types(walk: &mut Walk, at: &At, pair: &Pair<'_>) -> bool {
    let (Some((old, old_list)), Some((new, new_list))) =
        (alternatives(&pair.base), alternatives(&pair.revision))
    else {
        return false;
    };
    let missing = |from: &Members<'_>, other: &Members<'_>| -> Vec<String> {
        let lacks = |name: &&str| !other.iter().any(|(other, _)| other == name);
        from.iter().map(|(name, _)| *name).filter(lacks).map(str::to_owned).collect()
    };
    let (removed, added) = (missing(&old, &new), missing(&new, &old));
    if !(old_list || new_list) || removed.is_empty() && added.is_empty() {
        return false;
    }
    let narrowed = if at.is_request() { !removed.is_empty() } else { added.is_empty() };
    let suffix = if narrowed { "list-of-types-narrowed" } else { "list-of-types-widened" };
    let effect = match (removed.is_empty(), added.is_empty()) {
        (false, true) => Effect::Narrows,
        (true, _) => Effect::Widens,
        (false, false) => Effect::Changes,
    };
    let text = |names: Vec<String>| Value::from(names.join(", "));
    walk.note(at, at.id(suffix), effect, pair, (text(removed), text(added)));
    common(walk, at, (&old, &new));
    true
}

/// The types that both sides allow may have changed inside.
fn common(walk: &mut Walk, at: &At, (old, new): (&Members<'_>, &Members<'_>)) {
    for (name, schema) in old {
        let Some((_, other)) = new.iter().find(|(other, _)| other == name) else { continue };
        let is_branch = |node: &Node<'_>| node.list("oneOf").is_empty();
        if is_branch(schema) && is_branch(other) && !same(schema, other) {
            super::compare(walk, &at.below(name), &Pair::new(schema, other));
        }
    }
}
