//! An answer that is no success.

use std::fmt;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION};

use super::body;
use super::message::Message;
use crate::rate_limit::RateLimit;

/// An answer that is no success.
///
/// ```
/// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
/// # use doctest::example;
/// # example(async |client, project| {
/// use cluster_agents_client::{Error, types::AgentId};
///
/// let Error::Status(answer) = client.get_agent(&project, AgentId(404)).await.unwrap_err() else {
///     panic!("there is an answer");
/// };
/// assert_eq!(answer.status, 404);
/// assert_eq!(answer.body, r#"{"message":"404 Not found"}"#);
/// # Ok(()) })
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct StatusError {
    /// The operation, such as `get_agent`.
    pub operation: &'static str,
    /// The status.
    pub status: StatusCode,
    /// What the server said, if it can be understood.
    pub message: Option<Message>,
    /// The id of the request in the server's logs: `X-Request-Id`.
    pub request_id: Option<String>,
    /// At most 4 KiB of the body, without secrets. Empty if the status says success.
    pub body: String,
    /// What the server said of its rate limit.
    pub rate_limit: Option<Box<RateLimit>>,
    /// Where a redirect leads, which is never followed: a project that was moved, or a wrong base URL.
    pub location: Option<String>,
    /// Whether an earlier attempt of the same call may have done what was asked for.
    pub(crate) may_be_done: bool,
}

impl StatusError {
    /// From an answer and the secrets that were sent for it.
    pub(crate) fn new(
        operation: &'static str,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
        secrets: &[String],
    ) -> Self {
        let body = body::without_secrets(body, secrets);
        let message = Message::from_body(body.as_bytes());
        let without_body = Self::without_body(operation, status, headers);
        Self { message, body: body::bounded(body), ..without_body }
    }

    /// From an answer whose body says nothing or may hold a secret.
    pub(crate) fn without_body(
        operation: &'static str,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Self {
        Self {
            operation,
            status,
            message: None,
            request_id: text(headers, "x-request-id"),
            body: String::new(),
            rate_limit: RateLimit::from_headers(headers).map(Box::new),
            location: text(headers, LOCATION.as_str()),
            may_be_done: false,
        }
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(ToOwned::to_owned)
}

impl fmt::Display for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        match self.message.as_ref().map(ToString::to_string) {
            // Most of GitLab's messages begin with the status.
            Some(message) if message.starts_with(self.status.as_str()) => write!(f, "{message}")?,
            Some(message) => write!(f, "{}: {message}", self.status)?,
            None => write!(f, "{}", self.status)?,
        }
        if let Some(location) = &self.location {
            write!(f, ", see {location}")?;
        }
        match &self.request_id {
            Some(id) => write!(f, " (request {id})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for StatusError {}
