//! Bodies of requests and responses.

use serde_json::Value;

use crate::document::draft::Draft;
use crate::document::{json, model, pointer};
use crate::finding::Finding;

pub(super) fn media_type(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, body) in document.each(&model::REQUEST_BODY).chain(document.each(&model::RESPONSE))
    {
        let Some(content) = body.get("content") else { continue };
        let types: Vec<_> = json::keys(content).collect();
        if types != ["application/json"] {
            let found = if types.is_empty() { "nothing".to_owned() } else { types.join(", ") };
            findings.push(document.finding(
                "media-type",
                &pointer::join(&place.pointer, "content"),
                format!("a body must be `application/json` and nothing else; found {found}"),
                "Describe the JSON only; if there is no body, remove `content`.",
            ));
        }
    }
}

pub(super) fn schema(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, media_type) in document.each(&model::MEDIA_TYPE) {
        if media_type.get("schema").is_none() {
            let message = "the body has no schema";
            let help = "Add `schema` with a `$ref` to a named one.";
            findings.push(document.finding("body-schema", &place.pointer, message, help));
        }
    }
}

pub(super) fn required(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, body) in document.each(&model::REQUEST_BODY) {
        if body.get("required") != Some(&Value::Bool(true)) {
            let message = "the body is optional, but the client always sends one";
            let help = "Add `required: true`; what may be left out are its properties.";
            findings.push(document.finding("body-required", &place.pointer, message, help));
        }
    }
}
