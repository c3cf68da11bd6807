//! What schemas are composed of: never of themselves, and of a bounded number of others.
//!
//! A schema may contain itself as a property or an item, since that ends with the value that it
//! describes. Through `allOf`, `oneOf`, `anyOf` and `$ref` there is no end, neither for a validator nor
//! for a generator.

use std::collections::HashMap;

use crate::document::pointer;
use crate::document::shape::{Outline, Reference};
use crate::document::source::Source;
use crate::finding::{Finding, Findings};

/// How many schemas one may be composed of, each counted as often as it is named.
const MAX_PARTS: usize = 250;

/// The `$ref`s by which components are composed of others, by the pointer of the component.
type Compositions<'a> = HashMap<&'a str, Vec<&'a Reference>>;

pub(super) fn check(source: &Source, outline: &Outline) -> Result<(), Findings> {
    let mut compositions = Compositions::new();
    for reference in outline.references() {
        if let Some(component) = composed(&reference.place.pointer) {
            compositions.entry(component).or_default().push(reference);
        }
    }
    let counts = count(&compositions);
    let bounded = |component: &&str| counts.get(component).is_some_and(|parts| *parts <= MAX_PARTS);
    let unbounded = compositions.keys().filter(|component| !bounded(component));
    Findings::none_in(unbounded.map(|component| refusal(source, component)).collect())
}

fn refusal(source: &Source, component: &str) -> Finding {
    let name = pointer::last(component);
    let message = format!("`{name}` is composed of itself, or of more than {MAX_PARTS} others");
    let help = "Break the circle: only properties and items may lead back to a schema.";
    source.finding("ref-cycle", component, message, help)
}

/// The component that a `$ref` at this pointer is a part of, if it is not further down in a property.
fn composed(pointer: &str) -> Option<&str> {
    let end = pointer.match_indices('/').nth(3).map_or(pointer.len(), |(at, _)| at);
    let (component, below) = pointer.split_at(end);
    let is_part = |token: String| {
        matches!(token.as_str(), "allOf" | "oneOf" | "anyOf" | "not")
            || token.parse::<usize>().is_ok()
    };
    (component.starts_with("/components/") && pointer::tokens(below).all(is_part))
        .then_some(component)
}

fn target(reference: &Reference) -> &str {
    reference.target.trim_start_matches('#')
}

/// Of how many schemas each composed component is made. A circle has no number, nor has what comes to
/// more than [`MAX_PARTS`] steps in a row.
fn count<'a>(compositions: &Compositions<'a>) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    let mut left: Vec<_> = compositions.keys().copied().collect();
    for _ in 0..MAX_PARTS {
        left.retain(|component| match parts(component, compositions, &counts) {
            Some(parts) => counts.insert(component, parts).is_some(),
            None => true,
        });
    }
    counts
}

/// The number of parts, once it is known for each of them.
fn parts(
    component: &str,
    compositions: &Compositions<'_>,
    counts: &HashMap<&str, usize>,
) -> Option<usize> {
    let mut sum = 1_usize;
    for reference in &compositions[component] {
        let target = target(reference);
        let part = if compositions.contains_key(target) { *counts.get(target)? } else { 1 };
        sum = sum.saturating_add(part);
    }
    Some(sum)
}
