//! A document of the right shape that has yet to keep the rules.

use serde_json::Value;

use super::operation::{self, Operation};
use super::shape::{Object, Outline, Place, Reference};
use super::source::Source;
use super::{model, references};
use crate::finding::{Finding, Findings};

/// What the rules look at.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) source: Source,
    outline: Outline,
    /// Parts that a rule refuses are left out of them.
    pub(crate) operations: Vec<Operation>,
}

impl Draft {
    pub(crate) fn of(source: Source) -> Result<Self, Findings> {
        let outline = Outline::of(&source, &model::OPENAPI)?;
        references::check(&source, &outline)?;
        let operations = operation::all(&source, &outline);
        Ok(Self { source, outline, operations })
    }

    /// Each object of one kind that is written out (not by `$ref`), in the order of the document.
    pub(crate) fn each(&self, object: &'static Object) -> impl Iterator<Item = (&Place, &Value)> {
        self.outline.each(object).map(|place| (place, self.source.at(&place.pointer)))
    }

    /// Each `$ref`.
    pub(crate) fn references(&self) -> &[Reference] {
        self.outline.references()
    }

    /// A finding at a place of the document.
    pub(crate) fn finding(
        &self,
        rule: &'static str,
        pointer: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding {
        self.source.finding(rule, pointer, message, help)
    }
}
