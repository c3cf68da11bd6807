//! The mock crate: progenitor's httpmock helpers with some defects mended.
//!
//! As progenitor 0.15 writes them, a mock matches only an API at the root of the server; the value
//! of a path parameter is put into a regular expression as it is, neither encoded as the client
//! encodes it nor escaped; and a parameter matches several segments, so that a mock for an agent
//! answers for its tokens. A page of a list lacks the headers that every page has, and the helpers
//! are there for httpmock's own server alone. An answer that is a plain number is not Rust.

use proc_macro2::TokenStream;

use crate::document::{Location, Operation};
use crate::{Document, Findings};

use super::file::one;
use super::{file, names, plain, settings};

pub(super) fn emit(document: &Document) -> Result<String, Findings> {
    let (openapi, settings) = (plain::openapi(document)?, settings::over_types(document));
    let tokens = settings::run(document, &settings, |generator| {
        generator.httpmock(&openapi, "cluster_agents_types")
    })?;
    file::file(document, mend(document, &tokens)?)
}

/// How progenitor begins and ends the regular expression of a path.
const PATH: (&str, &str) = ("\"^/", "$\"");
/// What comes before the path of an operation: any base path.
const BASE: &str = "\"^(?:/.*)?/";
/// A parameter in that expression, as progenitor writes it, and one segment.
const SEGMENT: (&str, &str) = (".*", "[^/]*");
/// How progenitor puts a value into that expression, and how it has to be.
const VALUE: (&str, &str) =
    (" , value . to_string ())", " , crate :: segment (& value . to_string ()))");
/// How progenitor hands a body over, which is a reference unless its type is a small one, and how a
/// body of any type can be handed over.
const BODY: (&str, &str) = (". json_body_obj (value)", ". json_body_obj (& value)");

/// For whom progenitor writes the helpers, and for whom they should be.
const SERVER: (&str, &str) = (
    "impl MockServerExt for :: httpmock :: MockServer",
    "impl < S : crate :: Mocks > MockServerExt for S",
);
/// How progenitor answers with a value, and what a page of a list has beside it.
const ANSWER: &str = ". json_body_obj (value)";
const PAGE: &str = " . and (| then | crate :: pages :: only (then , value . len ()))";

fn mend(document: &Document, tokens: &TokenStream) -> Result<TokenStream, Findings> {
    let text = tokens.to_string();
    let mut mended = String::with_capacity(text.len());
    let (mut paths, mut values, mut rest) = (0, 0, text.as_str());
    while let Some((before, path, after)) = next_path(rest) {
        mended.push_str(before);
        mended.push_str(BASE);
        mended.push_str(&path.replace(SEGMENT.0, SEGMENT.1));
        mended.push_str(PATH.1);
        paths += 1;
        rest = match after.strip_prefix(VALUE.0) {
            Some(after) => {
                mended.push_str(VALUE.1);
                values += 1;
                after
            }
            None => after,
        };
    }
    mended.push_str(rest);
    let parameters = path_parameters(document);
    let fault = |message: String| {
        let help =
            "progenitor writes its mocks differently now; look at the constants in emit/mock.rs";
        one(document.finding("generator", "", message, help))
    };
    if (paths, values) != (parameters + document.operations().len(), parameters) {
        return Err(fault(format!("{paths} paths with {values} values, {parameters} expected")));
    }
    let Some(mended) = mend_pages(document, &mended) else {
        return Err(fault("a list is not answered as it was".to_owned()));
    };
    if mended.matches(SERVER.0).count() != 1 {
        return Err(fault("the helpers are for another server".to_owned()));
    }
    let mended = mended.replace(SERVER.0, SERVER.1);
    let (bodies, expected) = (mended.matches(BODY.0).count(), all_bodies(document));
    if bodies != expected {
        return Err(fault(format!("{bodies} bodies, {expected} expected")));
    }
    let mended = mended.replace(BODY.0, BODY.1);
    mended.parse().map_err(|error| fault(format!("the mended mock is not Rust: {error}")))
}

/// The next expression of a path: what is before it, its inside, what is after it.
fn next_path(text: &str) -> Option<(&str, &str, &str)> {
    let (before, from) = text.split_once(PATH.0)?;
    let (path, after) = from.split_once(PATH.1)?;
    Some((before, path, after))
}

/// Gives the first answer of each list, which is the successful one, the headers of a page.
fn mend_pages(document: &Document, text: &str) -> Option<String> {
    let mut mended = text.to_owned();
    let is_list = |operation: &&Operation| {
        operation.parameters.iter().any(|parameter| parameter.name == "per_page")
    };
    for operation in document.operations().iter().filter(is_list) {
        let answers = format!("impl {}Then {{", names::pascal(&operation.id));
        let start = mended.find(&answers)?;
        let answer = start + mended[start..].find(ANSWER)? + ANSWER.len();
        mended.insert_str(answer, PAGE);
    }
    Some(mended)
}

/// How many bodies requests and answers have.
fn all_bodies(document: &Document) -> usize {
    let bodies = document.operations().iter().map(|operation| {
        let answers = operation.responses.iter().filter(|response| response.schema.is_some());
        answers.count() + usize::from(operation.body.is_some())
    });
    bodies.sum()
}

/// How many values the paths of all operations have.
pub(super) fn path_parameters(document: &Document) -> usize {
    let parameters = document.operations().iter().flat_map(|operation| &operation.parameters);
    parameters.filter(|parameter| parameter.location == Location::Path).count()
}
