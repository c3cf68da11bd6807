//! One request with its answer, as it was on the wire.

use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::transport::request::Request;
use crate::transport::room::Room;

/// A request that was answered in full.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) request: Request,
    /// The value of `X-Request-Id`, by which the server's log can be searched.
    pub(crate) request_id: String,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Arc<Vec<u8>>,
    /// When the request began to go out.
    pub(crate) started: Instant,
    /// From sending to the last byte of the answer.
    pub(crate) took: Duration,
    /// What is wrong with the bounds of the answer; nothing where a library has read it.
    pub(crate) framing: Option<Framing>,
    json: Option<Arc<Value>>,
    room: Option<Arc<Room>>,
}

/// The body of an answer together with the memory that it takes.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    value: Arc<Value>,
    _room: Option<Arc<Room>>,
}

impl Deref for Kept {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.value
    }
}

/// Whether an answer ends where it says.
#[derive(Clone, Debug)]
pub(crate) struct Framing {
    /// What is wrong, if anything is.
    pub(crate) problem: Option<String>,
}

impl Framing {
    pub(super) fn of(problem: Option<String>) -> Self {
        Self { problem }
    }
}

impl Exchange {
    /// A request by its id with status, headers and body of its answer.
    pub(crate) fn new(
        (request, request_id): (Request, String),
        (status, headers, body): (u16, HeaderMap, Vec<u8>),
        framing: Option<Framing>,
        started: Instant,
    ) -> Self {
        let took = started.elapsed();
        let json = serde_json::from_slice(&body).ok().map(Arc::new);
        let body = Arc::new(body);
        Self {
            request,
            request_id,
            status,
            headers,
            body,
            started,
            took,
            framing,
            json,
            room: None,
        }
    }

    /// The same with the memory that it and its copies take.
    pub(crate) fn in_room(mut self, room: Room) -> Self {
        self.room = Some(Arc::new(room));
        self
    }

    /// The body, if it is exactly one JSON value.
    pub(crate) fn json(&self) -> Option<&Value> {
        self.json.as_deref()
    }

    /// The same to be kept longer than the exchange.
    pub(crate) fn kept_json(&self) -> Option<Kept> {
        let value = self.json.clone()?;
        Some(Kept { value, _room: self.room.clone() })
    }

    /// A field of the body; null if there is no such field.
    pub(crate) fn field(&self, name: &str) -> &Value {
        self.json().and_then(|body| body.get(name)).unwrap_or(&Value::Null)
    }

    /// The body as a list; nothing if it is none.
    pub(crate) fn items(&self) -> Option<&Vec<Value>> {
        self.json().and_then(Value::as_array)
    }

    /// The ids of a list in its order; nothing if it is no list or an entry has no id.
    pub(crate) fn ids(&self) -> Option<Vec<u64>> {
        self.items()?.iter().map(|item| item.get("id")?.as_u64()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether an answer to this request has a body at all.
    pub(crate) fn may_have_body(&self) -> bool {
        self.request.method != Method::HEAD && self.status != 204 && self.status != 304
    }

    /// The media type without parameters, in lower case.
    pub(crate) fn media_type(&self) -> Option<String> {
        let value = self.header("content-type")?;
        Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }
}
