//! The operations of a document in the terms of the stub.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::format_ident;
use serde_json::Value;

use super::super::file::one;
use super::super::{names, schema};
use super::landing::Landing;
use super::parameters::{self, Parameter};
use super::unchecked;
use crate::document::{Header, Operation, Response, SchemaRef};
use crate::{Document, Findings};

/// Everything that is written down.
pub(super) struct Stub<'a> {
    pub(super) document: &'a Document,
    /// The type of every error body.
    pub(super) error: TokenStream,
    pub(super) schemes: Vec<Scheme>,
    pub(super) operations: Vec<Op<'a>>,
    /// The errors that every operation documents alike.
    pub(super) common: Vec<Answer>,
    /// The errors that every operation with a credential documents alike, if that are more.
    pub(super) caller_errors: Option<Vec<Answer>>,
    /// Distinct sets of response headers with the names that stand for each.
    pub(super) header_sets: Vec<HeaderSet>,
}

pub(super) struct Op<'a> {
    pub(super) source: &'a Operation,
    pub(super) function: Ident,
    pub(super) pascal: Ident,
    pub(super) request: Ident,
    pub(super) response: Ident,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<BodySchema>,
    pub(super) answers: Vec<Answer>,
    pub(super) landing: Landing,
}

pub(super) struct BodySchema {
    pub(super) component: String,
    pub(super) rust: TokenStream,
    pub(super) table: Ident,
}

#[derive(Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) variant: Ident,
    pub(super) description: String,
    pub(super) body: Option<TokenStream>,
    /// The name of its header struct.
    pub(super) headers: Option<Ident>,
}

impl Answer {
    /// Whether two operations answer alike with a status.
    fn same(&self, other: &Self) -> bool {
        let text = |body: &Option<TokenStream>| body.as_ref().map(ToString::to_string);
        self.status == other.status
            && text(&self.body) == text(&other.body)
            && self.headers == other.headers
    }
}

pub(super) struct HeaderSet {
    pub(super) ident: Ident,
    pub(super) fields: Vec<HeaderField>,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct HeaderField {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) required: bool,
    pub(super) integer: bool,
}

/// A way to send a credential.
pub(super) struct Scheme {
    pub(super) key: String,
    pub(super) variant: Ident,
    pub(super) description: String,
    /// The header of an API key; none for a bearer token.
    pub(super) header: Option<String>,
}

impl<'a> Stub<'a> {
    pub(super) fn new(document: &'a Document) -> Result<Self, Findings> {
        let mut header_sets = Vec::new();
        let mut operations = Vec::new();
        for source in document.operations() {
            operations.push(Op::new(document, source, &mut header_sets)?);
        }
        let error = error(document)?;
        let schemes = schemes(document, &operations)?;
        let common = common(operations.iter());
        let secured = operations.iter().filter(|op| !op.source.security.is_empty());
        let caller_errors = Some(self::common(secured)).filter(|all| all.len() > common.len());
        Ok(Self { document, error, schemes, operations, common, caller_errors, header_sets })
    }

    pub(super) fn secured(&self) -> bool {
        !self.schemes.is_empty()
    }

    /// The schemas that request bodies have, each once.
    pub(super) fn bodies(&self) -> Vec<&BodySchema> {
        let bodies = self.operations.iter().filter_map(|op| op.body.as_ref());
        let by_name: BTreeMap<_, _> = bodies.map(|body| (&body.component, body)).collect();
        by_name.into_values().collect()
    }

    /// The variant of the common errors that says that a body breaks the schema.
    pub(super) fn common_body_error(&self) -> Option<&Answer> {
        let mut statuses =
            self.operations.iter().filter(|op| op.body.is_some()).map(|op| op.landing.body);
        let status = statuses.next().filter(|first| statuses.all(|status| status == *first))?;
        self.common.iter().find(|answer| answer.status == status && answer.headers.is_none())
    }
}

impl<'a> Op<'a> {
    fn new(
        document: &'a Document,
        source: &'a Operation,
        header_sets: &mut Vec<HeaderSet>,
    ) -> Result<Self, Findings> {
        let pascal = names::pascal(&source.id);
        let mut answers = Vec::new();
        for response in &source.responses {
            answers.push(answer(document, &pascal, response, header_sets)?);
        }
        Ok(Self {
            source,
            function: names::snake(&source.id),
            request: format_ident!("{pascal}Request"),
            response: format_ident!("{pascal}Response"),
            parameters: parameters::of(document, source)?,
            body: body(document, source)?,
            answers,
            landing: Landing::new(document, source)?,
            pascal,
        })
    }

    /// The answer to a body that breaks the schema, if it is made of the error alone.
    pub(super) fn body_error(&self) -> Option<&Answer> {
        self.body.as_ref()?;
        let mut answers = self.answers.iter();
        answers.find(|answer| answer.status == self.landing.body && answer.headers.is_none())
    }
}

