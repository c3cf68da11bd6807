//! Paths and methods: what was added, what was removed, and which operations are the same.

use std::collections::BTreeSet;

use serde_json::Value;

use super::at::At;
use super::lifecycle::{self, Names, Sunset};
use super::walk::{Pair, Walk};
use super::{bodies, callbacks, document, parameters, rest, security};
use crate::change::Effect;
use crate::spec::Node;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
/// Members of an operation that have a room of their own.
const OPERATION: &[&str] = &[
    "callbacks",
    "operationId",
    "tags",
    "deprecated",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "servers",
    "x-sunset",
    "x-stability-level",
];

/// An operation with the path item around it.
#[derive(Clone)]
pub(crate) struct Operation<'s> {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) item: Node<'s>,
    pub(crate) node: Node<'s>,
}

impl Operation<'_> {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }
}

/// The operations of a path item.
fn of_item<'s>(path: &str, item: &Node<'s>) -> Vec<Operation<'s>> {
    let methods = METHODS.into_iter().filter_map(|method| {
        let node = item.get(method).filter(|node| node.value().is_object())?;
        Some(Operation { method, path: path.to_owned(), item: item.clone(), node })
    });
    methods.collect()
}

/// All operations of a document, in its order.
pub(crate) fn all<'s>(root: &Node<'s>) -> Vec<Operation<'s>> {
    root.members_of("paths").iter().flat_map(|(path, item)| of_item(path, item)).collect()
}

/// A path without the names of its parameters, which nobody sends.
pub(crate) fn shape(path: &str) -> String {
    let mut shape = String::new();
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        shape.push(c);
    }
    shape
}

