//! Why a request never reaches its operation, and the status that the document has for it.

use std::fmt;

use http::StatusCode;

/// Why the stub answers a request itself.
///
/// The status comes from the document; the body is what [`Api::error`](crate::Api::error) makes of
/// the rejection. `Display` gives a sentence that is fit for that body: it names parameters, and
/// never repeats a value.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// There is no credential in any of the places that the document names.
    #[error("401 Unauthorized")]
    Credentials,
    /// The path parameter does not have its form: `abc` for a number.
    #[error("{name} is invalid")]
    Path {
        /// The name of the parameter.
        name: &'static str,
    },
    /// The path parameter has its form, but nothing can have such a name or number.
    #[error("404 Not found")]
    NotFound {
        /// The name of the parameter.
        name: &'static str,
    },
    /// The query parameter is missing or does not have its form.
    #[error("{name} is invalid")]
    Query {
        /// The name of the parameter.
        name: &'static str,
    },
    /// The header is missing or does not have its form.
    #[error("{name} is invalid")]
    Header {
        /// The name of the header.
        name: &'static str,
    },
    /// The body cannot be read as what its media type says.
    #[error("the request body is not valid: {reason}")]
    Body {
        /// What is wrong with it.
        reason: String,
    },
    /// The body can be read, and its fields break the schema.
    #[error("{}", sentence(.0))]
    Fields(Vec<Violation>),
    /// The body is larger than [`Options::body_limit`](crate::Options::body_limit).
    #[error("the request body is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The body has a media type that the document does not name.
    #[error("the content type of the request body is not supported, send application/json")]
    MediaType,
    /// No operation has this path.
    #[error("404 Not Found")]
    UnknownPath,
    /// Operations have this path, none has this method.
    #[error("404 Not Found")]
    UnknownMethod,
}

/// How a field of a request body breaks its schema.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Violation {
    /// The name of the field.
    pub field: &'static str,
    /// The rule that is broken.
    pub kind: ViolationKind,
}

/// A rule for a field of a request body.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ViolationKind {
    /// The field is required and absent.
    Missing,
    /// The value is not of the documented type.
    Type,
    /// The value is null, which is not documented.
    Null,
    /// The text has fewer characters than this.
    TooShort(usize),
    /// The text has more characters than this.
    TooLong(usize),
    /// The text does not match the documented pattern, or has a NUL.
    Pattern,
    /// The number is outside the documented range.
    Range,
}

impl Violation {
    /// Whether the field is absent or of another type – rather than of the right type with a value
    /// that is not allowed, which some servers judge only after the caller's rights.
    ///
    /// ```
    /// # use cluster_agents_server::{Violation, ViolationKind};
    /// assert!(Violation { field: "name", kind: ViolationKind::Missing }.is_form());
    /// assert!(!Violation { field: "name", kind: ViolationKind::TooLong(63) }.is_form());
    /// ```
    #[must_use]
    pub fn is_form(&self) -> bool {
        matches!(self.kind, ViolationKind::Missing | ViolationKind::Type)
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = self.field;
        match self.kind {
            ViolationKind::Missing => write!(f, "{field} is missing"),
            ViolationKind::Type => write!(f, "{field} is invalid"),
            ViolationKind::Null => write!(f, "{field} must not be null"),
            ViolationKind::TooShort(1) => write!(f, "{field} must not be empty"),
            ViolationKind::TooShort(n) => write!(f, "{field} is shorter than {n} characters"),
            ViolationKind::TooLong(n) => write!(f, "{field} is longer than {n} characters"),
            ViolationKind::Pattern => write!(f, "{field} has characters that are not allowed"),
            ViolationKind::Range => write!(f, "{field} is out of range"),
        }
    }
}

fn sentence(violations: &[Violation]) -> String {
    let parts: Vec<_> = violations.iter().map(ToString::to_string).collect();
    parts.join(", ")
}

/// The statuses that the document has for each kind of rejection in one operation.
///
/// Generated, so that a rejection can only land on a status that its operation documents. A kind
/// that cannot happen in the operation has the status 404.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Landing {
    pub(crate) credentials: u16,
    pub(crate) path: u16,
    pub(crate) not_found: u16,
    pub(crate) query: u16,
    pub(crate) header: u16,
    pub(crate) body: u16,
    pub(crate) too_large: u16,
    pub(crate) media_type: u16,
}

impl Landing {
    pub(crate) fn status(&self, rejection: &Rejection) -> StatusCode {
        let status = match rejection {
            Rejection::Credentials => self.credentials,
            Rejection::Path { .. } => self.path,
            Rejection::NotFound { .. } => self.not_found,
            Rejection::Query { .. } => self.query,
            Rejection::Header { .. } => self.header,
            Rejection::Body { .. } | Rejection::Fields(_) => self.body,
            Rejection::TooLarge { .. } => self.too_large,
            Rejection::MediaType => self.media_type,
            Rejection::UnknownPath | Rejection::UnknownMethod => 404,
        };
        StatusCode::from_u16(status).unwrap_or(StatusCode::NOT_FOUND)
    }
}
