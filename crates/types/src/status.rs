//! Whether a token works, open for what later versions of GitLab may say.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Whether a token works. The operations of today return only active ones.
///
/// A status that this version does not know is kept as it came, so that a new one in GitLab makes no
/// list unreadable.
///
/// ```
/// # use cluster_agents_types::AgentTokenStatus;
/// let status: AgentTokenStatus = serde_json::from_str(r#""suspended""#)?;
/// assert_eq!(status, AgentTokenStatus::Other("suspended".to_owned()));
/// assert_eq!(serde_json::to_string(&status)?, r#""suspended""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum AgentTokenStatus {
    /// The agent can log in with it.
    Active,
    /// It was revoked and works no more.
    Revoked,
    /// A status that this version does not know.
    Other(String),
}

impl AgentTokenStatus {
    /// The status as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "active",
            Self::Revoked => "revoked",
            Self::Other(status) => status,
        }
    }
}

impl From<&str> for AgentTokenStatus {
    fn from(status: &str) -> Self {
        match status {
            "active" => Self::Active,
            "revoked" => Self::Revoked,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl FromStr for AgentTokenStatus {
    type Err = Infallible;

    fn from_str(status: &str) -> Result<Self, Infallible> {
        Ok(status.into())
    }
}

impl fmt::Display for AgentTokenStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for AgentTokenStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for AgentTokenStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|status| status.as_str().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_is_written_as_it_was_read() {
        for status in ["active", "revoked", "suspended", ""] {
            assert_eq!(AgentTokenStatus::from(status).to_string(), status);
        }
        assert_eq!(AgentTokenStatus::from("active"), AgentTokenStatus::Active);
        assert_eq!(AgentTokenStatus::from("revoked"), AgentTokenStatus::Revoked);
    }
}
