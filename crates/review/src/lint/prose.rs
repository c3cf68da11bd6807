//! Summaries, descriptions and tags.

use std::collections::HashSet;

use cluster_agents_codegen::document::pointer;
use serde_json::Value;

use super::Found;
use crate::diff::operations;
use crate::spec::Node;

pub(super) fn tags(root: &Node<'_>) -> Found {
    let declared: Vec<_> = root.list("tags").iter().filter_map(|tag| tag.text("name")).collect();
    let mut found = Found::new();
    for operation in operations::all(root) {
        let pointer = operation.node.pointer().to_owned();
        let tags = operation.node.list("tags");
        if tags.is_empty() {
            found.push((pointer.clone(), "no tag".to_owned()));
        }
        for tag in tags.iter().filter_map(|tag| tag.value().as_str()) {
            if !declared.contains(&tag) {
                found.push((format!("{pointer}/tags"), format!("`{tag}` is not described")));
            }
        }
    }
    found
}

pub(super) fn summaries(root: &Node<'_>) -> Found {
    let mut seen = HashSet::new();
    let mut found = Found::new();
    for operation in operations::all(root) {
        let pointer = format!("{}/summary", operation.node.pointer());
        let Some(summary) = operation.node.text("summary") else {
            found.push((pointer, "no summary".to_owned()));
            continue;
        };
        if !seen.insert(summary) {
            found.push((pointer, "another operation has the same".to_owned()));
        } else if summary.ends_with('.') || summary.chars().count() > 60 {
            found.push((pointer, format!("`{summary}`")));
        }
    }
    found
}

pub(super) fn descriptions(root: &Node<'_>) -> Found {
    let mut found = Found::new();
    walk(root.value(), "", &mut found);
    found
}

/// The depth is that of the document, which its reader bounds. Examples are not ours to word.
fn walk(value: &Value, at: &str, found: &mut Found) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let pointer = pointer::join(at, key);
                match member.as_str() {
                    Some(text) if key == "description" => {
                        if !is_sentence(text) {
                            found.push((pointer, format!("`{}`", text.trim())));
                        }
                    }
                    _ if matches!(key.as_str(), "example" | "examples" | "default" | "enum") => {}
                    _ => walk(member, &pointer, found),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &pointer::join(at, index.to_string()), found);
            }
        }
        _ => {}
    }
}

fn is_sentence(text: &str) -> bool {
    let text = text.trim();
    let begins =
        text.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "`*#[".contains(c));
    begins && text.ends_with(['.', '!', '?', ':', ')', '`', '|'])
}
