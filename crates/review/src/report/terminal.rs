//! A review as a terminal shows it, in the manner of a compiler.

use std::fmt::Write;

use crate::catalogue::Level;
use crate::review::{Finding, Location, Review};
use crate::version::Bump;

/// Renders the findings from `least` upwards; `sources` are the texts of base and revision, whose
/// lines are shown where something stands.
pub fn render(review: &Review, sources: (&str, &str), least: Level) -> String {
    let mut out = String::new();
    for finding in review.findings.iter().filter(|finding| finding.level >= least) {
        one(&mut out, finding, sources);
    }
    summary(&mut out, review);
    out
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Err => "error",
        Level::Warn => "warning",
        Level::Info => "note",
    }
}

fn one(out: &mut String, finding: &Finding, (base, revision): (&str, &str)) {
    let _ = writeln!(out, "{}[{}]: {}", word(finding.level), finding.id, finding.text);
    let is_gone = finding.pointer == finding.base.pointer
        && finding.pointer != finding.revision.pointer
        || finding.revision.pointer.is_empty();
    if is_gone {
        place(out, "was", &finding.base, base);
    } else {
        place(out, "now", &finding.revision, revision);
        if finding.base.line > 1 {
            place(out, "was", &finding.base, base);
        }
    }
    let verdicts: Vec<_> =
        finding.verdicts.iter().map(|(name, level)| format!("{name} {}", level.name())).collect();
    let forward = finding.forward.name();
    let _ =
        writeln!(out, "   = verdicts: {}; new client, old server {forward}", verdicts.join(", "));
    if let Some(because) = &finding.because {
        let _ = writeln!(out, "   = because: {because}");
    }
    if !finding.operations.is_empty() {
        let _ = writeln!(out, "   = operations: {}", finding.operations.join(", "));
    }
    if let Some(approved) = &finding.approved {
        let _ = writeln!(out, "   = approved: {approved}");
    }
    proof(out, finding);
    let _ = writeln!(out, "   = fingerprint: {}\n", finding.fingerprint);
}

fn proof(out: &mut String, finding: &Finding) {
    let Some(grade) = finding.grade else { return };
    let _ = writeln!(out, "   = grade: {}", grade.name());
    let Some(witness) = &finding.witness else { return };
    let (valid, invalid) = (witness.valid_under, witness.invalid_under);
    let _ = writeln!(out, "   = allowed by the {valid}, not by the {invalid}: {}", witness.why);
    let _ = writeln!(out, "     {}", shortened(&witness.curl));
    if let Some(response) = &witness.message.response {
        let body = response.body.as_ref().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(out, "     → {} {}", response.status, shortened(&body));
    }
}

/// The reports for machines have the whole text.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(400) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn place(out: &mut String, word: &str, location: &Location, text: &str) {
    let Location { file, line, column, .. } = location;
    let _ = writeln!(out, "  --> {file}:{line}:{column} ({word})");
    if let Some(source) = text.lines().nth(line.saturating_sub(1)) {
        let _ = writeln!(out, "{line:>5} | {}", source.trim_end());
    }
}

fn summary(out: &mut String, review: &Review) {
    let count = |level| review.count(level);
    let plural = |number: usize, word: &str| {
        format!("{number} {word}{}", if number == 1 { "" } else { "s" })
    };
    let _ = writeln!(
        out,
        "{}, {}, {} under the policy {}",
        plural(count(Level::Err), "error"),
        plural(count(Level::Warn), "warning"),
        plural(count(Level::Info), "note"),
        review.policy
    );
    let versions = &review.versions;
    let _ = match (&versions.base, &versions.required, &versions.revision) {
        (Some(version), ..) if review.bump == Bump::None => {
            writeln!(out, "version: {version}; nothing asks for another")
        }
        (Some(base), Some(required), Some(revision)) => writeln!(
            out,
            "version: {base} → {revision}; this is a {} change, which needs {required}",
            review.bump.name()
        ),
        _ => writeln!(out, "version bump: {}", review.bump.name()),
    };
}
