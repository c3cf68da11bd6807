//! Media types of a body: matched by name, then by kinship, then their schemas.

use serde_json::Value;

use super::at::{At, Kind};
use super::parameters::with_schemas;
use super::walk::{Pair, Walk};
use super::{rest, schema};
use crate::change::{Effect, Part};
use crate::spec::Node;

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

pub(crate) fn compare(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
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
