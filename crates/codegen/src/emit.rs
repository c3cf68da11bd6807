//! From a sound document to the text of every generated file.

mod client;
mod file;
mod limits;
mod mock;
mod names;
mod pattern;
mod plain;
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
    let [types, client, mock, server] = crates(document)?;
    Ok(Files::from([
        ("crates/types/src/generated.rs", types),
        ("crates/client/src/generated.rs", client),
        ("crates/mock/src/generated.rs", mock),
        ("crates/server/src/generated.rs", server),
        ("crates/conformance/src/generated.rs", suite::tables(document, ledger)?),
        ("crates/conformance/src/generated/document.json", suite::json(document.json())),
        ("crates/conformance/src/generated/ledger.json", suite::json(ledger.json())),
        (
            "crates/conformance/src/generated/lines.json",
            suite::json(&suite::lines(document, ledger)),
        ),
    ]))
}

/// The four crates of Rust code for any sound document, without the tables of this project's suite.
///
/// # Errors
///
/// As [`generate`].
pub fn rust(document: &Document) -> Result<Files, Findings> {
    let [types, client, mock, server] = crates(document)?;
    Ok(Files::from([("types", types), ("client", client), ("mock", mock), ("server", server)]))
}

fn crates(document: &Document) -> Result<[String; 4], Findings> {
    limits::check(document)?;
    Ok([
        types::emit(document)?,
        client::emit(document)?,
        mock::emit(document)?,
        server::emit(document)?,
    ])
}
