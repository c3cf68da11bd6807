//! What must hold: the requirements, each with its level, its source and the outcomes it accepts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

use crate::error::Error;
use crate::generated::{LEDGER_JSON, RequirementId};

/// All requirements, in the order of `openapi/requirements.yaml`.
#[derive(Debug, Deserialize)]
pub struct Ledger {
    requirements: Vec<Requirement>,
}

/// One thing that an implementation has to do, and why.
#[derive(Debug, Deserialize)]
pub struct Requirement {
    /// The stable name.
    #[serde(deserialize_with = "requirement_id")]
    pub id: RequirementId,
    /// How binding it is.
    pub level: Level,
    /// Which implementations it concerns.
    pub profile: Profile,
    /// The operations it speaks of, or `all`.
    pub operations: Vec<String>,
    /// The requirement itself, one sentence.
    pub statement: String,
    /// What goes wrong for somebody if it does not hold.
    #[serde(default)]
    pub why: String,
    /// Where it comes from.
    pub source: Source,
    /// The outcomes that are right, where the sources allow more than one. The first is the usual one.
    #[serde(default)]
    pub accepts: Vec<Accept>,
}

/// The place that a requirement was taken from.
#[derive(Debug, Deserialize)]
pub struct Source {
    /// The section of the documentation or of the notes on behaviour.
    pub section: String,
    /// Whether it is written down, was seen, or follows from something.
    pub basis: Basis,
}

/// One outcome that a requirement accepts.
#[derive(Debug, Deserialize)]
pub struct Accept {
    /// What happens, in words.
    pub outcome: String,
    /// The statuses that show it; empty if it does not show in the status.
    #[serde(default)]
    pub status: Vec<u16>,
    /// Why it is right.
    pub because: String,
}

/// How binding a requirement is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Breaking it makes an implementation non-conformant.
    Must,
    /// Breaking it is a warning, and a failure with `--strict`.
    Should,
    /// Either way is right; what was seen is reported.
    May,
}

/// Which implementations a requirement concerns.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Agents and tokens: everybody.
    Core,
    /// URL configurations: where receptive agents exist.
    Receptive,
}

/// How a requirement is known.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The documentation says so.
    Documented,
    /// GitLab was seen to do so.
    Observed,
    /// Soundness or security demands it.
    Inferred,
}

impl Ledger {
    /// The ledger that this build of the suite was made with.
    ///
    /// # Errors
    ///
    /// A ledger that does not have the form of this suite: a fault of the build.
    pub fn embedded() -> Result<Self, Error> {
        serde_json::from_str(LEDGER_JSON).map_err(|source| Error::Ledger { source })
    }

    /// All requirements in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Requirement> {
        self.requirements.iter()
    }

    /// One requirement.
    pub fn get(&self, id: RequirementId) -> Option<&Requirement> {
        self.requirements.iter().find(|requirement| requirement.id == id)
    }

    /// The statuses that a requirement accepts, the usual ones first.
    pub(crate) fn accepted(&self, id: RequirementId) -> Vec<u16> {
        let accepts = self.get(id).map_or(&[][..], |requirement| &requirement.accepts);
        accepts.iter().flat_map(|accept| accept.status.iter().copied()).collect()
    }

    /// The statuses of one outcome that a requirement accepts.
    pub(crate) fn statuses_of(&self, id: RequirementId, outcome: &str) -> &[u16] {
        let accepts = self.get(id).map_or(&[][..], |requirement| &requirement.accepts);
        let found = accepts.iter().find(|accept| accept.outcome == outcome);
        found.map_or(&[][..], |accept| &accept.status)
    }

    /// Why a status that is not the usual one is accepted.
    pub(crate) fn because(&self, id: RequirementId, status: u16) -> Option<&str> {
        let mut others = self.get(id)?.accepts.iter().skip(1);
        others.find(|accept| accept.status.contains(&status)).map(|accept| accept.because.as_str())
    }
}

/// Reads an id as somebody typed it.
///
/// # Errors
///
/// Text that is no id, with the ids that look like it.
pub fn parse_id(text: &str) -> Result<RequirementId, Error> {
    RequirementId::from_str(text)
        .map_err(|_| Error::UnknownRequirement { given: text.to_owned(), close: close_to(text) })
}

/// The known ids that `text` may have been meant for, the closest first.
fn close_to(text: &str) -> Vec<&'static str> {
    closest(text, RequirementId::ALL.iter().map(|id| id.as_str()))
}

/// The names that `text` may have been meant for, the closest first, at most five.
pub(crate) fn closest<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut known: Vec<(usize, &str)> = names.map(|name| (distance(text, name), name)).collect();
    known.sort_unstable();
    let limit = (text.len() / 3).max(2);
    known.into_iter().filter(|(far, _)| *far <= limit).map(|(_, name)| name).take(5).collect()
}

/// Levenshtein's distance, where a part of an id counts as close.
fn distance(given: &str, id: &str) -> usize {
    if given.len() >= 3 && id.contains(given) {
        return 1;
    }
    let id: Vec<char> = id.chars().collect();
    let mut row: Vec<usize> = (0..=id.len()).collect();
    for (i, a) in given.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in id.iter().enumerate() {
            let substituted = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

fn requirement_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RequirementId, D::Error> {
    let text = String::deserialize(deserializer)?;
    RequirementId::from_str(&text)
        .map_err(|_| serde::de::Error::custom(format_args!("`{text}` is not a requirement")))
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::May => "may",
        })
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Core => "core",
            Self::Receptive => "receptive",
        })
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Documented => "documented",
            Self::Observed => "observed",
            Self::Inferred => "inferred",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_requirement_id_is_in_the_ledger_once() {
        let ledger = Ledger::embedded().expect("the ledger is well formed");
        let ids: Vec<_> = ledger.iter().map(|requirement| requirement.id).collect();
        assert_eq!(ids.len(), RequirementId::ALL.len());
        for id in RequirementId::ALL {
            assert_eq!(ids.iter().filter(|other| *other == id).count(), 1, "{}", id.as_str());
        }
    }

    #[test]
    fn an_id_with_a_typing_error_is_answered_with_the_right_one() {
        for id in RequirementId::ALL {
            let typo = format!("{}x", id.as_str());
            let Err(Error::UnknownRequirement { close, .. }) = parse_id(&typo) else {
                panic!("`{typo}` was taken for an id");
            };
            assert_eq!(close.first(), Some(&id.as_str()), "for {typo}");
        }
    }

    #[test]
    fn text_that_resembles_no_id_gets_no_suggestion() {
        let Err(Error::UnknownRequirement { close, .. }) = parse_id("0123456789") else {
            panic!("taken for an id");
        };
        assert!(close.is_empty(), "{close:?}");
    }
}
