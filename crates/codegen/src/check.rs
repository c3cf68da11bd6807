//! The rules that a document must keep, one file per subject.
//!
//! Most of them exist because a generator panics, drops something or writes code that does not compile
//! when they are broken; the others keep the document useful to those who read it.

use crate::document::draft::Draft;
use crate::finding::Finding;

mod bodies;
mod constraints;
mod descriptions;
mod examples;
mod landing;
mod names;
mod operations;
mod pagination;
mod parameters;
mod paths;
mod patterns;
mod reach;
mod rules;
mod schemas;
mod secrets;
mod security;
mod statuses;
mod stub;
mod unused;
mod variants;

pub use rules::{RULES, Rule};

/// Everything that is wrong with a document of the right shape.
pub(crate) fn all(document: &Draft) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in RULES.iter().filter_map(Rule::check) {
        check(document, &mut findings);
    }
    findings
}
