//! The client crate: progenitor's operations over the types crate.

use crate::{Document, Findings};

use super::{file, settings};

pub(super) fn emit(document: &Document) -> Result<String, Findings> {
    let settings = settings::over_types(document);
    let tokens = settings::run(document, &settings, |generator| {
        generator.generate_tokens(document.openapi())
    })?;
    file::file(document, tokens)
}
