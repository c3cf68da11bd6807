//! Which components the operations use, directly or through others.

use std::collections::{HashMap, HashSet};

use crate::document::draft::Draft;
use crate::document::model;
use crate::document::shape::{Place, Reference};

/// The components that `$ref`s lead to from those places below `/paths` that `starts` accepts, as far
/// as `follows` accepts the `$ref`s.
pub(super) fn from(
    document: &Draft,
    starts: fn(&str) -> bool,
    follows: fn(&Reference) -> bool,
) -> HashSet<&str> {
    let mut from: HashMap<Option<&str>, Vec<&Reference>> = HashMap::new();
    for reference in document.references().iter().filter(|reference| follows(reference)) {
        from.entry(component(&reference.place.pointer)).or_default().push(reference);
    }
    let outside = from.remove(&None).unwrap_or_default();
    let mut pending: Vec<_> =
        outside.into_iter().filter(|one| starts(&one.place.pointer)).collect();
    let mut reached = HashSet::new();
    while let Some(reference) = pending.pop() {
        let target = reference.target.trim_start_matches('#');
        if reached.insert(target) {
            pending.extend(from.remove(&Some(target)).unwrap_or_default());
        }
    }
    reached
}

/// Whether a `$ref` says what a header is; those are read by hand, not by a generated type.
pub(super) fn is_of_header(place: &Place) -> bool {
    std::ptr::eq(place.owner, &raw const model::HEADER)
}

/// Whether a place below `/paths` belongs to a response.
pub(super) fn is_response(pointer: &str) -> bool {
    pointer.split('/').nth(4) == Some("responses")
}

/// Whether a place below `/paths` belongs to a request.
pub(super) fn is_request(pointer: &str) -> bool {
    !is_response(pointer)
}

/// The component that a place is part of: `/components/schemas/Agent`.
pub(super) fn component(pointer: &str) -> Option<&str> {
    pointer.strip_prefix("/components/")?;
    let end = pointer.match_indices('/').nth(3).map_or(pointer.len(), |(at, _)| at);
    Some(&pointer[..end])
}
