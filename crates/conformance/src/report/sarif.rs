//! The report as SARIF 2.1.0, for code hosts: what is broken, at its place in the document and in
//! the ledger.

use serde_json::{Value, json};

use crate::finding::Finding;
use crate::ledger::{Level, Requirement};
use crate::report::{Report, lines, words};
use crate::verdict::{Judged, RunVerdict, Verdict};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn render(report: &Report<'_>) -> String {
    let requirements = &report.judgement.requirements;
    let rules: Vec<Value> = requirements.iter().map(|judged| rule(judged.requirement)).collect();
    let results = requirements.iter().enumerate();
    let results: Vec<Value> =
        results.filter_map(|(index, judged)| result(report, index, judged)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cluster-agents-conformance",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "invocations": [{
                "executionSuccessful": report.judgement.verdict != RunVerdict::Inconclusive,
                "commandLine": format!("cargo xtask conformance {}", report.arguments(&report.only())),
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(requirement: &Requirement) -> Value {
    json!({
        "id": requirement.id.as_str(),
        "shortDescription": { "text": requirement.statement },
        "fullDescription": { "text": format!("{} {}", requirement.statement, requirement.why) },
        "help": { "text": format!(
            "cargo xtask conformance explain {} tells its source and what it accepts.",
            requirement.id.as_str()
        ) },
        "defaultConfiguration": { "level": level(requirement.level) },
        "properties": {
            "level": requirement.level,
            "profile": requirement.profile,
            "tags": [requirement.level.to_string(), requirement.profile.to_string()],
        },
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Must => "error",
        Level::Should => "warning",
        Level::May => "note",
    }
}

/// What somebody has to look at. What held is in the other reports.
fn result(report: &Report<'_>, index: usize, judged: &Judged<'_>) -> Option<Value> {
    let requirement = judged.requirement;
    let level = match judged.verdict {
        _ if judged.expected.is_some() => return None,
        Verdict::Fail | Verdict::Warn => level(requirement.level),
        Verdict::Error => "warning",
        Verdict::Untestable if !judged.is_unchecked && requirement.level == Level::Must => {
            "warning"
        }
        _ => return None,
    };
    let finding = judged.findings.first();
    let known = judged.expected.iter();
    let suppressions: Vec<Value> = known
        .map(|it| json!({ "kind": "external", "justification": format!("{} ({})", it.reason, it.link) }))
        .collect();
    Some(json!({
        "ruleId": requirement.id.as_str(),
        "ruleIndex": index,
        "level": level,
        "message": { "text": message(report, judged, finding) },
        "locations": [location(judged, finding)],
        "relatedLocations": [place(
            lines::LEDGER,
            lines::requirement(requirement.id),
            &format!("the requirement {}", requirement.id.as_str()),
        )],
        "partialFingerprints": { "requirement/v1": requirement.id.as_str() },
        "suppressions": suppressions,
        "properties": { "verdict": judged.verdict },
    }))
}

fn message(report: &Report<'_>, judged: &Judged<'_>, finding: Option<&Finding>) -> String {
    let mut parts = vec![judged.requirement.statement.clone(), format!("{}.", judged.message)];
    if let Some(finding) = finding {
        parts.push(format!("Expected {}; got {}.", finding.expected, finding.got));
        parts.extend(finding.exchange.iter().map(|exchange| {
            format!("Answer: {} {}. Request: {}.", exchange.status, exchange.body, exchange.curl)
        }));
    }
    parts.extend(judged.reproduced().map(|seen| format!("{}.", words::reproduced(seen))));
    let repeat = report.arguments(&[judged.requirement.id.as_str()]);
    parts.push(format!("Repeat: cargo xtask conformance {repeat}"));
    parts.join(" ")
}

/// The operation that showed it, or the first that the requirement names; else the requirement.
fn location(judged: &Judged<'_>, finding: Option<&Finding>) -> Value {
    let shown = finding.and_then(|finding| finding.exchange.as_ref());
    let named = judged.requirement.operations.first().map(String::as_str);
    let operations = shown.map(|exchange| exchange.operation).into_iter().chain(named);
    let id = judged.requirement.id;
    operations
        .filter_map(|operation| Some((operation, lines::operation(operation)?)))
        .map(|(operation, line)| place(lines::DOCUMENT, line, &format!("operation {operation}")))
        .next()
        .unwrap_or_else(|| place(lines::LEDGER, lines::requirement(id), id.as_str()))
}

fn place(file: &str, line: u64, what: &str) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": file },
            "region": { "startLine": line },
        },
        "message": { "text": what },
    })
}
