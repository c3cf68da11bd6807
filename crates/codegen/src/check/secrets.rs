//! Secrets must be known as such.

use serde_json::Value;

use crate::document::draft::Draft;
use crate::document::{json, model, pointer};
use crate::finding::Finding;

/// Names of properties that hold a secret and nothing else.
const SECRET: [&str; 10] = [
    "access_token",
    "api_key",
    "client_key",
    "client_secret",
    "passphrase",
    "password",
    "private_key",
    "refresh_token",
    "secret",
    "token",
];

pub(super) fn format(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, schema) in document.each(&model::SCHEMA) {
        let at = pointer::join(&place.pointer, "properties");
        let secrets =
            json::members(schema, "properties").filter(|(name, _)| SECRET.contains(&name.as_str()));
        for (name, _) in secrets {
            let property = pointer::join(&at, name);
            let meant = meant(document, &property);
            if json::text(meant, "type") == "string" && json::text(meant, "format") != "password" {
                let message = format!("`{name}` is a secret, but would be shown in logs");
                let help = "Add `format: password` to its schema.";
                findings.push(document.finding("secret-format", &property, message, help));
            }
        }
    }
}

/// The schema behind `$ref`s and `allOf`s of one part.
fn meant<'a>(document: &'a Draft, property: &str) -> &'a Value {
    let mut resolved = document.source.resolve(property);
    while let Some([_]) = resolved.value.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        resolved = document.source.resolve(&format!("{}/allOf/0", resolved.pointer));
    }
    resolved.value
}
