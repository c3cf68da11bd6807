//! The rules that a document must keep.

use crate::document::Document;
use crate::document::source::Source;
use crate::finding::{Finding, Findings};

pub(crate) fn version(_source: &Source) -> Result<(), Findings> {
    Ok(())
}

pub(crate) fn all(_document: &Document) -> Vec<Finding> {
    Vec::new()
}
/// Rules.
pub const RULES: &[()] = &[];
