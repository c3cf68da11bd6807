//! What changed between two documents, operation by operation.
//!
//! [`changes`] walks both documents side by side. It knows nothing about levels or policies: a change
//! only says what happened, where, and what that does to the set of allowed messages.

mod at;
mod bodies;
mod callbacks;
mod document;
mod headers;
mod lifecycle;
mod links;
pub(crate) mod listing;
mod media;
pub(crate) mod operations;
mod parameters;
mod rest;
mod same;
mod schema;
mod security;
mod unchanged;
mod walk;

use crate::change::Change;
use crate::spec::Spec;

pub(crate) use schema::types;

/// How many pairs of schemas are compared before the documents count as hostile.
const MAX_STEPS: usize = 600_000;
/// How many changes are noted at most.
const MAX_CHANGES: usize = 100_000;

/// Two documents could not be compared within the bounds.
#[derive(Debug, thiserror::Error)]
#[error(
    "the documents are too entangled to compare: more than {MAX_STEPS} pairs of schemas or {MAX_CHANGES} changes"
)]
pub struct TooEntangled;

/// All changes from `base` to `revision`, in the order of the walk; each with all operations it
/// affects. `today` is a date like `2026-01-31`, which sunsets are held against.
///
/// # Errors
///
/// The documents need more than a bounded amount of work.
pub fn changes(base: &Spec, revision: &Spec, today: &str) -> Result<Vec<Change>, TooEntangled> {
    let unchanged = unchanged::components(&base.root(), &revision.root());
    let mut walk = walk::Walk::new(today, unchanged);
    document::compare(&mut walk, &base.root(), &revision.root());
    operations::compare(&mut walk, &base.root(), &revision.root());
    walk.finish()
}
