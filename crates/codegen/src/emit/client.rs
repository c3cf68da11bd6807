//! The client crate: progenitor's operations over the types crate, with one defect mended.
//!
//! progenitor 0.15 leaves `\` in a path as it is, which URL parsers take for `/`: a project named
//! `a/..\..\user` would be another path of the API. The crate encodes by itself.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{Document, Findings};

use super::file::one;
use super::{file, mock, plain, settings};

/// How progenitor encodes the value of a path parameter, and how it has to be.
const ENCODE: (&str, &str) = ("encode_path (", "crate :: path :: encode (");

pub(super) fn emit(document: &Document) -> Result<String, Findings> {
    let openapi = plain::openapi(document)?;
    let mut settings = settings::over_types(document);
    // What a call knows beside the HTTP client: its credential, its retries, why it failed.
    settings.with_inner_type(quote!(crate::call::Call));
    let tokens =
        settings::run(document, &settings, |generator| generator.generate_tokens(&openapi))?;
    file::file(document, mend(document, &tokens)?)
}

fn mend(document: &Document, tokens: &TokenStream) -> Result<TokenStream, Findings> {
    let text = tokens.to_string();
    let fault = |message: String| {
        let help =
            "progenitor writes its client differently now; look at the constant in emit/client.rs";
        one(document.finding("generator", "", message, help))
    };
    let (values, parameters) = (text.matches(ENCODE.0).count(), mock::path_parameters(document));
    if values != parameters {
        return Err(fault(format!("{values} values in paths, {parameters} expected")));
    }
    let mended = text.replace(ENCODE.0, ENCODE.1);
    mended.parse().map_err(|error| fault(format!("the mended client is not Rust: {error}")))
}
