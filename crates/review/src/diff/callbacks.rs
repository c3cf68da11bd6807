//! Callbacks: operations that the server calls, so that every message goes the other way.

use serde_json::Value;

use super::at::At;
use super::operations;
use super::walk::{Pair, Walk};
use crate::change::{Direction, Effect, Part};
use crate::spec::Node;

/// Each callback with its expressions, as name and path item.
fn listed<'s>(operation: &Node<'s>) -> Vec<(String, String, Node<'s>)> {
    let callbacks = operation.members_of("callbacks").into_iter();
    let items = callbacks.flat_map(|(name, callback)| {
        let items = callback.members().into_iter();
        items.map(move |(url, item)| (name.to_owned(), url.to_owned(), item))
    });
    items.filter(|(_, url, _)| !url.starts_with("x-")).collect()
}

pub(crate) fn compare(walk: &mut Walk, at: &At, roots: &Pair<'_>, pair: &Pair<'_>) {
    let (old, new) = (listed(&pair.base), listed(&pair.revision));
    for (name, url, item) in &old {
        let at = inside(at, name);
        match new.iter().find(|(n, u, _)| n == name && u == url) {
            Some((_, _, other)) => operations::items(walk, roots, &at, (url, item), (url, other)),
            None => {
                let values = (url.as_str().into(), Value::Null);
                walk.note(&at, "removed", Effect::Narrows, pair, values);
            }
        }
    }
    for (name, url, _) in
        new.iter().filter(|(n, u, _)| !old.iter().any(|(o, v, _)| o == n && v == u))
    {
        let values = (Value::Null, url.as_str().into());
        walk.note(&inside(at, name), "added", Effect::Widens, pair, values);
    }
}

/// The operation that has the callback is the one that is affected. The walk goes on as if its
/// request were sent by a client; the notes turn that round.
fn inside(at: &At, name: &str) -> At {
    let part = Part::Callback { name: name.to_owned() };
    let site = at.site.clone().map(|site| crate::change::Site { part, ..site });
    let path = vec![name.to_owned()];
    At { site, path, direction: Direction::Request, callback: true, ..at.clone() }
}
