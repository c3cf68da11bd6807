//! One request struct per operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::{Op, Stub};
use super::parameters::Parameter;

pub(super) fn tokens(stub: &Stub<'_>) -> TokenStream {
    stub.operations.iter().map(|op| request(stub, op)).collect()
}

fn request(stub: &Stub<'_>, op: &Op<'_>) -> TokenStream {
    let name = &op.request;
    let doc = format!("What `{}` is asked with.", op.source.id);
    let parameters = op.parameters.iter().map(parameter);
    let body = op.body.as_ref().map(|body| {
        let rust = &body.rust;
        let how = how_to_answer(stub, op);
        quote! {
            /// The body. One that breaks the schema is handed over, so that the operation decides
            #[doc = #how]
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

/// How a body that breaks the schema becomes an answer, which depends on how its status is documented.
fn how_to_answer(stub: &Stub<'_>, op: &Op<'_>) -> String {
    let how = match (stub.common_body_error(), op.body_error()) {
        (Some(_), _) => "`?` answers it as documented.",
        (None, Some(_)) => "`into()` makes the documented response of it.",
        (None, None) => "its `error` is the body of the documented response.",
    };
    format!(" whether it judges the rights of the caller first; {how}")
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let (field, rust, doc) = (&parameter.field, &parameter.rust, &parameter.description);
    let rust = if parameter.required { quote!(#rust) } else { quote!(Option<#rust>) };
    let rust = if parameter.can_break() { quote!(Result<#rust, InvalidParameter>) } else { rust };
    quote! { #[doc = #doc] pub #field: #rust, }
}
