//! Components that are the same in both documents, with everything that they refer to: the walk need
//! not go into them, however many operations use them.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::spec::Node;

/// Pointers to components that did not change: `/components/schemas/Agent`.
pub(crate) fn components(base: &Node<'_>, revision: &Node<'_>) -> HashSet<String> {
    let (old, new) = (listed(base), listed(revision));
    let mut changed: Vec<&str> = Vec::new();
    let mut users: HashMap<String, Vec<&str>> = HashMap::new();
    for (pointer, value) in &new {
        let mut targets = HashSet::new();
        references(value, &mut targets);
        let is_same = old.get(pointer) == Some(value);
        if !is_same || targets.iter().any(|target| component(target).is_none()) {
            changed.push(pointer);
        }
        for target in targets.iter().filter_map(|target| component(target)) {
            users.entry(target).or_default().push(pointer);
        }
    }
    // What is referred to and not there changed as well, if only to be safe.
    changed.extend(users.keys().filter(|target| !new.contains_key(*target)).map(String::as_str));
    let mut dirty: HashSet<&str> = HashSet::new();
    while let Some(pointer) = changed.pop() {
        if dirty.insert(pointer) {
            changed.extend(users.get(pointer).into_iter().flatten());
        }
    }
    new.keys().filter(|pointer| !dirty.contains(pointer.as_str())).cloned().collect()
}

fn listed<'s>(root: &Node<'s>) -> HashMap<String, &'s Value> {
    let kinds = root.value().get("components").and_then(Value::as_object).into_iter().flatten();
    let all = kinds.flat_map(|(kind, members)| {
        let members = members.as_object().into_iter().flatten();
        members.map(move |(name, value)| (format!("/components/{kind}/{name}"), value))
    });
    all.collect()
}

/// The component that a reference leads to or into; none if it leads elsewhere.
fn component(target: &str) -> Option<String> {
    let mut tokens = target.strip_prefix("#/components/")?.split('/');
    Some(format!("/components/{}/{}", tokens.next()?, tokens.next()?))
}

fn references<'v>(value: &'v Value, into: &mut HashSet<&'v str>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                if key == "$ref" {
                    into.extend(member.as_str());
                }
                references(member, into);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, into)),
        _ => {}
    }
}
