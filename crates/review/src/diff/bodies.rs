//! Bodies in both directions, their media types, statuses and headers.

use serde_json::Value;

use super::at::{At, Kind};
use super::parameters::with_schemas;
use super::walk::{Pair, Walk};
use super::{lifecycle, rest, schema};
use crate::change::{Direction, Effect, Part};
use crate::spec::Node;

pub(crate) fn request(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let at = at.part(Direction::Request, Kind::Body, Part::Body { media: String::new() });
    let (old, new) = (pair.base.get("requestBody"), pair.revision.get("requestBody"));
    let nothing = (Value::Null, Value::Null);
    match (old, new) {
        (None, None) => {}
        (None, Some(body)) => {
            let required = body.flag("required");
            let id = if required {
                "request-body-added-required"
            } else {
                "request-body-added-optional"
            };
            let effect = if required { Effect::Narrows } else { Effect::Widens };
            walk.note_at(&at, id, effect, (pair.base.pointer(), body.pointer()), nothing);
        }
        (Some(body), None) => {
            let pointers = (body.pointer(), pair.revision.pointer());
            walk.note_at(&at, "request-body-removed", Effect::Narrows, pointers, nothing);
        }
        (Some(old), Some(new)) => request_bodies(walk, &at, &Pair::new(&old, &new)),
    }
}

fn request_bodies(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (was, is) = (pair.base.flag("required"), pair.revision.flag("required"));
    if was != is {
        let suffix = if is { "became-required" } else { "became-optional" };
        let effect = if is { Effect::Narrows } else { Effect::Widens };
        walk.note(at, at.id(suffix), effect, pair, (was.into(), is.into()));
    }
    content(walk, at, pair);
    rest::compare(walk, at, pair, &["required", "content"]);
}

pub(crate) fn responses(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let members = |node: &Node<'_>| -> Vec<String> {
        let responses = node.members_of("responses");
        let names = responses.iter().map(|(status, _)| (*status).to_owned());
        names.filter(|status| !status.starts_with("x-")).collect()
    };
    let (old, new) = (members(&pair.base), members(&pair.revision));
    let holder = Pair {
        base: pair.base.get("responses").unwrap_or_else(|| pair.base.clone()),
        revision: pair.revision.get("responses").unwrap_or_else(|| pair.revision.clone()),
    };
    for status in &old {
        let at = response(at, status, "");
        match holder.get(status) {
            Some(pair) => both(walk, &at, status, &pair),
            None => {
                let id = status_id(status, "removed");
                let values = (status.as_str().into(), Value::Null);
                walk.note(&at, id, Effect::Narrows, &holder, values);
            }
        }
    }
    for status in new.iter().filter(|status| !old.contains(status)) {
        let at = response(at, status, "");
        let values = (Value::Null, status.as_str().into());
        walk.note(&at, status_id(status, "added"), Effect::Widens, &holder, values);
    }
}

fn response(at: &At, status: &str, media: &str) -> At {
    let part = Part::Response { status: status.to_owned(), media: media.to_owned() };
    at.part(Direction::Response, Kind::Body, part)
}

fn status_id(status: &str, action: &str) -> String {
    match status.chars().next() {
        Some('2') => format!("response-success-status-{action}"),
        Some('0'..='9') => format!("response-non-success-status-{action}"),
        _ => format!("response-default-status-{action}"),
    }
}

fn both(walk: &mut Walk, at: &At, status: &str, pair: &Pair<'_>) {
    content(walk, at, pair);
    headers(walk, at, status, pair);
    rest::compare(walk, at, pair, &["content", "headers"]);
}

/// A media type without its parameters, in lower case.
fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or(media).trim().to_ascii_lowercase()
}

/// Whether two names of a media type are the same but for case, spaces and the order of parameters.
fn is_equivalent(a: &str, b: &str) -> bool {
    let parameters = |media: &str| {
        let mut parts: Vec<_> = media.split(';').skip(1).map(|p| p.trim().to_lowercase()).collect();
        parts.sort();
        parts
    };
    essence(a) == essence(b) && parameters(a) == parameters(b)
}

pub(crate) fn is_json(media: &str) -> bool {
    let essence = essence(media);
    essence == "application/json" || essence.ends_with("+json")
}

/// `application/problem+xml` is an `application/xml`.
fn is_special_case(special: &str, general: &str) -> bool {
    let (special, general) = (essence(special), essence(general));
    match (special.split_once('/'), general.split_once('/')) {
        (Some((s, sub)), Some((g, wide))) => {
            let suffix = sub.rsplit_once('+').map(|(_, suffix)| suffix);
            wide == "*" && (s == g || g == "*") || s == g && suffix == Some(wide)
        }
        _ => false,
    }
}

