//! One test program, so that it is linked once.

#![allow(missing_docs, clippy::unwrap_used)]

mod client_on_reference;
mod generated_files;
mod mock;
mod project_text;
