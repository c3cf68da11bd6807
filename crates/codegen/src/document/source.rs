//! A YAML file as JSON, and where each value of it stands.

use std::collections::HashMap;

use serde_json::Value;

use super::pointer;
use super::yaml::{self, Node};
use crate::finding::{Finding, Findings};

/// A line and a column, both from 1; the column counts characters.
pub type Position = (usize, usize);

/// How much a file may hold, so that reading a hostile one ends early.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How deep lists and maps may be nested, aliases expanded.
    pub depth: usize,
    /// How many values there may be, aliases expanded.
    pub values: usize,
}

impl Limits {
    /// For our own files: the contract is 13 deep and has about 2,500 values.
    pub const OWN: Self = Self { depth: 40, values: 50_000 };
}

/// A file that is well-formed YAML.
#[derive(Debug)]
pub struct Source {
    file: String,
    json: Value,
    positions: HashMap<String, Position>,
}

impl Source {
    /// Reads YAML 1.2 (so also JSON) with anchors, without merge keys and with bounded depth and size.
    pub(crate) fn read(file: &str, text: &str) -> Result<Self, Findings> {
        Self::read_within(Limits::OWN, file, text)
    }

    /// As for our own files, with other limits; `file` is only a name for the messages.
    ///
    /// # Errors
    ///
    /// Why the text is no YAML, or over a limit.
    pub fn read_within(limits: Limits, file: &str, text: &str) -> Result<Self, Findings> {
        let root = yaml::read(text, limits).map_err(|error| Findings(vec![error.in_file(file)]))?;
        let mut source =
            Self { file: file.to_owned(), json: Value::Null, positions: HashMap::new() };
        source.json = source.place(String::new(), root);
        Ok(source)
    }

    /// The content, in the order of the file.
    pub fn json(&self) -> &Value {
        &self.json
    }

    /// The value at `pointer`, null if there is none.
    pub fn at(&self, pointer: &str) -> &Value {
        self.json.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// Where `pointer` stands, or the nearest thing around it that is in the file.
    pub fn position(&self, mut pointer: &str) -> Position {
        loop {
            if let Some(position) = self.positions.get(pointer) {
                return *position;
            }
            if pointer.is_empty() {
                return (1, 1);
            }
            pointer = pointer::parent(pointer);
        }
    }

    /// A finding at `pointer`.
    pub(crate) fn finding(
        &self,
        rule: &'static str,
        pointer: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding {
        let (line, column) = self.position(pointer);
        Finding {
            rule,
            file: self.file.clone(),
            line,
            column,
            pointer: pointer.to_owned(),
            message: message.into(),
            help: help.into(),
        }
    }

    /// Notes where the parts of `node` stand and gives it back as JSON.
    ///
    /// The depth is bounded by the reader, so the recursion is as well.
    fn place(&mut self, pointer: String, node: Node) -> Value {
        let json = match node.content {
            yaml::Content::Scalar(value) => value,
            yaml::Content::List(items) => self.place_items(&pointer, items),
            yaml::Content::Map(members) => self.place_members(&pointer, members),
        };
        self.positions.entry(pointer).or_insert(node.position);
        json
    }

    fn place_items(&mut self, list: &str, items: Vec<Node>) -> Value {
        let items = items.into_iter().enumerate();
        items
            .map(|(index, item)| self.place(pointer::join(list, index.to_string()), item))
            .collect()
    }

    /// A member stands where its key does. The members keep their order: the workspace builds
    /// `serde_json` with `preserve_order`, because readers want the fields as the document has them.
    fn place_members(&mut self, map: &str, members: Vec<yaml::Member>) -> Value {
        let mut object = serde_json::Map::new();
        for yaml::Member { key, position, node } in members {
            let pointer = pointer::join(map, &key);
            self.positions.insert(pointer.clone(), position);
            object.insert(key, self.place(pointer, node));
        }
        Value::Object(object)
    }
}
