//! The document as progenitor and typify are given it: without what they take for more than it is.

use openapiv3::OpenAPI;
use serde_json::{Map, Value};

use super::file::one;
use crate::{Document, Findings};

/// Formats of which typify makes types of crates that nothing here depends on, or of addresses. They
/// become texts, as do the formats that it does not know.
const TEXTS: [&str; 5] = ["date", "ip", "ipv4", "ipv6", "uuid"];
/// Formats that have a type of their own, which typify finds only where nothing else is said.
const TYPED: [&str; 2] = ["date-time", "password"];

pub(super) fn openapi(document: &Document) -> Result<OpenAPI, Findings> {
    let mut json = document.json().clone();
    simplify(&mut json);
    serde_json::from_value(json).map_err(|error| {
        let help = "this is a fault of the generator; take the newest part of the document out";
        one(document.finding("generator", "", error.to_string(), help))
    })
}

fn simplify(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(simplify),
        Value::Object(members) => {
            members.values_mut().for_each(simplify);
            simplify_text(members);
        }
        _ => {}
    }
}

fn simplify_text(schema: &mut Map<String, Value>) {
    let text = |key: &str| schema.get(key).and_then(Value::as_str).unwrap_or_default();
    let format = if text("type") == "string" { text("format") } else { "" };
    let keys: &[&str] = match format {
        _ if TEXTS.contains(&format) => &["format"],
        _ if TYPED.contains(&format) => &["pattern", "minLength", "maxLength"],
        _ => &[],
    };
    schema.retain(|key, _| !keys.contains(&key.as_str()));
}
