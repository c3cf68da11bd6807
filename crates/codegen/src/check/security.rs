//! Credentials.

use serde_json::Value;

use crate::document::draft::Draft;
use crate::document::{json, model, pointer};
use crate::finding::Finding;

pub(super) fn scheme(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, scheme) in document.each(&model::SECURITY_SCHEME) {
        let supported = match json::text(scheme, "type") {
            "apiKey" => {
                json::text(scheme, "in") == "header" && !json::text(scheme, "name").is_empty()
            }
            _ => matches!(json::text(scheme, "scheme"), "bearer" | "basic"),
        };
        if !supported {
            let message = "the server cannot read such a credential";
            let help = "Write `type: apiKey`, `in: header` and a `name`, or `type: http` and `scheme: bearer`.";
            findings.push(document.finding("security-scheme", &place.pointer, message, help));
        }
    }
}

pub(super) fn requirement(document: &Draft, findings: &mut Vec<Finding>) {
    let root = std::iter::once((String::new(), document.source.json()));
    let operations = document.each(&model::OPERATION);
    for (holder, value) in
        root.chain(operations.map(|(place, value)| (place.pointer.clone(), value)))
    {
        for (index, alternative) in json::list(value, "security").enumerate() {
            if let Some((message, help)) = objection(document, alternative) {
                let at = pointer::join(&pointer::join(&holder, "security"), index.to_string());
                findings.push(document.finding("security-requirement", &at, message, help));
            }
        }
    }
}

fn objection(document: &Draft, alternative: &Value) -> Option<(String, String)> {
    let schemes = document.source.at("/components/securitySchemes");
    let names: Vec<_> = json::keys(alternative).collect();
    let [name] = names[..] else {
        let help =
            "List one scheme per line; for an operation without credentials write `security: []`.";
        return Some(("each alternative must be exactly one scheme".to_owned(), help.to_owned()));
    };
    if schemes.get(name).is_none() {
        let known: Vec<_> = json::keys(schemes).collect();
        let help = format!(
            "Describe it in `components.securitySchemes`, or use one of: {}.",
            known.join(", ")
        );
        return Some((format!("there is no security scheme `{name}`"), help));
    }
    let has_scopes = json::list(alternative, name).next().is_some();
    let help = format!("Write `{name}: []`, and say in words what the scope allows.");
    has_scopes.then(|| (format!("`{name}` has no scopes"), help))
}
