//! One request of a reproduction, with names for everything that the target gives.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A request, what to keep of its answer, and what came when it was recorded.
///
/// `{agent_1}` and the like stand for what an earlier step saved; `{project}` and the other projects
/// for those of the settings; `{run}` for the name of the run; `{x*1000}` for a character many times.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Step {
    /// The operation, by its id in the document.
    pub operation: String,
    /// The method.
    pub method: String,
    /// The path below the API root, with its query.
    pub path: String,
    /// The header that carries the credential, where `${CONFORMANCE_TOKEN_…}` stands for a token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<Header>,
    /// Further headers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    /// What is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Content>,
    /// What to keep of the answer: a name, and where it is in the body as a JSON pointer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub saves: BTreeMap<String, String>,
    /// Steps of the same number are sent at the same moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_once: Option<usize>,
    /// Whether its answer is the one that is judged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub judged: bool,
    /// The status that came.
    pub status: u16,
    /// The beginning of the body that came.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
}

/// One header.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// The body of a request.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// A JSON value as application/json.
    Json(Value),
    /// Any text under any label.
    Text {
        /// The media type; nothing for no label at all.
        media_type: Option<String>,
        /// The text.
        text: String,
    },
    /// What is no text.
    Base64 {
        /// The media type; nothing for no label at all.
        media_type: Option<String>,
        /// The bytes.
        base64: String,
    },
}

impl Header {
    /// Whether it is where a token usually stands.
    pub(super) fn is_usual(&self) -> bool {
        self.name == "PRIVATE-TOKEN"
    }
}

impl Step {
    /// Whether it registers an agent, which is to be removed at the end.
    pub(super) fn agent(&self) -> Option<&str> {
        let names = self.saves.keys().map(String::as_str);
        names.into_iter().find(|name| name.starts_with("agent_"))
    }

    /// Whether it is meant to register an agent.
    pub(super) fn registers(&self) -> bool {
        self.method == "POST" && self.bare_path().ends_with("/cluster_agents")
    }

    pub(super) fn was_successful(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The path without its query.
    pub(super) fn bare_path(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }
}
