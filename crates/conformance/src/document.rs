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
