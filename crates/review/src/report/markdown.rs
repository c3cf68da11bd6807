//! A review as one comment of a merge request, which is edited rather than repeated.

use std::fmt::Write;

use crate::catalogue::Level;
use crate::review::{Finding, Review};

/// By which a bot finds its own comment again.
const MARKER: &str = "<!-- cluster-agents-review -->";

pub(super) fn render(review: &Review) -> String {
    let mut out = format!("{MARKER}\n## Review of the API document\n\n");
    let (errors, warnings) = (review.count(Level::Err), review.count(Level::Warn));
    let _ = writeln!(
        out,
        "**{errors} breaking**, {warnings} to look at, {} compatible under the policy `{}`. Version bump: **{}**.\n",
        review.count(Level::Info),
        review.policy,
        review.bump.name()
    );
    for (level, title) in [(Level::Err, "Breaking"), (Level::Warn, "To look at")] {
        section(&mut out, review, level, title);
    }
    matrix(&mut out, review);
    folded(&mut out, review);
    out
}

/// What each policy says, and what a new client meets at an old server: the argument is then about
/// policies, not about the tool.
fn matrix(out: &mut String, review: &Review) {
    let is_serious = |f: &&Finding| f.verdicts.values().any(|level| *level > Level::Info);
    let serious: Vec<_> = review.findings.iter().filter(is_serious).collect();
    let Some(first) = serious.first() else { return };
    let names: Vec<_> = first.verdicts.keys().copied().collect();
    let _ = writeln!(out, "| change | {} | new client, old server |", names.join(" | "));
    let _ = writeln!(out, "|---|{}", "---|".repeat(names.len() + 1));
    for finding in serious {
        let levels: Vec<_> = finding.verdicts.values().map(|level| level.name()).collect();
        let (path, forward) = (plain(&finding.path), finding.forward.name());
        let _ = writeln!(out, "| {} {path} | {} | {forward} |", finding.id, levels.join(" | "));
    }
    out.push('\n');
}

fn section(out: &mut String, review: &Review, level: Level, title: &str) {
    let findings: Vec<_> = review.findings.iter().filter(|f| f.level == level).collect();
    if findings.is_empty() {
        return;
    }
    let _ = writeln!(out, "### {title}\n");
    for finding in findings {
        one(out, finding);
    }
    out.push('\n');
}

fn one(out: &mut String, finding: &Finding) {
    let approved = finding.approved.as_ref().map(|why| format!(" – approved: {}", plain(why)));
    let grade = finding.grade.map(|grade| format!(" ({})", grade.name())).unwrap_or_default();
    let _ = writeln!(
        out,
        "- **{}**{grade}: {}{}",
        finding.id,
        plain(&finding.text),
        approved.unwrap_or_default()
    );
    let (file, line) = (&finding.revision.file, finding.revision.line);
    let _ = writeln!(out, "  - `{file}` line {line}, fingerprint `{}`", finding.fingerprint);
    if !finding.operations.is_empty() {
        let names: Vec<_> = finding.operations.iter().map(|name| code(name)).collect();
        let _ = writeln!(out, "  - {}", names.join(", "));
    }
    if let Some(witness) = &finding.witness {
        let curl = witness.curl.replace("```", "'''");
        let _ = writeln!(out, "\n    ```sh\n    {}\n    ```", curl.replace('\n', " "));
    }
}

fn folded(out: &mut String, review: &Review) {
    let notes: Vec<_> = review.findings.iter().filter(|f| f.level == Level::Info).collect();
    if notes.is_empty() {
        return;
    }
    let _ = writeln!(out, "<details><summary>{} compatible changes</summary>\n", notes.len());
    for finding in notes {
        let _ = writeln!(out, "- {}: {}", finding.id, plain(&finding.text));
    }
    let _ = writeln!(out, "\n</details>");
}

/// Text of the documents is shown, never obeyed: no markup, no mention.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            '\n' | '\r' => out.push(' '),
            '*' | '_' | '[' | ']' | '!' | '#' | '|' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}
