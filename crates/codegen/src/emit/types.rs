//! The types crate: one Rust type per schema of the document.

use proc_macro2::TokenStream;
use quote::ToTokens;
use serde_json::Value;
use syn::{Fields, FieldsNamed, Item};

use crate::{Document, Findings};

use super::{file, names, schema, settings};

pub(super) fn emit(document: &Document) -> Result<String, Findings> {
    let tokens = settings::run(document, &settings::types(document), |generator| {
        // The operations are generated for the types that they mention, and then left aside.
        generator.generate_tokens(document.openapi())?;
        Ok(generator.get_type_space().to_stream())
    })?;
    file::file(document, in_order(document, tokens))
}

/// Puts the fields of each struct into the order of the document, which is the order in which
/// people read them in an answer; typify sorts them by name.
fn in_order(document: &Document, tokens: TokenStream) -> TokenStream {
    let Ok(mut file) = syn::parse2::<syn::File>(tokens.clone()) else { return tokens };
    for item in &mut file.items {
        if let Item::Struct(item) = item
            && let Fields::Named(fields) = &mut item.fields
            && let Some(name) = component(document, &item.ident)
        {
            sort(fields, &properties(document, &name, 0));
        }
    }
    file.into_token_stream()
}

fn component(document: &Document, ident: &proc_macro2::Ident) -> Option<String> {
    schema::component_names(document).into_iter().find(|name| names::pascal(name) == *ident)
}

/// The properties of a component as field names, those that it takes from others first.
fn properties(document: &Document, name: &str, depth: usize) -> Vec<String> {
    let schema = schema::component(document, name).unwrap_or(&Value::Null);
    // Deeper than any document that can be read by people; a circle ends here.
    if depth > 16 {
        return Vec::new();
    }
    let own = |schema: &Value| -> Vec<String> {
        let properties = schema["properties"].as_object().into_iter().flatten();
        properties.map(|(name, _)| names::snake(name).to_string()).collect()
    };
    let parts = schema["allOf"].as_array().into_iter().flatten();
    let inherited = parts.flat_map(|part| match schema::reference(part) {
        Some(base) => properties(document, base, depth + 1),
        None => own(part),
    });
    inherited.chain(own(schema)).collect()
}

fn sort(fields: &mut FieldsNamed, order: &[String]) {
    let rank = |field: &syn::Field| {
        let name = field.ident.as_ref().map(ToString::to_string);
        order.iter().position(|known| Some(known) == name.as_ref()).unwrap_or(usize::MAX)
    };
    let mut sorted: Vec<_> = std::mem::take(&mut fields.named).into_iter().collect();
    sorted.sort_by_key(rank);
    fields.named = sorted.into_iter().collect();
}
