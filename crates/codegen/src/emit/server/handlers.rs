//! The router, and the handler that carries a request to its operation and back.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::model::{Op, Stub};
use super::parameters::Parameter;
use crate::document::Location;

pub(super) fn tokens(stub: &Stub<'_>) -> TokenStream {
    let (router, handlers) = (router(stub), stub.operations.iter().map(|op| handler(stub, op)));
    quote! { #router #(#handlers)* }
}

fn router(stub: &Stub<'_>) -> TokenStream {
    let mut paths: Vec<(&str, TokenStream)> = Vec::new();
    for op in &stub.operations {
        let (method, function) = (method(op), handler_name(op));
        match paths.iter_mut().find(|(path, _)| *path == op.source.path) {
            Some((_, routes)) => routes.extend(quote!(.#method(#function::<A>))),
            None => {
                paths.push((&op.source.path, quote!(axum::routing::#method(#function::<A>))));
            }
        }
    }
    let routes = paths.iter().map(|(path, routes)| quote!(.route(#path, #routes)));
    let caller = stub.caller_errors.as_ref().map(|_| format_ident!("CallerErrorResponse"));
    let errors = std::iter::once(format_ident!("ErrorResponse")).chain(caller);
    let errors: Vec<_> = errors.collect();
    quote! {
        /// Routes every operation to an implementation.
        ///
        /// Mount it below the path of the API with [`Router::nest`]. An unknown path, and a method
        /// that a known path does not have, is a 404 with the error body of the implementation.
        pub fn router<A: Api>(api: Arc<A>, options: Options) -> Router {
            Router::new()
                #(#routes)*
                .fallback(async || respond::json(404, &A::error(&Rejection::UnknownPath)))
                .method_not_allowed_fallback(async || {
                    respond::json(404, &A::error(&Rejection::UnknownMethod))
                })
                .with_state(Server { api, options })
        }

        struct Server<A> {
            api: Arc<A>,
            options: Options,
        }

        impl<A> Clone for Server<A> {
            fn clone(&self) -> Self {
                Self { api: Arc::clone(&self.api), options: self.options }
            }
        }

        /// Why a handler has no response of its operation.
        enum Refused {
            Rejected(Rejection),
            Answered(Response),
        }

        impl From<Rejection> for Refused {
            fn from(rejection: Rejection) -> Self {
                Self::Rejected(rejection)
            }
        }

        #(impl From<#errors> for Refused {
            fn from(error: #errors) -> Self {
                Self::Answered(axum::response::IntoResponse::into_response(error))
            }
        })*

        fn answer<A: Api>(
            outcome: Result<impl axum::response::IntoResponse, Refused>,
            landing: Landing,
        ) -> Response {
            match outcome {
                Ok(response) => response.into_response(),
                Err(Refused::Answered(response)) => response,
                Err(Refused::Rejected(rejection)) => {
                    respond::json(landing.status(&rejection).as_u16(), &A::error(&rejection))
                }
            }
        }
    }
}

fn method(op: &Op<'_>) -> Ident {
    format_ident!("{}", op.source.method.lower())
}

fn handler_name(op: &Op<'_>) -> Ident {
    format_ident!("handle_{}", op.function.to_string().trim_start_matches("r#"))
}

fn handler(stub: &Stub<'_>, op: &Op<'_>) -> TokenStream {
    let (name, function, request) = (handler_name(op), &op.function, &op.request);
    let landing = landing(op);
    let authenticated = authenticated(stub, op);
    let caller = (!op.source.security.is_empty()).then(|| quote!(caller,));
    let needs_parameters = !op.parameters.is_empty() || op.body.is_some();
    let parameters = needs_parameters.then(|| {
        quote! { let parameters = Parameters::new(path.map_err(drop), &parts); }
    });
    let path = if needs_parameters { quote!(path) } else { quote!(_path) };
    let body = if op.body.is_some() { quote!(body) } else { quote!(_body) };
    let fields = op.parameters.iter().map(parameter);
    let (read_body, read) = (read_body(op), op.body.as_ref().map(|_| quote!(body)));
    quote! {
        async fn #name<A: Api>(
            State(server): State<Server<A>>,
            OriginalUri(uri): OriginalUri,
            #path: Result<RawPathParams, RawPathParamsRejection>,
            request: Request,
        ) -> Response {
            #[allow(unused_variables)]
            let (parts, #body) = request.into_parts();
            let outcome = async {
                #parameters
                #read_body
                #authenticated
                let request = #request { uri, #(#fields)* #read };
                Ok(server.api.#function(#caller request).await?)
            };
            answer::<A>(outcome.await, #landing)
        }
    }
}

fn authenticated(stub: &Stub<'_>, op: &Op<'_>) -> Option<TokenStream> {
    let schemes = op.source.security.iter().filter_map(|key| {
        let scheme = stub.schemes.iter().find(|scheme| scheme.key == *key)?;
        let variant = &scheme.variant;
        let found = match &scheme.header {
            Some(header) => quote!(credential::api_key(&parts.headers, #header)),
            None => quote!(credential::bearer(&parts.headers)),
        };
        Some(quote!(.or_else(|| #found.map(Credential::#variant))))
    });
    let operation = &op.pascal;
    (!op.source.security.is_empty()).then(|| {
        quote! {
            let credential = None #(#schemes)*;
            let credential = credential.ok_or(Rejection::Credentials)?;
            let caller = server.api.authenticate(Operation::#operation, credential).await?;
        }
    })
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let (field, name) = (&parameter.field, &parameter.name);
    let kind = if parameter.integer { "integer" } else { "text" };
    let place = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
    };
    let read = format_ident!("{place}_{kind}");
    let value = quote!(parameters.#read(#name));
    let value = if parameter.required && place != "path" {
        let required = format_ident!("required_{place}");
        quote!(#value.and_then(|value| parameters::#required(value, #name)))
    } else {
        value
    };
    let value = match parameter.can_break() {
        true => quote!(#value.map_err(InvalidParameter::new::<A>)),
        false => quote!(#value?),
    };
    quote! { #field: #value, }
}

fn read_body(op: &Op<'_>) -> Option<TokenStream> {
    let table = &op.body.as_ref()?.table;
    Some(quote! {
        let body = body::read(&parts.headers, body, parameters.query(), #table, &server.options)
            .await?
            .map_err(InvalidBody::new::<A>);
    })
}

fn landing(op: &Op<'_>) -> TokenStream {
    let landing = &op.landing;
    let (credentials, path, not_found) = (landing.credentials, landing.path, landing.not_found);
    let (query, header, body) = (landing.query, landing.header, landing.body);
    let (too_large, media_type) = (landing.too_large, landing.media_type);
    quote! {
        Landing {
            credentials: #credentials, path: #path, not_found: #not_found, query: #query,
            header: #header, body: #body, too_large: #too_large, media_type: #media_type,
        }
    }
}
