//! One change between two documents, before any policy has judged it.

use std::fmt;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Which way the affected message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From the client to the server.
    Request,
    /// From the server to the client.
    Response,
    /// Neither: the operation or the document as a whole.
    None,
}

/// What a change does to the set of messages that are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Some messages are no longer allowed.
    Narrows,
    /// Some messages are newly allowed.
    Widens,
    /// Both, or it cannot be told.
    Changes,
    /// No message becomes allowed or forbidden.
    Annotates,
}

impl Direction {
    /// The other way round.
    pub fn reversed(self) -> Self {
        match self {
            Self::Request => Self::Response,
            Self::Response => Self::Request,
            Self::None => Self::None,
        }
    }
}

impl Effect {
    /// The effect of the same change the other way round.
    pub fn reversed(self) -> Self {
        match self {
            Self::Narrows => Self::Widens,
            Self::Widens => Self::Narrows,
            other => other,
        }
    }
}

/// The part of an operation that a message is validated against.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(tag = "part", rename_all = "kebab-case")]
pub enum Part {
    /// The operation itself.
    Operation,
    /// A parameter.
    Parameter {
        /// `query`, `header`, `path` or `cookie`.
        location: String,
        /// Its name in the revision.
        name: String,
    },
    /// The request body.
    Body {
        /// Its media type.
        media: String,
    },
    /// A response body.
    Response {
        /// The status, as the document writes it.
        status: String,
        /// Its media type.
        media: String,
    },
    /// A callback of the operation.
    Callback {
        /// Its name.
        name: String,
    },
    /// A response header.
    Header {
        /// The status, as the document writes it.
        status: String,
        /// The name of the header.
        name: String,
    },
}

/// Where an operation is affected, and the schemas that its message is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Method and path of the revision (of the base if it is gone): `GET /agents/{id}`.
    pub operation: String,
    /// The part of the operation.
    pub part: Part,
    /// Pointer to the root schema in the base.
    pub base_schema: Option<String>,
    /// Pointer to the root schema in the revision.
    pub revision_schema: Option<String>,
}

/// One change and everything it affects.
#[derive(Debug, Clone)]
pub struct Change {
    /// The kind of change, in oasdiff's vocabulary where it has a word for it.
    pub id: String,
    /// Which way the affected messages go.
    pub direction: Direction,
    /// What happens to the set of allowed messages.
    pub effect: Effect,
    /// The sites where it is felt, one per operation and part; empty for the document as a whole.
    pub sites: Vec<Site>,
    /// Where in the message, as names: `config_project/name`.
    pub path: String,
    /// Pointer into the base: to the thing itself, or to what held it.
    pub base_pointer: String,
    /// Pointer into the revision.
    pub revision_pointer: String,
    /// What was there, null if nothing.
    pub old: Value,
    /// What is there now, null if nothing.
    pub new: Value,
    /// A read-only value in a request, or a write-only one in a response: nobody sends it.
    pub never_sent: bool,
    /// The operation calls itself a draft or alpha, so that nothing about it is promised.
    pub unstable: bool,
}

impl Change {
    /// The affected operations, each once.
    pub fn operations(&self) -> Vec<&str> {
        let mut operations: Vec<_> =
            self.sites.iter().map(|site| site.operation.as_str()).collect();
        operations.sort_unstable();
        operations.dedup();
        operations
    }

    /// Twelve hexadecimal digits that stay the same when a message is reworded, the file is moved
    /// or one more operation is affected.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        let pointer = if self.revision_pointer.is_empty() {
            &self.base_pointer
        } else {
            &self.revision_pointer
        };
        for part in [&self.id, pointer, &self.path, &self.old.to_string(), &self.new.to_string()] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The change in one line, in words that follow from its id.
    pub fn text(&self) -> String {
        let words = self.id.replace('-', " ");
        let place = if self.path.is_empty() { String::new() } else { format!(" `{}`", self.path) };
        match (&self.old, &self.new) {
            (Value::Null, Value::Null) => format!("{words}{place}"),
            (Value::Null, new) => format!("{words}{place}: {}", Short(new)),
            (old, Value::Null) => format!("{words}{place}: was {}", Short(old)),
            (old, new) => format!("{words}{place}: {} → {}", Short(old), Short(new)),
        }
    }
}

/// A value in at most 60 characters.
struct Short<'a>(&'a Value);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        if text.chars().count() <= 60 {
            return f.write_str(&text);
        }
        write!(f, "{}…", text.chars().take(59).collect::<String>())
    }
}
