//! The types crate: one Rust type per schema of the document.

use crate::{Document, Findings};

use super::{file, settings};

pub(super) fn emit(document: &Document) -> Result<String, Findings> {
    let tokens = settings::run(document, &settings::types(document), |generator| {
        // The operations are generated for the types that they mention, and then left aside.
        generator.generate_tokens(document.openapi())?;
        Ok(generator.get_type_space().to_stream())
    })?;
    file::file(document, tokens)
}
