//! Any OpenAPI 3.0 document: its values, where they stand, and what a `$ref` leads to.

use cluster_agents_codegen::Findings;
use cluster_agents_codegen::document::pointer;
use cluster_agents_codegen::document::source::{Limits, Position, Source};
use serde_json::Value;

/// Enough for the largest public documents; a hostile one ends here with a message.
const LIMITS: Limits = Limits { depth: 100, values: 1_000_000 };
/// The largest text that is read, in bytes.
const MAX_BYTES: usize = 64 << 20;
/// How many references may lead to each other before one is taken for a circle.
const MAX_HOPS: usize = 32;

/// Why a document cannot be reviewed.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The text is not YAML, or over a limit.
    #[error(transparent)]
    Malformed(#[from] Findings),
    /// The text is longer than is read.
    #[error("{file}: {bytes} bytes are more than the {MAX_BYTES} that are read")]
    TooLarge {
        /// The name of the document.
        file: String,
        /// Its length in bytes.
        bytes: usize,
    },
    /// It is YAML, but no OpenAPI document.
    #[error("{file}: {what}")]
    Foreign {
        /// The name of the document.
        file: String,
        /// What is missing.
        what: &'static str,
    },
}

/// An OpenAPI document that was read without any demand on its style.
#[derive(Debug)]
pub struct Spec {
    file: String,
    source: Source,
}

impl Spec {
    /// Reads a document from YAML or JSON; `file` is only a name for the messages.
    ///
    /// # Errors
    ///
    /// The text is no YAML, over a limit in size or depth, or has neither `openapi` nor `paths`.
    pub fn parse(file: &str, text: &str) -> Result<Self, ReadError> {
        let foreign = |what| ReadError::Foreign { file: file.to_owned(), what };
        if text.len() > MAX_BYTES {
            return Err(ReadError::TooLarge { file: file.to_owned(), bytes: text.len() });
        }
        let source = Source::read_within(LIMITS, file, text)?;
        if source.json().get("swagger").is_some() {
            return Err(foreign("this is Swagger 2.0; OpenAPI 3 is needed"));
        }
        let version = source.json().get("openapi").map(|version| match version {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        if version.is_some_and(|version| !version.starts_with('3')) {
            return Err(foreign(
                "`openapi` is no version 3; OpenAPI 3.0 is read in full, 3.1 as far as it goes",
            ));
        }
        if source.json().get("openapi").is_none() && source.json().get("paths").is_none() {
            return Err(foreign("there is neither `openapi` nor `paths`: no OpenAPI document"));
        }
        Ok(Self { file: file.to_owned(), source })
    }

    /// The name of the document, as the caller gave it.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The whole content.
    pub fn json(&self) -> &Value {
        self.source.json()
    }

    /// Where a pointer stands: line and column, both from 1.
    pub fn position(&self, pointer: &str) -> Position {
        self.source.position(pointer)
    }

    /// `info.version`, if it is a text.
    pub fn version(&self) -> Option<&str> {
        self.json().pointer("/info/version").and_then(Value::as_str)
    }

    /// The whole content as a node.
    pub fn root(&self) -> Node<'_> {
        Node { spec: self, pointer: String::new(), value: self.json(), name: None }
    }

    /// What stands at `pointer`, references followed.
    pub fn at(&self, pointer: &str) -> Option<Node<'_>> {
        let value = self.json().pointer(pointer)?;
        Some(Node { spec: self, pointer: pointer.to_owned(), value, name: None }.resolved())
    }
}

/// A value of a document and where it is defined.
#[derive(Debug, Clone)]
pub struct Node<'s> {
    spec: &'s Spec,
    pointer: String,
    value: &'s Value,
    name: Option<String>,
}

/// The members of a map with their names, in the order of the document.
pub type Members<'s> = [(&'s str, Node<'s>)];

impl<'s> Node<'s> {
    /// Where the value is defined, as a JSON pointer.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The value itself.
    pub fn value(&self) -> &'s Value {
        self.value
    }

    /// The document.
    pub fn spec(&self) -> &'s Spec {
        self.spec
    }

    /// The component that was referred to, if the value stood behind a `$ref`.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The same as a component of that name.
    pub(crate) fn called(self, name: String) -> Self {
        Self { name: Some(name), ..self }
    }

    /// A member, references followed; null counts as absent.
    pub fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(self.child(key, value).resolved())
    }

    /// A member as a text.
    pub fn text(&self, key: &str) -> Option<&'s str> {
        self.value.get(key)?.as_str()
    }

    /// Whether a member is `true`.
    pub fn flag(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// The members of a map, references followed, in the order of the document.
    pub fn members(&self) -> Vec<(&'s str, Self)> {
        let members = self.value.as_object().into_iter().flatten();
        members.map(|(key, value)| (key.as_str(), self.child(key, value).resolved())).collect()
    }

    /// The items of a list, references followed.
    pub fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(|(index, item)| self.child(&index.to_string(), item).resolved()).collect()
    }

    /// The items of a list below `key`; none if there is no such list.
    pub fn list(&self, key: &str) -> Vec<Self> {
        self.get(key).map(|list| list.items()).unwrap_or_default()
    }

    /// The members of the map below `key`; none if there is no such map.
    pub fn members_of(&self, key: &str) -> Vec<(&'s str, Self)> {
        self.get(key).map(|map| map.members()).unwrap_or_default()
    }

    fn child(&self, key: &str, value: &'s Value) -> Self {
        Self { spec: self.spec, pointer: pointer::join(&self.pointer, key), value, name: None }
    }

    /// Follows references inside the document. One that leads out, nowhere or in a circle stays.
    fn resolved(mut self) -> Self {
        for _ in 0..MAX_HOPS {
            let Some(target) = self.value.get("$ref").and_then(Value::as_str) else { break };
            let Some(path) = target.strip_prefix('#') else { break };
            let path = path.replace("%7B", "{").replace("%7D", "}");
            let Some(value) = self.spec.json().pointer(&path) else { break };
            self.name = Some(pointer::last(&path));
            self.value = value;
            self.pointer = path;
        }
        self
    }
}
