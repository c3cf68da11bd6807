//! The OpenAPI document: read, checked, and with its operations resolved.

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::check;
use crate::finding::{Finding, Findings};

pub(crate) mod draft;
pub(crate) mod json;
pub(crate) mod model;
mod operation;
pub mod pointer;
mod references;
pub(crate) mod shape;
pub mod source;
mod typed;
mod yaml;

pub use operation::{Body, Header, Location, Method, Operation, Parameter, Response, SchemaRef};

use draft::Draft;
use source::Source;

/// An OpenAPI 3.0 document that keeps all [rules](check::RULES).
#[derive(Debug)]
pub struct Document {
    draft: Draft,
    openapi: OpenAPI,
}

impl Document {
    /// Reads and checks a document; `file` is only a name for the messages.
    ///
    /// # Errors
    ///
    /// What is wrong with it: first its form (YAML, keys and values, `$ref`), and only when that is
    /// right its content, since content without form gives misleading messages.
    pub fn parse(file: &str, text: &str) -> Result<Self, Findings> {
        let source = Source::read(file, text)?;
        typed::version(&source)?;
        let draft = Draft::of(source)?;
        Findings::none_in(check::all(&draft))?;
        let openapi = typed::openapi(&draft.source)?;
        Ok(Self { draft, openapi })
    }

    /// The document as typed by `openapiv3`; nothing is lost in it.
    #[must_use]
    pub fn openapi(&self) -> &OpenAPI {
        &self.openapi
    }

    /// The document as JSON, anchors expanded, in the order of the file.
    #[must_use]
    pub fn json(&self) -> &Value {
        self.draft.source.json()
    }

    /// The line in which `pointer` stands, or the nearest thing around it, from 1.
    #[must_use]
    pub fn line(&self, pointer: &str) -> usize {
        self.draft.source.position(pointer).0
    }

    /// The operations, in the order of the document.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.draft.operations
    }

    /// A finding at a place of the document, for what only a generator can see.
    pub fn finding(
        &self,
        rule: &'static str,
        pointer: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding {
        self.draft.finding(rule, pointer, message, help)
    }
}
