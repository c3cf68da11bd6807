//! What GitLab reads beyond the document, turned into what the document has.
//!
//! A slash or `.json` at the end of a path is left out, a token in the query becomes a header, and a
//! multipart form becomes a JSON object. Query parameters and urlencoded forms are the stub's own.

use axum::body::Body;
use axum::extract::Request;
use cluster_agents_server::Rejection;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use multer::{Constraints, Multipart, SizeLimit};
use serde_json::{Map, Value};

const PRIVATE_TOKEN: HeaderName = HeaderName::from_static("private-token");

/// The address of the request with the name of the server, from where links take it, and without
/// what does not matter at the end of its path.
pub(super) fn address(request: &Request, listening: &Authority) -> Option<Uri> {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()?.parse().ok());
    let mut parts = request.uri().clone().into_parts();
    parts.scheme = Some(Scheme::HTTP);
    parts.authority = Some(host.unwrap_or_else(|| listening.clone()));
    parts.path_and_query = Some(path_and_query(parts.path_and_query)?);
    Uri::from_parts(parts).ok()
}

fn path_and_query(sent: Option<PathAndQuery>) -> Option<PathAndQuery> {
    let sent = sent.unwrap_or(PathAndQuery::from_static("/"));
    let path = plain(sent.path());
    if path.len() == sent.path().len() {
        return Some(sent);
    }
    match sent.query() {
        Some(query) => format!("{path}?{query}").parse().ok(),
        None => path.parse().ok(),
    }
}

fn plain(path: &str) -> &str {
    let path = path.strip_suffix('/').unwrap_or(path);
    let path = path.strip_suffix(".json").unwrap_or(path);
    if path.is_empty() { "/" } else { path }
}

/// Puts a token of the query where the document has it, unless there is one already.
pub(super) fn credential(uri: &Uri, headers: &mut HeaderMap) {
    let query = uri.query().unwrap_or_default();
    for (name, token) in form_urlencoded::parse(query.as_bytes()) {
        let (header, value) = match &*name {
            "private_token" => (PRIVATE_TOKEN, token.into_owned()),
            "access_token" | "bearer_token" => (AUTHORIZATION, format!("Bearer {token}")),
            _ => continue,
        };
        if let (false, Ok(mut value)) =
            (headers.contains_key(&header), HeaderValue::try_from(value))
        {
            value.set_sensitive(true);
            headers.insert(header, value);
        }
    }
}

/// A multipart form as a JSON object; any other request as it is.
pub(super) async fn form(request: Request, limit: usize) -> Result<Request, Rejection> {
    let media_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let Some(boundary) = media_type.and_then(|value| multer::parse_boundary(value).ok()) else {
        return Ok(request);
    };
    let (mut parts, body) = request.into_parts();
    let fields = fields(body, boundary, limit).await.map_err(|error| refused(&error, limit))?;
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    parts.headers.remove(CONTENT_LENGTH);
    Ok(Request::from_parts(parts, Body::from(Value::Object(fields).to_string())))
}

async fn fields(
    body: Body,
    boundary: String,
    limit: usize,
) -> Result<Map<String, Value>, multer::Error> {
    let size = SizeLimit::new().whole_stream(u64::try_from(limit).unwrap_or(u64::MAX));
    let constraints = Constraints::new().size_limit(size);
    let mut form = Multipart::with_constraints(body.into_data_stream(), boundary, constraints);
    let mut fields = Map::new();
    while let Some(field) = form.next_field().await? {
        let Some(name) = field.name().map(str::to_owned) else { continue };
        // A file is no text: an object has no field that wants one.
        let file = field.file_name().is_some();
        let text = field.text().await?;
        fields.insert(name, if file { Value::Object(Map::new()) } else { text.into() });
    }
    Ok(fields)
}

fn refused(error: &multer::Error, limit: usize) -> Rejection {
    match error {
        multer::Error::StreamSizeExceeded { .. } => Rejection::TooLarge { limit },
        _ => Rejection::Body { reason: "it is no multipart form".to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_a_path_is_made_plain() {
        for (path, expected) in [
            ("/a/b", "/a/b"),
            ("/a/b/", "/a/b"),
            ("/a/b.json", "/a/b"),
            ("/a.json/b", "/a.json/b"),
            ("/a/b.json/", "/a/b"),
            ("/a//", "/a/"),
            ("/", "/"),
        ] {
            assert_eq!(plain(path), expected);
        }
    }

    #[test]
    fn a_header_wins_over_the_query() {
        let mut headers = HeaderMap::new();
        headers.insert(PRIVATE_TOKEN, HeaderValue::from_static("header"));
        credential(&Uri::from_static("/?private_token=query"), &mut headers);
        assert_eq!(headers[PRIVATE_TOKEN], "header");
    }

    #[test]
    fn a_token_that_no_header_can_carry_is_none() {
        let mut headers = HeaderMap::new();
        credential(&Uri::from_static("/?private_token=a%0Ab&x=y"), &mut headers);
        assert!(headers.is_empty());
    }
}
