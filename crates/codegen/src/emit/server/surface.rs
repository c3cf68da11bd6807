//! The trait, the operations and the credentials.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::{Op, Stub};

pub(super) fn tokens(stub: &Stub<'_>) -> TokenStream {
    let (api, operations, credential) = (api(stub), operations(stub), credential(stub));
    quote! {
        use std::future::Future;
        use std::sync::Arc;
        use axum::Router;
        use axum::extract::{OriginalUri, RawPathParams, Request, State};
        use axum::extract::rejection::RawPathParamsRejection;
        use axum::response::Response;
        use crate::{Options, Rejection};
        use crate::rejection::Landing;
        use crate::respond;
        #[allow(unused_imports)]
        use crate::{Violation, body, credential, parameters, parameters::Parameters};

        #api
        #operations
        #credential
    }
}

fn api(stub: &Stub<'_>) -> TokenStream {
    let error = &stub.error;
    let methods = stub.operations.iter().map(method);
    let caller_outcome = match stub.caller_errors {
        None => quote!(Outcome<Self::Caller>),
        Some(_) => quote!(Result<Self::Caller, CallerErrorResponse>),
    };
    let caller = stub.secured().then(|| {
        quote! {
            /// Who calls: what [`authenticate`](Self::authenticate) finds behind a credential.
            type Caller: Send + Sync;

            /// Finds the caller of an operation by its credential, or refuses it.
            fn authenticate(&self, operation: Operation, credential: Credential)
                -> impl Future<Output = #caller_outcome> + Send;
        }
    });
    quote! {
        /// What an operation comes to: its own response, or an error that all operations have.
        pub type Outcome<T> = Result<T, ErrorResponse>;

        /// The API. Implementations write each method as a plain `async fn`.
        ///
        /// `?` works on whatever converts into [`ErrorResponse`].
        pub trait Api: Send + Sync + 'static {
            #caller

            /// The body of an answer that the stub gives by itself.
            fn error(rejection: &Rejection) -> #error;

            #(#methods)*
        }
    }
}

fn method(op: &Op<'_>) -> TokenStream {
    let (function, request, response) = (&op.function, &op.request, &op.response);
    let title = format!("{}.", op.source.summary);
    let call = format!("`{} {}`", op.source.method.upper(), op.source.path);
    let description = &op.source.description;
    let caller = (!op.source.security.is_empty()).then(|| quote!(caller: Self::Caller,));
    quote! {
        #[doc = #title]
        #[doc = ""]
        #[doc = #call]
        #[doc = ""]
        #[doc = #description]
        fn #function(&self, #caller request: #request)
            -> impl Future<Output = Outcome<#response>> + Send;
    }
}

fn operations(stub: &Stub<'_>) -> TokenStream {
    let variants: Vec<_> = stub.operations.iter().map(|op| &op.pascal).collect();
    let docs = stub.operations.iter().map(|op| &op.source.summary);
    let ids = stub.operations.iter().map(|op| &op.source.id);
    let paths = stub.operations.iter().map(|op| &op.source.path);
    let methods = stub.operations.iter().map(|op| {
        let method = quote::format_ident!("{}", op.source.method.upper());
        quote!(http::Method::#method)
    });
    quote! {
        /// An operation of the document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Operation { #( #[doc = #docs] #variants ),* }

        impl Operation {
            /// All of them in the order of the document.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            /// Its `operationId`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { #(Self::#variants => #ids),* }
            }

            /// Its method. A HEAD request is served by the operation for GET.
            #[must_use]
            pub fn method(self) -> http::Method {
                match self { #(Self::#variants => #methods),* }
            }

            /// Its path template.
            #[must_use]
            pub fn path(self) -> &'static str {
                match self { #(Self::#variants => #paths),* }
            }
        }
    }
}

fn credential(stub: &Stub<'_>) -> Option<TokenStream> {
    let variants = stub.schemes.iter().map(|scheme| &scheme.variant);
    let docs = stub.schemes.iter().map(|scheme| match scheme.description.as_str() {
        "" => scheme.key.as_str(),
        description => description,
    });
    stub.secured().then(|| {
        quote! {
            /// A credential, by the way in which it was sent.
            #[derive(Clone, Debug)]
            pub enum Credential { #( #[doc = #docs] #variants(::cluster_agents_types::SecretString) ),* }
        }
    })
}
