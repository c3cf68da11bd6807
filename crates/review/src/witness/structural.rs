//! Messages that need no value to show a change: something is there or not, must be or need not.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::message::{Message, Response};
use super::{Witness, candidates, witness};
use crate::change::{Change, Direction, Part, Site};
use crate::spec::{Node, Spec};

/// A message for a change that no schema describes: something is there or not, must be or need not.
pub(crate) fn show(base: &Spec, revision: &Spec, change: &Change, site: &Site) -> Option<Witness> {
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
