//! A request and an answer, laid open: every part can be read and changed.

use bytes::Bytes;
use cluster_agents_reference::demo;
use cluster_agents_server::Operation;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use serde_json::{Map, Value};

/// Where the API begins.
const ROOT: &str = "/api/v4/projects/";

const PRIVATE_TOKEN: HeaderName = HeaderName::from_static("private-token");

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Call {
    /// The segments of the path below `projects`.
    fn segments(&self) -> Vec<&str> {
        let path = self.uri.path().strip_prefix(ROOT).unwrap_or_default();
        path.trim_end_matches('/').split('/').collect()
    }

    /// The operation of the document that is asked for.
    pub(crate) fn op(&self) -> Option<Operation> {
        use Operation as O;
        let segments = self.segments();
        let method = if self.method == Method::HEAD { &Method::GET } else { &self.method };
        let known = match (method.as_str(), &segments[..]) {
            ("GET", [_, "cluster_agents"]) => O::ListAgents,
            ("POST", [_, "cluster_agents"]) => O::RegisterAgent,
            ("GET", [_, "cluster_agents", _]) => O::GetAgent,
            ("DELETE", [_, "cluster_agents", _]) => O::DeleteAgent,
            ("GET", [_, "cluster_agents", _, "tokens"]) => O::ListAgentTokens,
            ("POST", [_, "cluster_agents", _, "tokens"]) => O::CreateAgentToken,
            ("GET", [_, "cluster_agents", _, "tokens", _]) => O::GetAgentToken,
            ("DELETE", [_, "cluster_agents", _, "tokens", _]) => O::RevokeAgentToken,
            ("GET", [_, "cluster_agents", _, "url_configurations"]) => O::ListUrlConfigurations,
            ("POST", [_, "cluster_agents", _, "url_configurations"]) => O::CreateUrlConfiguration,
            ("GET", [_, "cluster_agents", _, "url_configurations", _]) => O::GetUrlConfiguration,
            ("DELETE", [_, "cluster_agents", _, "url_configurations", _]) => {
                O::DeleteUrlConfiguration
            }
            _ => return None,
        };
        Some(known)
    }

    /// Whether one of these operations is asked for.
    pub(crate) fn is(&self, operations: &[Operation]) -> bool {
        self.op().is_some_and(|op| operations.contains(&op))
    }

    /// The project as it was sent, percent-encoded.
    pub(crate) fn project(&self) -> &str {
        self.segments().first().copied().unwrap_or_default()
    }

    /// The agent as it was sent.
    pub(crate) fn agent(&self) -> &str {
        self.segments().get(2).copied().unwrap_or_default()
    }

    /// The token or URL configuration as it was sent.
    pub(crate) fn item(&self) -> &str {
        self.segments().get(4).copied().unwrap_or_default()
    }

    /// A parameter of the query.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let pairs = self.uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next_back()
    }

    /// The same with another path below `projects`, the query kept.
    pub(crate) fn set_path(&mut self, path: &str) {
        let query = self.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        if let Ok(uri) = format!("{ROOT}{path}{query}").parse() {
            self.uri = uri;
        }
    }

    /// Puts another text in place of one segment below `projects`.
    pub(crate) fn set_segment(&mut self, index: usize, text: &str) {
        let mut segments = self.segments();
        if let Some(segment) = segments.get_mut(index) {
            *segment = text;
        }
        let path = segments.join("/");
        self.set_path(&path);
    }

    /// Sets or replaces the query.
    pub(crate) fn set_query(&mut self, query: &str) {
        if let Ok(uri) = format!("{}?{query}", self.uri.path()).parse() {
            self.uri = uri;
        }
    }

    /// The token that the caller sent in the header of either name.
    pub(crate) fn token(&self) -> &str {
        let text = |name: HeaderName| self.headers.get(name).and_then(|value| value.to_str().ok());
        let bearer = || text(AUTHORIZATION)?.strip_prefix("Bearer ");
        text(PRIVATE_TOKEN).or_else(bearer).unwrap_or_default()
    }

    /// The part that the caller plays in the demo fixture.
    pub(crate) fn actor(&self) -> &'static str {
        let known = demo::ACTORS.iter().find(|(_, token)| *token == self.token());
        known.map_or("", |(actor, _)| actor)
    }

    /// Whether the caller plays one of these parts.
    pub(crate) fn by(&self, actors: &[&str]) -> bool {
        actors.contains(&self.actor())
    }

    /// Sends the token of this actor instead.
    pub(crate) fn set_actor(&mut self, actor: &str) {
        let known = demo::ACTORS.iter().find(|(name, _)| *name == actor);
        let token = known.map_or("", |(_, token)| token);
        self.headers.remove(AUTHORIZATION);
        if let Ok(token) = HeaderValue::from_str(token) {
            self.headers.insert(PRIVATE_TOKEN, token);
        }
    }

    /// Sends no credential.
    pub(crate) fn forget_credential(&mut self) {
        self.headers.remove(AUTHORIZATION);
        self.headers.remove(PRIVATE_TOKEN);
    }

    /// Another request of the maintainer.
    pub(crate) fn aside(&self, method: Method, path: &str) -> Self {
        let headers = self.headers.iter().filter(|(name, _)| **name == http::header::HOST);
        let headers = headers.map(|(name, value)| (name.clone(), value.clone())).collect();
        let mut aside = Self { method, uri: Uri::from_static("/"), headers, body: Bytes::new() };
        aside.set_path(path);
        aside.set_actor("maintainer");
        aside
    }

    /// The body as JSON; null if it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// A field of the body; null if there is none.
    pub(crate) fn field(&self, name: &str) -> Value {
        self.json().get(name).cloned().unwrap_or_default()
    }

    /// Sets a field of a body that is an object.
    pub(crate) fn set_field(&mut self, name: &str, value: Value) {
        self.edit(|body| {
            body.insert(name.to_owned(), value);
        });
    }

    /// Changes a body that is an object.
    pub(crate) fn edit(&mut self, edit: impl FnOnce(&mut Map<String, Value>)) {
        if let Value::Object(mut body) = self.json() {
            edit(&mut body);
            self.body = Value::Object(body).to_string().into();
        }
    }
}

