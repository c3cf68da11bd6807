//! Formats of platforms: SARIF, GitLab Code Quality, GitHub annotations and JUnit.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::catalogue::Level;
use crate::review::{Finding, Location, Review};

/// The findings that somebody has to answer for.
fn open(review: &Review) -> impl Iterator<Item = &Finding> {
    review.findings.iter().filter(|finding| finding.approved.is_none())
}

/// Platforms show lines of the new document, where what is gone has its holder.
fn place(finding: &Finding) -> &Location {
    if finding.revision.pointer.is_empty() { &finding.base } else { &finding.revision }
}

/// SARIF 2.1.0.
pub(super) fn sarif(review: &Review) -> String {
    let level = |level| match level {
        Level::Err => "error",
        Level::Warn => "warning",
        Level::Info => "note",
    };
    let results: Vec<_> = open(review)
        .map(|finding| {
            let Location { file, line, column, .. } = place(finding);
            json!({
                "ruleId": finding.id,
                "level": level(finding.level),
                "message": { "text": described(finding) },
                "partialFingerprints": { "review/v1": finding.fingerprint },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": file },
                    "region": { "startLine": line, "startColumn": column },
                }}],
            })
        })
        .collect();
    let mut rules: Vec<_> = open(review).map(|finding| finding.id.as_str()).collect();
    rules.sort_unstable();
    rules.dedup();
    let rules: Vec<_> = rules.into_iter().map(|id| json!({ "id": id })).collect();
    pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "cluster-agents-review", "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

/// GitLab Code Quality: a list of issues with lines from 1.
pub(super) fn code_quality(review: &Review) -> String {
    let severity = |level| match level {
        Level::Err => "major",
        Level::Warn => "minor",
        Level::Info => "info",
    };
    let issues: Vec<_> = open(review)
        .map(|finding| {
            let Location { file, line, .. } = place(finding);
            json!({
                "description": described(finding),
                "check_name": finding.id,
                "fingerprint": finding.fingerprint,
                "severity": severity(finding.level),
                "location": { "path": file, "lines": { "begin": line } },
            })
        })
        .collect();
    pretty(&Value::from(issues))
}

/// Lines that GitHub turns into annotations.
pub(super) fn github(review: &Review) -> String {
    let mut out = String::new();
    for finding in open(review) {
        let word = match finding.level {
            Level::Err => "error",
            Level::Warn => "warning",
            Level::Info => "notice",
        };
        let Location { file, line, column, .. } = place(finding);
        let text = data(&described(finding));
        let (file, title) = (property(file), property(&finding.id));
        let _ =
            writeln!(out, "::{word} file={file},line={line},col={column},title={title}::{text}");
    }
    out
}

/// The escapes of GitHub's commands, without which a text could begin a command of its own.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// JUnit: one case per finding, a failure if it is an error.
pub(super) fn junit(review: &Review) -> String {
    let findings: Vec<_> = open(review).collect();
    let failures = findings.iter().filter(|finding| finding.level == Level::Err).count();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites><testsuite name=\"review\" tests=\"{}\" failures=\"{failures}\">\n",
        findings.len()
    );
    for finding in findings {
        let name = xml(&format!("{} {}", finding.id, finding.fingerprint));
        let class = xml(&finding.operations.join(", "));
        let text = xml(&described(finding));
        let _ = match finding.level {
            Level::Err => writeln!(
                out,
                "  <testcase classname=\"{class}\" name=\"{name}\"><failure message=\"{text}\"/></testcase>"
            ),
            Level::Warn | Level::Info => writeln!(
                out,
                "  <testcase classname=\"{class}\" name=\"{name}\"><system-out>{text}</system-out></testcase>"
            ),
        };
    }
    out.push_str("</testsuite></testsuites>\n");
    out
}

/// Text for XML; what XML 1.0 cannot hold is left out.
fn xml(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

fn described(finding: &Finding) -> String {
    if finding.operations.is_empty() {
        return finding.text.clone();
    }
    format!("{} – {}", finding.text, finding.operations.join(", "))
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
