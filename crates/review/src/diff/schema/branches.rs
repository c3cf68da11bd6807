//! `allOf`, `anyOf`, `oneOf`, `not` and `discriminator`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::transitions::Transition;
use super::{compare as schemas, is_free, same};
use crate::change::Effect;
use crate::diff::at::{At, Kind};
use crate::diff::rest;
use crate::diff::walk::{Pair, Walk};
use crate::spec::Node;

pub(crate) fn compare(walk: &mut Walk, at: &At, pair: &Pair<'_>, transition: &Transition) {
    for (key, name) in [("allOf", "all-of"), ("anyOf", "any-of"), ("oneOf", "one-of")] {
        let told = transition.replaces_branches() && key != "allOf"
            || transition.replaces_one_of(at) && key == "oneOf";
        if !told {
            branches(walk, at, pair, (key, name));
        }
    }
    not(walk, at, pair);
    discriminator(walk, at, pair);
}

type Rule<'r> = &'r dyn Fn(&Node<'_>, &Node<'_>) -> bool;

/// Which branches are the same, and which have no partner.
struct Matching {
    pairs: Vec<(usize, usize)>,
    removed: Vec<usize>,
    added: Vec<usize>,
}

/// The same content first (so that names and order do not matter), then the same component, then
/// the same title, and at last the only two that are left, if both stand inline.
fn matching(old: &[Node<'_>], new: &[Node<'_>]) -> Matching {
    let mut removed: BTreeSet<_> = (0..old.len()).collect();
    let mut added: BTreeSet<_> = (0..new.len()).collect();
    let mut pairs = Vec::new();
    let title = |node: &Node<'_>| node.text("title").map(str::to_owned);
    let by_name = |a: &Node<'_>, b: &Node<'_>| a.name().is_some() && a.name() == b.name();
    let by_title = |a: &Node<'_>, b: &Node<'_>| {
        a.name().is_none() && b.name().is_none() && title(a).is_some() && title(a) == title(b)
    };
    let by_content = |a: &Node<'_>, b: &Node<'_>| same(a, b) && !is_another(a, b);
    let rules: [Rule<'_>; 3] = [&by_content, &by_name, &by_title];
    for rule in rules {
        for index in removed.clone() {
            let partner = added.iter().copied().find(|other| rule(&old[index], &new[*other]));
            if let Some(partner) = partner {
                removed.remove(&index);
                added.remove(&partner);
                pairs.push((index, partner));
            }
        }
    }
    let inline = |node: &Node<'_>| node.name().is_none() && title(node).is_none();
    if let (1, Some(&a), 1, Some(&b)) = (removed.len(), removed.first(), added.len(), added.first())
        && inline(&old[a])
        && inline(&new[b])
    {
        removed.clear();
        added.clear();
        pairs.push((a, b));
    }
    Matching { pairs, removed: removed.into_iter().collect(), added: added.into_iter().collect() }
}

/// Whether two components of the same content are two: the old one is still there, so that it was not
/// renamed.
fn is_another(base: &Node<'_>, revision: &Node<'_>) -> bool {
    let (Some(old), Some(new)) = (base.name(), revision.name()) else { return false };
    let schemas = revision.spec().json().pointer("/components/schemas");
    old != new && schemas.is_some_and(|schemas| schemas.get(old).is_some())
}

fn branches(walk: &mut Walk, at: &At, pair: &Pair<'_>, (key, name): (&str, &str)) {
    let (old, new) = (pair.base.list(key), pair.revision.list(key));
    if old.is_empty() && new.is_empty() {
        return;
    }
    let matching = matching(&old, &new);
    for (a, b) in matching.pairs {
        schemas(walk, &at.below(&format!("{key}[{b}]")), &Pair::new(&old[a], &new[b]));
    }
    // More to choose from allows more; a choice where there was none allows less.
    let widens = |other: &[Node<'_>]| key != "allOf" && !other.is_empty();
    for index in matching.removed {
        let effect = if widens(&new) { Effect::Narrows } else { Effect::Widens };
        branch(walk, at, pair, (name, "removed", effect), &old[index]);
    }
    for index in matching.added {
        let effect = if widens(&old) { Effect::Widens } else { Effect::Narrows };
        branch(walk, at, pair, (name, "added", effect), &new[index]);
    }
}

fn branch(
    walk: &mut Walk,
    at: &At,
    pair: &Pair<'_>,
    (name, action, effect): (&str, &str, Effect),
    schema: &Node<'_>,
) {
    let free = name == "all-of" && is_free(schema);
    let (end, effect) = if free { ("-annotation-only", Effect::Annotates) } else { ("", effect) };
    let value = schema.name().map_or_else(|| schema.value().clone(), Value::from);
    let values = if action == "added" { (Value::Null, value) } else { (value, Value::Null) };
    walk.note(at, at.id(&format!("{name}-{action}{end}")), effect, pair, values);
}

/// Below `not` all effects turn round, which no rule here follows; so it is told as a whole.
fn not(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (old, new) = (pair.base.get("not"), pair.revision.get("not"));
    let (suffix, effect) = match (&old, &new) {
        (None, None) => return,
        (Some(old), Some(new)) if same(old, new) => return,
        (Some(_), Some(_)) => ("not-changed", Effect::Changes),
        (None, Some(_)) => ("not-added", Effect::Narrows),
        (Some(_), None) => ("not-removed", Effect::Widens),
    };
    walk.note(at, at.id(suffix), effect, pair, pair.values("not"));
}

fn discriminator(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    // The catalogue has names for bodies and their properties only; parameters follow the pattern.
    debug_assert!(at.kind != Kind::Document);
    let key = "discriminator";
    let (old, new) = pair.values(key);
    let suffix = match (old.is_null(), new.is_null()) {
        (true, true) => return,
        (true, false) => "discriminator-added",
        (false, true) => "discriminator-removed",
        (false, false) => {
            if let Some(discriminators) = pair.get(key) {
                discriminator_members(walk, at, &discriminators);
            }
            return;
        }
    };
    walk.note(at, at.id(suffix), Effect::Annotates, pair, (old, new));
}

fn discriminator_members(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (old, new) = pair.values("propertyName");
    if old != new {
        let id = at.id("discriminator-property-name-changed");
        walk.note(at, id, Effect::Annotates, pair, (old, new));
    }
    let mapping = |node: &Node<'_>| -> Vec<(String, String)> {
        let members = node.get("mapping").map(|node| node.members()).unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        members.iter().map(|(key, node)| ((*key).to_owned(), text(node.value()))).collect()
    };
    let (old, new) = (mapping(&pair.base), mapping(&pair.revision));
    for (key, target) in &old {
        let at = at.below(key);
        let id = |action: &str| plain(&at).id(&format!("discriminator-mapping-{action}"));
        match new.iter().find(|(other, _)| other == key) {
            None => {
                let values = (target.as_str().into(), Value::Null);
                walk.note(&at, id("deleted"), Effect::Annotates, pair, values);
            }
            Some((_, other)) if !leads_to_same(pair, target, other) => {
                let values = (target.as_str().into(), other.as_str().into());
                walk.note(&at, id("changed"), Effect::Annotates, pair, values);
            }
            Some(_) => {}
        }
    }
    for (key, target) in new.iter().filter(|(key, _)| !old.iter().any(|(o, _)| o == key)) {
        let values = (Value::Null, target.as_str().into());
        let id = at.id("discriminator-mapping-added");
        walk.note(&at.below(key), id, Effect::Annotates, pair, values);
    }
    rest::compare(walk, at, pair, &["propertyName", "mapping"]);
}

/// The place itself again, one level up, whose kind names the change.
fn plain(at: &At) -> At {
    let mut up = at.clone();
    up.path.pop();
    if up.path.is_empty() && !up.in_parameter() && !up.in_response_header() {
        up.kind = Kind::Body;
    }
    up
}

fn leads_to_same(pair: &Pair<'_>, old: &str, new: &str) -> bool {
    if old == new {
        return true;
    }
    match (mapped(&pair.base, old), mapped(&pair.revision, new)) {
        (Some(old), Some(new)) => same(&old, &new) && !is_another(&old, &new),
        _ => false,
    }
}

/// The schema that a mapping names, by reference or by the name of a component.
fn mapped<'s>(node: &Node<'s>, reference: &str) -> Option<Node<'s>> {
    let pointer = reference.strip_prefix('#').map(str::to_owned);
    let pointer = pointer.unwrap_or_else(|| format!("/components/schemas/{reference}"));
    let name = pointer.rsplit('/').next().unwrap_or_default().to_owned();
    node.spec().at(&pointer).map(|node| node.called(name))
}
