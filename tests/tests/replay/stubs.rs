//! The server stubs of both documents, which serve whatever they are asked for.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use cluster_agents_review::witness::Message;
use tower::ServiceExt;

/// A stub that answers every operation with a thing.
macro_rules! stub {
    ($document:ident, $($operation:ident($request:ident) -> $response:ident { $($taken:tt)* })*) => {{
        use crate::$document::{server, types};
        struct Stub;
        impl server::Api for Stub {
            fn error(rejection: &crate::Rejection) -> types::Error {
                types::Error { error: Some(rejection.to_string()) }
            }
            $(
                async fn $operation(
                    &self,
                    request: server::$request,
                ) -> server::Outcome<server::$response> {
                    let _ = request$($taken)*;
                    let thing = serde_json::from_str(r#"{"id": 1, "kind": "hat", "note": ""}"#);
                    Ok(server::$response::Ok(thing.unwrap()))
                }
            )*
        }
        server::router(Arc::new(Stub), crate::Options::default())
    }};
}

fn base() -> Router {
    stub! { base,
        create_thing(CreateThingRequest) -> CreateThingResponse { .body? }
        get_thing(GetThingRequest) -> GetThingResponse { .id }
        delete_thing(DeleteThingRequest) -> DeleteThingResponse { .id }
    }
}

fn revision() -> Router {
    stub! { revision,
        create_thing(CreateThingRequest) -> CreateThingResponse { .body? }
        get_thing(GetThingRequest) -> GetThingResponse { .id }
    }
}

/// The statuses with which both stubs answer a request.
pub(crate) async fn send(message: &Message) -> (u16, u16) {
    (one(base(), message).await, one(revision(), message).await)
}

async fn one(router: Router, message: &Message) -> u16 {
    let request = Request::builder().method(message.method.as_str()).uri(&message.target);
    let headers = message.headers.iter();
    let request = headers.fold(request, |request, (name, value)| request.header(name, value));
    let body = message.body.as_ref().map_or_else(Body::empty, |body| body.to_string().into());
    let response = router.oneshot(request.body(body).unwrap()).await.unwrap();
    response.status().as_u16()
}
