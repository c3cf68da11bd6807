//! How large things may be.

use super::{Found, schemas};
use crate::diff::{listing, operations, types};
use crate::spec::Node;

/// The schemas at the roots of parameters, bodies and answers.
pub(super) fn of_operations<'s>(root: &Node<'s>) -> Vec<Node<'s>> {
    let mut found = Vec::new();
    for operation in operations::all(root) {
        let values = listing::listed_values(&operation).into_iter();
        found.extend(values.filter_map(|(_, _, schema, _)| schema));
        let body = operation.node.get("requestBody");
        let answers = operation.node.members_of("responses").into_iter().map(|(_, node)| node);
        for holder in body.into_iter().chain(answers) {
            let contents = holder.members_of("content").into_iter();
            found.extend(contents.filter_map(|(_, media)| media.get("schema")));
        }
    }
    found
}

pub(super) fn requests(root: &Node<'_>) -> Found {
    let mut found = Found::new();
    let mut waiting: Vec<_> = operations::all(root)
        .iter()
        .filter_map(|operation| operation.node.get("requestBody"))
        .flat_map(|body| body.members_of("content"))
        .filter_map(|(_, media)| media.get("schema"))
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    while let Some(schema) = waiting.pop() {
        if !seen.insert(schema.pointer().to_owned()) {
            continue;
        }
        waiting.extend(schema.members_of("properties").into_iter().map(|(_, node)| node));
        waiting.extend(schema.get("items"));
        for key in ["allOf", "anyOf", "oneOf"] {
            waiting.extend(schema.list(key));
        }
        let has = |keys: &[&str]| keys.iter().any(|key| schema.get(key).is_some());
        let unlimited = match types::of(&schema)[..] {
            ["string"] => !has(&["maxLength", "enum", "format"]),
            ["array"] => !has(&["maxItems"]),
            _ => false,
        };
        if unlimited && !schema.flag("readOnly") {
            found.push((schema.pointer().to_owned(), "no upper limit".to_owned()));
        }
    }
    found
}

pub(super) fn integers(root: &Node<'_>) -> Found {
    let bare = schemas(root).into_iter().filter(|schema| {
        let limited = schema.get("minimum").is_some() && schema.get("maximum").is_some();
        types::of(schema) == ["integer"] && schema.text("format").is_none() && !limited
    });
    bare.map(|schema| (schema.pointer().to_owned(), "no `format`".to_owned())).collect()
}