fn content(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (old, new) = (pair.base.get("content"), pair.revision.get("content"));
    let (Some(old), Some(new)) = (&old, &new) else {
        return existence(walk, at, pair, old.is_some(), new.is_some());
    };
    let (base, revision) = (old.members(), new.members());
    let holder = Pair::new(old, new);
    let mut matched = Vec::new();
    let mut left = Vec::new();
    for (media, node) in &base {
        match revision.iter().position(|(other, _)| is_equivalent(media, other)) {
            Some(index) => {
                matched.push(index);
                media_types(walk, at, revision[index].0, &Pair::new(node, &revision[index].1));
            }
            None => left.push((*media, node)),
        }
    }
    for (media, node) in left {
        let related = |(index, (other, _)): (usize, &(&str, Node<'_>))| {
            (!matched.contains(&index) && !at.is_request() && name_id(media, other).is_some())
                .then_some(index)
        };
        match revision.iter().enumerate().find_map(related) {
            Some(index) => {
                matched.push(index);
                let (name, other) = &revision[index];
                renamed(walk, at, &holder, media, name);
                media_types(walk, at, name, &Pair::new(node, other));
            }
            None => {
                let values = (media.into(), Value::Null);
                walk.note(at, media_id(at, "removed"), Effect::Narrows, &holder, values);
            }
        }
    }
    for (index, (media, _)) in revision.iter().enumerate() {
        if !matched.contains(&index) {
            let values = (Value::Null, (*media).into());
            walk.note(at, media_id(at, "added"), Effect::Widens, &holder, values);
        }
    }
}

fn name_id(old: &str, new: &str) -> Option<&'static str> {
    if essence(old) == essence(new) {
        Some("response-media-type-name-changed")
    } else if is_special_case(new, old) {
        Some("response-media-type-name-specialized")
    } else if is_special_case(old, new) {
        Some("response-media-type-name-generalized")
    } else {
        None
    }
}

fn renamed(walk: &mut Walk, at: &At, holder: &Pair<'_>, old: &str, new: &str) {
    if let Some(id) = name_id(old, new) {
        walk.note(at, id, Effect::Changes, holder, (old.into(), new.into()));
    }
}

fn media_id(at: &At, action: &str) -> String {
    let prefix = if at.is_request() { "request-body" } else { "response" };
    format!("{prefix}-media-type-{action}")
}

/// A body that appears or goes with the whole of `content`.
fn existence(walk: &mut Walk, at: &At, pair: &Pair<'_>, was: bool, is: bool) {
    let media = |node: &Node<'_>| -> Vec<String> {
        node.members_of("content").iter().map(|(media, _)| (*media).to_owned()).collect()
    };
    let (node, action, effect) = match (was, is) {
        (true, false) => (&pair.base, "removed", Effect::Narrows),
        (false, true) => (&pair.revision, "added", Effect::Widens),
        _ => return,
    };
    for name in media(node) {
        let name = Value::from(name);
        let values = if was { (name, Value::Null) } else { (Value::Null, name) };
        walk.note(at, media_id(at, action), effect, pair, values);
    }
}

fn media_types(walk: &mut Walk, at: &At, media: &str, pair: &Pair<'_>) {
    let part = match at.site.as_ref().map(|site| &site.part) {
        Some(Part::Response { status, .. }) => {
            Part::Response { status: status.clone(), media: media.to_owned() }
        }
        _ => Part::Body { media: media.to_owned() },
    };
    let at = At { typed: is_json(media), ..at.part(at.direction, Kind::Body, part) };
    walk.begin_message();
    match (pair.base.get("schema"), pair.revision.get("schema")) {
        (Some(old), Some(new)) => {
            let at = with_schemas(at.clone(), &old, &new);
            schema::compare(walk, &at, &Pair::new(&old, &new));
        }
        (None, Some(new)) => {
            let values = (Value::Null, new.value().clone());
            let id = at.id("media-type-schema-added");
            walk.note(&at, id, Effect::Narrows, pair, values);
        }
        (Some(old), None) => {
            let values = (old.value().clone(), Value::Null);
            let id = at.id("media-type-schema-removed");
            walk.note(&at, id, Effect::Widens, pair, values);
        }
        (None, None) => {}
    }
    rest::compare(walk, &at, pair, &["schema"]);
}

fn headers(walk: &mut Walk, at: &At, status: &str, pair: &Pair<'_>) {
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
