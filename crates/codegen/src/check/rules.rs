//! The table of all rules.

use super::{
    bodies, constraints, descriptions, examples, landing, names, operations, pagination,
    parameters, paths, patterns, schemas, secrets, security, statuses, stub, unused, variants,
};
use crate::document::draft::Draft;
use crate::finding::Finding;

type Check = fn(&Draft, &mut Vec<Finding>);

/// A rule: its id, which findings carry, and what it demands.
#[derive(Debug)]
pub struct Rule {
    /// In kebab case; stable.
    pub id: &'static str,
    /// What it demands and why, in one sentence.
    pub about: &'static str,
    check: Option<Check>,
}

impl Rule {
    /// The function that looks for breaches; rules without one are enforced by reading.
    pub(super) fn check(&self) -> Option<Check> {
        self.check
    }
}

const fn read(id: &'static str, about: &'static str) -> Rule {
    Rule { id, about, check: None }
}

const fn rule(id: &'static str, check: Check, about: &'static str) -> Rule {
    Rule { id, about, check: Some(check) }
}

/// All rules: first those of form, then those of content, then those of the ledger.
pub static RULES: &[Rule] = &[
    read("yaml", "The file is YAML 1.2 of bounded depth and size, without merge keys."),
    read("duplicate-key", "No map has a key twice."),
    read("openapi-version", "The document is OpenAPI 3.0; the generators know no other."),
    read(
        "unknown-key",
        "Every key is known where it stands, since a typing error would be dropped silently.",
    ),
    read("missing-key", "Every object has the keys that it must have."),
    read("wrong-value", "Every value is of the kind that its key asks for."),
    read("ref-sibling", "Nothing stands beside a `$ref`, since OpenAPI 3.0 ignores it."),
    read("external-ref", "The document is whole: no `$ref` leads out of it."),
    read("ref-kind", "A `$ref` leads to a component of the kind that is needed."),
    read("dangling-ref", "A `$ref` leads to something that exists."),
    read("ref-cycle", "No component is composed of itself."),
    read("round-trip", "Nothing is lost when the document is typed."),
    rule(
        "info-version",
        paths::version,
        "`info.version` is a semantic version in ASCII; it is sent as a header.",
    ),
    rule("path-item-ref", paths::item_ref, "A path is written out, not by `$ref`."),
    rule(
        "path-template",
        paths::template,
        "A path has whole segments or whole parameters, and no other path is equal to it.",
    ),
    rule(
        "path-parameter",
        paths::parameters,
        "The parameters in a path are those that are declared, and required.",
    ),
    rule("method", operations::method, "An operation is GET, HEAD, POST, PUT, PATCH or DELETE."),
    rule(
        "operation-id",
        operations::id,
        "Every operation has an `operationId` that makes a method name.",
    ),
    rule("operation-id-clash", operations::clash, "No two operations have the same method name."),
    rule(
        "parameter-location",
        parameters::location,
        "A parameter is in the path, the query or a header.",
    ),
    rule(
        "parameter-content",
        parameters::content,
        "Parameters and headers have a `schema`, not `content`.",
    ),
    rule(
        "parameter-style",
        parameters::style,
        "Parameters and headers are written in the default style.",
    ),
    rule(
        "parameter-name",
        parameters::name,
        "No parameter has a name that the client or HTTP uses for something else.",
    ),
    rule(
        "parameter-type",
        stub::parameter_type,
        "A parameter is a text or a 64-bit integer without a range, which the server stub can read.",
    ),
    rule(
        "header-type",
        stub::header_type,
        "A header of an answer is a text or an integer, which the server stub can write.",
    ),
    rule(
        "body-object",
        stub::body_object,
        "A request body is a named object with properties, which the server stub can check.",
    ),
    rule(
        "parameter-clash",
        parameters::clash,
        "No two parameters of an operation have the same name in code.",
    ),
    rule(
        "media-type",
        bodies::media_type,
        "A body has exactly one media type, `application/json`.",
    ),
    rule("body-schema", bodies::schema, "A body has a schema."),
    rule(
        "body-required",
        bodies::required,
        "A request body is required, since the client always sends it.",
    ),
    rule(
        "status-code",
        statuses::code,
        "A response is for one status of 2xx, 4xx or 5xx; no `default`, no range.",
    ),
    rule("success-status", statuses::success, "An operation has exactly one success."),
    rule("no-content", statuses::no_content, "Where HTTP allows no body, none is described."),
    rule(
        "error-body",
        statuses::error_body,
        "Every error has a body, and all have the same named schema.",
    ),
    rule(
        "landing-place",
        landing::place,
        "Whatever can be wrong with a request has a documented status to be answered with.",
    ),
    rule(
        "pagination",
        pagination::headers,
        "A list with pages describes the headers that lead through them.",
    ),
    rule(
        "security-scheme",
        security::scheme,
        "A credential is sent in a header, or as HTTP Bearer or Basic.",
    ),
    rule(
        "security-requirement",
        security::requirement,
        "An operation asks for one of the schemes that there are.",
    ),
    rule(
        "schema-type",
        schemas::kind,
        "A schema has a type, or is one of `allOf`, `oneOf`, `anyOf`, and only keys that fit.",
    ),
    rule(
        "nullable-component",
        schemas::nullable,
        "A component is never null itself; a place that refers to it may be.",
    ),
    rule(
        "schema-not",
        schemas::not,
        "No schema uses `not`, for which properties would be dropped.",
    ),
    rule(
        "one-of-required",
        schemas::one_of_required,
        "No choice is made by which properties are required.",
    ),
    rule(
        "discriminator",
        schemas::discriminator,
        "No schema has a `discriminator`, which the generators ignore.",
    ),
    rule(
        "required-property",
        schemas::required,
        "What an object requires is one of its properties.",
    ),
    rule(
        "all-of-overlap",
        variants::overlap,
        "The parts of an `allOf` are plain objects with different properties.",
    ),
    rule(
        "variant-title",
        variants::title,
        "Every variant of a choice has its own title, which becomes its name.",
    ),
    rule(
        "inline-schema",
        constraints::inline,
        "Objects, choices and constrained values have a name in the components.",
    ),
    rule(
        "response-constraint",
        constraints::response,
        "Nothing that only responses contain is constrained, since a client would refuse tomorrow's server.",
    ),
    rule(
        "name-clash",
        names::clash,
        "No two properties, headers or components have the same name in code.",
    ),
    rule(
        "enum-value",
        names::enum_value,
        "An enum lists different texts that make different names.",
    ),
    rule(
        "pattern",
        patterns::pattern,
        "A pattern compiles, is anchored at both ends, and looks neither around nor back.",
    ),
    rule(
        "secret-format",
        secrets::format,
        "A property that holds a secret has `format: password`, so that no log shows it.",
    ),
    rule("example", examples::valid, "Every example and default is valid for its schema."),
    rule("unused-component", unused::component, "Every component is used."),
    rule(
        "description",
        descriptions::present,
        "Everything that a reader asks about has a description.",
    ),
    read("ledger-version", "The ledger has version 1."),
    read("requirement-id", "A requirement has an id of its own, in kebab case."),
    read("requirement-operation", "A requirement is about operations of the document."),
    read("requirement-text", "A requirement has a statement and a reason."),
    read("requirement-status", "An accepted status is one that HTTP has."),
];
