//! From what was seen to verdicts: pure, so that it works on a recording, too.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::checks::UNCHECKED;
use crate::expect::Expectation;
use crate::finding::{Finding, Tally};
use crate::generated::{OPERATIONS, RequirementId as R};
use crate::ledger::{Ledger, Level, Profile, Requirement};
use crate::oracle;
use crate::plan::Plan;
use crate::repro::Reproduced;
use crate::runner::Transcript;

/// What is known of a requirement after a run.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// A MUST was seen broken.
    Fail,
    /// A SHOULD was seen broken.
    Warn,
    /// The suite made a mistake.
    Error,
    /// It could not be exercised: not a pass.
    Untestable,
    /// It holds in a way that is not the usual one, or it is a MAY that does not hold.
    Info,
    /// It does not concern the target, or nobody was given to exercise it.
    Skip,
    /// It held whenever it was looked at.
    Pass,
}

impl Verdict {
    /// All verdicts, in the order in which they are counted and shown.
    pub const ALL: [Self; 7] =
        [Self::Pass, Self::Fail, Self::Warn, Self::Info, Self::Skip, Self::Untestable, Self::Error];

    /// The verdict as one word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Warn => "warn",
            Self::Error => "error",
            Self::Untestable => "untestable",
            Self::Info => "info",
            Self::Skip => "skip",
            Self::Pass => "pass",
        }
    }
}

/// What is known of the target after a run.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunVerdict {
    /// Every MUST that concerns the target was exercised and held.
    Conformant,
    /// A MUST is broken; with `--strict`, or a SHOULD.
    NonConformant,
    /// Nothing is broken, but not everything that had to be exercised could be.
    Inconclusive,
}

/// One requirement with what became of it.
#[derive(Clone, Debug)]
pub struct Judged<'l> {
    /// The requirement.
    pub requirement: &'l Requirement,
    /// What is known of it.
    pub verdict: Verdict,
    /// Why, in one sentence; empty for a plain pass.
    pub message: String,
    /// How often it was looked at.
    pub observations: u64,
    /// What broke it.
    pub findings: Vec<Finding>,
    /// Why it is known to be broken, if it is; then it does not count.
    pub expected: Option<Expectation>,
    /// Whether no check exists for it. Such a requirement never decides about a target.
    pub is_unchecked: bool,
}

impl Judged<'_> {
    /// How often the failure was seen again, if anybody looked; the best of its findings, because
    /// several checks may have found it.
    pub fn reproduced(&self) -> Option<Reproduced> {
        let seen = self.findings.iter().filter_map(|finding| finding.reproduced);
        seen.max_by_key(|seen| seen.times)
    }
}

/// All requirements of a run, and what they say together.
#[derive(Clone, Debug)]
pub struct Judgement<'l> {
    /// The verdict on the target.
    pub verdict: RunVerdict,
    /// Why the run is inconclusive; there may be reasons beside broken requirements, too.
    pub reasons: Vec<String>,
    /// The requirements in the order of the ledger.
    pub requirements: Vec<Judged<'l>>,
    /// What is out of date in the list of known failures, one sentence each.
    pub stale: Vec<String>,
}

impl Judgement<'_> {
    /// Draws the conclusion about the target. What is known to be broken does not count.
    pub(crate) fn conclude(&mut self, strict: bool) {
        let mut requirements = self.requirements.iter();
        self.verdict = if requirements.any(|judged| is_broken(judged, strict)) {
            RunVerdict::NonConformant
        } else if self.reasons.is_empty() {
            RunVerdict::Conformant
        } else {
            RunVerdict::Inconclusive
        };
    }

    /// How many requirements got each verdict.
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        let count =
            |verdict| self.requirements.iter().filter(|judged| judged.verdict == verdict).count();
        Verdict::ALL.into_iter().map(|verdict| (verdict.as_str(), count(verdict))).collect()
    }
}

/// Judges every requirement of the plan by what the run has seen.
pub fn judge<'l>(ledger: &'l Ledger, plan: &Plan, transcript: &Transcript) -> Judgement<'l> {
    let asked = ledger.iter().filter(|requirement| plan.requirements.contains(&requirement.id));
    let requirements: Vec<Judged<'l>> =
        asked.map(|requirement| judge_one(requirement, plan, transcript)).collect();
    let reasons = reasons(&requirements, plan, transcript);
    let verdict = RunVerdict::Inconclusive;
    let mut judgement = Judgement { verdict, reasons, requirements, stale: Vec::new() };
    judgement.conclude(plan.strict);
    judgement
}

fn judge_one<'l>(requirement: &'l Requirement, plan: &Plan, transcript: &Transcript) -> Judged<'l> {
    let tally = tally(requirement.id, transcript);
    let unchecked = UNCHECKED.iter().find(|(id, _)| *id == requirement.id);
    let (verdict, message) = if let Some((_, reason)) = unchecked {
        (Verdict::Untestable, format!("no check yet: {reason}"))
    } else if requirement.profile == Profile::Receptive && !transcript.receptive && tally.is_empty()
    {
        (Verdict::Skip, transcript.profile_reason.clone())
    } else {
        conclude(requirement, &tally, plan)
    };
    Judged {
        requirement,
        verdict,
        message,
        observations: tally.passes + tally.failures,
        findings: tally.findings,
        expected: None,
        is_unchecked: unchecked.is_some(),
    }
}

