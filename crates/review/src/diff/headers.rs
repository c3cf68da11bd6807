//! Headers of answers, whose names have no case.

use super::at::{At, Kind};
use super::parameters::with_schemas;
use super::walk::{Pair, Walk};
use super::{lifecycle, rest, schema};
use crate::change::{Direction, Effect, Part};
use serde_json::Value;

pub(crate) fn compare(walk: &mut Walk, at: &At, status: &str, pair: &Pair<'_>) {
    let (old, new) = (pair.base.members_of("headers"), pair.revision.members_of("headers"));
    for (name, node) in &old {
        let at = header_at(at, status, name);
        match new.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)) {
            Some((_, other)) => header(walk, &at, &Pair::new(node, other)),
            None => {
                let kind = if node.flag("required") { "required" } else { "optional" };
                let id = format!("{kind}-response-header-removed");
                let pointers = (node.pointer(), pair.revision.pointer());
                walk.note_at(&at, id, Effect::Narrows, pointers, ((*name).into(), Value::Null));
            }
        }
    }
    for (name, node) in &new {
        if !old.iter().any(|(other, _)| other.eq_ignore_ascii_case(name)) {
            let at = header_at(at, status, name);
            let pointers = (pair.base.pointer(), node.pointer());
            let values = (Value::Null, (*name).into());
            walk.note_at(&at, "response-header-added", Effect::Widens, pointers, values);
        }
    }
}

fn header_at(at: &At, status: &str, name: &str) -> At {
    let part = Part::Header { status: status.to_owned(), name: name.to_owned() };
    let at = at.part(Direction::Response, Kind::Header, part);
    At { path: vec![name.to_owned()], typed: false, ..at }
}

fn header(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (was, is) = (pair.base.flag("required"), pair.revision.flag("required"));
    if was != is {
        let id = at.id(if is { "became-required" } else { "became-optional" });
        let effect = if is { Effect::Narrows } else { Effect::Widens };
        walk.note(at, id, effect, pair, (was.into(), is.into()));
    }
    walk.begin_message();
    if let Some(schemas) = pair.get("schema") {
        let at = with_schemas(at.clone(), &schemas.base, &schemas.revision);
        schema::compare(walk, &at, &schemas);
    }
    lifecycle::stability_change(walk, at, pair, "response-header");
    let known = ["required", "schema", "x-stability-level"];
    let known = if pair.get("schema").is_some() { &known[..] } else { &known[..1] };
    rest::compare(walk, at, pair, known);
}
