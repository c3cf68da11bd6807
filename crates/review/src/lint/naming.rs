//! One style of names.

use super::{Found, schemas};
use crate::diff::{listing, operations};
use crate::spec::Node;

fn is_snake(name: &str) -> bool {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(good)
}

fn is_camel(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

fn is_pascal(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

fn is_header(name: &str) -> bool {
    name.split('-').all(|word| {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

pub(super) fn paths(root: &Node<'_>) -> Found {
    let good = |path: &str| {
        let segments = path.trim_start_matches('/').split('/');
        path.starts_with('/')
            && segments.into_iter().all(|segment| {
                segment.starts_with('{') && segment.ends_with('}') || is_snake(segment)
            })
    };
    let bad = root.members_of("paths").into_iter().filter(|(path, _)| !good(path));
    bad.map(|(path, node)| (node.pointer().to_owned(), format!("`{path}`"))).collect()
}

pub(super) fn parameters(root: &Node<'_>) -> Found {
    let mut found = Found::new();
    for operation in operations::all(root) {
        for (location, name, schema, _) in listing::listed_values(&operation) {
            let good = if location == "header" { is_header(&name) } else { is_snake(&name) };
            if !good {
                let pointer = schema.as_ref().map_or(operation.node.pointer(), Node::pointer);
                found.push((pointer.to_owned(), format!("`{name}` in {location}")));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

pub(super) fn properties(root: &Node<'_>) -> Found {
    let properties = schemas(root).into_iter().flat_map(|schema| {
        let names = schema.members_of("properties").into_iter();
        let bad = names.filter(|(name, _)| !is_snake(name));
        let pointer = schema.pointer().to_owned();
        bad.map(move |(name, _)| (format!("{pointer}/properties/{name}"), format!("`{name}`")))
            .collect::<Vec<_>>()
    });
    properties.collect()
}

pub(super) fn operation_ids(root: &Node<'_>) -> Found {
    let ids = operations::all(root).into_iter().filter_map(|operation| {
        let id = operation.node.text("operationId")?;
        let pointer = format!("{}/operationId", operation.node.pointer());
        (!is_camel(id)).then(|| (pointer, format!("`{id}`")))
    });
    ids.collect()
}

pub(super) fn components(root: &Node<'_>) -> Found {
    let mut found = Found::new();
    let Some(components) = root.get("components") else { return found };
    for kind in ["schemas", "responses", "parameters", "headers", "requestBodies", "examples"] {
        for (name, _) in components.members_of(kind) {
            if !is_pascal(name) {
                found.push((format!("/components/{kind}/{name}"), format!("`{name}`")));
            }
        }
    }
    found
}
