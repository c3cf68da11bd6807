//! Whole requests and answers around a value.

use std::collections::BTreeMap;

use serde_json::Value;

use super::candidates;
use super::message::{Message, Response, encoded, plain};
use crate::change::{Part, Site};
use crate::diff::listing;
use crate::diff::operations::{self, Operation};
use crate::spec::{Node, Spec};

/// A request that is right under the document that the operation is from, with one parameter or
/// the body set by hand.
pub(crate) struct Draft<'s> {
    pub(crate) operation: Operation<'s>,
    pub(crate) set: Option<(String, String, Value)>,
    pub(crate) body: Option<(String, Value)>,
}

impl<'s> Draft<'s> {
    pub(crate) fn find(spec: &'s Spec, name: &str) -> Option<Self> {
        let operation = operations::all(&spec.root()).into_iter().find(|op| op.name() == name);
        Some(Self { operation: operation?, set: None, body: None })
    }

    /// The operation in the base that is `name` in the revision.
    pub(crate) fn in_base(base: &'s Spec, name: &str) -> Option<Self> {
        let shape = |name: &str| operations::shape(name);
        let all = operations::all(&base.root());
        let operation = all.into_iter().find(|op| shape(&op.name()) == shape(name))?;
        Some(Self { operation, set: None, body: None })
    }

    pub(crate) fn finish(&self) -> Option<Message> {
        let mut path = self.operation.path.clone();
        let mut query = Vec::new();
        let mut headers = BTreeMap::new();
        for (location, name, schema, required) in listing::listed_values(&self.operation) {
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
        Part::Operation | Part::Callback { .. } => return None,
    }
    let message = draft.finish()?;
    Some(Message { response, ..message })
}

/// The name that a path parameter of the revision has in the base.
fn renamed(new: &Operation<'_>, old: &Operation<'_>, location: &str, name: &str) -> String {
    let names = listing::in_template(&new.path);
    let index = names.iter().position(|other| *other == name);
    let old_name = index.and_then(|index| listing::in_template(&old.path).get(index).copied());
    match old_name {
        Some(old) if location == "path" => old.to_owned(),
        _ => name.to_owned(),
    }
}
