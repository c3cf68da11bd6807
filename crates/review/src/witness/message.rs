//! A whole request and what is answered, as JSON and as a command line.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;
use serde_json::Value;

/// A request, and what is answered if the difference is in the answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// The method, in capitals.
    pub method: String,
    /// The path with its parameters filled in, and the query.
    pub target: String,
    /// Header fields by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// The request body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// The answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
    #[serde(skip)]
    pub(crate) server: String,
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Response {
    /// The status, as the document writes it.
    pub status: String,
    /// Header fields by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// The body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
}

impl Message {
    /// The length of everything that is sent, to compare messages.
    pub fn size(&self) -> usize {
        let body = self.body.as_ref().map_or(0, |body| body.to_string().len());
        let answer = self.response.as_ref().and_then(|response| response.body.as_ref());
        body + answer.map_or(0, |body| body.to_string().len())
    }

    /// The request for a shell.
    pub fn curl(&self) -> String {
        let mut line =
            format!("curl -X {} {}", self.method, quoted(&(self.server.clone() + &self.target)));
        for (name, value) in &self.headers {
            let _ = write!(line, " -H {}", quoted(&format!("{name}: {value}")));
        }
        if let Some(body) = &self.body {
            let _ = write!(line, " --data-raw {}", quoted(&body.to_string()));
        }
        line
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// A value as it stands in a path, a query or a header.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
