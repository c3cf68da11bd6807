//! What happens to every request before and after its handler: an id, the lenient reading, a time
//! limit, a net for panics, headers, figures, one line in the log.

use std::any::Any;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use chrono::Utc;
use cluster_agents_server::Rejection;
use cluster_agents_types::Error;
use futures_util::FutureExt;
use http::header::{
    CACHE_CONTROL, CONNECTION, RETRY_AFTER, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::uri::Authority;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use tower::ServiceExt;

use super::lenient;
use super::metrics::Metrics;
use crate::api::rejection;
use crate::store::StoreError;

/// How long a request may take, its body included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);

/// Answers every request that gets through to the server.
#[derive(Debug)]
pub struct Front {
    router: Router,
    metrics: Arc<Metrics>,
    limits: Limits,
    listening: Authority,
    /// Tells the requests of this run from those of others.
    run: u32,
    requests: AtomicU64,
}

/// How much is too much.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The largest body, in bytes.
    pub(super) body: usize,
    /// The most requests of a user in a minute.
    pub(super) rate: Option<u32>,
}

impl Front {
    pub(super) fn new(
        router: Router,
        metrics: Arc<Metrics>,
        limits: Limits,
        address: SocketAddr,
    ) -> Self {
        let listening = address.to_string().parse();
        let listening = listening.unwrap_or(Authority::from_static("localhost"));
        // An id need not be secret: without random numbers it is only less distinct.
        let run = getrandom::u32().unwrap_or_default();
        Self { router, metrics, limits, listening, run, requests: AtomicU64::new(0) }
    }

    /// Never fails and never panics.
    pub async fn answer(&self, request: Request) -> Response {
        let started = Instant::now();
        let id = format!("{:08x}-{:x}", self.run, self.requests.fetch_add(1, Ordering::Relaxed));
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let running = self.metrics.begin();
        let mut response = self.handle(request).await;
        self.finish(&mut response, &id);
        let (status, took) = (response.status().as_u16(), started.elapsed());
        running.end(&method, status, took);
        // Without the query: some clients send their token there.
        // 64 bits, which JSON has as a number.
        let (path, micros) = (uri.path(), u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        tracing::info!(request_id = id, %method, path, status, micros, "answered");
        response
    }

    async fn handle(&self, request: Request) -> Response {
        let handled = AssertUnwindSafe(self.route(request)).catch_unwind();
        match tokio::time::timeout(REQUEST_TIMEOUT, handled).await {
            Ok(Ok(response)) => response,
            Ok(Err(panic)) => panicked(&*panic),
            Err(_) => too_slow(),
        }
    }

    async fn route(&self, mut request: Request) -> Response {
        if let Some(uri) = lenient::address(&request, &self.listening) {
            *request.uri_mut() = uri;
        }
        let uri = request.uri().clone();
        lenient::credential(&uri, request.headers_mut());
        match lenient::form(request, self.limits.body).await {
            Ok(request) => match self.router.clone().oneshot(request).await {
                Ok(response) => response,
                Err(impossible) => match impossible {},
            },
            Err(refused) => unreadable(&refused),
        }
    }

    /// Sets what every answer has, and what one to too many requests has.
    fn finish(&self, response: &mut Response, id: &str) {
        let cache = if response.status().is_success() {
            HeaderValue::from_static("max-age=0, private, must-revalidate")
        } else {
            HeaderValue::from_static("no-cache")
        };
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, cache);
        headers.insert(VARY, HeaderValue::from_static("Origin"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
        set(headers, HeaderName::from_static("x-request-id"), id);
        if let (Some(limit), Some(wait)) = (self.limits.rate, retry_after(headers)) {
            let reset = Utc::now().timestamp().saturating_add(wait);
            set(headers, HeaderName::from_static("ratelimit-limit"), &limit.to_string());
            set(headers, HeaderName::from_static("ratelimit-remaining"), "0");
            set(headers, HeaderName::from_static("ratelimit-reset"), &reset.to_string());
        }
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn retry_after(headers: &HeaderMap) -> Option<i64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()
}

fn unreadable(refused: &Rejection) -> Response {
    let status = match refused {
        Rejection::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::BAD_REQUEST,
    };
    (status, Json(rejection(refused))).into_response()
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

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::routing::{get, post};

    use super::*;

    fn front(router: Router) -> Front {
        let limits = Limits { body: 100, rate: None };
        Front::new(router, Arc::default(), limits, SocketAddr::from(([127, 0, 0, 1], 80)))
    }

    async fn body(response: Response) -> String {
        let bytes = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
        String::from_utf8(bytes.into()).unwrap()
    }

    #[tokio::test]
    async fn a_panic_is_a_500_with_the_body_of_an_error() {
        async fn panics() {
            panic!("sentinel");
        }
        let front = front(Router::new().route("/", get(panics)));
        let response = front.answer(Request::new(Body::empty())).await;
        assert_eq!(response.status(), 500);
        assert!(response.headers().contains_key("x-request-id"));
        assert_eq!(body(response).await, r#"{"message":"500 Internal Server Error"}"#);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_come_is_given_up() {
        let read = post(async |request: Request| {
            axum::body::to_bytes(request.into_body(), 100).await.map(drop).map_err(|_| "unread")
        });
        let front = front(Router::new().route("/", read));
        let never = Body::from_stream(futures_util::stream::pending::<Result<String, String>>());
        let request = Request::post("/").body(never).unwrap();
        let response = front.answer(request).await;
        assert_eq!(
            (response.status(), &response.headers()[CONNECTION]),
            (StatusCode::REQUEST_TIMEOUT, &HeaderValue::from_static("close"))
        );
        assert_eq!(body(response).await, r#"{"error":"the request took too long"}"#);
    }
}
