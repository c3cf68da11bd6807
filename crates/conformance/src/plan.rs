//! What will be tried, decided before anything is sent.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use crate::allowance::{self, Allowance};
use crate::check::Check;
use crate::checks;
use crate::fingerprint;
use crate::generated::RequirementId as R;
use crate::journal::file;
use crate::ledger::Ledger;
use crate::oracle;
use crate::run_id::RunId;
use crate::settings::{ReadOnly, Settings};
use crate::target::Target;

/// The checks of a run, in their order.
#[derive(Debug)]
pub struct Plan {
    /// The name of the run.
    pub run: RunId,
    /// Where all choices of the run come from.
    pub seed: u64,
    /// How many inputs each property tries.
    pub cases: u32,
    /// The requirements that the report is about.
    pub requirements: BTreeSet<R>,
    /// What will be tried.
    pub checks: Vec<&'static Check>,
    /// What is left out, and why.
    pub skipped: Vec<(&'static Check, String)>,
    /// Whether the report is about some requirements only.
    pub is_partial: bool,
    /// Whether a broken SHOULD makes the target non-conformant.
    pub strict: bool,
    /// Whether the run may change nothing, and what it looks at then.
    pub read_only: Option<ReadOnly>,
    /// How often a check that saw something broken is run again.
    pub reruns: u32,
    /// What each check may send.
    pub(crate) allowances: BTreeMap<String, Allowance>,
    /// The folder in which the run keeps its journal; nothing means in memory only.
    pub journal: Option<PathBuf>,
}

impl Plan {
    /// Chooses the checks for what was asked and what was given.
    pub fn build(ledger: &Ledger, settings: &Settings, target: &Target) -> Self {
        let requirements: BTreeSet<R> = match settings.only.is_empty() {
            true => ledger.iter().map(|requirement| requirement.id).collect(),
            false => settings.only.iter().copied().collect(),
        };
        let mut plan = Self {
            run: match target.is_loopback() {
                true => RunId::from_seed(settings.seed),
                false => RunId::among_others(settings.seed, settings.salt),
            },
            seed: settings.seed,
            cases: settings.cases,
            requirements,
            checks: Vec::new(),
            skipped: Vec::new(),
            is_partial: !settings.only.is_empty(),
            strict: settings.strict,
            reruns: settings.reruns,
            allowances: allowance::allowances(settings.cases),
            journal: settings.journal(target),
            read_only: settings.read_only,
        };
        for check in checks::all() {
            // What reads is for those who may not write; others make what they look at.
            if !plan.asks_for(check) || (check.reads && plan.read_only.is_none()) {
                continue;
            }
            let writes = (plan.read_only.is_some() && !check.reads)
                .then(|| String::from("it takes writes, and the run is read-only"));
            let unmet = || check.needs.iter().find_map(|need| need.unmet(target));
            match writes.or_else(unmet) {
                None => plan.checks.push(check),
                Some(reason) => plan.skipped.push((check, reason)),
            }
        }
        plan
    }

    /// A fingerprint: equal plans send equal requests to equal targets.
    pub fn hash(&self) -> String {
        let mut digest = Sha256::new();
        digest.update(format!("{}\n{}\n", self.seed, self.cases));
        for check in &self.checks {
            digest.update(format!("{}\n", check.name));
        }
        fingerprint::short(&digest.finalize())
    }

    /// Takes the limits of each check away, to see how much it sends.
    pub fn allow_everything(&mut self) {
        self.allowances.clear();
    }

    /// The file of the run's journal, if it has one.
    pub fn journal_file(&self) -> Option<PathBuf> {
        Some(file::path(self.journal.as_ref()?, &self.run.to_string()))
    }

    /// What every exchange is judged by is judged best by all of them.
    fn asks_for(&self, check: &Check) -> bool {
        self.requirements
            .iter()
            .any(|asked| check.requirements.contains(asked) || oracle::REQUIREMENTS.contains(asked))
    }
}
