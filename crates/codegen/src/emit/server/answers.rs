//! The closed response enums and the structs of their headers.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::names;
use super::invalid;
use super::model::{Answer, HeaderField, HeaderSet, Op, Stub};

pub(super) fn tokens(stub: &Stub<'_>) -> TokenStream {
    let headers = stub.header_sets.iter().map(header_set);
    let (common, caller) = (common(stub), caller(stub));
    let responses = stub.operations.iter().map(|op| response(stub, op));
    quote! { #(#headers)* #common #caller #(#responses)* }
}

fn header_set(set: &HeaderSet) -> TokenStream {
    let ident = &set.ident;
    let fields = set.fields.iter().map(|field| {
        let (name, doc, rust) = (names::snake(&field.name), &field.description, header_type(field));
        quote! { #[doc = #doc] pub #name: #rust }
    });
    let writes = set.fields.iter().map(|field| {
        let (name, wire) = (names::snake(&field.name), field.name.to_lowercase());
        let value = if field.required { quote!(Some(self.#name)) } else { quote!(self.#name) };
        quote! { respond::header(response, #wire, #value); }
    });
    // Only where nothing is required is a set of headers that says nothing a documented one.
    let default = set.fields.iter().all(|field| !field.required).then(|| quote!(Default,));
    quote! {
        /// Headers of an answer.
        #[derive(Clone, Debug, #default PartialEq, Eq)]
        pub struct #ident { #(#fields),* }

        impl #ident {
            fn write(self, response: &mut Response) { #(#writes)* }
        }
    }
}

fn header_type(field: &HeaderField) -> TokenStream {
    let rust = if field.integer { quote!(i64) } else { quote!(http::HeaderValue) };
    if field.required { rust } else { quote!(Option<#rust>) }
}

fn common(stub: &Stub<'_>) -> TokenStream {
    let doc = "The errors that every operation documents.";
    let name = names::pascal("ErrorResponse");
    let declared = declared(&name, doc, &stub.common);
    let invalid = stub.common_body_error().map(|answer| from_invalid(&name, answer));
    // Without common errors there is no variant, and a match on a reference has to say so.
    let empty = stub.common.is_empty().then(|| quote!(#[allow(unreachable_code)]));
    let parameter = invalid::from_common(stub, &name);
    quote! { #empty #declared #invalid #parameter }
}

/// Where some operations ask for no credential, a caller is refused with what the others have.
fn caller(stub: &Stub<'_>) -> Option<TokenStream> {
    let answers = stub.caller_errors.as_ref()?;
    let doc = "The errors that every operation with a credential documents.";
    let name = names::pascal("CallerErrorResponse");
    let (declared, from_common) = (declared(&name, doc, answers), from_common(stub, &name));
    Some(quote! { #declared #from_common })
}

fn response(stub: &Stub<'_>, op: &Op<'_>) -> TokenStream {
    let name = &op.response;
    let doc = format!("What `{}` can answer.", op.source.id);
    let (declared, from_common) = (declared(name, &doc, &op.answers), from_common(stub, name));
    let invalid = op.body_error().map(|answer| from_invalid(name, answer));
    let parameter = invalid::from_own(op);
    quote! { #declared #from_common #invalid #parameter }
}

fn from_common(stub: &Stub<'_>, name: &Ident) -> TokenStream {
    let variants: Vec<_> = stub.common.iter().map(|answer| &answer.variant).collect();
    let fields: Vec<_> = stub.common.iter().map(bindings).collect();
    quote! {
        impl From<ErrorResponse> for #name {
            fn from(error: ErrorResponse) -> Self {
                match error { #(ErrorResponse::#variants #fields => Self::#variants #fields),* }
            }
        }
    }
}

fn declared(name: &Ident, doc: &str, answers: &[Answer]) -> TokenStream {
    let variants = answers.iter().map(|answer| {
        let (variant, doc) =
            (&answer.variant, format!("{}: {}", answer.status, answer.description));
        let payload = answer.body.iter().cloned();
        let payload: Vec<_> = payload.chain(answer.headers.as_ref().map(|h| quote!(#h))).collect();
        let payload = (!payload.is_empty()).then(|| quote!((#(#payload),*)));
        quote! { #[doc = #doc] #variant #payload }
    });
    let statuses = answers.iter().map(|answer| {
        let (variant, status) = (&answer.variant, answer.status);
        quote! { Self::#variant { .. } => #status }
    });
    let arms = answers.iter().map(arm);
    let status = if answers.is_empty() { quote!(*self) } else { quote!(self) };
    quote! {
        #[doc = #doc]
        #[must_use]
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name { #(#variants),* }

        impl #name {
            /// The status of the answer.
            #[must_use]
            pub fn status(&self) -> u16 {
                match #status { #(#statuses),* }
            }
        }

        impl axum::response::IntoResponse for #name {
            fn into_response(self) -> Response {
                match self { #(#arms),* }
            }
        }
    }
}

fn arm(answer: &Answer) -> TokenStream {
    let (variant, status, fields) = (&answer.variant, answer.status, bindings(answer));
    let made = match answer.body {
        Some(_) => quote!(respond::json(#status, &body)),
        None => quote!(respond::empty(#status)),
    };
    match answer.headers {
        None => quote!(Self::#variant #fields => #made),
        Some(_) => quote! {
            Self::#variant #fields => {
                let mut response = #made;
                headers.write(&mut response);
                response
            }
        },
    }
}

/// The payload of a variant as a pattern, or as an expression of the same names.
fn bindings(answer: &Answer) -> TokenStream {
    let names: Vec<_> = [("body", answer.body.is_some()), ("headers", answer.headers.is_some())]
        .iter()
        .filter(|(_, there)| *there)
        .map(|(name, _)| names::snake(name))
        .collect();
    if names.is_empty() { quote!() } else { quote!((#(#names),*)) }
}

fn from_invalid(name: &Ident, answer: &Answer) -> TokenStream {
    let variant = &answer.variant;
    quote! {
        impl From<InvalidBody> for #name {
            fn from(invalid: InvalidBody) -> Self { Self::#variant(invalid.error) }
        }
    }
}
