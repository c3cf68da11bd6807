//! The tables that request bodies are checked with.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::super::schema::{self, Property};
use super::model::{BodySchema, Stub};
use crate::Document;

pub(super) fn tokens(stub: &Stub<'_>) -> Option<TokenStream> {
    let bodies = stub.bodies();
    let tables = bodies.iter().map(|body| table(stub.document, body));
    let error = &stub.error;
    (!bodies.is_empty()).then(|| {
        quote! {
            /// A request body whose fields break the schema.
            #[derive(Clone, Debug, PartialEq)]
            pub struct InvalidBody {
                /// What is wrong, in the order of the document's properties.
                pub violations: Vec<Violation>,
                /// The body of the answer.
                pub error: #error,
            }

            impl InvalidBody {
                fn new<A: Api>(violations: Vec<Violation>) -> Self {
                    let error = A::error(&Rejection::Fields(violations.clone()));
                    Self { violations, error }
                }
            }

            #(#tables)*
        }
    })
}

fn table(document: &Document, body: &BodySchema) -> TokenStream {
    let name = &body.table;
    let object = schema::component(document, &body.component).unwrap_or(&Value::Null);
    let fields = schema::properties(document, object);
    let fields = fields.iter().map(|property| field(document, property));
    quote! { const #name: &[body::Field] = &[#(#fields),*]; }
}

fn field(document: &Document, property: &Property<'_>) -> TokenStream {
    let Property { name, required, nullable, schema, .. } = property;
    let kind = match schema["type"].as_str() {
        // What is wrong with a time is not its length or its characters.
        Some("string") if schema["format"] != "date-time" => text(document, property),
        Some("integer") => {
            let (min, max) = range(schema);
            quote!(body::Kind::Integer { min: #min, max: #max })
        }
        Some("boolean") => quote!(body::Kind::Boolean),
        _ => {
            let rust = schema::field_type(document, property);
            quote!(body::Kind::Other { is: body::is::<#rust> })
        }
    };
    quote! {
        body::Field { name: #name, required: #required, nullable: #nullable, kind: #kind }
    }
}

/// The smallest and the largest number that the schema and its format allow.
fn range(schema: &Value) -> (i64, i64) {
    let (low, high) = match schema["format"].as_str().unwrap_or_default() {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int" | "int32" => (i32::MIN.into(), i32::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint" | "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, i64::MAX),
        _ => (i64::MIN, i64::MAX),
    };
    let excludes = |key: &str| i64::from(schema[key] == true);
    let min =
        schema["minimum"].as_i64().map(|min| min.saturating_add(excludes("exclusiveMinimum")));
    let max =
        schema["maximum"].as_i64().map(|max| max.saturating_sub(excludes("exclusiveMaximum")));
    (min.unwrap_or(low).max(low), max.unwrap_or(high).min(high))
}

fn text(document: &Document, property: &Property<'_>) -> TokenStream {
    let length = |key: &str| property.schema[key].as_u64().and_then(|n| usize::try_from(n).ok());
    let min = length("minLength").unwrap_or(0);
    let max = match length("maxLength") {
        Some(max) => quote!(#max),
        None => quote!(usize::MAX),
    };
    let decides = ["pattern", "enum"].iter().any(|key| property.schema.get(key).is_some());
    let matches = match property.component {
        Some(component) if decides => {
            let rust = schema::named(document, component);
            quote!(|text| text.parse::<#rust>().is_ok())
        }
        _ => quote!(|_| true),
    };
    quote!(body::Kind::Text { min: #min, max: #max, matches: #matches })
}
