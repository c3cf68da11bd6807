//! `type`, `format` and `nullable`.

use serde_json::Value;

use crate::change::Effect;
use crate::diff::at::{At, Kind};
use crate::diff::walk::{Pair, Walk};
use crate::spec::Node;

/// The types of a schema without `null`; none means any.
pub(crate) fn of<'s>(schema: &Node<'s>) -> Vec<&'s str> {
    let types: Vec<&str> = match schema.value().get("type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    types.into_iter().filter(|name| *name != "null").collect()
}

pub(crate) fn is_nullable(schema: &Node<'_>) -> bool {
    let in_list = |value: &Value| value.as_array().is_some_and(|l| l.iter().any(|t| t == "null"));
    schema.flag("nullable") || schema.value().get("type").is_some_and(in_list)
}

fn covers(general: &[&str], special: &str) -> bool {
    general
        .iter()
        .any(|general| *general == special || special == "integer" && *general == "number")
}

/// Whether each value of `old` is one of `new`; any is only within any.
fn is_within(old: &[&str], new: &[&str]) -> bool {
    !old.is_empty() && old.iter().all(|name| covers(new, name))
}

/// Formats whose values are all of another format.
fn format_is_within(types: &[&str], old: &str, new: &str) -> bool {
    let pairs: &[(&str, &str)] = match types {
        ["number"] => &[("float", "double")],
        ["integer"] => &[("int32", "int64"), ("int32", "bigint"), ("int64", "bigint")],
        ["string"] => &[("date", "date-time"), ("time", "date-time")],
        _ => &[],
    };
    new.is_empty() || old == new || pairs.contains(&(old, new))
}

/// What a change of type and format does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// All old values remain.
    Generalized,
    /// They remain as texts, since the value is not JSON.
    Compatible,
    Specialized,
    Changed,
}

struct Sides<'v> {
    old: Vec<&'v str>,
    new: Vec<&'v str>,
    old_format: &'v str,
    new_format: &'v str,
}

impl Sides<'_> {
    /// Whether a reader of `new` may fail on a value of `old`. As text, anything is a string.
    fn breaks(&self, typed: bool) -> bool {
        let untyped_string = !typed && (self.new.is_empty() || self.new == ["string"]);
        let type_changed = !equal(&self.old, &self.new);
        if type_changed && self.new.is_empty() {
            return false;
        }
        let type_breaks = type_changed && !is_within(&self.old, &self.new) && !untyped_string;
        type_breaks || !format_is_within(&self.new, self.old_format, self.new_format)
    }

    fn reversed(&self) -> Self {
        Self {
            old: self.new.clone(),
            new: self.old.clone(),
            old_format: self.new_format,
            new_format: self.old_format,
        }
    }

    /// A change between two types that only a reader of text bridges.
    fn is_loose(&self) -> bool {
        !self.old.is_empty()
            && !self.new.is_empty()
            && !equal(&self.old, &self.new)
            && !is_within(&self.old, &self.new)
    }
}

fn equal(a: &[&str], b: &[&str]) -> bool {
    a.len() == b.len() && a.iter().all(|name| b.contains(name))
}

pub(crate) fn compare(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let sides = Sides {
        old: of(&pair.base),
        new: of(&pair.revision),
        old_format: pair.base.text("format").unwrap_or(""),
        new_format: pair.revision.text("format").unwrap_or(""),
    };
    if equal(&sides.old, &sides.new) && sides.old_format == sides.new_format {
        return;
    }
    let verdict = if at.is_request() { request(at, &sides) } else { response(at, &sides) };
    let suffix = match verdict {
        Verdict::Generalized => "type-generalized",
        Verdict::Compatible => "type-compatible",
        Verdict::Specialized => "type-specialized",
        Verdict::Changed => "type-changed",
    };
    let values = (name(&sides.old, sides.old_format), name(&sides.new, sides.new_format));
    walk.note(at, at.id(suffix), effect(&sides), pair, values);
}

fn effect(sides: &Sides<'_>) -> Effect {
    match (sides.breaks(true), sides.reversed().breaks(true)) {
        (true, false) => Effect::Narrows,
        (false, true) => Effect::Widens,
        (true, true) => Effect::Changes,
        (false, false) => Effect::Annotates,
    }
}

fn request(at: &At, sides: &Sides<'_>) -> Verdict {
    if at.in_parameter() && at.kind == Kind::Property {
        return parameter_property(sides);
    }
    if sides.breaks(at.typed) {
        return Verdict::Changed;
    }
    if !at.in_parameter() && sides.is_loose() {
        return Verdict::Compatible;
    }
    Verdict::Generalized
}

/// It is not known whether the value of a parameter is sent as JSON or as text: if that matters, the
/// change cannot be judged.
fn parameter_property(sides: &Sides<'_>) -> Verdict {
    match (sides.breaks(true), sides.breaks(false)) {
        (true, true) => Verdict::Specialized,
        (false, false) => Verdict::Generalized,
        _ => Verdict::Changed,
    }
}

fn response(at: &At, sides: &Sides<'_>) -> Verdict {
    let back = sides.reversed();
    if back.breaks(at.typed) {
        let widened = !equal(&sides.old, &sides.new) && is_within(&sides.old, &sides.new);
        return if widened { Verdict::Generalized } else { Verdict::Changed };
    }
    if back.is_loose() { Verdict::Compatible } else { Verdict::Specialized }
}

fn name(types: &[&str], format: &str) -> Value {
    let types = if types.is_empty() { "any".to_owned() } else { types.join(" or ") };
    if format.is_empty() { types.into() } else { format!("{types}/{format}").into() }
}

/// Null is allowed by a schema, or by the one that it is a wrapper of.
pub(crate) fn nullable(walk: &mut Walk, at: &At, pair: &Pair<'_>, inner: &Pair<'_>) {
    let was = is_nullable(&pair.base) || is_nullable(&inner.base);
    let is = is_nullable(&pair.revision) || is_nullable(&inner.revision);
    if was == is {
        return;
    }
    let id = at.id(if is { "became-nullable" } else { "became-not-nullable" });
    let effect = if is { Effect::Widens } else { Effect::Narrows };
    walk.note(at, id, effect, pair, (was.into(), is.into()));
}
