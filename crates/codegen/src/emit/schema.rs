//! What a schema is in Rust.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::document::SchemaRef;
use crate::{Document, Findings};

use super::file::one;
use super::names;

const SCHEMAS: &str = "/components/schemas";

/// The names of all schemas of the document.
pub(super) fn component_names(document: &Document) -> Vec<String> {
    let schemas = document.json().pointer(SCHEMAS).and_then(Value::as_object);
    schemas.map(|schemas| schemas.keys().cloned().collect()).unwrap_or_default()
}

/// A schema of the document by its name; if it only refers to another, that one.
pub(super) fn component<'a>(document: &'a Document, name: &str) -> Option<&'a Value> {
    Some(followed(document, document.json().pointer(SCHEMAS)?.get(name)?))
}

/// A schema, or the one that it only refers to.
pub(super) fn followed<'a>(document: &'a Document, schema: &'a Value) -> &'a Value {
    reference(schema).and_then(|name| component(document, name)).unwrap_or(schema)
}

/// Whether values of this schema must not be seen: texts of the format `password`.
pub(super) fn is_secret(document: &Document, name: &str) -> bool {
    component(document, name).is_some_and(|schema| schema["format"] == "password")
}

/// Whether values of this schema are whole numbers without a range.
pub(super) fn is_integer(document: &Document, name: &str) -> bool {
    let schema = component(document, name);
    schema.is_some_and(|schema| schema["type"] == "integer" && schema.get("enum").is_none())
}

/// The type of a named schema.
pub(super) fn named(document: &Document, name: &str) -> TokenStream {
    if is_secret(document, name) {
        return quote!(::cluster_agents_types::SecretString);
    }
    let name = names::pascal(name);
    quote!(::cluster_agents_types::#name)
}

/// The type of a schema where it is used; a finding at `pointer` if there is none.
pub(super) fn rust_type(
    document: &Document,
    schema: &SchemaRef,
    pointer: &str,
) -> Result<TokenStream, Findings> {
    match schema {
        SchemaRef::Named(name) => Ok(named(document, name)),
        SchemaRef::ArrayOf(item) => {
            let item = rust_type(document, item, pointer)?;
            Ok(quote!(Vec<#item>))
        }
        SchemaRef::Inline(schema) => match scalar(schema) {
            Some(rust) if is_nullable(schema) => Ok(quote!(Option<#rust>)),
            Some(rust) => Ok(rust),
            None => {
                let message = "this schema has to have a name";
                let help = "move it to components.schemas and refer to it";
                Err(one(document.finding("inline-schema", pointer, message, help)))
            }
        },
    }
}

/// The type of a value that is neither a list nor an object, as typify has it.
fn scalar(schema: &Value) -> Option<TokenStream> {
    Some(match (schema["type"].as_str()?, schema["format"].as_str().unwrap_or_default()) {
        ("string", "password") => quote!(::cluster_agents_types::SecretString),
        ("string", "date-time") => quote!(::cluster_agents_types::Timestamp),
        ("string", _) => quote!(String),
        ("integer", "int8") => quote!(i8),
        ("integer", "int16") => quote!(i16),
        ("integer", "int" | "int32") => quote!(i32),
        ("integer", "uint8") => quote!(u8),
        ("integer", "uint16") => quote!(u16),
        ("integer", "uint" | "uint32") => quote!(u32),
        ("integer", "uint64") => quote!(u64),
        ("integer", _) => quote!(i64),
        ("boolean", _) => quote!(bool),
        ("number", "float") => quote!(f32),
        ("number", _) => quote!(f64),
        _ => return None,
    })
}

/// Whether null is one of the values.
pub(super) fn is_nullable(schema: &Value) -> bool {
    schema["nullable"] == true
}

/// The JSON of a schema where it is used, with a reference followed.
pub(super) fn resolved<'a>(document: &'a Document, schema: &'a SchemaRef) -> Option<&'a Value> {
    match schema {
        SchemaRef::Named(name) => component(document, name),
        SchemaRef::Inline(schema) => Some(schema),
        SchemaRef::ArrayOf(_) => None,
    }
}

/// A property of an object schema.
pub(super) struct Property<'a> {
    pub(super) name: &'a str,
    pub(super) required: bool,
    pub(super) nullable: bool,
    /// The schema with a reference followed.
    pub(super) schema: &'a Value,
    /// The name that was referred to.
    pub(super) component: Option<&'a str>,
}

/// The properties of an object schema, in the order of the document.
pub(super) fn properties<'a>(document: &'a Document, object: &'a Value) -> Vec<Property<'a>> {
    let required = object["required"].as_array();
    let required = |name: &str| required.is_some_and(|names| names.iter().any(|n| n == name));
    let properties = object["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, schema)| {
            let component = referred(schema);
            let target = component.and_then(|name| self::component(document, name));
            Property {
                name,
                required: required(name),
                nullable: is_nullable(schema),
                schema: target.unwrap_or(schema),
                component,
            }
        })
        .collect()
}

/// The type of a property that is not null, as typify has it.
pub(super) fn field_type(document: &Document, property: &Property<'_>) -> TokenStream {
    match property.component {
        Some(component) => named(document, component),
        None => value_type(document, property.schema),
    }
}

/// The type of a value within an object. Only lists and plain values have no name there.
fn value_type(document: &Document, schema: &Value) -> TokenStream {
    if let Some(component) = referred(schema) {
        return named(document, component);
    }
    if schema["type"] == "array" {
        let item = value_type(document, &schema["items"]);
        let nullable = is_nullable(&schema["items"]);
        return if nullable { quote!(Vec<Option<#item>>) } else { quote!(Vec<#item>) };
    }
    scalar(schema).unwrap_or_else(|| quote!(::serde_json::Value))
}

/// The component behind `$ref`, or behind the `allOf` of one `$ref` that stands beside `nullable`.
fn referred(schema: &Value) -> Option<&str> {
    let only = match schema["allOf"].as_array().map(Vec::as_slice) {
        Some([only]) => only,
        _ => schema,
    };
    reference(only)
}

/// The component that a schema is a plain reference to.
pub(super) fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix("#/components/schemas/")
}