/// Whether any check, or the oracles, can judge the requirement.
fn tally(id: R, transcript: &Transcript) -> Tally {
    let mut sum = Tally::default();
    transcript
        .checks
        .iter()
        .filter_map(|check| check.tallies.get(&id))
        .for_each(|one| sum.merge(one));
    sum
}

/// A broken requirement is broken whatever else was seen, and one that was exercised only in part
/// has not passed.
fn conclude(requirement: &Requirement, tally: &Tally, plan: &Plan) -> (Verdict, String) {
    if tally.failures > 0 {
        return (broken(requirement.level), times(tally.failures, tally.passes));
    }
    if let Some(fault) = tally.faults.first() {
        return (Verdict::Error, fault.clone());
    }
    if let Some(reason) = tally.blocked.first() {
        return (Verdict::Untestable, reason.clone());
    }
    if tally.passes > 0 {
        return match tally.notes.is_empty() {
            true => (Verdict::Pass, String::new()),
            false => (Verdict::Info, tally.notes.join("; ")),
        };
    }
    let planned =
        plan.skipped.iter().find(|(check, _)| check.requirements.contains(&requirement.id));
    let reason = tally.skipped.first().or(planned.map(|(_, reason)| reason));
    match reason {
        Some(reason) => (Verdict::Skip, reason.clone()),
        // An implementation may never give the sort of answer that the requirement is about.
        None if oracle::REQUIREMENTS.contains(&requirement.id) => {
            (Verdict::Skip, String::from("no answer in this run was of the sort that it is about"))
        }
        None => (Verdict::Untestable, String::from("nothing in this run exercised it")),
    }
}

fn broken(level: Level) -> Verdict {
    match level {
        Level::Must => Verdict::Fail,
        Level::Should => Verdict::Warn,
        Level::May => Verdict::Info,
    }
}

fn times(failures: u64, passes: u64) -> String {
    format!("broken {failures} of {} times", failures + passes)
}

fn is_broken(judged: &Judged<'_>, strict: bool) -> bool {
    let counts = judged.verdict == Verdict::Fail || (strict && judged.verdict == Verdict::Warn);
    counts && judged.expected.is_none()
}

