//! Bodies in both directions, and the statuses of answers.

use serde_json::Value;

use super::at::{At, Kind};
use super::walk::{Pair, Walk};
use super::{headers, links, media, rest};
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
    media::compare(walk, at, pair);
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
    media::compare(walk, at, pair);
    headers::compare(walk, at, status, pair);
    links::compare(walk, at, pair);
    rest::compare(walk, at, pair, &["content", "headers", "links"]);
}
