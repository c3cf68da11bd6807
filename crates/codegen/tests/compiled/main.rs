//! The code beside the documents of `accepted/`: it compiles without warnings, and the server stubs
//! of it do what their documents say.
//!
//! The generated modules stand here as in their crates: the types crate is the module `types` of
//! each, and what a stub needs at run time is that of the server crate.
#![deny(warnings)]
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should stop")]

#[macro_use]
mod ask;
mod answers;
mod bodies;
#[allow(dead_code, unreachable_pub)]
mod by_hand;
mod callers;
mod parameters_of_requests;
mod routes;

#[path = "../../../server/src/body.rs"]
mod body;
#[path = "../../../server/src/credential.rs"]
mod credential;
#[path = "../../../types/src/number_or_text.rs"]
mod number_or_text;
#[path = "../../../server/src/options.rs"]
#[allow(unreachable_pub)]
mod options;
#[path = "../../../server/src/parameters.rs"]
mod parameters;
#[path = "../../../server/src/rejection.rs"]
#[allow(dead_code, unreachable_pub)]
mod rejection;
#[path = "../../../server/src/respond.rs"]
mod respond;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

// The unit tests of `number_or_text` come along.
use ::cluster_agents_types::AgentToken;
#[allow(unused_imports)]
use by_hand::{Mocks, call, pages, path, segment};
use options::Options;
use rejection::{Rejection, Violation, ViolationKind};

/// A module for each file. Nobody outside of a test can reach them, so that much of them is never
/// used, and their names are looked at like private ones.
macro_rules! generated {
    ($($name:ident = $file:literal;)*) => {
        $(
            #[path = $file]
            #[allow(dead_code, unreachable_pub, clippy::enum_variant_names)]
            mod $name;
        )*
        const FILES: &[&str] = &[$($file),*];
    };
}

generated! {
    answer_with_a_secret = "../accepted/answer-with-a-secret.rs";
    answer_with_headers_and_no_body = "../accepted/answer-with-headers-and-no-body.rs";
    answer_with_headers = "../accepted/answer-with-headers.rs";
    api_key_only = "../accepted/api-key-only.rs";
    body_with_integers_and_booleans = "../accepted/body-with-integers-and-booleans.rs";
    body_with_nested_object = "../accepted/body-with-nested-object.rs";
    body_with_texts = "../accepted/body-with-texts.rs";
    component_that_is_another = "../accepted/component-that-is-another.rs";
    credentials_for_some = "../accepted/credentials-for-some.rs";
    defaults = "../accepted/defaults.rs";
    error_with_headers = "../accepted/error-with-headers.rs";
    errors_not_common = "../accepted/errors-not-common.rs";
    formats = "../accepted/formats.rs";
    integer_or_text = "../accepted/integer-or-text.rs";
    integers_of_a_format = "../accepted/integers-of-a-format.rs";
    landing_on_422 = "../accepted/landing-on-422.rs";
    list_in_pages = "../accepted/list-in-pages.rs";
    map = "../accepted/map.rs";
    methods = "../accepted/methods.rs";
    names_of_the_prelude = "../accepted/names-of-the-prelude.rs";
    names_that_are_keywords = "../accepted/names-that-are-keywords.rs";
    names_that_are_taken = "../accepted/names-that-are-taken.rs";
    no_credentials = "../accepted/no-credentials.rs";
    nullable_reference = "../accepted/nullable-reference.rs";
    parameter_enum = "../accepted/parameter-enum.rs";
    parameter_required = "../accepted/parameter-required.rs";
    parameter_types = "../accepted/parameter-types.rs";
    path_with_several_parameters = "../accepted/path-with-several-parameters.rs";
    recursive_schema = "../accepted/recursive-schema.rs";
    response_all_of = "../accepted/response-all-of.rs";
    response_any_of = "../accepted/response-any-of.rs";
    response_array_of_text = "../accepted/response-array-of-text.rs";
    response_one_of = "../accepted/response-one-of.rs";
    response_plain = "../accepted/response-plain.rs";
    statuses_that_are_rare = "../accepted/statuses-that-are-rare.rs";
    titles = "../accepted/titles.rs";
}

#[test]
fn the_code_of_every_document_is_compiled() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accepted");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    let documents = names.filter_map(|name| Some(name.strip_suffix(".yaml")?.to_owned()));
    let expected: BTreeSet<_> = documents.map(|name| format!("../accepted/{name}.rs")).collect();
    let compiled: BTreeSet<_> = FILES.iter().map(|file| (*file).to_owned()).collect();
    assert_eq!(compiled, expected, "list them in tests/compiled/main.rs");
}
