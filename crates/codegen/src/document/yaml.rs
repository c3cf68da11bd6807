//! YAML text as a tree that knows the line and column of everything in it.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};
use serde_saphyr::Spanned;

use super::source::{Limits, Position};
use crate::finding::Finding;

/// A value and where it begins.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) position: Position,
    pub(crate) content: Content,
}

#[derive(Debug)]
pub(crate) enum Content {
    Scalar(Value),
    List(Vec<Node>),
    Map(Vec<Member>),
}

/// A key of a map, where it stands, and its value.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) key: String,
    pub(crate) position: Position,
    pub(crate) node: Node,
}

/// Why a text is no YAML that can be read here.
#[derive(Debug)]
pub(crate) struct Malformed {
    rule: &'static str,
    position: Position,
    message: String,
    help: &'static str,
}

impl Malformed {
    pub(crate) fn in_file(self, file: &str) -> Finding {
        let (line, column) = self.position;
        Finding {
            rule: self.rule,
            file: file.to_owned(),
            line,
            column,
            pointer: String::new(),
            message: self.message,
            help: self.help.to_owned(),
        }
    }
}

pub(crate) fn read(text: &str, limits: Limits) -> Result<Node, Malformed> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: limits.depth,
            max_nodes: limits.values,
            // A value has at most three events, and each may stand behind an alias.
            max_events: limits.values * 4,
            max_recorded_anchor_events: limits.values * 4,
        },
        merge_keys: serde_saphyr::options::MergeKeyPolicy::Error,
        strict_booleans: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options::<Spanned<Content>>(text, options)
        .map(Node::from)
        .map_err(|error| malformed(&error, limits))
}

fn malformed(error: &serde_saphyr::Error, limits: Limits) -> Malformed {
    use serde_saphyr::Error;
    let (rule, message, help) = match error.without_snippet() {
        Error::DuplicateMappingKey { key, .. } => (
            "duplicate-key",
            format!("`{}` stands twice in the same map", key.as_deref().unwrap_or("this key")),
            "Remove one of the two, or give it the key that was meant.",
        ),
        Error::MergeKeyNotAllowed { .. } => (
            "yaml",
            "the key `<<` is of YAML 1.1".to_owned(),
            "Write the keys out, or repeat a whole value with an anchor and an alias.",
        ),
        _ if is_over_budget(error) => (
            "yaml",
            format!(
                "here are more than {} values, or more than {} in each other",
                limits.values, limits.depth
            ),
            "Look for an alias that repeats too much, or for a bracket that is never closed.",
        ),
        _ => (
            "yaml",
            without_location(&error.to_string()),
            "Mend the YAML: look at indentation, quotes and brackets here and on the line above.",
        ),
    };
    let position = error.location().map_or((1, 1), |location| position(&location));
    Malformed { rule, position, message, help }
}

fn is_over_budget(error: &serde_saphyr::Error) -> bool {
    use serde_saphyr::Error;
    match error.without_snippet() {
        Error::AliasError { error, .. } => is_over_budget(error),
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => true,
        _ => false,
    }
}

/// The reader ends its messages with the place, which a finding has already.
fn without_location(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}

fn position(location: &serde_saphyr::Location) -> Position {
    let from_one = |number: u64| usize::try_from(number).unwrap_or(usize::MAX).max(1);
    (from_one(location.line()), from_one(location.column()))
}

impl From<Spanned<Content>> for Node {
    fn from(spanned: Spanned<Content>) -> Self {
        Self { position: position(&spanned.referenced), content: spanned.value }
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ContentVisitor)
    }
}

struct ContentVisitor;

impl<'de> Visitor<'de> for ContentVisitor {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has as well")
    }

    fn visit_unit<E>(self) -> Result<Content, E> {
        Ok(Content::Scalar(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Content, E> {
        Ok(Content::Scalar(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Content, E> {
        Ok(Content::Scalar(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Content, E> {
        Ok(Content::Scalar(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Content, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("a number without end"))?;
        Ok(Content::Scalar(number.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Content, E> {
        Ok(Content::Scalar(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Content, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element::<Spanned<Content>>()? {
            items.push(item.into());
        }
        Ok(Content::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Content, A::Error> {
        let mut members: Vec<Member> = Vec::new();
        // `200` and `'200'` differ for YAML, but not for JSON.
        let mut keys = HashSet::new();
        while let Some((key, value)) = map.next_entry::<Spanned<String>, Spanned<Content>>()? {
            if !keys.insert(key.value.clone()) {
                return Err(A::Error::custom(format!("the key `{}` stands twice", key.value)));
            }
            let position = position(&key.referenced);
            members.push(Member { key: key.value, position, node: value.into() });
        }
        Ok(Content::Map(members))
    }
}
