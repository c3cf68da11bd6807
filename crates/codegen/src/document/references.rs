//! `$ref`: where each one leads, that it leads there, and that it does not lead back.

use serde_json::Value;

use super::shape::{Object, Outline, Reference};
use super::source::Source;
use super::{model, pointer};
use crate::finding::{Finding, Findings};

mod composition;

/// A `$ref` may lead to a component that is itself a `$ref`, this many times.
const MAX_CHAIN: usize = 8;
/// How many components a message names.
const MAX_NAMES: usize = 40;
/// How many `$ref`s to nowhere are reported; more of them say nothing new.
const MAX_ASTRAY: usize = 50;

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

/// Each `$ref` must lead to a component of this document, of the kind that is meant, and must not
/// compose a component of itself.
pub(crate) fn check(source: &Source, outline: &Outline) -> Result<(), Findings> {
    let leads = outline.references().iter().filter_map(|reference| astray(source, reference));
    Findings::none_in(leads.take(MAX_ASTRAY).collect())?;
    let chains = outline.references().iter().filter_map(|reference| chain(source, reference));
    Findings::none_in(chains.take(MAX_ASTRAY).collect())?;
    composition::check(source, outline)
}

fn chain(source: &Source, reference: &Reference) -> Option<Finding> {
    let resolved = source.resolve(&reference.place.pointer);
    let message =
        format!("`{}` leads through more than {MAX_CHAIN} others, or back", reference.target);
    let help = "Refer to the component that is meant at the end.";
    let at = pointer::join(&reference.place.pointer, "$ref");
    resolved.value.get("$ref").map(|_| source.finding("ref-cycle", &at, message, help))
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
        let help = format!("Add it there, or refer to one of: {}.", names(source, section));
        return finding("dangling-ref", message, help);
    }
    None
}

fn names(source: &Source, section: &str) -> String {
    let components = source.at(&format!("/components/{section}")).as_object();
    let names = components.into_iter().flatten().map(|(name, _)| name.as_str());
    names.take(MAX_NAMES).collect::<Vec<_>>().join(", ")
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
