//! The report for machines. Its form is a contract: keys are added, never changed.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cleanup::Leftover;
use crate::coverage::{Cell, Coverage};
use crate::expect::Expectation;
use crate::finding::Finding;
use crate::generated::OPERATIONS;
use crate::implementation::Implementation;
use crate::ledger::{Level, Profile};
use crate::report::Report;
use crate::verdict::{Judged, RunVerdict, Verdict};

#[derive(Serialize)]
struct Root<'r> {
    verdict: RunVerdict,
    seed: u64,
    suite_version: &'static str,
    target: Target<'r>,
    counts: BTreeMap<&'static str, usize>,
    requests: u64,
    duration_ms: u64,
    requirements: Vec<Entry<'r>>,
    leftovers: &'r [Leftover],
    #[serde(skip_serializing_if = "Implementation::is_empty")]
    implementation: &'r Implementation,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    stale: &'r [String],
    coverage: Vec<Covered<'r>>,
    latency: BTreeMap<&'static str, Latency>,
}

/// How often a sort of answer was seen.
#[derive(Serialize)]
struct Covered<'r> {
    #[serde(flatten)]
    cell: &'r Cell,
    count: u64,
}

/// How long the answers of an operation took, in microseconds.
#[derive(Serialize)]
struct Latency {
    count: usize,
    median_us: u64,
    p95_us: u64,
    max_us: u64,
}

#[derive(Serialize)]
struct Target<'r> {
    base_url: &'r str,
    project: String,
    reference: bool,
    receptive: bool,
    plan: String,
    transcript: String,
    reasons: &'r [String],
}

#[derive(Serialize)]
struct Entry<'r> {
    id: &'static str,
    level: Level,
    verdict: Verdict,
    message: &'r str,
    profile: Profile,
    statement: &'r str,
    observations: u64,
    operations: &'r [String],
    checks: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reproduce: Option<String>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    findings: &'r [Finding],
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'r Expectation>,
}

pub(super) fn render(report: &Report<'_>) -> String {
    let (transcript, judgement) = (report.transcript, report.judgement);
    let coverage = transcript.coverage();
    let root = Root {
        verdict: judgement.verdict,
        seed: report.plan.seed,
        suite_version: env!("CARGO_PKG_VERSION"),
        target: Target {
            base_url: report.target.base_url.as_str(),
            project: report.target.project.to_string(),
            reference: report.is_reference,
            receptive: transcript.receptive,
            plan: report.plan.hash(),
            transcript: transcript.hash(),
            reasons: &judgement.reasons,
        },
        counts: judgement.counts(),
        requests: transcript.requests,
        duration_ms: transcript.duration_ms,
        requirements: judgement.requirements.iter().map(|judged| entry(report, judged)).collect(),
        leftovers: &transcript.leftovers,
        implementation: &report.target.implementation,
        stale: &judgement.stale,
        coverage: coverage.cells().map(|(cell, count)| Covered { cell, count }).collect(),
        latency: OPERATIONS.iter().filter_map(|it| latency(&coverage, it.id)).collect(),
    };
    // Only a map with keys that are no text could fail, and there is none.
    let mut text = serde_json::to_string_pretty(&root).unwrap_or_default();
    text.push('\n');
    text
}

fn entry<'r>(report: &Report<'_>, judged: &'r Judged<'_>) -> Entry<'r> {
    let id = judged.requirement.id.as_str();
    let repeat = || format!("cargo xtask conformance {}", report.arguments(&[id]));
    Entry {
        id,
        level: judged.requirement.level,
        verdict: judged.verdict,
        message: &judged.message,
        profile: judged.requirement.profile,
        statement: &judged.requirement.statement,
        observations: judged.observations,
        operations: &judged.requirement.operations,
        checks: report.transcript.checks_of(judged.requirement.id),
        reproduce: (!judged.findings.is_empty()).then(repeat),
        findings: &judged.findings,
        expected: judged.expected.as_ref(),
    }
}

fn latency(coverage: &Coverage, operation: &'static str) -> Option<(&'static str, Latency)> {
    let took = coverage.latencies(operation);
    let max_us = *took.last()?;
    let at = |percent: usize| took[(took.len() * percent / 100).min(took.len() - 1)];
    Some((operation, Latency { count: took.len(), median_us: at(50), p95_us: at(95), max_us }))
}
