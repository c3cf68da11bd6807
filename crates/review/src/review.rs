//! A review: every change judged, proved where possible, and the version that follows.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::catalogue::Level;
use crate::change::{Change, Direction, Effect};
use crate::diff::{TooEntangled, changes};
use crate::policy::{Policy, forward};
use crate::spec::Spec;
use crate::version::{self, Bump, Versions};
use crate::witness::{Grade, Searcher, Witness};

/// Where something stands in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Location {
    /// The name of the document.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// The JSON pointer.
    pub pointer: String,
}

impl Location {
    /// The place of the keyword that changed, or of what holds it.
    fn of(spec: &Spec, change: &Change, holder: &str) -> Self {
        let words = change.id.as_str();
        let keyword = KEYWORDS.iter().find(|(word, _)| words.contains(word)).map(|(_, key)| *key);
        let exact = keyword.map(|key| format!("{holder}/{key}"));
        let exact = exact.filter(|exact| spec.json().pointer(exact).is_some());
        let pointer = exact.as_deref().unwrap_or(holder);
        let (line, column) = spec.position(pointer);
        Self { file: spec.file().to_owned(), line, column, pointer: pointer.to_owned() }
    }
}

/// Words in ids and the keyword that they are about; the longer word first.
const KEYWORDS: &[(&str, &str)] = &[
    ("exclusive-max", "exclusiveMaximum"),
    ("exclusive-min", "exclusiveMinimum"),
    ("max-length", "maxLength"),
    ("min-length", "minLength"),
    ("max-items", "maxItems"),
    ("min-items", "minItems"),
    ("max-properties", "maxProperties"),
    ("min-properties", "minProperties"),
    ("multiple-of", "multipleOf"),
    ("additional-properties", "additionalProperties"),
    ("extensible-enum", "x-extensible-enum"),
    ("enum", "enum"),
    ("pattern", "pattern"),
    ("default-value", "default"),
    ("nullable", "nullable"),
    ("operation-id", "operationId"),
    ("deprecated", "deprecated"),
    ("sunset", "x-sunset"),
    ("stability", "x-stability-level"),
    ("one-of", "oneOf"),
    ("any-of", "anyOf"),
    ("all-of", "allOf"),
    ("discriminator", "discriminator"),
    ("security", "security"),
    ("server", "servers"),
    ("tag", "tags"),
    ("max-", "maximum"),
    ("min-", "minimum"),
    ("type-", "type"),
];

/// One judged change. The order of the fields is that of the reports.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// The kind of change.
    pub id: String,
    /// How bad it is under the chosen policy.
    pub level: Level,
    /// Which way the affected messages go.
    pub direction: Direction,
    /// All affected operations, like `GET /agents`.
    pub operations: Vec<String>,
    /// Where it stands: in the revision, or if it is gone in the base.
    pub pointer: String,
    /// Where in the message, as names.
    pub path: String,
    /// The change in one line.
    pub text: String,
    /// What was there.
    pub old: Value,
    /// What is there now.
    pub new: Value,
    /// What happens to the set of allowed messages.
    pub effect: Effect,
    /// The place in the base.
    pub base: Location,
    /// The place in the revision.
    pub revision: Location,
    /// Why the policy says so, if a rule of its own does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The level under each policy.
    pub verdicts: BTreeMap<&'static str, Level>,
    /// The level for a new client that meets an old server.
    pub forward: Level,
    /// How sure it is that the change breaks somebody, where a rule says that it may.
    pub grade: Option<Grade>,
    /// The proof.
    pub witness: Option<Witness>,
    /// Reason and owner, if the change is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved: Option<String>,
    /// Stays the same when the change is worded anew or the file moves.
    pub fingerprint: String,
}

impl Finding {
    /// The same with its proof, and graded if some policy takes it seriously.
    fn proved(self, witness: Option<Witness>) -> Self {
        let is_serious = self.verdicts.values().any(|level| *level > Level::Info);
        let grade = match &witness {
            Some(_) => Some(Grade::Confirmed),
            None if is_serious => Some(Grade::Possible),
            None => None,
        };
        Self { grade, witness, ..self }
    }
}

