//! What happens to every request before and after its handler: an id, a name in links, a time
//! limit, a net for panics, headers, one line in the log.

use std::any::Any;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use cluster_agents_types::Error;
use futures_util::FutureExt;
use http::header::{
    CACHE_CONTROL, CONNECTION, HOST, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderName, HeaderValue, Method, StatusCode, Uri};
use tower::ServiceExt;

use crate::store::StoreError;

/// How long a request may take, its body included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Answers every request that gets through to the server.
#[derive(Debug)]
pub(super) struct Front {
    router: Router,
    address: SocketAddr,
    /// Tells the requests of this run from those of others.
    run: u32,
    requests: AtomicU64,
}

impl Front {
    pub(super) fn new(router: Router, address: SocketAddr) -> Self {
        // A time would do as well; an id need not be secret.
        let run = getrandom::u32().unwrap_or_default();
        Self { router, address, run, requests: AtomicU64::new(0) }
    }

    /// Never fails and never panics.
    pub(super) async fn answer(&self, mut request: Request) -> Response {
        let started = Instant::now();
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let id = format!("{:08x}-{number:x}", self.run);
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        self.name(&mut request);
        let mut response = self.handle(request).await;
        finish(&mut response, &id);
        // Without the query: some clients send their token there.
        let (status, micros) = (response.status().as_u16(), started.elapsed().as_micros());
        tracing::info!(request_id = id, %method, path, status, micros, "answered");
        response
    }

    async fn handle(&self, request: Request) -> Response {
        let head = request.method() == Method::HEAD;
        let handled = AssertUnwindSafe(self.router.clone().oneshot(request)).catch_unwind();
        let mut response = match tokio::time::timeout(REQUEST_TIMEOUT, handled).await {
            Ok(Ok(Ok(response))) => response,
            Ok(Ok(Err(impossible))) => match impossible {},
            Ok(Err(panic)) => panicked(&*panic),
            Err(_) => too_slow(),
        };
        if head {
            *response.body_mut() = Body::empty();
        }
        response
    }

    /// Puts the server's name, as the client wrote it, into the address of the request, from where
    /// links take it.
    fn name(&self, request: &mut Request) {
        let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()?.parse().ok());
        let authority: Option<Authority> = host.or_else(|| self.address.to_string().parse().ok());
        let path = request.uri().path_and_query().cloned();
        let uri = Uri::builder()
            .scheme(Scheme::HTTP)
            .authority(authority.unwrap_or(Authority::from_static("localhost")))
            .path_and_query(path.unwrap_or(PathAndQuery::from_static("/")))
            .build();
        if let Ok(uri) = uri {
            *request.uri_mut() = uri;
        }
    }
}

/// What every answer has.
fn finish(response: &mut Response, id: &str) {
    let cache = if response.status().is_success() {
        "max-age=0, private, must-revalidate"
    } else {
        "no-cache"
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(VARY, HeaderValue::from_static("Origin"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    headers.extend(HeaderValue::from_str(id).ok().map(|id| (X_REQUEST_ID, id)));
}

fn panicked(panic: &(dyn Any + Send)) -> Response {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    tracing::error!(panic = text.unwrap_or("of another type"), "a handler panicked");
    let body = Json(Error::message("500 Internal Server Error"));
    (StatusCode::INTERNAL_SERVER_ERROR, body).into_response()
}

/// What is left of the request is not read, so the connection ends with the answer.
fn too_slow() -> Response {
    let close = [(CONNECTION, HeaderValue::from_static("close"))];
    let body = Json(Error::error("the request took too long"));
    (StatusCode::REQUEST_TIMEOUT, close, body).into_response()
}

/// The answer of a server whose database does not answer.
pub(super) fn not_ready(error: &StoreError) -> Response {
    tracing::error!(error = error as &dyn std::error::Error, "the database does not answer");
    let body = Json(Error::message("503 Service Unavailable"));
    (StatusCode::SERVICE_UNAVAILABLE, body).into_response()
}
