//! Whole requests and answers around a value, as JSON and as a command line.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;
use serde_json::Value;

use super::{Witness, candidates, witness};
use crate::change::{Change, Direction, Part, Site};
use crate::diff::operations::{self, Operation};
use crate::diff::parameters;
use crate::spec::{Node, Spec};

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
    server: String,
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
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn encoded(text: &str) -> String {
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

/// A request that is right under the document that the operation is from, with one parameter or
/// the body set by hand.
struct Draft<'s> {
    operation: Operation<'s>,
    set: Option<(String, String, Value)>,
    body: Option<(String, Value)>,
}

impl<'s> Draft<'s> {
    fn find(spec: &'s Spec, name: &str) -> Option<Self> {
        let operation = operations::all(&spec.root()).into_iter().find(|op| op.name() == name);
        Some(Self { operation: operation?, set: None, body: None })
    }

    /// The operation in the base that is `name` in the revision.
    fn in_base(base: &'s Spec, name: &str) -> Option<Self> {
        let shape = |name: &str| operations::shape(name);
        let all = operations::all(&base.root());
        let operation = all.into_iter().find(|op| shape(&op.name()) == shape(name))?;
        Some(Self { operation, set: None, body: None })
    }

    fn finish(&self) -> Option<Message> {
        let mut path = self.operation.path.clone();
        let mut query = Vec::new();
        let mut headers = BTreeMap::new();
        for (location, name, schema, required) in parameters::listed_values(&self.operation) {
            let set = self.set.as_ref().filter(|(l, n, _)| *l == location && *n == name);
            let value = match set {
                Some((_, _, value)) => value.clone(),
                None if required => {
                    let minimal = schema.and_then(|schema| candidates::minimal(&schema, true));
                    let minimal = minimal.unwrap_or_else(|| "a".into());
                    // An empty segment would be another path.
                    if location == "path" && plain(&minimal).is_empty() {
                        "a".into()
                    } else {
                        minimal
                    }
                }
                None => continue,
            };
            let text = plain(&value);
            match location.as_str() {
                "path" => path = path.replace(&format!("{{{name}}}"), &encoded(&text)),
                "query" => query.push(format!("{}={}", encoded(&name), encoded(&text))),
                "header" => drop(headers.insert(name, text)),
                _ => drop(headers.insert("Cookie".to_owned(), format!("{name}={text}"))),
            }
        }
        let body = self.body.clone().or_else(|| minimal_body(&self.operation.node));
        if let Some((media, _)) = &body {
            headers.insert("Content-Type".to_owned(), media.clone());
        }
        let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
        Some(Message {
            method: self.operation.method.to_uppercase(),
            target: path + &query,
            headers,
            body: body.map(|(_, body)| body),
            response: None,
            server: server(&self.operation),
        })
    }
}

fn server(operation: &Operation<'_>) -> String {
    let root = operation.node.spec().root();
    let servers = root.list("servers");
    let url = servers.first().and_then(|server| server.text("url")).unwrap_or_default();
    let host = if url.starts_with("http") { "" } else { "https://api.example.com" };
    format!("{host}{}", url.trim_end_matches('/'))
}

fn minimal_body(operation: &Node<'_>) -> Option<(String, Value)> {
    let body = operation.get("requestBody").filter(|body| body.flag("required"))?;
    let (media, content) = body.members_of("content").into_iter().next()?;
    let value = content.get("schema").and_then(|schema| candidates::minimal(&schema, true));
    Some((media.to_owned(), value.unwrap_or_default()))
}

/// A message whose decisive value was found.
pub(crate) fn with_value(
    base: &Spec,
    revision: &Spec,
    site: &Site,
    value: &Value,
) -> Option<Message> {
    let mut draft = Draft::in_base(base, &site.operation)?;
    let mut response = None;
    match &site.part {
        Part::Parameter { location, name } => {
            let own = Draft::find(revision, &site.operation)?;
            let name = renamed(&own.operation, &draft.operation, location, name);
            draft.set = Some((location.clone(), name, value.clone()));
        }
        Part::Body { media } => draft.body = Some((media.clone(), value.clone())),
        Part::Response { status, .. } => {
            let (status, body) = (status.clone(), Some(value.clone()));
            response = Some(Response { status, headers: BTreeMap::new(), body });
        }
        Part::Header { status, name } => {
            let headers = BTreeMap::from([(name.clone(), plain(value))]);
            response = Some(Response { status: status.clone(), headers, body: None });
        }
        Part::Operation => return None,
    }
    let message = draft.finish()?;
    Some(Message { response, ..message })
}

