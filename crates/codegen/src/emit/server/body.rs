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
                error: #error,
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
    let Property { name, required, nullable, .. } = property;
    let kind = match property.schema["type"].as_str() {
        Some("string") => text(document, property),
        Some("integer") => {
            let min = property.schema["minimum"].as_i64().unwrap_or(i64::MIN);
            let max = property.schema["maximum"].as_i64().unwrap_or(i64::MAX);
            quote!(body::Kind::Integer { min: #min, max: #max })
        }
        Some("boolean") => quote!(body::Kind::Boolean),
        _ => quote!(body::Kind::Other),
    };
    quote! {
        body::Field { name: #name, required: #required, nullable: #nullable, kind: #kind }
    }
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