/// The index of the same path among `others`: literally, or else up to the names of parameters.
fn same_path(path: &str, others: &[(&str, Node<'_>)]) -> Option<usize> {
    let literal = others.iter().position(|(other, _)| *other == path);
    literal.or_else(|| others.iter().position(|(other, _)| shape(other) == shape(path)))
}

pub(crate) fn compare(walk: &mut Walk, base: &Node<'_>, revision: &Node<'_>) {
    let (base_paths, revision_paths) = (base.members_of("paths"), revision.members_of("paths"));
    let roots = Pair::new(base, revision);
    let mut matched = BTreeSet::new();
    for (path, item) in &base_paths {
        match same_path(path, &revision_paths) {
            Some(index) if matched.insert(index) => {
                let (new_path, new_item) = &revision_paths[index];
                items(walk, &roots, &At::document(), (path, item), (new_path, new_item));
            }
            _ => of_item(path, item).iter().for_each(|op| {
                removed(walk, &roots, &At::document(), op, "api-path");
            }),
        }
    }
    for (index, (path, item)) in revision_paths.iter().enumerate() {
        if !matched.contains(&index) && !path.starts_with("x-") {
            of_item(path, item).iter().for_each(|op| added(walk, &At::document(), op));
        }
    }
    webhooks(walk, &roots);
}

/// The operations of two path items. `outer` is the document, or the callback that has them.
pub(crate) fn items(
    walk: &mut Walk,
    roots: &Pair<'_>,
    outer: &At,
    (path, item): (&str, &Node<'_>),
    (new_path, new_item): (&str, &Node<'_>),
) {
    let (old, new) = (of_item(path, item), of_item(new_path, new_item));
    for operation in &old {
        match new.iter().find(|other| other.method == operation.method) {
            Some(other) => both(walk, roots, outer, (operation, other)),
            None => removed(walk, roots, outer, operation, "api"),
        }
    }
    let is_new = |op: &&Operation<'_>| !old.iter().any(|other| other.method == op.method);
    new.iter().filter(is_new).for_each(|operation| added(walk, outer, operation));
    let mut known = METHODS.to_vec();
    known.extend(["parameters", "servers"]);
    let at = At { path: vec![new_path.to_owned()], ..outer.clone() };
    rest::compare(walk, &at, &Pair::new(item, new_item), &known);
}

/// The operation as the walk names it: its own name, or that of the operation that calls back.
fn place(outer: &At, operation: &Operation<'_>, unstable: bool) -> At {
    if outer.callback {
        return outer.clone();
    }
    At::operation(&operation.name(), unstable)
}

fn added(walk: &mut Walk, outer: &At, operation: &Operation<'_>) {
    let at = place(outer, operation, false);
    let pointer = operation.node.pointer();
    walk.note_at(&at, "endpoint-added", Effect::Widens, ("", pointer), (Value::Null, Value::Null));
}

/// An operation may go after it was deprecated and its sunset has come.
fn removed(walk: &mut Walk, roots: &Pair<'_>, outer: &At, operation: &Operation<'_>, prefix: &str) {
    let node = &operation.node;
    let id = match (node.flag("deprecated"), lifecycle::sunset(node)) {
        (false, _) => format!("{prefix}-removed-without-deprecation"),
        (true, Sunset::Unreadable) => "api-path-sunset-parse".to_owned(),
        (true, Sunset::On(date)) if date.as_str() > walk.today() => {
            format!("{prefix}-removed-before-sunset")
        }
        (true, _) => format!("{prefix}-removed-with-deprecation"),
    };
    let at = place(outer, operation, lifecycle::is_unstable(node));
    let pointers = (node.pointer(), roots.revision.pointer());
    walk.note_at(&at, id, Effect::Narrows, pointers, (Value::Null, Value::Null));
}

fn both(
    walk: &mut Walk,
    roots: &Pair<'_>,
    outer: &At,
    (old, new): (&Operation<'_>, &Operation<'_>),
) {
    let at = place(outer, new, lifecycle::is_unstable(&old.node));
    let pair = Pair::new(&old.node, &new.node);
    names(walk, &at, &pair);
    lifecycle::deprecation(walk, &at, &pair, &lifecycle_names());
    lifecycle::stability_change(walk, &at, &pair, "api");
    parameters::compare(walk, &at, old, new);
    bodies::request(walk, &at, &pair);
    bodies::responses(walk, &at, &pair);
    security::operation(walk, &at, roots, &pair);
    document::servers(walk, &at, &pair);
    // A callback inside a callback is compared as a whole.
    let known = if outer.callback { &OPERATION[1..] } else { OPERATION };
    if !outer.callback {
        callbacks::compare(walk, &at, roots, &pair);
    }
    rest::compare(walk, &at, &pair, known);
}

fn lifecycle_names() -> Names {
    Names {
        deprecated: "endpoint-deprecated".into(),
        with_sunset: "endpoint-deprecated-with-sunset".into(),
        unreadable: "api-deprecated-sunset-parse".into(),
        too_soon: "api-sunset-date-too-small".into(),
        reactivated: "endpoint-reactivated".into(),
        sunset_deleted: "sunset-deleted".into(),
        sunset_moved: "api-sunset-date-changed-too-small".into(),
    }
}

/// The names that generators make code from: the id of the operation and its tags.
fn names(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (old, new) = pair.values("operationId");
    if old != new {
        let id = if old.is_null() { "api-operation-id-added" } else { "api-operation-id-removed" };
        walk.note(at, id, Effect::Annotates, pair, (old, new));
    }
    let tags = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let (old, new) = pair.values("tags");
    for tag in tags(&old).into_iter().filter(|tag| !tags(&new).contains(tag)) {
        walk.note(at, "api-tag-removed", Effect::Annotates, pair, (tag, Value::Null));
    }
    for tag in tags(&new).into_iter().filter(|tag| !tags(&old).contains(tag)) {
        walk.note(at, "api-tag-added", Effect::Annotates, pair, (Value::Null, tag));
    }
}

/// Webhooks (OpenAPI 3.1), which the catalogue names and judges as if they were paths.
fn webhooks(walk: &mut Walk, roots: &Pair<'_>) {
    let (old, new) = (roots.base.members_of("webhooks"), roots.revision.members_of("webhooks"));
    let at = At::document();
    for (name, item) in &old {
        match new.iter().find(|(other, _)| other == name) {
            Some((_, other)) => items(walk, roots, &at, (name, item), (name, other)),
            None => {
                let values = ((*name).into(), Value::Null);
                walk.note(&at, "webhook-removed", Effect::Narrows, roots, values);
            }
        }
    }
    for (name, _) in new.iter().filter(|(name, _)| !old.iter().any(|(o, _)| o == name)) {
        let values = (Value::Null, (*name).into());
        walk.note(&at, "webhook-added", Effect::Widens, roots, values);
    }
}
