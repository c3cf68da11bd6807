//! The parameters of an operation as fields of its request.

use proc_macro2::{Ident, TokenStream};
use quote::format_ident;
use serde_json::Value;

use super::super::file::one;
use super::super::{names, schema};
use crate::document::{self, Location, Operation};
use crate::{Document, Findings};

pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) field: Ident,
    pub(super) description: String,
    pub(super) location: Location,
    pub(super) required: bool,
    pub(super) integer: bool,
    pub(super) rust: TokenStream,
}

impl Parameter {
    /// Whether what was sent can break the schema, which a plain text in its place never does.
    pub(super) fn can_break(&self) -> bool {
        let is_text = self.rust.to_string() == "String";
        !is_text || (self.required && self.location != Location::Path)
    }
}

pub(super) fn of(document: &Document, source: &Operation) -> Result<Vec<Parameter>, Findings> {
    source.parameters.iter().map(|parameter| read(document, parameter)).collect()
}

fn read(document: &Document, parameter: &document::Parameter) -> Result<Parameter, Findings> {
    let rust = schema::rust_type(document, &parameter.schema, &parameter.pointer)?;
    let json = schema::resolved(document, &parameter.schema).unwrap_or(&Value::Null);
    let kind = json["type"].as_str().unwrap_or_default();
    if !matches!(kind, "string" | "integer") || !is_plain(json) {
        let message = format!("the parameter `{}` is not a plain text or integer", parameter.name);
        let help = "make it one that is neither secret nor null, and say ranges in the description";
        return Err(one(document.finding("parameter-type", &parameter.pointer, message, help)));
    }
    Ok(Parameter {
        field: field(&parameter.name),
        name: parameter.name.clone(),
        description: parameter.description.clone(),
        location: parameter.location,
        required: parameter.required,
        integer: kind == "integer",
        rust,
    })
}

/// Whether a parameter can be read and written as a text: no type checks ranges, secrets have no text
/// that could be seen in a URL, and null has none at all.
fn is_plain(schema: &Value) -> bool {
    let has = |key: &str| schema.get(key).is_some();
    let constrained = has("minimum") || has("maximum") || has("multipleOf");
    !constrained && schema["format"] != "password" && !schema::is_nullable(schema)
}

/// The name of a parameter in the request, which has the whole URI as well.
fn field(name: &str) -> Ident {
    match names::snake(name) {
        taken if taken == "uri" => format_ident!("uri_"),
        free => free,
    }
}
