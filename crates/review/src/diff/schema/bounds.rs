//! Limits of numbers, lengths and counts, patterns and multiples.

use serde_json::Value;

use crate::change::Effect;
use crate::diff::at::At;
use crate::diff::walk::{Pair, Walk};

/// Which side of the value a limit is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Upper,
    Lower,
    /// A lower limit whose absence means 0.
    Count,
}

/// Keyword, its name in ids, its side.
const BOUNDS: &[(&str, &str, Side)] = &[
    ("maximum", "max", Side::Upper),
    ("minimum", "min", Side::Lower),
    ("exclusiveMaximum", "exclusive-max", Side::Upper),
    ("exclusiveMinimum", "exclusive-min", Side::Lower),
    ("maxLength", "max-length", Side::Upper),
    ("minLength", "min-length", Side::Count),
    ("maxItems", "max-items", Side::Upper),
    ("minItems", "min-items", Side::Lower),
    ("maxProperties", "max-properties", Side::Upper),
    ("minProperties", "min-properties", Side::Count),
    ("maxContains", "max-contains", Side::Upper),
    ("minContains", "min-contains", Side::Lower),
];

pub(crate) fn compare(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    for (key, name, side) in BOUNDS {
        bound(walk, at, pair, (key, name, *side));
    }
    for (key, name) in [("exclusiveMaximum", "max"), ("exclusiveMinimum", "min")] {
        exclusive(walk, at, pair, (key, name));
    }
    pattern(walk, at, pair);
    multiple(walk, at, pair);
    unique(walk, at, pair);
}

fn bound(walk: &mut Walk, at: &At, pair: &Pair<'_>, (key, name, side): (&str, &str, Side)) {
    let (old, new) = pair.values(key);
    let number = |value: &Value| match side {
        Side::Count => Some(value.as_f64().unwrap_or(0.0)),
        _ => value.as_f64(),
    };
    let (suffix, effect) = match (number(&old), number(&new)) {
        (None, Some(limit)) if side == Side::Lower && limit == 0.0 && key == "minItems" => return,
        (None, Some(_)) => ("set", Effect::Narrows),
        (Some(limit), None) if side == Side::Lower && limit == 0.0 && key == "minItems" => return,
        (Some(_), None) => ("unset", Effect::Widens),
        (Some(old), Some(new)) if new > old => ("increased", grows(side)),
        (Some(old), Some(new)) if new < old => ("decreased", grows(side).reversed()),
        _ => return,
    };
    // A length was always unlimited before its limit was set, and a response may become longer.
    let suffix = if suffix == "unset" && side == Side::Count { "decreased" } else { suffix };
    walk.note(at, at.id(&format!("{name}-{suffix}")), effect, pair, (old, new));
}

fn grows(side: Side) -> Effect {
    if side == Side::Upper { Effect::Widens } else { Effect::Narrows }
}

/// In OpenAPI 3.0 `exclusiveMaximum` is a switch beside `maximum`.
fn exclusive(walk: &mut Walk, at: &At, pair: &Pair<'_>, (key, name): (&str, &str)) {
    let is = |value: &Value| value.as_bool().unwrap_or(false);
    let (old, new) = pair.values(key);
    if is(&old) == is(&new) {
        return;
    }
    let suffix = if is(&new) { "became-exclusive" } else { "became-inclusive" };
    let effect = if is(&new) { Effect::Narrows } else { Effect::Widens };
    walk.note(at, at.id(&format!("{name}-{suffix}")), effect, pair, (old, new));
}

fn pattern(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (old, new) = pair.values("pattern");
    let is_empty = |value: &Value| value.as_str().is_none_or(str::is_empty);
    let is_any = matches!(new.as_str(), Some(".*" | "^.*$"));
    let (suffix, effect) = match (is_empty(&old), is_empty(&new)) {
        _ if old == new => return,
        (true, true) => return,
        (true, false) => ("pattern-added", Effect::Narrows),
        (false, true) => ("pattern-removed", Effect::Widens),
        (false, false) if is_any && at.is_request() => ("pattern-generalized", Effect::Widens),
        (false, false) => ("pattern-changed", Effect::Changes),
    };
    walk.note(at, at.id(suffix), effect, pair, (old, new));
}

fn multiple(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (old, new) = pair.values("multipleOf");
    let is_multiple = |a: f64, b: f64| b != 0.0 && (a / b).fract() == 0.0;
    let (suffix, effect) = match (old.as_f64(), new.as_f64()) {
        (a, b) if a == b => return,
        (None, _) => ("set", Effect::Narrows),
        (_, None) => ("unset", Effect::Widens),
        (Some(old), Some(new)) if is_multiple(new, old) => ("increased", Effect::Narrows),
        (Some(old), Some(new)) if is_multiple(old, new) => ("decreased", Effect::Widens),
        _ => ("changed", Effect::Changes),
    };
    walk.note(at, at.id(&format!("multiple-of-{suffix}")), effect, pair, (old, new));
}

fn unique(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (was, is) = (pair.base.flag("uniqueItems"), pair.revision.flag("uniqueItems"));
    if was != is {
        let suffix = if is { "items-became-unique" } else { "items-became-not-unique" };
        let effect = if is { Effect::Narrows } else { Effect::Widens };
        walk.note(at, at.id(suffix), effect, pair, (was.into(), is.into()));
    }
}
