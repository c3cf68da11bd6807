//! One test program, so that it is linked once.

#![allow(missing_docs, clippy::unwrap_used)]

mod chaos;
mod client_on_reference;
mod examples;
mod generated_files;
mod mock;
mod packages;
mod project_text;
mod public_interface;