/// An answer, and how it is to be delivered.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) delivery: Delivery,
}

/// How the bytes of an answer get onto the wire.
#[derive(Clone, Debug, Default)]
pub(crate) enum Delivery {
    /// As they should.
    #[default]
    Whole,
    /// Not at all: the connection is closed.
    Dropped,
    /// Never, with the connection left open.
    Never,
    /// Without the last bytes of the body, and then the connection is closed.
    Cut(usize),
    /// With these bytes after the end, and with a body even where there must be none.
    Followed(&'static [u8]),
    /// With this length announced instead of the right one.
    Announced(usize),
    /// In chunks, without a length.
    Chunked,
    /// Byte groups of this size with a pause of these milliseconds between them.
    Trickled(usize, u64),
    /// With the names of headers in capitals.
    Capitals,
}

impl Answer {
    /// An answer with a JSON body.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        let mut answer = Self::empty(status);
        answer.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        answer.body = body.to_string().into();
        answer
    }

    /// An answer without a body.
    pub(crate) fn empty(status: u16) -> Self {
        let (headers, body) = (HeaderMap::new(), Bytes::new());
        Self { status, headers, body, delivery: Delivery::Whole }
    }

    /// An error as GitLab words it.
    pub(crate) fn error(status: u16, message: &str) -> Self {
        Self::json(status, &serde_json::json!({ "message": message }))
    }

    /// Whether the request was served.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as JSON; null if it is none.
    pub(crate) fn value(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Another JSON body.
    pub(crate) fn set_value(&mut self, value: &Value) {
        self.body = value.to_string().into();
    }

    /// The id of what the body shows.
    pub(crate) fn id(&self) -> i64 {
        self.value().get("id").and_then(Value::as_i64).unwrap_or_default()
    }

    /// Changes every object that a successful body shows: itself, or the items of a list.
    pub(crate) fn each(&mut self, mut edit: impl FnMut(&mut Map<String, Value>)) {
        let mut value = self.value();
        match &mut value {
            Value::Object(object) => edit(object),
            Value::Array(items) => {
                items.iter_mut().filter_map(Value::as_object_mut).for_each(edit);
            }
            _ => return,
        }
        self.set_value(&value);
    }

    /// Sets a header.
    pub(crate) fn set_header(&mut self, name: &'static str, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(HeaderName::from_static(name), value);
        }
    }

    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
