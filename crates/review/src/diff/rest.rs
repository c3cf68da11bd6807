//! The members that no rule of its own looks at: prose, extensions, and what is not understood.

use serde_json::Value;

use super::at::At;
use super::walk::{Pair, Walk};
use crate::change::Effect;

/// Members that only people read.
pub(crate) const PROSE: &[&str] =
    &["title", "summary", "description", "example", "examples", "externalDocs", "$comment"];

/// Notes what differs outside `known`: prose once, each extension, and the rest as not understood.
pub(crate) fn compare(walk: &mut Walk, at: &At, pair: &Pair<'_>, known: &[&str]) {
    let mut keys: Vec<_> = pair.base.members().into_iter().map(|(key, _)| key).collect();
    keys.extend(pair.revision.members().into_iter().map(|(key, _)| key));
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| !known.contains(key) && *key != "$ref");
    prose(walk, at, pair, &keys);
    for key in keys.into_iter().filter(|key| !PROSE.contains(key)) {
        let (old, new) = pair.values(key);
        if old == new || pair.get(key).is_some_and(|pair| is_same(&pair)) {
            continue;
        }
        let id = if key.starts_with("x-") { "extension-changed" } else { "unclassified-change" };
        let effect = if key.starts_with("x-") { Effect::Annotates } else { Effect::Changes };
        walk.note(&at.below(key), id, effect, pair, (old, new));
    }
}

fn is_same(pair: &Pair<'_>) -> bool {
    super::same::same(&pair.base, &pair.revision)
}

/// All prose of a thing is one change: who reviews it reads the lines themselves.
fn prose(walk: &mut Walk, at: &At, pair: &Pair<'_>, keys: &[&str]) {
    let is_prose = |key: &&&str| PROSE.contains(*key);
    let changed = keys.iter().filter(is_prose).find_map(|key| {
        let (old, new) = pair.values(key);
        (old != new).then_some((old, new))
    });
    if let Some((old, new)) = changed {
        let text = |value: Value| if value.is_string() { value } else { Value::Null };
        let pair_of_values = (text(old), text(new));
        walk.note(at, "documentation-changed", Effect::Annotates, pair, pair_of_values);
    }
}
