//! From outcomes to a score: what was found, by what, and how fast.

use std::collections::{BTreeMap, BTreeSet};

use cluster_agents_conformance::Ledger;
use cluster_agents_conformance::ledger::Level;
use serde::{Deserialize, Serialize};

use crate::campaign::{Outcome, Subject, level};
use crate::catalogue::Defect;
use crate::lab::Complaint;
use crate::silent;

/// The whole score.
#[derive(Clone, Debug, Serialize)]
pub struct Score {
    /// The seeds that every subject was tried with.
    pub seeds: Vec<u64>,
    /// The defects, class by class.
    pub defects: Vec<DefectScore>,
    /// The implementations that are odd but right.
    pub odd: Vec<OddScore>,
    /// The requirements that killed nothing, with the reason if there is one.
    pub silent: BTreeMap<&'static str, Option<&'static str>>,
    /// How long all of it took, in milliseconds.
    pub millis: u64,
}

/// What became of a defect.
#[derive(Clone, Debug, Serialize)]
pub struct DefectScore {
    /// Its name.
    pub name: &'static str,
    /// Its class.
    pub class: &'static str,
    /// Whether a MUST is broken.
    pub must: bool,
    /// The requirement that should catch it.
    pub requirement: &'static str,
    /// What it does.
    pub does: &'static str,
    /// Whether it was written down before anybody looked at the checks.
    pub blind: bool,
    /// With how many seeds it was found.
    pub killed: usize,
    /// With how many seeds it was tried.
    pub tried: usize,
    /// The requirements that were seen broken, with any seed.
    pub by: BTreeSet<&'static str>,
    /// The complaint of the requirement that should catch it, or else the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Complaint>,
    /// How many requests it took at most.
    pub requests: u64,
    /// How long it took at most, in milliseconds.
    pub millis: u64,
    /// What the suite said where it did not find it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

/// What became of an implementation that is odd but right.
#[derive(Clone, Debug, Serialize)]
pub struct OddScore {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub does: &'static str,
    /// What it was blamed for, which is always wrong.
    pub alarms: Vec<String>,
    /// With how many seeds it was tried.
    pub tried: usize,
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Share {
    /// Found with every seed.
    pub killed: usize,
    /// Planted.
    pub planted: usize,
}

impl Share {
    fn of<'s>(defects: impl Iterator<Item = &'s DefectScore>) -> Self {
        defects.fold(Self::default(), |share, defect| Self {
            killed: share.killed + usize::from(defect.is_killed()),
            planted: share.planted + 1,
        })
    }

    /// Whether a smaller part was found than of `other`.
    #[must_use]
    pub fn is_below(self, other: Self) -> bool {
        self.killed * other.planted < other.killed * self.planted
    }

    /// The part as a percentage, rounded down to a tenth: 100 % is all of them.
    #[must_use]
    pub fn percent(self) -> String {
        let tenths = self.killed * 1000 / self.planted.max(1);
        format!("{}.{} %", tenths / 10, tenths % 10)
    }
}

impl DefectScore {
    /// Whether it was found with every seed.
    #[must_use]
    pub fn is_killed(&self) -> bool {
        self.killed == self.tried
    }

    fn new(defect: &Defect, must: bool) -> Self {
        Self {
            name: defect.name,
            class: defect.class,
            must,
            requirement: defect.requirement.as_str(),
            does: defect.does,
            blind: defect.is_blind(),
            killed: 0,
            tried: 0,
            by: BTreeSet::new(),
            first: None,
            requests: 0,
            millis: 0,
            reasons: Vec::new(),
        }
    }

    fn count(&mut self, outcome: &Outcome) {
        let opinion = &outcome.opinion;
        self.tried += 1;
        self.killed += usize::from(outcome.good);
        self.by.extend(opinion.complaints.iter().map(|complaint| complaint.requirement));
        self.requests = self.requests.max(opinion.requests);
        self.millis = self.millis.max(opinion.millis);
        if !outcome.good {
            self.reasons.clone_from(&opinion.reasons);
        }
        let named = opinion.complaints.iter().find(|one| one.requirement == self.requirement);
        let first = named.or_else(|| opinion.complaints.first());
        if self.first.as_ref().is_none_or(|known| known.requirement != self.requirement) {
            self.first = first.cloned().or(self.first.take());
        }
    }
}

impl Score {
    /// Counts outcomes; the order of the subjects is that of their first trial.
    #[must_use]
    pub fn of(outcomes: &[Outcome], order: &[Subject], ledger: &Ledger, millis: u64) -> Self {
        let mut defects = Vec::new();
        let mut odd = Vec::new();
        for subject in order {
            let of_it =
                outcomes.iter().filter(|outcome| outcome.trial.subject.name() == subject.name());
            match subject {
                Subject::Defect(defect) => {
                    let must = level(defect, ledger) == Level::Must;
                    let mut score = DefectScore::new(defect, must);
                    of_it.for_each(|outcome| score.count(outcome));
                    defects.push(score);
                }
                Subject::Odd(one) => {
                    let mut score =
                        OddScore { name: one.name, does: one.does, alarms: Vec::new(), tried: 0 };
                    of_it.for_each(|outcome| score.count(outcome));
                    odd.push(score);
                }
            }
        }
        let seeds: BTreeSet<u64> =
            outcomes.iter().map(|outcome| outcome.trial.method.seed).collect();
        let killers: BTreeSet<&str> =
            defects.iter().flat_map(|defect| defect.by.iter().copied()).collect();
        let silent = ledger
            .iter()
            .map(|requirement| requirement.id)
            .filter(|id| !killers.contains(id.as_str()))
            .map(|id| (id.as_str(), silent::reason(id)))
            .collect();
        Self { seeds: seeds.into_iter().collect(), defects, odd, silent, millis }
    }

    /// How many of the defects that break a MUST, or a SHOULD.
    #[must_use]
    pub fn share(&self, must: bool) -> Share {
        Share::of(self.defects.iter().filter(|defect| defect.must == must))
    }

    /// How many of the defects that were written down blind.
    #[must_use]
    pub fn blind(&self) -> Share {
        Share::of(self.defects.iter().filter(|defect| defect.blind))
    }

    /// The defects that were not found with every seed.
    pub fn survivors(&self) -> impl Iterator<Item = &DefectScore> {
        self.defects.iter().filter(|defect| !defect.is_killed())
    }

    /// The odd implementations that were blamed.
    pub fn false_alarms(&self) -> impl Iterator<Item = &OddScore> {
        self.odd.iter().filter(|odd| !odd.alarms.is_empty())
    }
}

impl OddScore {
    fn count(&mut self, outcome: &Outcome) {
        self.tried += 1;
        if outcome.good {
            return;
        }
        let opinion = &outcome.opinion;
        let seed = outcome.trial.method.seed;
        self.alarms.extend(opinion.complaints.iter().map(|complaint| {
            let Complaint { requirement, expected, got, .. } = complaint;
            format!("{requirement} (seed {seed}): expected {expected}; got {got}")
        }));
        self.alarms.extend(opinion.reasons.iter().map(|reason| format!("seed {seed}: {reason}")));
        if opinion.leftovers > 0 {
            self.alarms.push(format!("seed {seed}: {} left behind", opinion.leftovers));
        }
    }
}
