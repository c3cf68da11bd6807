//! One request struct per operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::{Op, Parameter, Stub};

pub(super) fn tokens(stub: &Stub<'_>) -> TokenStream {
    stub.operations.iter().map(request).collect()
}

fn request(op: &Op<'_>) -> TokenStream {
    let name = &op.request;
    let doc = format!("What `{}` is asked with.", op.source.id);
    let parameters = op.parameters.iter().map(parameter);
    let body = op.body.as_ref().map(|body| {
        let rust = &body.rust;
        quote! {
            /// The body. One that breaks the schema is handed over, so that the operation decides
            /// whether it judges the rights of the caller first; `?` answers it as documented.
            pub body: Result<#rust, InvalidBody>,
        }
    });
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct #name {
            /// The URI as it was sent.
            pub uri: http::Uri,
            #(#parameters)*
            #body
        }
    }
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let (field, rust, doc) = (&parameter.field, &parameter.rust, &parameter.description);
    let rust = if parameter.required { quote!(#rust) } else { quote!(Option<#rust>) };
    quote! { #[doc = #doc] pub #field: #rust, }
}
