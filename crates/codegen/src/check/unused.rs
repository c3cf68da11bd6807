//! Components that nothing uses.

use super::reach;
use crate::document::draft::Draft;
use crate::document::{json, pointer};
use crate::finding::Finding;

pub(super) fn component(document: &Draft, findings: &mut Vec<Finding>) {
    let reached = reach::from(document, |_| true, |_| true);
    let components = document.source.at("/components");
    for section in json::keys(components).filter(|key| !key.starts_with("x-")) {
        for (name, _) in json::members(components, section) {
            let at = pointer::join(&pointer::join("/components", section), name);
            let used = match section {
                "securitySchemes" => is_asked_for(document, name),
                _ => reached.contains(at.as_str()),
            };
            if !used {
                let message = format!("no operation uses `{name}`");
                let help = "Remove it, or refer to it.";
                findings.push(document.finding("unused-component", &at, message, help));
            }
        }
    }
}

fn is_asked_for(document: &Draft, scheme: &str) -> bool {
    document.operations.iter().any(|operation| operation.security.iter().any(|name| name == scheme))
}
