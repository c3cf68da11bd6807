//! Deprecation, sunset and stability, which decide what may be taken away.

use serde_json::Value;

use super::at::At;
use super::walk::{Pair, Walk};
use crate::change::Effect;
use crate::spec::Node;

/// The date at which something may disappear.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Sunset {
    Missing,
    Unreadable,
    /// `2026-01-31`; dates in this form sort as texts.
    On(String),
}

pub(crate) fn sunset(node: &Node<'_>) -> Sunset {
    match node.value().get("x-sunset") {
        None => Sunset::Missing,
        Some(Value::String(text)) => date(text).map_or(Sunset::Unreadable, Sunset::On),
        Some(_) => Sunset::Unreadable,
    }
}

/// The date in a date or an RFC 3339 time.
fn date(text: &str) -> Option<String> {
    let (date, time) = text.split_at_checked(10)?;
    let number = |range: std::ops::Range<usize>| date.get(range)?.parse::<u32>().ok();
    let is_date = date.as_bytes().get(4) == Some(&b'-')
        && date.as_bytes().get(7) == Some(&b'-')
        && number(0..4).is_some()
        && matches!(number(5..7), Some(1..=12))
        && matches!(number(8..10), Some(1..=31));
    (is_date && (time.is_empty() || time.starts_with(['T', 't']))).then(|| date.to_owned())
}

/// The names that a change of deprecation has for one kind of thing.
pub(crate) struct Names {
    pub(crate) deprecated: String,
    pub(crate) with_sunset: String,
    pub(crate) unreadable: String,
    pub(crate) too_soon: String,
    pub(crate) reactivated: String,
    pub(crate) sunset_deleted: String,
    pub(crate) sunset_moved: String,
}

pub(crate) fn deprecation(walk: &mut Walk, at: &At, pair: &Pair<'_>, names: &Names) {
    let (was, is) = (pair.base.flag("deprecated"), pair.revision.flag("deprecated"));
    let id = match (was, is) {
        (true, false) => &names.reactivated,
        (false, true) => match sunset(&pair.revision) {
            Sunset::Missing => &names.deprecated,
            Sunset::Unreadable => &names.unreadable,
            Sunset::On(date) if date.as_str() < walk.today() => &names.too_soon,
            Sunset::On(_) => &names.with_sunset,
        },
        (true, true) => match moved(walk, pair, names) {
            Some(id) => id,
            None => return,
        },
        (false, false) => return,
    };
    let values = if was && is { pair.values("x-sunset") } else { (was.into(), is.into()) };
    walk.note(at, id, Effect::Annotates, pair, values);
}

/// A sunset that was promised may be moved to a later day, not to an earlier one that has passed.
fn moved<'n>(walk: &Walk, pair: &Pair<'_>, names: &'n Names) -> Option<&'n str> {
    match (sunset(&pair.base), sunset(&pair.revision)) {
        (Sunset::On(_) | Sunset::Unreadable, Sunset::Missing) => Some(&names.sunset_deleted),
        (Sunset::On(_) | Sunset::Missing, Sunset::Unreadable) => Some(&names.unreadable),
        (Sunset::On(old), Sunset::On(new)) if new < old && new.as_str() < walk.today() => {
            Some(&names.sunset_moved)
        }
        (Sunset::On(old), Sunset::On(new)) if new != old => Some("sunset-changed"),
        _ => None,
    }
}

const STABILITIES: [&str; 4] = ["draft", "alpha", "beta", "stable"];

/// How stable a thing says it is: 0 (draft) to 3 (stable, which is also what silence means).
fn stability(node: &Node<'_>) -> Option<usize> {
    match node.value().get("x-stability-level") {
        None => Some(3),
        Some(Value::String(name)) => STABILITIES.iter().position(|known| known == name),
        Some(_) => None,
    }
}

/// Whether nothing is promised about it yet.
pub(crate) fn is_unstable(node: &Node<'_>) -> bool {
    stability(node).is_some_and(|level| level < 2)
}

pub(crate) fn stability_change(walk: &mut Walk, at: &At, pair: &Pair<'_>, prefix: &str) {
    let id = match (stability(&pair.base), stability(&pair.revision)) {
        (old, new) if old == new => return,
        (_, None) => "api-invalid-stability-level".to_owned(),
        (None, Some(_)) => format!("{prefix}-stability-increased"),
        (Some(old), Some(new)) if new < old => format!("{prefix}-stability-decreased"),
        (Some(_), Some(_)) => format!("{prefix}-stability-increased"),
    };
    walk.note(at, id, Effect::Annotates, pair, pair.values("x-stability-level"));
}
