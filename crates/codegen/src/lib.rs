//! From the OpenAPI document of GitLab's Agents API to types, client, mock, server stub and the
//! tables of the conformance suite.
//!
//! Pure: texts in, texts out. Reading and writing files belongs to `cargo xtask codegen`.
//!
//! The way of the data: [`document`] reads and resolves the OpenAPI document, [`check`] holds it
//! against the rules that the generators depend on, [`ledger`] reads the requirements, and
//! [`generate`] writes the files. What is wrong on the way is a [`Finding`] with line and column.
//!
//! ```no_run
//! use cluster_agents_codegen::{Document, Ledger, generate};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let read = std::fs::read_to_string;
//! let document = Document::parse("api.yaml", &read("api.yaml")?)?;
//! let ledger = Ledger::parse("requirements.yaml", &read("requirements.yaml")?, &document)?;
//! for (path, text) in generate(&document, &ledger)? {
//!     println!("{path}: {} bytes", text.len());
//! }
//! # Ok(())
//! # }
//! ```

pub mod check;
pub mod document;
mod emit;
pub mod finding;
pub mod ledger;

pub use document::Document;
pub use emit::{Files, generate, rust};
pub use finding::{Finding, Findings};
pub use ledger::Ledger;
