//! From a sound document to the text of every generated file.

mod client;
mod file;
mod mock;
mod names;
mod schema;
mod server;
mod settings;
mod suite;
mod types;

use std::collections::BTreeMap;

use crate::{Document, Findings, Ledger};

/// Generated files: the path from the root of the workspace, with `/`, and the whole text.
pub type Files = BTreeMap<&'static str, String>;

/// Everything that is generated from a document and its ledger.
///
/// # Errors
///
/// What the document says and a generator cannot express, with its place and a way to mend it.
pub fn generate(document: &Document, ledger: &Ledger) -> Result<Files, Findings> {
    Ok(Files::from([
        ("crates/types/src/generated.rs", types::emit(document)?),
        ("crates/client/src/generated.rs", client::emit(document)?),
        ("crates/mock/src/generated.rs", mock::emit(document)?),
        ("crates/server/src/generated.rs", server::emit(document)?),
        ("crates/conformance/src/generated.rs", suite::tables(document, ledger)?),
        ("crates/conformance/src/generated/document.json", suite::json(document.json())),
        ("crates/conformance/src/generated/ledger.json", suite::json(ledger.json())),
    ]))
}

/// The four crates of Rust code for any sound document, without the tables of this project's suite.
///
/// # Errors
///
/// As [`generate`].
pub fn rust(document: &Document) -> Result<Files, Findings> {
    Ok(Files::from([
        ("types", types::emit(document)?),
        ("client", client::emit(document)?),
        ("mock", mock::emit(document)?),
        ("server", server::emit(document)?),
    ]))
}
