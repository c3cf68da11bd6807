//! Links from an answer to further operations. No message has them, so nothing that is sent changes.

use serde_json::Value;

use super::at::At;
use super::same::same;
use super::walk::{Pair, Walk};
use crate::change::Effect;

pub(crate) fn compare(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (old, new) = (pair.base.members_of("links"), pair.revision.members_of("links"));
    for (name, link) in &old {
        let at = at.below(name);
        let values = (link.value().clone(), Value::Null);
        match new.iter().find(|(other, _)| other == name) {
            None => walk.note(&at, "response-link-removed", Effect::Annotates, pair, values),
            Some((_, other)) if !same(link, other) => {
                let values = (link.value().clone(), other.value().clone());
                walk.note(&at, "response-link-changed", Effect::Annotates, pair, values);
            }
            Some(_) => {}
        }
    }
    for (name, link) in new.iter().filter(|(name, _)| !old.iter().any(|(o, _)| o == name)) {
        let values = (Value::Null, link.value().clone());
        walk.note(&at.below(name), "response-link-added", Effect::Annotates, pair, values);
    }
}
