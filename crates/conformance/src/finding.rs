//! What a check saw: enough to act on without asking, and nothing secret.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::generated::RequirementId;
use crate::repro::{Expectation, Reproduced, Step};

/// How many findings of a requirement one check keeps. One cause can break hundreds of exchanges.
const KEPT: usize = 3;
/// How many findings of a requirement all checks together keep.
const TOLD: usize = 6;
/// How long a reason or a note is at most, in characters: parts of it come from the target.
const LONGEST: usize = 1_000;

/// A requirement that was seen broken, complete before anybody renders it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Finding {
    /// The check that saw it.
    pub check: &'static str,
    /// What should have happened.
    pub expected: String,
    /// What happened.
    pub got: String,
    /// The two compared line by line, where that says more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diff: Option<String>,
    /// What was done up to there, one line for each request, where it takes more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub program: Vec<String>,
    /// The exchange that shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Evidence>,
    /// The requests that lead to it from an empty state; empty where these are too many or where
    /// there was no answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// What the answer that is judged should show.
    pub expectation: Expectation,
    /// How often it was seen again; nothing if nobody looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reproduced: Option<Reproduced>,
}

/// An exchange as it may be shown: credentials and secrets are names, long bodies are cut.
#[derive(Clone, Debug, Serialize)]
pub struct Evidence {
    /// The operation, by its id in the document.
    pub operation: &'static str,
    /// A command that sends the request, with credentials from the environment.
    pub curl: String,
    /// The `X-Request-Id` that was sent, for the server's log.
    pub request_id: String,
    /// The status of the answer.
    pub status: u16,
    /// The beginning of the body.
    pub body: String,
    /// How long the answer took, in milliseconds.
    pub took_ms: u64,
}

/// Everything that was seen of one requirement.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// How often it held.
    pub passes: u64,
    /// How often it was broken, with the first few findings.
    pub failures: u64,
    /// The first few times that it was broken.
    pub findings: Vec<Finding>,
    /// Where it held in a way that is not the usual one.
    pub notes: Vec<String>,
    /// Why a part of it could not be exercised though it should have been.
    pub blocked: Vec<String>,
    /// Why a part of it was left out.
    pub skipped: Vec<String>,
    /// What went wrong in the suite itself.
    pub faults: Vec<String>,
}

/// The tallies of all requirements.
pub type Tallies = BTreeMap<RequirementId, Tally>;

impl Tally {
    /// Whether another finding would be kept.
    pub(crate) fn has_room(&self) -> bool {
        self.findings.len() < KEPT
    }

    /// Counts a failure and keeps its finding if it is one of the first.
    pub(crate) fn fail(&mut self, finding: Finding) {
        self.failures += 1;
        if self.has_room() {
            self.findings.push(finding);
        }
    }

    /// Adds a note once.
    pub(crate) fn note(&mut self, note: String) {
        add_once(&mut self.notes, note);
    }

    /// Adds a reason once.
    pub(crate) fn skip(&mut self, reason: String) {
        add_once(&mut self.skipped, reason);
    }

    /// Adds a reason once.
    pub(crate) fn block(&mut self, reason: String) {
        add_once(&mut self.blocked, reason);
    }

    /// Adds a fault once.
    pub(crate) fn fault(&mut self, fault: String) {
        add_once(&mut self.faults, fault);
    }

    /// Adds what another check saw.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.passes += other.passes;
        self.failures += other.failures;
        let room = TOLD.saturating_sub(self.findings.len());
        self.findings.extend(other.findings.iter().take(room).cloned());
        other.notes.iter().for_each(|note| self.note(note.clone()));
        other.blocked.iter().for_each(|reason| self.block(reason.clone()));
        other.skipped.iter().for_each(|reason| self.skip(reason.clone()));
        other.faults.iter().for_each(|fault| self.fault(fault.clone()));
    }

    /// Whether anything at all was seen of it.
    pub(crate) fn is_empty(&self) -> bool {
        self.passes == 0
            && self.failures == 0
            && self.blocked.is_empty()
            && self.skipped.is_empty()
            && self.faults.is_empty()
    }
}

fn add_once(list: &mut Vec<String>, mut text: String) {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    if !list.contains(&text) {
        list.push(text);
    }
}
