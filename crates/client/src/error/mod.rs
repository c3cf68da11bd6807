//! Why a call failed.

mod body;
mod message;
mod status;

use std::error::Error as StdError;

use cluster_agents_types as types;
use progenitor_client::ResponseValue;
use reqwest::StatusCode;

pub use message::Message;
pub use status::StatusError;

use crate::listing::ListingProblem;
use crate::rate_limit::RateLimit;

/// Any error of this crate's own making or of somebody else's.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a call failed.
///
/// No variant shows a secret in its `Display` or `Debug` output: neither the credential nor a private
/// key that was sent nor the secret of a token that was received.
///
/// ```
/// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
/// # use doctest::example;
/// # example(async |client, project| {
/// use cluster_agents_client::types::AgentId;
///
/// let error = client.get_agent(&project, AgentId(404)).await.unwrap_err();
/// assert!(error.is_not_found());
/// assert_eq!(error.operation(), "get_agent");
/// assert_eq!(error.message().unwrap().to_string(), "404 Not found");
/// assert_eq!(error.to_string(), "get_agent: 404 Not found (request 01JX)");
/// # Ok(()) })
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The server answered with another status than the operation has for success.
    #[error("{0}")]
    Status(Box<StatusError>),
    /// There is no whole answer.
    #[error("{operation}: {}", failure.words())]
    Transport {
        /// The operation, such as `get_agent`.
        operation: &'static str,
        /// How far the request came.
        failure: TransportFailure,
        /// What went wrong.
        #[source]
        source: BoxError,
    },
    /// The answer says success, and its body does not have the documented form. The body is not kept.
    #[error("{operation}: the answer does not have the documented form: {detail}")]
    Payload {
        /// The operation, such as `get_agent`.
        operation: &'static str,
        /// Where and why; without values where the answer holds a secret.
        detail: String,
    },
    /// The credential provider gave no token.
    #[error("{operation}: there is no credential")]
    Credential {
        /// The operation, such as `get_agent`.
        operation: &'static str,
        /// Why not.
        #[source]
        source: BoxError,
    },
    /// The request cannot be made. Nothing was sent.
    #[error("{operation}: the request cannot be made: {detail}")]
    Request {
        /// The operation, such as `get_agent`.
        operation: &'static str,
        /// Why not.
        detail: String,
    },
    /// The pages of a list do not lead to its end.
    #[error("{operation}: {problem}")]
    Listing {
        /// The operation, such as `list_agents`.
        operation: &'static str,
        /// What is wrong with them.
        problem: ListingProblem,
    },
}

/// How far a request came that has no whole answer.
///
/// ```
/// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
/// # use doctest::block_on;
/// # block_on(async {
/// # use cluster_agents_client::{Client, Credential, Retry};
/// let nobody_listens = "http://127.0.0.1:1";
/// # let client = Client::builder()
/// #     .base_url(nobody_listens).allow_http().credential(Credential::private_token("t"))
/// #     .retry(Retry::never()).build().unwrap();
/// let error = client.check().await.unwrap_err();
/// assert!(error.is_connect());
/// # })
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum TransportFailure {
    /// There was no connection, so nothing was sent.
    Connect,
    /// The time was over. The server may have done what it was asked for.
    Timeout,
    /// The connection broke. The server may have done what it was asked for.
    Interrupted,
}

impl TransportFailure {
    pub(crate) fn of(error: &reqwest::Error) -> Self {
        // Asked first, because a connection that takes too long is both.
        if error.is_connect() {
            Self::Connect
        } else if error.is_timeout() {
            Self::Timeout
        } else {
            Self::Interrupted
        }
    }

    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Connect => "no connection",
            Self::Timeout => "no answer in time",
            Self::Interrupted => "the connection broke before the answer was whole",
        }
    }
}

