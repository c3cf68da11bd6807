//! The version of the API, and its paths.

use std::collections::BTreeMap;

use crate::document::draft::Draft;
use crate::document::{Location, Operation, json, model, pointer};
use crate::finding::Finding;

pub(super) fn version(document: &Draft, findings: &mut Vec<Finding>) {
    let version = json::text(document.source.at("/info"), "version");
    if !is_semantic(version) {
        findings.push(document.finding(
            "info-version",
            "/info/version",
            format!("`{version}` is not a semantic version in ASCII"),
            "Write three numbers, like `1.4.0`.",
        ));
    }
}

fn is_semantic(version: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let label = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+');
    let end = version.find(['-', '+']).unwrap_or(version.len());
    let (numbers, suffix) = version.split_at(end);
    numbers.split('.').count() == 3 && numbers.split('.').all(number) && suffix.bytes().all(label)
}

pub(super) fn item_ref(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, item) in document.each(&model::PATH_ITEM) {
        if item.get("$ref").is_some() {
            let message = "a path by `$ref` is not supported by the generators";
            let help = "Write the path out here.";
            let at = pointer::join(&place.pointer, "$ref");
            findings.push(document.finding("path-item-ref", &at, message, help));
        }
    }
}

pub(super) fn template(document: &Draft, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<Vec<Option<String>>, String> = BTreeMap::new();
    for (place, _) in document.each(&model::PATH_ITEM) {
        let path = pointer::last(&place.pointer);
        let mut refuse = |message: String, help| {
            findings.push(document.finding("path-template", &place.pointer, message, help));
        };
        if !is_well_formed(&path) {
            let help = "Begin with `/`, leave no segment empty, and make a segment fixed text or one `{parameter}`, each with its own name.";
            refuse(format!("`{path}` is no path that can be routed"), help);
        } else if let Some(other) = seen.insert(fixed_segments(&path), path.clone()) {
            let help = "Put the operations of both into one path.";
            refuse(format!("`{path}` and `{other}` are the same path"), help);
        }
    }
}

fn is_well_formed(path: &str) -> bool {
    let Some(segments) = path.strip_prefix('/') else { return false };
    let mut names: Vec<_> = parameter_names(path).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    names.len() == count && segments.split('/').all(is_segment)
}

fn is_segment(segment: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let fixed = |byte: u8| letter(byte) || matches!(byte, b'-' | b'.' | b'~');
    match parameter_name(segment) {
        Some(name) => {
            name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.bytes().all(letter)
        }
        None => !matches!(segment, "" | "." | "..") && segment.bytes().all(fixed),
    }
}

fn parameter_name(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

fn parameter_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(parameter_name)
}

/// What tells a path from others: a parameter matches any text, whatever its name.
fn fixed_segments(path: &str) -> Vec<Option<String>> {
    let fixed = |segment: &str| parameter_name(segment).is_none().then(|| segment.to_owned());
    path.split('/').map(fixed).collect()
}

pub(super) fn parameters(document: &Draft, findings: &mut Vec<Finding>) {
    for operation in &document.operations {
        undeclared(document, operation, findings);
        for parameter in operation.parameters.iter().filter(|one| one.location == Location::Path) {
            let name = &parameter.name;
            if !parameter_names(&operation.path).any(|named| named == name) {
                let message = format!("`{name}` is not part of `{}`", operation.path);
                let help = "Put it into the path, or remove the parameter.";
                findings.push(document.finding(
                    "path-parameter",
                    &operation.pointer,
                    message,
                    help,
                ));
            } else if !parameter.required {
                let message = format!("`{name}` is part of the path, but not required");
                let help = "Add `required: true`.";
                findings.push(document.finding(
                    "path-parameter",
                    &parameter.pointer,
                    message,
                    help,
                ));
            }
        }
    }
}

fn undeclared(document: &Draft, operation: &Operation, findings: &mut Vec<Finding>) {
    for name in parameter_names(&operation.path) {
        let declares =
            |one: &crate::document::Parameter| one.location == Location::Path && one.name == name;
        if !operation.parameters.iter().any(declares) {
            let message = format!("`{{{name}}}` in the path is declared by no parameter");
            let help =
                format!("Add a parameter with `name: {name}` and `in: path`, with a schema.");
            findings.push(document.finding("path-parameter", &operation.pointer, message, help));
        }
    }
}
