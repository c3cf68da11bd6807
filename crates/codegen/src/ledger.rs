//! The ledger of requirements: what an implementation promises beyond the shapes of the document.

use serde_json::Value;

use crate::document::Document;
use crate::document::json::{list, text, texts};
use crate::document::pointer;
use crate::document::shape::{Object, Outline, Shape, may, must};
use crate::document::source::Source;
use crate::finding::{Finding, Findings};

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
        Outline::of(&source, &LEDGER)?;
        Findings::none_in(Review { source: &source, document }.findings())?;
        let requirements = list(source.json(), "requirements");
        let requirements = requirements.map(|value| requirement(value, document)).collect();
        Ok(Self { requirements, source })
    }

    /// The ledger as JSON.
    #[must_use]
    pub fn json(&self) -> &Value {
        self.source.json()
    }
}

const fn object(name: &'static str, keys: &'static [crate::document::shape::Key]) -> Object {
    Object { name, keys, extensible: false }
}

static LEDGER: Object = object(
    "a ledger",
    &[
        must("version", Shape::Count),
        must("requirements", Shape::List(&Shape::Object(&REQUIREMENT))),
    ],
);

static REQUIREMENT: Object = object(
    "a requirement",
    &[
        must("id", Shape::Text),
        must("level", Shape::Word(&["must", "should", "may"])),
        must("profile", Shape::Word(&["core", "receptive"])),
        must("operations", Shape::List(&Shape::Text)),
        must("statement", Shape::Text),
        must("why", Shape::Text),
        must("source", Shape::Object(&SOURCE)),
        may("accepts", Shape::List(&Shape::Object(&ACCEPTED))),
    ],
);

static SOURCE: Object = object(
    "a source",
    &[
        must("section", Shape::Text),
        must("basis", Shape::Word(&["documented", "observed", "inferred"])),
    ],
);

static ACCEPTED: Object = object(
    "an accepted outcome",
    &[
        must("outcome", Shape::Text),
        must("because", Shape::Text),
        may("status", Shape::List(&Shape::Count)),
    ],
);

/// What the table of keys cannot say.
struct Review<'a> {
    source: &'a Source,
    document: &'a Document,
}

impl Review<'_> {
    fn findings(&self) -> Vec<Finding> {
        let mut findings: Vec<_> = self.version().into_iter().collect();
        let mut ids = Vec::new();
        for (index, requirement) in list(self.source.json(), "requirements").enumerate() {
            let at = format!("/requirements/{index}");
            let id = text(requirement, "id").to_owned();
            findings.extend(self.id(&at, &id, &ids));
            findings.extend(self.operations(&at, requirement));
            findings.extend(self.sentences(&at, requirement));
            findings.extend(self.statuses(&at, requirement));
            ids.push(id);
        }
        findings
    }

    fn version(&self) -> Option<Finding> {
        let version = self.source.at("/version");
        let message = format!("version {version} of the ledger is not known");
        let unknown =
            || self.source.finding("ledger-version", "/version", message, "Write `version: 1`.");
        (version.as_u64() != Some(1)).then(unknown)
    }

    fn id(&self, at: &str, id: &str, taken: &[String]) -> Option<Finding> {
        let at = pointer::join(at, "id");
        if !is_kebab(id) {
            let help = "Write small letters and digits, in words joined by `-`.";
            return Some(self.source.finding(
                "requirement-id",
                &at,
                format!("`{id}` is not in kebab case"),
                help,
            ));
        }
        let help = "Ids are for ever and for one requirement each; take another.";
        let clash = || self.source.finding("requirement-id", &at, format!("`{id}` is taken"), help);
        taken.iter().any(|other| other == id).then(clash)
    }

    fn operations(&self, at: &str, requirement: &Value) -> Vec<Finding> {
        let at = pointer::join(at, "operations");
        let named: Vec<_> = texts(requirement, "operations").collect();
        if named == ["all"] {
            return Vec::new();
        }
        let known: Vec<_> =
            self.document.operations().iter().map(|operation| operation.id.as_str()).collect();
        let help = format!("Write `[all]`, or some of: {}.", known.join(", "));
        let finding =
            |at: &str, message| self.source.finding("requirement-operation", at, message, &*help);
        if named.is_empty() {
            return vec![finding(&at, "the requirement is about no operation".to_owned())];
        }
        let unknown = named.iter().enumerate().filter(|(_, id)| !known.contains(id));
        let finding = |(index, id): (usize, &&str)| {
            finding(&pointer::join(&at, index.to_string()), format!("there is no operation `{id}`"))
        };
        unknown.map(finding).collect()
    }

    fn sentences(&self, at: &str, requirement: &Value) -> Vec<Finding> {
        let empty =
            ["statement", "why"].into_iter().filter(|key| text(requirement, key).is_empty());
        let finding = |key| {
            let message = format!("`{key}` is empty");
            self.source.finding(
                "requirement-text",
                &pointer::join(at, key),
                message,
                "Write one sentence.",
            )
        };
        empty.map(finding).collect()
    }

    fn statuses(&self, at: &str, requirement: &Value) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (outcome, accepted) in list(requirement, "accepts").enumerate() {
            for (index, status) in list(accepted, "status").enumerate() {
                if !status.as_u64().is_some_and(|status| (200..600).contains(&status)) {
                    let at = format!("{at}/accepts/{outcome}/status/{index}");
                    let message = format!("{status} is not the status of an answer");
                    let help = "Write a number from 200 to 599.";
                    findings.push(self.source.finding("requirement-status", &at, message, help));
                }
            }
        }
        findings
    }
}

fn requirement(value: &Value, document: &Document) -> Requirement {
    Requirement {
        id: text(value, "id").to_owned(),
        level: match value["level"].as_str() {
            Some("must") => Level::Must,
            Some("should") => Level::Should,
            _ => Level::May,
        },
        profile: match value["profile"].as_str() {
            Some("receptive") => Profile::Receptive,
            _ => Profile::Core,
        },
        operations: operations(value, document),
        statement: text(value, "statement").to_owned(),
        why: text(value, "why").to_owned(),
        section: text(&value["source"], "section").to_owned(),
        basis: match value["source"]["basis"].as_str() {
            Some("documented") => Basis::Documented,
            Some("observed") => Basis::Observed,
            _ => Basis::Inferred,
        },
        accepts: list(value, "accepts").map(accepted).collect(),
    }
}

fn operations(requirement: &Value, document: &Document) -> Vec<String> {
    let named: Vec<_> = texts(requirement, "operations").map(str::to_owned).collect();
    if named == ["all"] {
        return document.operations().iter().map(|operation| operation.id.clone()).collect();
    }
    named
}

fn accepted(value: &Value) -> Accepted {
    let statuses = list(value, "status").filter_map(Value::as_u64);
    Accepted {
        outcome: text(value, "outcome").to_owned(),
        status: statuses.filter_map(|status| u16::try_from(status).ok()).collect(),
        because: text(value, "because").to_owned(),
    }
}

fn is_kebab(id: &str) -> bool {
    let letters = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    id.starts_with(|first: char| first.is_ascii_lowercase())
        && id.split('-').all(|word| !word.is_empty() && letters(word))
}
