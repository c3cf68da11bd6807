//! The OpenAPI document: read, checked, and with its operations resolved.

use openapiv3::OpenAPI;
use serde::Deserialize as _;
use serde_json::Value;

use crate::check;
use crate::finding::{Finding, Findings};

pub(crate) mod model;
mod operation;
pub(crate) mod pointer;
mod references;
pub(crate) mod shape;
pub(crate) mod source;
mod yaml;

pub use operation::{Body, Header, Location, Method, Operation, Parameter, Response, SchemaRef};

use shape::{Object, Outline, Place, Reference};
use source::Source;

/// An OpenAPI 3.0 document that keeps all [rules](check::RULES).
#[derive(Debug)]
pub struct Document {
    source: Source,
    outline: Outline,
    openapi: OpenAPI,
    operations: Vec<Operation>,
}

impl Document {
    /// Reads and checks a document; `file` is only a name for the messages.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it. A document without form – no YAML, no OpenAPI 3.0, a `$ref` to
    /// nowhere – is reported before its content is looked at.
    pub fn parse(file: &str, text: &str) -> Result<Self, Findings> {
        let source = Source::read(file, text)?;
        check::version(&source)?;
        let outline = Outline::of(&source, &model::OPENAPI)?;
        references::check(&source, &outline)?;
        let openapi = openapi(&source)?;
        let operations = operation::all(&source, &outline);
        let document = Self { source, outline, openapi, operations };
        Findings::none_in(check::all(&document))?;
        Ok(document)
    }

    /// The document as typed by `openapiv3`; nothing is lost in it.
    #[must_use]
    pub fn openapi(&self) -> &OpenAPI {
        &self.openapi
    }

    /// The document as JSON, anchors expanded, the keys of each object sorted.
    #[must_use]
    pub fn json(&self) -> &Value {
        self.source.json()
    }

    /// The operations, in the order of the document.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// A finding at a place of the document, for what only a generator can see.
    pub fn finding(
        &self,
        rule: &'static str,
        pointer: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding {
        self.source.finding(rule, pointer, message, help)
    }

    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    /// Each object of one kind that is written out, in the order of the document, with its content.
    pub(crate) fn each(&self, object: &'static Object) -> impl Iterator<Item = (&Place, &Value)> {
        self.outline.each(object).map(|place| (place, self.source.at(&place.pointer)))
    }

    pub(crate) fn references(&self) -> &[Reference] {
        self.outline.references()
    }
}

/// A document whose shape was checked can be read; should that ever fail, it is a finding all the same.
fn openapi(source: &Source) -> Result<OpenAPI, Findings> {
    OpenAPI::deserialize(source.json()).map_err(|error| {
        let help = "Compare the document with the OpenAPI 3.0.3 specification.";
        Findings(vec![source.finding("round-trip", "", format!("openapiv3: {error}"), help)])
    })
}
