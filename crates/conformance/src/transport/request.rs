//! One request before it is sent: what goes out, and on whose behalf.

use std::fmt::Display;

use reqwest::Method;
use serde_json::Value;

use crate::generated::{OPERATIONS, OperationInfo};
use crate::target::{Actor, Secret, encode_segment};

/// A request below the API root.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// The operation it is meant for; nothing for paths and methods that the document does not have.
    pub(crate) operation: Option<&'static OperationInfo>,
    pub(crate) method: Method,
    /// The path below the root, encoded as it is sent.
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) credential: Credential,
    pub(crate) body: Body,
    /// Whether closing the connection early is a right way to refuse this.
    pub(crate) may_be_cut: bool,
    /// Whether names of headers go out as `Private-Token` instead of `private-token`.
    pub(crate) title_case: bool,
    /// Whether the answer is read byte by byte, on a connection of its own.
    pub(crate) is_raw: bool,
}

/// How a caller identifies itself.
#[derive(Clone, Debug)]
pub(crate) enum Credential {
    /// Not at all.
    None,
    /// In `PRIVATE-TOKEN`.
    PrivateToken(Actor),
    /// In `Authorization: Bearer`.
    Bearer(Actor),
    /// In a header that is not meant for it; the text goes before the token.
    Elsewhere { header: &'static str, before: &'static str, actor: Actor },
    /// A value that is no actor's token; `label` says in reports what it is.
    Made { header: &'static str, value: Secret, label: String },
}

/// What a request carries.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    None,
    Json(Value),
    /// Bytes under a media type of their own.
    Raw {
        media_type: Option<&'static str>,
        bytes: Vec<u8>,
    },
}

impl Request {
    /// A request of an operation by name, with its path parameters in their order.
    pub(crate) fn of(operation: &str, parameters: &[&str]) -> Self {
        let operation = OPERATIONS.iter().find(|known| known.id == operation);
        let method = operation.map_or("GET", |operation| operation.method);
        Self {
            operation,
            path: operation.map_or_else(String::new, |known| fill(known.path, parameters)),
            ..Self::undocumented(Method::from_bytes(method.as_bytes()).unwrap_or_default(), "")
        }
    }

    /// A request that the document does not have.
    pub(crate) fn undocumented(method: Method, path: &str) -> Self {
        Self {
            operation: None,
            method,
            path: path.to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            credential: Credential::PrivateToken(Actor::Maintainer),
            body: Body::None,
            may_be_cut: false,
            title_case: false,
            is_raw: false,
        }
    }

    /// The same on behalf of another actor.
    pub(crate) fn by(self, actor: Actor) -> Self {
        self.with(Credential::PrivateToken(actor))
    }

    /// The same with another credential.
    pub(crate) fn with(mut self, credential: Credential) -> Self {
        self.credential = credential;
        self
    }

    pub(crate) fn json(mut self, body: Value) -> Self {
        self.body = Body::Json(body);
        self
    }

    pub(crate) fn raw(
        mut self,
        media_type: Option<&'static str>,
        bytes: impl Into<Vec<u8>>,
    ) -> Self {
        self.body = Body::Raw { media_type, bytes: bytes.into() };
        self
    }

    pub(crate) fn query(mut self, name: &str, value: impl Display) -> Self {
        self.query.push((name.to_owned(), value.to_string()));
        self
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The same as a HEAD request.
    pub(crate) fn head(mut self) -> Self {
        self.method = Method::HEAD;
        self
    }

    pub(crate) fn may_be_cut(mut self) -> Self {
        self.may_be_cut = true;
        self
    }

    /// The name of the operation, for messages.
    pub(crate) fn operation_id(&self) -> &'static str {
        self.operation.map_or("no operation", |operation| operation.id)
    }

    pub(crate) fn is_head(&self) -> bool {
        self.method == Method::HEAD
    }

    /// The same with names of headers in title case on the wire.
    pub(crate) fn title_case(mut self) -> Self {
        self.title_case = true;
        self
    }

    /// The same with an answer that is read byte by byte.
    pub(crate) fn byte_by_byte(mut self) -> Self {
        self.is_raw = true;
        self
    }

    /// Whether it is meant to change something.
    pub(crate) fn is_write(&self) -> bool {
        !matches!(self.method, Method::GET | Method::HEAD | Method::OPTIONS)
    }

    /// The path with the query, as it is sent.
    pub(crate) fn path_and_query(&self) -> String {
        let pairs: Vec<String> = self
            .query
            .iter()
            .map(|(name, value)| format!("{}={}", encode_segment(name), encode_segment(value)))
            .collect();
        match pairs.is_empty() {
            true => self.path.clone(),
            false => format!("{}?{}", self.path, pairs.join("&")),
        }
    }

    /// Whether its credential has this value in it.
    pub(crate) fn carries(&self, secret: &str) -> bool {
        matches!(&self.credential, Credential::Made { value, .. } if value.expose().contains(secret))
    }

    /// The name in the body.
    pub(crate) fn name(&self) -> Option<String> {
        let name = |body: &Value| Some(body.get("name")?.as_str()?.to_owned());
        match &self.body {
            Body::None => None,
            Body::Json(body) => name(body),
            Body::Raw { bytes, .. } => name(&serde_json::from_slice(bytes).ok()?),
        }
    }

    /// The segment of the path behind `cluster_agents`.
    pub(crate) fn agent_segment(&self) -> Option<&str> {
        let mut segments = self.path.split('/').skip_while(|segment| *segment != "cluster_agents");
        segments.nth(1).filter(|segment| !segment.is_empty())
    }
}

/// Puts parameters, which are encoded already, into the braces of a path.
fn fill(template: &str, parameters: &[&str]) -> String {
    let mut parameters = parameters.iter();
    let filled: Vec<&str> = template
        .split('/')
        .map(|segment| match segment.starts_with('{') {
            true => parameters.next().copied().unwrap_or_default(),
            false => segment,
        })
        .collect();
    filled.join("/")
}
