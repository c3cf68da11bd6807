//! Writes answers.

use axum::body::Body;
use axum::response::Response;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

/// An answer with a JSON body.
///
/// A value that cannot be serialised becomes an empty 500: no type of the document can fail so.
pub(crate) fn json<T: Serialize>(status: u16, value: &T) -> Response {
    // Room for what most answers need, so that the bytes are not moved while they are written.
    let mut body = Vec::with_capacity(1024);
    let Ok(()) = serde_json::to_writer(&mut body, value) else { return empty(500) };
    let mut response = empty(status);
    *response.body_mut() = Body::from(body);
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// An answer without a body.
pub(crate) fn empty(status: u16) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// Sets a header; `None` leaves it out.
pub(crate) fn header(
    response: &mut Response,
    name: &'static str,
    value: Option<impl Into<HeaderValue>>,
) {
    if let Some(value) = value {
        response.headers_mut().insert(HeaderName::from_static(name), value.into());
    }
}
