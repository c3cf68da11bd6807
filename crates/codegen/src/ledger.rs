//! The ledger of requirements: what an implementation promises beyond the shapes of the document.

use serde_json::Value;

use crate::document::Document;
use crate::document::json;
use crate::document::shape::Outline;
use crate::document::source::Source;
use crate::finding::Findings;

mod keys;
mod read;
mod review;

use review::Review;

/// A ledger that fits its document.
#[derive(Debug)]
pub struct Ledger {
    /// In the order of the file.
    pub requirements: Vec<Requirement>,
    source: Source,
}

/// One thing that an implementation must, should or may do.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Its stable name, in kebab case.
    pub id: String,
    /// How binding it is.
    pub level: Level,
    /// Which implementations it binds.
    pub profile: Profile,
    /// The `operationId`s that it is about, in the order of the ledger; with `all` every one of the
    /// document.
    pub operations: Vec<String>,
    /// What is required, in one sentence.
    pub statement: String,
    /// What goes wrong for a user where it is not kept.
    pub why: String,
    /// Where it is taken from: a section of the documentation or of the notes on GitLab's behaviour.
    pub section: String,
    /// How sure that source is.
    pub basis: Basis,
    /// The outcomes that are right where the sources conflict; empty where they do not.
    pub accepts: Vec<Accepted>,
}

/// How binding a requirement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// An implementation that breaks it is not conformant.
    Must,
    /// Broken only for a good reason.
    Should,
    /// Free; worth knowing.
    May,
}

/// Which implementations a requirement binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// All.
    Core,
    /// Those with receptive agents.
    Receptive,
}

/// How sure the source of a requirement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The documentation says so.
    Documented,
    /// GitLab does so.
    Observed,
    /// It follows from soundness or security.
    Inferred,
}

/// One of several outcomes that are right.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// Its name.
    pub outcome: String,
    /// The statuses by which it is known; empty if it is known by something else.
    pub status: Vec<u16>,
    /// Why it is right as well.
    pub because: String,
}

impl Ledger {
    /// Reads a ledger and compares it with its document; `file` is only a name for the messages.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it: no YAML, a key that is unknown or missing, an id that is taken
    /// or not in kebab case, an operation that the document does not have.
    pub fn parse(file: &str, text: &str, document: &Document) -> Result<Self, Findings> {
        let source = Source::read(file, text)?;
        Outline::of(&source, &keys::LEDGER)?;
        Findings::none_in(Review { source: &source, document }.findings())?;
        let requirements = json::list(source.json(), "requirements");
        let requirements = requirements.map(|value| read::requirement(value, document)).collect();
        Ok(Self { requirements, source })
    }

    /// The ledger as JSON.
    #[must_use]
    pub fn json(&self) -> &Value {
        self.source.json()
    }

    /// The line in which a requirement begins, by its place in the list, from 1.
    #[must_use]
    pub fn line(&self, index: usize) -> usize {
        self.source.position(&format!("/requirements/{index}")).0
    }
}
