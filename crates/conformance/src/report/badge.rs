//! The verdict as an endpoint badge of shields.io: serve the file and name its address there.

use serde_json::json;

use crate::report::{Report, words};
use crate::verdict::{RunVerdict, Verdict};

pub(super) fn render(report: &Report<'_>) -> String {
    let judgement = report.judgement;
    let counts = judgement.counts();
    let number = |verdict: Verdict| counts.get(verdict.as_str()).copied().unwrap_or_default();
    let held = number(Verdict::Pass) + number(Verdict::Info);
    let judged = held + number(Verdict::Fail) + number(Verdict::Warn);
    let colour = match judgement.verdict {
        RunVerdict::Conformant => "brightgreen",
        RunVerdict::NonConformant => "red",
        RunVerdict::Inconclusive => "yellow",
    };
    let message = format!("{} · {held}/{judged}", words::verdict(judgement.verdict));
    let badge = json!({
        "schemaVersion": 1,
        "label": "Agents API",
        "message": message,
        "color": colour,
        "isError": judgement.verdict == RunVerdict::NonConformant,
    });
    format!("{badge:#}\n")
}
