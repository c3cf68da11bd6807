//! Statuses, errors, bodies and servers.

use std::collections::HashMap;

use super::Found;
use crate::diff::listing;
use crate::diff::operations::{self, Operation};
use crate::spec::Node;

pub(super) fn coverage(root: &Node<'_>) -> Found {
    let mut found = Found::new();
    for operation in operations::all(root) {
        let listed = operation.node.members_of("responses");
        let has = |status: &str| {
            let range = format!("{}XX", &status[..1]);
            listed
                .iter()
                .any(|(other, _)| *other == status || *other == range || *other == "default")
        };
        let missing: Vec<_> = wanted(root, &operation).into_iter().filter(|s| !has(s)).collect();
        if !missing.is_empty() {
            let pointer = format!("{}/responses", operation.node.pointer());
            found.push((pointer, format!("{} lacks {}", operation.name(), missing.join(", "))));
        }
    }
    found
}

fn wanted(root: &Node<'_>, operation: &Operation<'_>) -> Vec<&'static str> {
    let inputs = listing::listed_values(operation);
    let own = operation.node.value().get("security").or_else(|| root.value().get("security"));
    let secured = own.and_then(|list| list.as_array()).is_some_and(|list| !list.is_empty());
    let mut wanted = vec!["429", "500"];
    if !inputs.is_empty() || operation.node.get("requestBody").is_some() {
        wanted.push("400");
    }
    if secured {
        wanted.extend(["401", "403"]);
    }
    if inputs.iter().any(|(location, ..)| location == "path") {
        wanted.push("404");
    }
    wanted.sort_unstable();
    wanted
}

pub(super) fn one_error(root: &Node<'_>) -> Found {
    let mut places: HashMap<String, Vec<String>> = HashMap::new();
    for operation in operations::all(root) {
        let responses = operation.node.members_of("responses").into_iter();
        for (_, response) in responses.filter(|(status, _)| status.starts_with(['4', '5'])) {
            for (_, media) in response.members_of("content") {
                if let Some(schema) = media.get("schema") {
                    let place = response.pointer().to_owned();
                    places.entry(schema.pointer().to_owned()).or_default().push(place);
                }
            }
        }
    }
    let usual = places.iter().max_by_key(|(pointer, places)| (places.len(), (*pointer).clone()));
    let Some(usual) = usual.map(|(pointer, _)| pointer.clone()) else { return Found::new() };
    let others = places.into_iter().filter(|(pointer, _)| *pointer != usual);
    let mut found: Found = others
        .flat_map(|(_, places)| places)
        .map(|place| (place, format!("other errors have the schema at `{usual}`")))
        .collect();
    found.sort();
    found.dedup();
    found
}

pub(super) fn bodies_of_get(root: &Node<'_>) -> Found {
    let silent = operations::all(root).into_iter();
    let silent = silent.filter(|op| matches!(op.method, "get" | "head" | "delete"));
    let bodies = silent.filter(|op| op.node.get("requestBody").is_some());
    bodies.map(|op| (format!("{}/requestBody", op.node.pointer()), op.name())).collect()
}

pub(super) fn ambiguous(root: &Node<'_>) -> Found {
    let mut seen: HashMap<String, &str> = HashMap::new();
    let mut found = Found::new();
    for (path, node) in root.members_of("paths") {
        if let Some(other) = seen.insert(operations::shape(path), path) {
            found.push((node.pointer().to_owned(), format!("`{path}` and `{other}`")));
        }
    }
    found
}

pub(super) fn servers(root: &Node<'_>) -> Found {
    let urls = root.list("servers").into_iter().enumerate().filter_map(|(index, server)| {
        let url = server.text("url")?;
        let good = (url.starts_with("https://") || url.starts_with('/')) && !url.ends_with('/');
        (!good).then(|| (format!("/servers/{index}/url"), format!("`{url}`")))
    });
    urls.collect()
}
