//! `readOnly` and `writeOnly`, which say that a value is sent in one direction only.

use crate::change::Effect;
use crate::diff::at::{At, Kind};
use crate::diff::walk::{Pair, Walk};

pub(crate) fn compare(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    if at.kind != Kind::Property {
        return;
    }
    let direction = if at.is_request() { "request" } else { "response" };
    let need = if at.required { "required" } else { "optional" };
    for (key, name) in [("writeOnly", "write-only"), ("readOnly", "read-only")] {
        let (was, is) = (pair.base.flag(key), pair.revision.flag(key));
        if was == is {
            continue;
        }
        let not = if is { "" } else { "not-" };
        let id = format!("{direction}-{need}-property-became-{not}{name}");
        walk.note(at, id, effect(at, key, is), pair, (was.into(), is.into()));
    }
}

/// What is never sent in this direction may be anything; what is sent again must be right again.
fn effect(at: &At, key: &str, is: bool) -> Effect {
    match (at.never_sent() == key, is) {
        (false, _) => Effect::Annotates,
        (true, true) => Effect::Narrows,
        (true, false) => Effect::Widens,
    }
}
