//! Numbers of the document that checks are built on.

use std::sync::LazyLock;

use serde_json::Value;

use crate::generated::DOCUMENT_JSON;

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(DOCUMENT_JSON).unwrap_or_default());

/// How many characters a text may have by its schema.
pub(crate) fn max_length(schema: &str) -> usize {
    let length = self::schema(schema)["maxLength"].as_u64();
    length.and_then(|length| usize::try_from(length).ok()).unwrap_or_default()
}

/// The pattern of a text by its schema.
pub(crate) fn pattern(schema: &str) -> Option<&'static str> {
    self::schema(schema)["pattern"].as_str()
}

/// What all operations of a path have in common.
pub(crate) fn parameters(path: &str) -> &'static Value {
    &DOCUMENT["paths"][path]["parameters"]
}

/// An operation by its path and method.
pub(crate) fn operation(path: &str, method: &str) -> &'static Value {
    &DOCUMENT["paths"][path][method.to_ascii_lowercase()]
}

/// What a reference means, or the value itself if it is none.
pub(crate) fn resolved(value: &'static Value) -> &'static Value {
    let pointer = value["$ref"].as_str().and_then(|text| text.strip_prefix('#'));
    pointer.and_then(|pointer| DOCUMENT.pointer(pointer)).unwrap_or(value)
}

fn schema(name: &str) -> &'static Value {
    &DOCUMENT["components"]["schemas"][name]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_limits_every_text_that_is_tried() {
        for schema in ["AgentName", "AgentTokenName", "AgentTokenDescription"] {
            assert!(max_length(schema) > 60, "{schema}");
        }
    }
}
