//! The two shapes of an error body.

use crate::{Error, ErrorMessage};

impl Error {
    /// A body with `message`: `{"message":"404 Project Not Found"}`.
    #[must_use]
    pub fn message(text: impl Into<String>) -> Self {
        Self { message: Some(ErrorMessage::Text(text.into())), ..Self::empty() }
    }

    /// A body with `error`: `{"error":"name is missing"}`.
    #[must_use]
    #[expect(clippy::self_named_constructors, reason = "it is named after the key that it sets")]
    pub fn error(text: impl Into<String>) -> Self {
        Self { error: Some(text.into()), ..Self::empty() }
    }

    /// A body with an OAuth 2.0 error code and its explanation.
    #[must_use]
    pub fn oauth(code: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            error: Some(code.into()),
            error_description: Some(description.into()),
            ..Self::empty()
        }
    }

    fn empty() -> Self {
        Self { message: None, error: None, error_description: None, scope: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(error: &Error) -> String {
        serde_json::to_string(error).unwrap()
    }

    #[test]
    fn each_constructor_sets_only_its_own_keys() {
        assert_eq!(json(&Error::message("404 Not found")), r#"{"message":"404 Not found"}"#);
        assert_eq!(json(&Error::error("name is missing")), r#"{"error":"name is missing"}"#);
        assert_eq!(
            json(&Error::oauth("invalid_token", "Token is expired.")),
            r#"{"error":"invalid_token","error_description":"Token is expired."}"#
        );
    }

    #[test]
    fn a_message_is_read_as_text_list_or_reasons_by_field() {
        let read = |json: &str| serde_json::from_str::<Error>(json).unwrap().message.unwrap();
        assert!(matches!(read(r#"{"message":"a"}"#), ErrorMessage::Text(_)));
        assert!(matches!(read(r#"{"message":["a","b"]}"#), ErrorMessage::List(_)));
        assert!(matches!(read(r#"{"message":{"name":["a"]}}"#), ErrorMessage::ByField(_)));
    }
}
