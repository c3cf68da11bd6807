//! What stands beside the operations: info, servers, tags, components that nothing uses.

use std::collections::HashSet;

use serde_json::Value;

use super::at::At;
use super::same::same;
use super::walk::{Pair, Walk};
use super::{operations, rest, security};
use crate::change::Effect;
use crate::spec::Node;

const ROOT: &[&str] = &[
    "openapi",
    "info",
    "servers",
    "paths",
    "components",
    "security",
    "tags",
    "webhooks",
    "jsonSchemaDialect",
];

pub(crate) fn compare(walk: &mut Walk, base: &Node<'_>, revision: &Node<'_>) {
    let at = At::document();
    let roots = Pair::new(base, revision);
    if let Some(info) = roots.get("info") {
        // The version is judged when all other changes are known.
        rest::compare(walk, &at.below("info"), &info, &["version"]);
    }
    openapi(walk, &at, &roots);
    for at in where_felt(revision, "servers") {
        servers(walk, &at, &roots);
    }
    security::document(walk, &roots);
    unused_schemas(walk, &at, &roots);
    rest::compare(walk, &at, &roots, ROOT);
}

/// From 3.0 to 3.1 the same keywords mean other things; a patch of it changes nothing.
fn openapi(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (old, new) = pair.values("openapi");
    let minor = |value: &Value| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        text.split('.').take(2).collect::<Vec<_>>().join(".")
    };
    if minor(&old) != minor(&new) {
        walk.note(at, "openapi-version-changed", Effect::Changes, pair, (old, new));
    }
}

/// One place per operation that names none of its own, since that is where the document's own is
/// felt; the document itself if there is no such operation.
pub(crate) fn where_felt(revision: &Node<'_>, own: &str) -> Vec<At> {
    let inherits = |op: &operations::Operation<'_>| op.node.value().get(own).is_none();
    let operations = operations::all(revision).into_iter().filter(inherits);
    let mut places: Vec<_> = operations.map(|op| At::operation(&op.name(), false)).collect();
    if places.is_empty() {
        places.push(At::document());
    }
    places
}

/// Servers by URL; they say where an API is, not what it is.
pub(crate) fn servers(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (old, new) = (by_url(&pair.base), by_url(&pair.revision));
    for (url, server) in &old {
        match new.iter().find(|(other, _)| other == url) {
            Some((_, other)) => {
                rest::compare(walk, &at.below(url), &Pair::new(server, other), &["url"]);
            }
            None => {
                let values = (url.as_str().into(), Value::Null);
                walk.note(at, "server-removed", Effect::Narrows, pair, values);
            }
        }
    }
    for (url, _) in new.iter().filter(|(url, _)| !old.iter().any(|(other, _)| other == url)) {
        let values = (Value::Null, url.as_str().into());
        walk.note(at, "server-added", Effect::Widens, pair, values);
    }
}

fn by_url<'s>(node: &Node<'s>) -> Vec<(String, Node<'s>)> {
    let servers = node.list("servers").into_iter();
    servers.filter_map(|server| Some((server.text("url")?.to_owned(), server.clone()))).collect()
}

fn components<'s>(root: &Node<'s>, kind: &str) -> Vec<(&'s str, Node<'s>)> {
    let node = root.get("components").and_then(|node| node.get(kind));
    node.map(|node| node.members()).unwrap_or_default()
}

/// The targets of all references in a value.
fn references<'v>(value: &'v Value, into: &mut HashSet<&'v str>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member.as_str() {
                    Some(target) if key == "$ref" => {
                        into.insert(target);
                    }
                    _ => references(member, into),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, into)),
        _ => {}
    }
}

/// A schema that no operation uses is only a name; its going is told if no schema like it remains.
fn unused_schemas(walk: &mut Walk, at: &At, roots: &Pair<'_>) {
    let mut used = HashSet::new();
    references(roots.base.value(), &mut used);
    let new = components(&roots.revision, "schemas");
    let names: HashSet<_> = new.iter().map(|(name, _)| *name).collect();
    for (name, schema) in components(&roots.base, "schemas") {
        let is_used = used.contains(format!("#/components/schemas/{name}").as_str());
        let remains = || names.contains(name) || new.iter().any(|(_, node)| same(&schema, node));
        if !is_used && !remains() {
            let values = (name.into(), Value::Null);
            let pointers = (schema.pointer(), "");
            walk.note_at(at, "api-schema-removed", Effect::Annotates, pointers, values);
        }
    }
}
