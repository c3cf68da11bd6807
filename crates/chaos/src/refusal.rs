//! Answers in the place of the server's.

use bytes::Bytes;
use chrono::{TimeDelta, Utc};
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{Response, StatusCode};
use rand::Rng;

/// A 429 in one of the forms that servers and proxies have, with a wait of at most a second.
pub(crate) fn limited(rng: &mut impl Rng) -> Response<Bytes> {
    let wait = rng.random_range(0..=1);
    let then = Utc::now() + TimeDelta::seconds(wait);
    let answer = Response::builder().status(StatusCode::TOO_MANY_REQUESTS);
    let answer = match rng.random_range(0..4) {
        0 => answer.header(RETRY_AFTER, wait),
        1 => answer.header(RETRY_AFTER, then.format("%a, %d %b %Y %H:%M:%S GMT").to_string()),
        2 => answer.header("RateLimit-Reset", then.timestamp()).header("RateLimit-Remaining", 0),
        _ => answer,
    };
    let text = "Retry later\n";
    with_body(answer.header(CONTENT_TYPE, "text/plain"), text)
}

/// A 5xx of a server or of a proxy before it.
pub(crate) fn server_error(rng: &mut impl Rng) -> Response<Bytes> {
    let (status, kind, text) = match rng.random_range(0..4) {
        0 => (500, "application/json", r#"{"message":"500 Internal Server Error"}"#),
        1 => (502, "text/html", "<html><head><title>502 Bad Gateway</title></head></html>"),
        2 => (503, "application/json", r#"{"error":"busy","error_description":"#),
        _ => (504, "text/html", ""),
    };
    let answer = Response::builder().status(status).header(CONTENT_TYPE, kind);
    let answer = if status == 503 { answer.header(RETRY_AFTER, 0) } else { answer };
    with_body(answer, text)
}

fn with_body(answer: http::response::Builder, text: &'static str) -> Response<Bytes> {
    // No value above can be refused.
    answer.body(Bytes::from_static(text.as_bytes())).unwrap_or_default()
}
