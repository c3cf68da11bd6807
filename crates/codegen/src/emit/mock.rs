//! The mock crate: progenitor's httpmock helpers with two defects mended.
//!
//! As progenitor 0.15 writes them, a mock matches only an API at the root of the server, and the
//! value of a path parameter is put into a regular expression as it is: neither encoded as the
//! client encodes it, nor escaped.

use proc_macro2::TokenStream;

use crate::document::Location;
use crate::{Document, Findings};

use super::file::one;
use super::{file, settings};

pub(super) fn emit(document: &Document) -> Result<String, Findings> {
    let settings = settings::over_types(document);
    let tokens = settings::run(document, &settings, |generator| {
        generator.httpmock(document.openapi(), "cluster_agents_types")
    })?;
    file::file(document, mend(document, &tokens)?)
}

/// A path at the start of a regular expression, as progenitor writes it, and with any base path.
const ROOT: (&str, &str) = ("\"^/", "\"^(?:/.*)?/");
/// How progenitor puts a value into that expression, and how it has to be.
const VALUE: (&str, &str) = ("\" , value . to_string ())", "\" , crate :: segment (& value))");

fn mend(document: &Document, tokens: &TokenStream) -> Result<TokenStream, Findings> {
    let text = tokens.to_string();
    let values = path_parameters(document);
    let roots = values + document.operations().len();
    let changed = "progenitor writes its mocks differently now; look at ROOT and VALUE in emit/mock.rs";
    let fault = |message: String| one(document.finding("generator", "", message, changed));
    for ((from, _), expected) in [(ROOT, roots), (VALUE, values)] {
        let found = text.matches(from).count();
        if found != expected {
            return Err(fault(format!("{found} places of `{from}` to mend, {expected} expected")));
        }
    }
    let text = text.replace(ROOT.0, ROOT.1).replace(VALUE.0, VALUE.1);
    text.parse().map_err(|error| fault(format!("the mended mock is not Rust: {error}")))
}

fn path_parameters(document: &Document) -> usize {
    let parameters = document.operations().iter().flat_map(|operation| &operation.parameters);
    parameters.filter(|parameter| parameter.location == Location::Path).count()
}