/// The result of comparing two documents under a policy.
#[derive(Debug, Clone, Serialize)]
pub struct Review {
    /// The name of the old document.
    pub base: String,
    /// The name of the new document.
    pub revision: String,
    /// The policy that decided the levels.
    pub policy: &'static str,
    /// The version bump that follows.
    pub bump: Bump,
    /// The versions that the documents have.
    pub versions: Versions,
    /// All changes, the worst first.
    pub findings: Vec<Finding>,
}

impl Review {
    /// Compares two documents. `today` is a date like `2026-01-31`.
    ///
    /// # Errors
    ///
    /// The documents need more than a bounded amount of work.
    pub fn of(
        base: &Spec,
        revision: &Spec,
        policy: &Policy,
        today: &str,
    ) -> Result<Self, TooEntangled> {
        let changes = changes(base, revision, today)?;
        let searcher = Searcher::new(base, revision);
        let mut findings: Vec<_> = changes
            .iter()
            .map(|change| {
                let witness = searcher.search(change);
                finding(change, base, revision, policy).proved(witness)
            })
            .collect();
        let bumps = findings.iter().map(|finding| Bump::of(&finding.id, finding.level));
        let bump = bumps.max().unwrap_or(Bump::None);
        let versions = version::compare(base.version(), revision.version(), bump);
        if let Some(problem) = versions.problem {
            let change = version_change(problem, &versions);
            findings.push(finding(&change, base, revision, policy));
        }
        findings.sort_by(|a, b| {
            let key = |f: &Finding| (std::cmp::Reverse(f.level), f.id.clone(), f.pointer.clone());
            key(a).cmp(&key(b))
        });
        let (base, revision) = (base.file().to_owned(), revision.file().to_owned());
        Ok(Self { base, revision, policy: policy.name(), bump, versions, findings })
    }

    /// How many findings have this level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }

    /// The worst level of what is not approved, if there is anything.
    pub fn worst(&self) -> Option<Level> {
        let open = self.findings.iter().filter(|finding| finding.approved.is_none());
        open.map(|finding| finding.level).max()
    }
}

fn version_change(problem: &str, versions: &Versions) -> Change {
    let text = |version: &Option<String>| version.clone().map_or(Value::Null, Value::from);
    Change {
        id: problem.to_owned(),
        direction: Direction::None,
        effect: Effect::Annotates,
        sites: Vec::new(),
        path: "info/version".to_owned(),
        base_pointer: "/info/version".to_owned(),
        revision_pointer: "/info/version".to_owned(),
        old: text(&versions.base),
        new: text(&versions.revision),
        never_sent: false,
        unstable: false,
    }
}

fn finding(change: &Change, base: &Spec, revision: &Spec, policy: &Policy) -> Finding {
    let verdict = policy.judge(change);
    let verdicts = Policy::all().iter().map(|policy| (policy.name(), policy.judge(change).level));
    // What is gone is only in the base.
    let is_gone =
        change.new.is_null() && !change.old.is_null() || change.revision_pointer.is_empty();
    let old = Location::of(base, change, &change.base_pointer);
    let new = Location::of(revision, change, &change.revision_pointer);
    let pointer = if is_gone { &old.pointer } else { &new.pointer };
    Finding {
        id: change.id.clone(),
        level: verdict.level,
        direction: change.direction,
        operations: change.operations().into_iter().map(str::to_owned).collect(),
        pointer: pointer.clone(),
        path: change.path.clone(),
        text: change.text(),
        old: change.old.clone(),
        new: change.new.clone(),
        effect: change.effect,
        base: old,
        revision: new,
        because: verdict.because,
        verdicts: verdicts.collect(),
        approved: None,
        grade: None,
        witness: None,
        forward: forward(change),
        fingerprint: change.fingerprint(),
    }
}
