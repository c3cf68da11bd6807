//! `$ref`: where each one leads, that it leads there, and that it does not lead back.

use serde_json::Value;

use super::shape::{Object, Outline, Reference};
use super::source::Source;
use super::{model, pointer};
use crate::finding::{Finding, Findings};

/// A `$ref` may lead to a component that is itself a `$ref`, this many times.
const MAX_CHAIN: usize = 8;

/// What stands at the end of a `$ref`, or in place.
#[derive(Debug)]
pub(crate) struct Resolved<'a> {
    pub(crate) pointer: String,
    pub(crate) value: &'a Value,
    /// The name of the component, if it is one.
    pub(crate) component: Option<String>,
}

impl Source {
    /// Follows `$ref` from `pointer` to what is meant.
    pub(crate) fn resolve(&self, pointer: &str) -> Resolved<'_> {
        let mut resolved =
            Resolved { pointer: pointer.to_owned(), value: self.at(pointer), component: None };
        for _ in 0..MAX_CHAIN {
            let Some(target) = resolved.value.get("$ref").and_then(Value::as_str) else { break };
            let pointer = target.trim_start_matches('#').to_owned();
            let component = Some(pointer::last(&pointer));
            resolved = Resolved { value: self.at(&pointer), pointer, component };
        }
        resolved
    }
}

/// Each `$ref` must lead to a component of this document, of the kind that is meant.
pub(crate) fn check(source: &Source, outline: &Outline) -> Result<(), Findings> {
    let leads = outline.references().iter().filter_map(|reference| astray(source, reference));
    Findings::none_in(leads.collect())?;
    let cycles = outline.references().iter().filter_map(|reference| cycle(source, reference));
    Findings::none_in(cycles.collect())
}

fn astray(source: &Source, reference: &Reference) -> Option<Finding> {
    let Reference { place, target } = reference;
    let section = section(place.object);
    let prefix = format!("#/components/{section}/");
    let at = pointer::join(&place.pointer, "$ref");
    let finding = |rule, message, help| Some(source.finding(rule, &at, message, help));
    if !target.starts_with('#') {
        let message = format!("`{target}` is outside of the document");
        return finding(
            "external-ref",
            message,
            format!("Copy it to `{prefix}…` and refer to that."),
        );
    }
    let Some(name) = target.strip_prefix(&prefix).filter(|name| !name.contains('/')) else {
        let message = format!("`{target}` is not the place of {}", place.object.name);
        return finding("ref-kind", message, format!("Refer to a name in `{prefix}…`."));
    };
    if source.json().pointer(target.trim_start_matches('#')).is_none() {
        let message = format!("there is no `{name}` in `components.{section}`");
        let help = format!("Add `{name}` there, or refer to one of: {}.", names(source, section));
        return finding("dangling-ref", message, help);
    }
    None
}

fn names(source: &Source, section: &str) -> String {
    let components = source.at(&format!("/components/{section}")).as_object();
    let names: Vec<_> = components.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    names.join(", ")
}

/// The part of the components where objects of a kind have their names.
fn section(object: &'static Object) -> &'static str {
    let sections = [
        (&model::SCHEMA, "schemas"),
        (&model::RESPONSE, "responses"),
        (&model::PARAMETER, "parameters"),
        (&model::EXAMPLE, "examples"),
        (&model::REQUEST_BODY, "requestBodies"),
        (&model::HEADER, "headers"),
    ];
    let found = sections.iter().find(|(kind, _)| std::ptr::eq(*kind, object));
    found.map_or("securitySchemes", |(_, section)| section)
}

/// A schema may contain itself as a property or an item, since that ends with the value that it
/// describes; it may not be, or be composed of, itself.
fn cycle(source: &Source, reference: &Reference) -> Option<Finding> {
    let start = component_of(&reference.place.pointer)?;
    if !composes(&reference.place.pointer, &start) {
        return None;
    }
    let mut seen = Vec::new();
    let mut pending = vec![reference.target.trim_start_matches('#').to_owned()];
    while let Some(pointer) = pending.pop() {
        if pointer == start {
            return Some(source.finding(
                "ref-cycle",
                &pointer::join(&reference.place.pointer, "$ref"),
                format!("`{}` is composed of itself", pointer::last(&start)),
                "Break the circle: only properties and items may lead back to a schema.",
            ));
        }
        if !seen.contains(&pointer) {
            pending.extend(composed_of(source, &pointer));
            seen.push(pointer);
        }
    }
    None
}

/// The component that a pointer is part of.
fn component_of(pointer: &str) -> Option<String> {
    let mut parts = pointer.match_indices('/').map(|(at, _)| at).skip(3);
    pointer.starts_with("/components/").then(|| {
        let end = parts.next().unwrap_or(pointer.len());
        pointer[..end].to_owned()
    })
}

fn composes(pointer: &str, component: &str) -> bool {
    let mut tokens = pointer::tokens(&pointer[component.len()..]);
    tokens.all(|token| {
        matches!(token.as_str(), "allOf" | "oneOf" | "anyOf" | "not")
            || token.parse::<usize>().is_ok()
    })
}

/// What a schema refers to with `$ref`, `allOf`, `oneOf`, `anyOf` and `not`, however deep.
fn composed_of(source: &Source, pointer: &str) -> Vec<String> {
    let mut targets = Vec::new();
    let mut pending = vec![source.at(pointer)];
    while let Some(schema) = pending.pop() {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            targets.push(target.trim_start_matches('#').to_owned());
        }
        for part in ["allOf", "oneOf", "anyOf"] {
            pending.extend(schema.get(part).and_then(Value::as_array).into_iter().flatten());
        }
        pending.extend(schema.get("not"));
    }
    targets
}
