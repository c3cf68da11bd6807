//! The server stub: a trait, requests, closed response enums and the router.
//!
//! `model` finds what each operation needs in Rust terms and refuses what the stub cannot promise;
//! the other modules only write it down.

mod answers;
mod body;
mod handlers;
mod invalid;
mod landing;
mod model;
mod parameters;
mod requests;
mod surface;
mod unchecked;

use quote::quote;

use crate::{Document, Findings};

use super::file;
use model::Stub;

pub(super) fn emit(document: &Document) -> Result<String, Findings> {
    let stub = Stub::new(document)?;
    let parts = [
        surface::tokens(&stub),
        requests::tokens(&stub),
        answers::tokens(&stub),
        invalid::tokens(&stub).unwrap_or_default(),
        body::tokens(&stub).unwrap_or_default(),
        handlers::tokens(&stub),
    ];
    file::file(document, quote! { #(#parts)* })
}