/// The name that a path parameter of the revision has in the base.
fn renamed(new: &Operation<'_>, old: &Operation<'_>, location: &str, name: &str) -> String {
    let names = parameters::in_template(&new.path);
    let index = names.iter().position(|other| *other == name);
    let old_name = index.and_then(|index| parameters::in_template(&old.path).get(index).copied());
    match old_name {
        Some(old) if location == "path" => old.to_owned(),
        _ => name.to_owned(),
    }
}

/// A message for a change that no schema describes: something is there or not, must be or need not.
pub(crate) fn structural(
    base: &Spec,
    revision: &Spec,
    change: &Change,
    site: &Site,
) -> Option<Witness> {
    let id = change.id.as_str();
    let to_server = change.direction != Direction::Response;
    let message = Draft::in_base(base, &site.operation)?.finish()?;
    let told =
        |why: &str, message: Message| Some(witness(to_server, why.to_owned(), None, message));
    let gone = ["api-path-removed-", "api-removed-"].iter().any(|start| id.starts_with(start));
    match (&site.part, id) {
        (Part::Operation, _) if gone => told("the operation is gone", message),
        (Part::Parameter { name, .. }, _) if is_newly_required(id) => {
            told(&format!("`{name}` is missing"), message)
        }
        (Part::Body { .. }, "request-body-added-required" | "request-body-became-required") => {
            let without = without_body(message);
            told("the body is missing", without)
        }
        (Part::Body { .. }, "request-body-media-type-removed") => {
            let media = change.old.as_str()?;
            let schema = base.at(&format!("{}/{}/schema", change.base_pointer, escaped(media)));
            let value = schema.and_then(|schema| candidates::minimal(&schema, true));
            let mut draft = Draft::in_base(base, &site.operation)?;
            draft.body = Some((media.to_owned(), value.unwrap_or_default()));
            told("the media type is not read any more", draft.finish()?)
        }
        (
            Part::Header { status, .. },
            "required-response-header-removed" | "response-header-became-optional",
        ) => told("the header is missing", answered(message, revision, status, site)),
        (Part::Response { status, .. }, "response-success-status-removed") => {
            // Gone is the answer that a client waited for; any other success is one it does not know.
            let other = other_success(revision, &site.operation)?;
            let why = format!("{status} was promised, {other} is answered");
            told_to_client(&why, answered(message, revision, &other, site))
        }
        (Part::Response { status, .. }, "response-media-type-removed") => {
            let media = other_media(revision, &site.operation, status)?;
            let mut message = answered(message, revision, status, site);
            if let Some(response) = &mut message.response {
                response.headers.insert("Content-Type".to_owned(), media);
            }
            told_to_client("the answer has another media type", message)
        }
        _ => None,
    }
}

fn told_to_client(why: &str, message: Message) -> Option<Witness> {
    Some(witness(false, why.to_owned(), None, message))
}

fn is_newly_required(id: &str) -> bool {
    id == "request-parameter-became-required" || id.starts_with("new-required-request-")
}

fn escaped(media: &str) -> String {
    media.replace('~', "~0").replace('/', "~1")
}

fn without_body(mut message: Message) -> Message {
    message.body = None;
    message.headers.remove("Content-Type");
    message
}

fn answered(message: Message, revision: &Spec, status: &str, site: &Site) -> Message {
    let body = response(revision, &site.operation, status).and_then(|response| {
        let (_, content) = response.members_of("content").into_iter().next()?;
        candidates::minimal(&content.get("schema")?, false)
    });
    let response = Response { status: status.to_owned(), headers: BTreeMap::new(), body };
    Message { response: Some(response), ..message }
}

fn response<'s>(spec: &'s Spec, operation: &str, status: &str) -> Option<Node<'s>> {
    let draft = Draft::find(spec, operation)?;
    draft.operation.node.get("responses")?.get(status)
}

fn other_success(spec: &Spec, operation: &str) -> Option<String> {
    let draft = Draft::find(spec, operation)?;
    let statuses = draft.operation.node.members_of("responses");
    let found = statuses.iter().find(|(status, _)| status.starts_with('2'));
    found.map(|(status, _)| (*status).to_owned())
}

fn other_media(spec: &Spec, operation: &str, status: &str) -> Option<String> {
    let content = response(spec, operation, status)?.members_of("content");
    content.first().map(|(media, _)| (*media).to_owned())
}