fn body(document: &Document, source: &Operation) -> Result<Option<BodySchema>, Findings> {
    let Some(body) = &source.body else { return Ok(None) };
    let object = schema::resolved(document, &body.schema).unwrap_or(&Value::Null);
    let is_object = object["properties"].is_object();
    match &body.schema {
        SchemaRef::Named(name) if is_object => {
            unchecked::refuse(document, name)?;
            Ok(Some(BodySchema {
                component: name.clone(),
                rust: schema::named(document, name),
                table: format_ident!("{}_FIELDS", names::snake(name).to_string().to_uppercase()),
            }))
        }
        _ => {
            let message = format!("{}: the request body is not a named object", source.id);
            let help = "refer to an object schema with properties in components.schemas";
            Err(one(document.finding("body-object", &body.pointer, message, help)))
        }
    }
}

fn answer(
    document: &Document,
    operation: &Ident,
    response: &Response,
    header_sets: &mut Vec<HeaderSet>,
) -> Result<Answer, Findings> {
    let schema = response.schema.as_ref();
    let variant = variant(response.status);
    let body = schema.map(|schema| schema::rust_type(document, schema, &response.pointer));
    let owner = match &response.component {
        Some(component) => names::pascal(component),
        None => format_ident!("{operation}{variant}"),
    };
    Ok(Answer {
        status: response.status,
        description: response.description.clone(),
        body: body.transpose()?,
        headers: headers(&owner, &response.headers, document, header_sets)?,
        variant,
    })
}

/// The name of a status, as in `NotFound`.
fn variant(status: u16) -> Ident {
    match names::reason(status) {
        Some(reason) => names::pascal(&reason.to_lowercase()),
        None => format_ident!("Status{status}"),
    }
}

/// Finds or adds the struct for a set of headers; equal sets share the first one's struct.
fn headers(
    owner: &Ident,
    headers: &[Header],
    document: &Document,
    sets: &mut Vec<HeaderSet>,
) -> Result<Option<Ident>, Findings> {
    let mut fields = Vec::new();
    for header in headers {
        let json = schema::resolved(document, &header.schema);
        let kind = json.and_then(|schema| schema["type"].as_str()).unwrap_or_default();
        if !matches!(kind, "string" | "integer") {
            let message = format!("the header `{}` is neither a text nor an integer", header.name);
            let help = "give it the type string or integer";
            return Err(one(document.finding("header-type", &header.pointer, message, help)));
        }
        fields.push(HeaderField {
            name: header.name.clone(),
            description: header.description.clone(),
            required: header.required,
            integer: kind == "integer",
        });
    }
    if fields.is_empty() {
        return Ok(None);
    }
    if let Some(known) = sets.iter().find(|set| set.fields == fields) {
        return Ok(Some(known.ident.clone()));
    }
    let ident = format_ident!("{owner}Headers");
    sets.push(HeaderSet { ident: ident.clone(), fields });
    Ok(Some(ident))
}

fn common<'a>(mut operations: impl Iterator<Item = &'a Op<'a>> + Clone) -> Vec<Answer> {
    let Some(first) = operations.next() else { return Vec::new() };
    let everywhere = |answer: &&Answer| {
        let mut rest = operations.clone();
        answer.status >= 400 && rest.all(|op| op.answers.iter().any(|other| other.same(answer)))
    };
    first.answers.iter().filter(everywhere).cloned().collect()
}

fn error(document: &Document) -> Result<TokenStream, Findings> {
    let responses = document.operations().iter().flat_map(|operation| &operation.responses);
    let mut errors = responses.filter(|response| response.status >= 400);
    match errors.find_map(|response| response.schema.as_ref().map(|schema| (schema, response))) {
        Some((schema, response)) => schema::rust_type(document, schema, &response.pointer),
        None => {
            let message = "no operation documents an error, so an unknown path has no answer";
            let help = "document a 404 with the schema of errors";
            Err(one(document.finding("error-body", "/paths", message, help)))
        }
    }
}

fn schemes(document: &Document, operations: &[Op<'_>]) -> Result<Vec<Scheme>, Findings> {
    let mut schemes: Vec<Scheme> = Vec::new();
    for key in operations.iter().flat_map(|op| &op.source.security) {
        if schemes.iter().all(|known| known.key != *key) {
            schemes.push(scheme(document, key)?);
        }
    }
    Ok(schemes)
}

fn scheme(document: &Document, key: &str) -> Result<Scheme, Findings> {
    let pointer = format!("/components/securitySchemes/{key}");
    let scheme = document.json().pointer(&pointer).unwrap_or(&Value::Null);
    let text = |name: &str| scheme[name].as_str().unwrap_or_default();
    let header = match (text("type"), text("in"), text("scheme").to_lowercase().as_str()) {
        ("apiKey", "header", _) => Some(text("name").to_lowercase()),
        ("http", _, "bearer") => None,
        _ => {
            let message =
                format!("the security scheme `{key}` is neither a header nor a bearer token");
            let help = "use `type: apiKey, in: header` or `type: http, scheme: bearer`";
            return Err(one(document.finding("security-scheme", &pointer, message, help)));
        }
    };
    let description = text("description").to_owned();
    Ok(Scheme { key: key.to_owned(), variant: names::pascal(key), description, header })
}
