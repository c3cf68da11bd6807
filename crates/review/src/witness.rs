//! Proof: for a change, the smallest message found that one document allows and the other does not.
//!
//! `candidates` makes values near the limits of both schemas, `valid` tells which of them are
//! allowed by which document, and `second` asks another validator, so that a mistake here cannot
//! make a proof. `draft` puts the value into a whole request or answer; `structural` needs none.

pub(crate) mod candidates;
mod draft;
pub(crate) mod message;
mod pattern;
mod scalars;
pub(crate) mod second;
mod structural;
pub(crate) mod valid;

use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::Value;

use crate::change::{Change, Direction, Effect, Part, Site};
use crate::spec::{Node, Spec};

pub use message::Message;

/// How sure it is that a change breaks somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Grade {
    /// A message was found that shows it.
    Confirmed,
    /// A rule says so, but no message was found.
    Possible,
}

impl Grade {
    /// As reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "CONFIRMED",
            Self::Possible => "POSSIBLE",
        }
    }
}

/// A message that one document allows and the other does not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Witness {
    /// Which document allows it: `base` or `revision`.
    pub valid_under: &'static str,
    /// Which does not.
    pub invalid_under: &'static str,
    /// What is wrong with it there.
    pub why: String,
    /// The value that makes the difference, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The whole request or answer.
    pub message: Message,
    /// The request as a command line; the answer is what it may bring.
    pub curl: String,
}

/// How long all searches of a review may take together.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long one search may take.
const SHORT_PATIENCE: Duration = Duration::from_secs(1);

/// Searches witnesses for the changes between two documents.
#[derive(Debug)]
pub struct Searcher<'s> {
    base: &'s Spec,
    revision: &'s Spec,
    deadline: Instant,
}

impl<'s> Searcher<'s> {
    /// A searcher that gives up a few seconds from now.
    pub fn new(base: &'s Spec, revision: &'s Spec) -> Self {
        Self { base, revision, deadline: Instant::now() + PATIENCE }
    }

    /// The smallest message found that a client of the old document meets, none if the change
    /// cannot hurt or nothing was found.
    pub fn search(&self, change: &Change) -> Option<Witness> {
        if change.effect == Effect::Annotates || change.never_sent {
            return None;
        }
        let sites = change.sites.iter().take(4);
        let found = sites.filter_map(|site| self.at(change, site));
        found.min_by_key(|witness| witness.curl.len() + witness.message.size())
    }

    fn at(&self, change: &Change, site: &Site) -> Option<Witness> {
        if Instant::now() > self.deadline {
            return None;
        }
        if let (Some(base), Some(revision)) = (&site.base_schema, &site.revision_schema) {
            return self.value(change, site, &self.base.at(base)?, &self.revision.at(revision)?);
        }
        structural::show(self.base, self.revision, change, site)
    }

    /// A value that separates two schemas, in a whole message.
    fn value(
        &self,
        change: &Change,
        site: &Site,
        base: &Node<'_>,
        revision: &Node<'_>,
    ) -> Option<Witness> {
        // A server that is still held to the old document may be sent what it allowed; a client
        // that was written for it may get what only the new one allows.
        let to_server = change.direction == Direction::Request;
        let (good, bad) = if to_server { (base, revision) } else { (revision, base) };
        let text = !matches!(site.part, Part::Body { .. } | Part::Response { .. });
        let deadline = self.deadline.min(Instant::now() + SHORT_PATIENCE);
        let separates = |value: &&Value| {
            Instant::now() < deadline
                && valid::allows(good, value, to_server, text)
                && valid::forbids(bad, value, to_server, text)
        };
        let values = candidates::near(good, bad, &change.path, deadline);
        let value = values.iter().find(separates)?.clone();
        if !second::agrees(good, bad, &value, to_server, text) {
            return None;
        }
        let why = format!("{} at `{}`", change.id.replace('-', " "), change.path);
        let message = draft::with_value(self.base, self.revision, site, &value)?;
        Some(witness(to_server, why, Some(value), message))
    }
}

pub(crate) fn witness(
    to_server: bool,
    why: String,
    value: Option<Value>,
    message: Message,
) -> Witness {
    let (valid_under, invalid_under) =
        if to_server { ("base", "revision") } else { ("revision", "base") };
    let curl = message.curl();
    Witness { valid_under, invalid_under, why, value, message, curl }
}
