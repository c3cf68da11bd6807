//! Reads a number that some implementations write as a text.
//!
//! The documentation calls the creator of a token a string in its tables and shows an integer in its
//! examples; both occur.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, Unexpected, Visitor};

/// Reads `42`, `"42"` or `null`.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    from.deserialize_any(NumberOrText)
}

struct NumberOrText;

impl Visitor<'_> for NumberOrText {
    type Value = Option<i64>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer, alone or as a string, or null")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        let wrong = |_| E::invalid_value(Unexpected::Unsigned(number), &self);
        i64::try_from(number).map(Some).map_err(wrong)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        text.parse().map(Some).map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use crate::AgentToken;

    fn creator(json: &str) -> Result<Option<i64>, serde_json::Error> {
        let token = format!(
            r#"{{"id":1,"name":"a","description":null,"agent_id":5,"status":"active",
                "created_at":"2022-03-25T14:12:11.497Z","created_by_user_id":{json}}}"#
        );
        serde_json::from_str(&token).map(|token: AgentToken| token.created_by_user_id)
    }

    #[test]
    fn the_creator_of_a_token_is_read_as_number_text_or_null() {
        assert_eq!(creator("42").unwrap(), Some(42));
        assert_eq!(creator("\"42\"").unwrap(), Some(42));
        assert_eq!(creator("4294967296").unwrap(), Some(1 << 32));
        assert_eq!(creator("null").unwrap(), None);
        for wrong in ["\"maintainer\"", "4.2", "true", "9223372036854775808"] {
            assert!(creator(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_token_without_its_creator_is_refused() {
        assert!(creator("1,\"name\":2").is_err());
        let json = r#"{"id":1,"name":"a","description":null,"agent_id":5,"status":"active",
            "created_at":"2022-03-25T14:12:11.497Z"}"#;
        assert!(serde_json::from_str::<AgentToken>(json).is_err());
    }
}