impl Error {
    /// The operation that failed, as its function is called: `get_agent`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        match self {
            Self::Status(error) => error.operation,
            Self::Transport { operation, .. }
            | Self::Payload { operation, .. }
            | Self::Credential { operation, .. }
            | Self::Request { operation, .. }
            | Self::Listing { operation, .. } => operation,
        }
    }

    /// The answer, if the server gave one that is no success.
    #[must_use]
    pub fn answer(&self) -> Option<&StatusError> {
        match self {
            Self::Status(error) => Some(error),
            _ => None,
        }
    }

    /// The status of an answer that is no success.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.answer().map(|answer| answer.status)
    }

    /// What the server said, if it said it in one of GitLab's forms or in a short plain text.
    #[must_use]
    pub fn message(&self) -> Option<&Message> {
        self.answer()?.message.as_ref()
    }

    /// The id of the request in the server's logs.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.answer()?.request_id.as_deref()
    }

    /// The body of an answer that is no success, at most 4 KiB of it and without secrets.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.answer().map(|answer| answer.body.as_str())
    }

    /// What the server said of its rate limit, which it usually does with a 429.
    #[must_use]
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.answer()?.rate_limit.as_deref()
    }

    /// Whether the answer is 400: a value is malformed or against a rule, such as a taken name.
    #[must_use]
    pub fn is_bad_request(&self) -> bool {
        self.has(StatusCode::BAD_REQUEST)
    }

    /// Whether the answer is 401: the token is unknown, expired or revoked.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.has(StatusCode::UNAUTHORIZED)
    }

    /// Whether the answer is 403: the role or the scope of the token is too small.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.has(StatusCode::FORBIDDEN)
    }

    /// Whether the answer is 404. It does not exist or is not for the caller to see; the
    /// [message](Self::message) tells whether the project or something in it was not found.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.has(StatusCode::NOT_FOUND)
    }

    /// Whether the answer is 412: it was changed since the time that was given; nothing was deleted.
    #[must_use]
    pub fn is_precondition_failed(&self) -> bool {
        self.has(StatusCode::PRECONDITION_FAILED)
    }

    /// Whether the answer is 429, also after the repetitions that [`Retry`](crate::Retry) allows.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.has(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the answer is a 5xx.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.status().is_some_and(|status| status.is_server_error())
    }

    /// Whether there was no connection. Nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Transport { failure: TransportFailure::Connect, .. })
    }

    /// Whether the answer took too long.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport { failure: TransportFailure::Timeout, .. })
    }

    /// Whether the server may have done what it was asked for although the call failed: it answered
    /// with a 5xx or not readably, or the connection broke, be it in an earlier attempt of the call. Look
    /// before asking for it again.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        match self {
            Self::Status(error) => {
                let status = error.status;
                error.may_be_done || status.is_server_error() || status.is_success()
            }
            Self::Transport { failure, .. } => *failure != TransportFailure::Connect,
            Self::Payload { .. } => true,
            Self::Credential { .. } | Self::Request { .. } | Self::Listing { .. } => false,
        }
    }

    fn has(&self, status: StatusCode) -> bool {
        self.status() == Some(status)
    }
}

/// The error of a generated operation.
pub(crate) type RawError = progenitor_client::Error<types::Error>;

/// The error of a generated operation that met none of the failures which [`crate::call`] notes.
pub(crate) fn from_raw(operation: &'static str, raw: RawError) -> Error {
    use progenitor_client::Error as Raw;
    match raw {
        Raw::CommunicationError(source) | Raw::ResponseBodyError(source)
            if !source.is_builder() =>
        {
            from_reqwest(operation, source)
        }
        Raw::CommunicationError(error) | Raw::ResponseBodyError(error) => {
            Error::Request { operation, detail: error.to_string() }
        }
        Raw::InvalidResponsePayload(_, error) => payload(operation, &error),
        Raw::UnexpectedResponse(answer) => {
            StatusError::without_body(operation, answer.status(), answer.headers()).into()
        }
        Raw::ErrorResponse(answer) => from_answer(operation, &answer),
        Raw::InvalidRequest(detail) | Raw::Custom(detail) => Error::Request { operation, detail },
        Raw::InvalidUpgrade(error) => Error::Request { operation, detail: error.to_string() },
    }
}

pub(crate) fn from_reqwest(operation: &'static str, source: reqwest::Error) -> Error {
    let failure = TransportFailure::of(&source);
    Error::Transport { operation, failure, source: source.into() }
}

fn from_answer(operation: &'static str, answer: &ResponseValue<types::Error>) -> Error {
    StatusError::without_body(operation, answer.status(), answer.headers()).into()
}

/// serde tells the value that it did not expect. Where a secret is among the values, only the place
/// is told.
fn payload(operation: &'static str, error: &serde_json::Error) -> Error {
    let detail = if operation == "create_agent_token" {
        format!("line {} column {}", error.line(), error.column())
    } else {
        error.to_string()
    };
    Error::Payload { operation, detail }
}

impl From<StatusError> for Error {
    fn from(error: StatusError) -> Self {
        Self::Status(Box::new(error))
    }
}
