//! The types crate: one Rust type per schema of the document.
//!
//! Fields come in the order of the document, and an integer that may also come as a text
//! (`x-accepts`) is read from both. Patterns are checked by a small engine.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use serde_json::Value;
use syn::{Fields, FieldsNamed, Item};

use crate::{Document, Findings};

use super::{file, names, pattern, plain, schema, settings};

pub(super) fn emit(document: &Document) -> Result<String, Findings> {
    let openapi = plain::openapi(document)?;
    let tokens = settings::run(document, &settings::types(document), |generator| {
        // The operations are generated for the types that they mention, and then left aside.
        generator.generate_tokens(&openapi)?;
        Ok(generator.get_type_space().to_stream())
    })?;
    file::file(document, pattern::mend(document, mend_fields(document, tokens))?)
}

fn mend_fields(document: &Document, tokens: TokenStream) -> TokenStream {
    let Ok(mut file) = syn::parse2::<syn::File>(tokens.clone()) else { return tokens };
    for item in &mut file.items {
        if let Item::Struct(item) = item
            && let Fields::Named(fields) = &mut item.fields
            && let Some(name) = component(document, &item.ident)
        {
            let properties = properties(document, &name, 0);
            sort(fields, &properties);
            accept_texts(fields, &properties);
        }
    }
    file.into_token_stream()
}

fn component(document: &Document, ident: &proc_macro2::Ident) -> Option<String> {
    schema::component_names(document).into_iter().find(|name| names::pascal(name) == *ident)
}

/// A property as the name of its field, and its schema.
type Property<'a> = (String, &'a Value);

/// The properties of a component, those that it takes from others first.
fn properties<'a>(document: &'a Document, name: &str, depth: usize) -> Vec<Property<'a>> {
    let schema = schema::component(document, name).unwrap_or(&Value::Null);
    // Deeper than any document that can be read by people; a circle ends here.
    if depth > 16 {
        return Vec::new();
    }
    let own = |schema: &'a Value| -> Vec<Property<'a>> {
        let properties = schema["properties"].as_object().into_iter().flatten();
        properties.map(|(name, schema)| (names::snake(name).to_string(), schema)).collect()
    };
    let parts = schema["allOf"].as_array().into_iter().flatten();
    let inherited = parts.flat_map(|part| match schema::reference(part) {
        Some(base) => properties(document, base, depth + 1),
        None => own(part),
    });
    inherited.chain(own(schema)).collect()
}

/// Puts the fields of a struct into the order of the document, which is the order in which people
/// read them in an answer; typify sorts them by name.
fn sort(fields: &mut FieldsNamed, properties: &[Property<'_>]) {
    let rank = |field: &syn::Field| {
        let name = field.ident.as_ref().map(ToString::to_string);
        let is_it = |known: &Property<'_>| Some(&known.0) == name.as_ref();
        properties.iter().position(is_it).unwrap_or(usize::MAX)
    };
    let mut sorted: Vec<_> = std::mem::take(&mut fields.named).into_iter().collect();
    sorted.sort_by_key(rank);
    fields.named = sorted.into_iter().collect();
}

/// Reads the nullable integers that may also come as texts by a function of the types crate.
fn accept_texts(fields: &mut FieldsNamed, properties: &[Property<'_>]) {
    for field in &mut fields.named {
        let name = field.ident.as_ref().map(ToString::to_string);
        if properties.iter().any(|(known, schema)| Some(known) == name.as_ref() && or_text(schema))
        {
            let count = field.attrs.len();
            field.attrs.retain(|attribute| !reads_null(attribute));
            // Only a field that has to be there had a function before.
            let default = (field.attrs.len() == count).then(|| quote!(default,));
            field.attrs.push(syn::parse_quote!(
                #[serde(#default deserialize_with = "crate::number_or_text::deserialize")]
            ));
        }
    }
}

/// Whether an attribute is what typify gives to a field that has to be there and may be null.
fn reads_null(attribute: &syn::Attribute) -> bool {
    attribute.to_token_stream().to_string().contains("deserialize_with")
}

/// Whether a property is an integer or null, and accepted as a text.
fn or_text(schema: &Value) -> bool {
    let mut accepted = schema["x-accepts"].as_array().into_iter().flatten();
    schema["type"] == "integer"
        && schema["nullable"] == true
        && accepted.any(|other| other["type"] == "string")
}