/// Why a run without a broken requirement is still not a pass.
fn reasons(requirements: &[Judged<'_>], plan: &Plan, transcript: &Transcript) -> Vec<String> {
    let mut reasons = Vec::new();
    reasons.extend(transcript.ended_early.clone());
    if !requirements.iter().any(|judged| matches!(judged.verdict, Verdict::Pass | Verdict::Info)) {
        reasons.push(String::from("no requirement was seen to hold"));
    }
    let count = |wanted: &dyn Fn(&&Judged<'_>) -> bool| requirements.iter().filter(wanted).count();
    let errors = count(&|judged| judged.verdict == Verdict::Error);
    if errors > 0 {
        reasons.push(format!("{errors} could not be judged because of a fault of the suite"));
    }
    let untestable = count(&|judged| {
        let is_must = judged.requirement.level == Level::Must;
        judged.verdict == Verdict::Untestable && is_must && !judged.is_unchecked
    });
    if untestable > 0 {
        reasons.push(format!("{untestable} that must hold could not be exercised"));
    }
    // A run that only reads takes what it finds.
    if !plan.is_partial && plan.read_only.is_none() {
        reasons.extend(never_served(transcript));
    }
    reasons
}

fn never_served(transcript: &Transcript) -> Option<String> {
    let concerns = |profile: &str| profile == "core" || transcript.receptive;
    let never: Vec<&str> = OPERATIONS
        .iter()
        .filter(|operation| {
            concerns(operation.profile) && !transcript.served.contains(operation.id)
        })
        .map(|operation| operation.id)
        .collect();
    (!never.is_empty()).then(|| format!("never answered with success: {}", never.join(", ")))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::coverage::Coverage;
    use crate::runner::CheckRecord;
    use crate::testing;
    use crate::vault::Vault;

    /// A run in which one check saw this of some requirements.
    pub(crate) fn transcript(seen: &[(R, Tally)]) -> Transcript {
        let tallies = seen.iter().cloned().collect();
        Transcript {
            checks: vec![CheckRecord {
                check: testing::check(),
                tallies,
                requests: String::new(),
                coverage: Coverage::default(),
                sent: crate::allowance::Sent::default(),
            }],
            receptive: false,
            profile_reason: String::from("no receptive agents"),
            served: OPERATIONS.iter().map(|operation| operation.id).collect(),
            ended_early: None,
            leftovers: Vec::new(),
            requests: 0,
            duration_ms: 0,
            vault: Vault::default(),
        }
    }

    fn judged(strict: bool, transcript: &Transcript, only: &[R]) -> (RunVerdict, Vec<Verdict>) {
        let ledger = Ledger::embedded().expect("a ledger");
        let plan = testing::plan(only, strict);
        let judgement = judge(&ledger, &plan, transcript);
        let of = |id: &R| judgement.requirements.iter().find(|judged| judged.requirement.id == *id);
        let verdicts = only.iter().filter_map(|id| Some(of(id)?.verdict)).collect();
        (judgement.verdict, verdicts)
    }

    pub(crate) fn passed() -> Tally {
        Tally { passes: 1, ..Tally::default() }
    }

    pub(crate) fn failed() -> Tally {
        let mut tally = passed();
        tally.fail(testing::finding("something"));
        tally
    }

    fn with(change: impl Fn(&mut Tally)) -> Tally {
        let mut tally = passed();
        change(&mut tally);
        tally
    }

    const MUST: R = R::TokenLimit;
    const SHOULD: R = R::AgentListOrder;
    const MAY: R = R::PageBelowOne;

    #[test]
    fn a_tally_becomes_the_verdict_of_the_level() {
        let skipped = Tally { skipped: vec![String::from("no token")], ..Tally::default() };
        let table = [
            (MUST, passed(), Verdict::Pass),
            (MUST, failed(), Verdict::Fail),
            (SHOULD, failed(), Verdict::Warn),
            (MAY, failed(), Verdict::Info),
            (MUST, with(|tally| tally.note(String::from("422"))), Verdict::Info),
            (MUST, with(|tally| tally.block(String::from("no agent"))), Verdict::Untestable),
            (MUST, with(|tally| tally.fault(String::from("panicked"))), Verdict::Error),
            (MUST, with(|tally| tally.skip(String::from("no guest"))), Verdict::Pass),
            (MUST, skipped, Verdict::Skip),
            (MUST, Tally::default(), Verdict::Untestable),
            (R::UrlLimit, Tally::default(), Verdict::Skip),
        ];
        for (id, tally, verdict) in table {
            let (_, verdicts) = judged(false, &transcript(&[(id, tally.clone())]), &[id]);
            assert_eq!(verdicts, [verdict], "{} {tally:?}", id.as_str());
        }
    }

    #[test]
    fn what_was_seen_broken_is_broken_whatever_else_happened() {
        let tally = with(|tally| {
            tally.fail(testing::finding("something"));
            tally.fault(String::from("panicked"));
            tally.block(String::from("no agent"));
        });
        assert_eq!(judged(false, &transcript(&[(MUST, tally)]), &[MUST]).1, [Verdict::Fail]);
    }

    #[test]
    fn a_broken_should_counts_only_if_the_run_is_strict() {
        let transcript = transcript(&[(MUST, passed()), (SHOULD, failed())]);
        assert_eq!(judged(false, &transcript, &[MUST, SHOULD]).0, RunVerdict::Conformant);
        assert_eq!(judged(true, &transcript, &[MUST, SHOULD]).0, RunVerdict::NonConformant);
    }

    #[test]
    fn nothing_that_held_is_no_pass() {
        let nothing = transcript(&[]);
        assert_eq!(judged(false, &nothing, &[MUST]).0, RunVerdict::Inconclusive);
        let skipped = Tally { skipped: vec![String::from("no token")], ..Tally::default() };
        let skipped = transcript(&[(MUST, skipped)]);
        assert_eq!(judged(false, &skipped, &[MUST]).0, RunVerdict::Inconclusive);
    }

    #[test]
    fn a_must_that_could_not_be_exercised_is_no_pass() {
        let blocked = with(|tally| tally.block(String::from("no agent")));
        let seen = [(MUST, blocked.clone()), (R::AgentGet, passed())];
        assert_eq!(
            judged(false, &transcript(&seen), &[MUST, R::AgentGet]).0,
            RunVerdict::Inconclusive
        );
        let seen = [(SHOULD, blocked), (R::AgentGet, passed())];
        assert_eq!(
            judged(false, &transcript(&seen), &[SHOULD, R::AgentGet]).0,
            RunVerdict::Conformant
        );
    }

    #[test]
    fn a_whole_run_in_which_an_operation_never_succeeded_is_shallow() {
        let seen: Vec<(R, Tally)> = R::ALL.iter().map(|id| (*id, passed())).collect();
        let mut transcript = transcript(&seen);
        assert_eq!(judged(false, &transcript, &[]).0, RunVerdict::Conformant);
        transcript.served.remove("getAgentToken");
        assert_eq!(judged(false, &transcript, &[]).0, RunVerdict::Inconclusive);
        transcript.served.insert("getAgentToken");
        transcript.ended_early = Some(String::from("the run was interrupted"));
        assert_eq!(judged(false, &transcript, &[]).0, RunVerdict::Inconclusive);
    }
}
