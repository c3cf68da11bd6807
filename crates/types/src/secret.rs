//! A string that must not be seen by accident.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// A secret: the value of an agent token, the private key of a client certificate, an access token.
///
/// It cannot be displayed, `Debug` shows no part of it, comparing takes the same time wherever the
/// difference is, and its memory is wiped when it is dropped. [`expose`](Self::expose) is the only
/// way to read it. It is serialised in clear, because requests and answers of the API have to carry
/// it: do not serialise a value that contains one into a log.
///
/// ```
/// # use cluster_agents_types::SecretString;
/// let secret = SecretString::from("qeY8UVRisx9y3Loxo1sc");
/// assert_eq!(format!("{secret:?}"), "SecretString(…)");
/// assert_eq!(secret.expose(), "qeY8UVRisx9y3Loxo1sc");
/// ```
#[derive(Clone, Deserialize, Serialize)]
#[serde(transparent)]
pub struct SecretString(String);

impl SecretString {
    /// The secret in clear.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretString(…)")
    }
}

impl Drop for SecretString {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl PartialEq for SecretString {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for SecretString {}

impl From<String> for SecretString {
    fn from(secret: String) -> Self {
        Self(secret)
    }
}

impl From<&str> for SecretString {
    fn from(secret: &str) -> Self {
        Self(secret.to_owned())
    }
}

impl FromStr for SecretString {
    type Err = Infallible;

    fn from_str(secret: &str) -> Result<Self, Infallible> {
        Ok(secret.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CreatedAgentToken, NewUrlConfiguration};

    const SENTINEL: &str = "sentinel-9f2c";

    #[test]
    fn no_debug_output_of_a_type_that_holds_a_secret_shows_it() {
        let token: CreatedAgentToken = serde_json::from_value(serde_json::json!({
            "id": 1, "name": "a", "description": null, "agent_id": 5, "status": "active",
            "created_at": "2022-03-25T14:12:11.497Z", "created_by_user_id": 1,
            "last_used_at": null, "token": SENTINEL,
        }))
        .unwrap();
        let configuration: NewUrlConfiguration = serde_json::from_value(serde_json::json!({
            "url": "grpcs://agent.example.com", "client_cert": "c", "client_key": SENTINEL,
        }))
        .unwrap();
        for shown in [format!("{token:?}"), format!("{configuration:#?}")] {
            assert!(!shown.contains(SENTINEL), "{shown}");
        }
    }

    #[test]
    fn a_secret_keeps_its_value_through_json() {
        let json = serde_json::to_string(&SecretString::from("a\"b")).unwrap();
        assert_eq!(json, r#""a\"b""#);
        assert_eq!(serde_json::from_str::<SecretString>(&json).unwrap().expose(), "a\"b");
    }

    #[test]
    fn secrets_are_equal_only_when_every_byte_is() {
        assert_eq!(SecretString::from("abc"), SecretString::from("abc"));
        assert_ne!(SecretString::from("abc"), SecretString::from("abd"));
        assert_ne!(SecretString::from("abc"), SecretString::from("ab"));
    }
}
