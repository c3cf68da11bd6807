//! The report as a comment on a merge request. The marker in its first line lets a pipeline find
//! its own comment again and replace it.

use std::fmt::Write;

use crate::finding::Finding;
use crate::report::{Report, words};
use crate::verdict::{Judged, RunVerdict, Verdict};

/// What a pipeline searches for.
const MARKER: &str = "<!-- cluster-agents-conformance -->";
/// How many broken requirements are told in full. Comments have a longest length.
const IN_FULL: usize = 20;

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = format!("{MARKER}\n");
    head(report, &mut out);
    counts(report, &mut out);
    let requirements = report.judgement.requirements.iter();
    let mut broken: Vec<&Judged<'_>> = requirements
        .filter(|judged| words::is_broken(judged.verdict) && judged.expected.is_none())
        .collect();
    broken.sort_by_key(|judged| judged.verdict);
    for judged in broken.iter().take(IN_FULL) {
        details(report, judged, &mut out);
    }
    if broken.len() > IN_FULL {
        let ids: Vec<String> = broken[IN_FULL..]
            .iter()
            .map(|judged| format!("`{}`", judged.requirement.id.as_str()))
            .collect();
        let _ = writeln!(out, "Also broken: {}.\n", ids.join(", "));
    }
    leftovers(report, &mut out);
    for stale in &report.judgement.stale {
        let _ = writeln!(out, "- out of date in the list of expected failures: {}", text(stale));
    }
    let again = report.arguments(&report.only());
    let _ = writeln!(out, "Again: `cargo xtask conformance {again}`");
    out
}

fn head(report: &Report<'_>, out: &mut String) {
    let sign = match report.judgement.verdict {
        RunVerdict::Conformant => "✅",
        RunVerdict::NonConformant => "❌",
        RunVerdict::Inconclusive => "⚠️",
    };
    let verdict = words::verdict(report.judgement.verdict);
    let _ = writeln!(out, "### {sign} Agents API: {verdict}\n");
    for reason in &report.judgement.reasons {
        let _ = writeln!(out, "- {}", text(reason));
    }
    if !report.judgement.reasons.is_empty() {
        out.push('\n');
    }
    let transcript = report.transcript;
    let _ = writeln!(
        out,
        "{}, project {}: {} requests in {} s.\n",
        code(report.target.base_url.as_str()),
        code(&report.target.project.to_string()),
        transcript.requests,
        words::seconds(transcript.duration_ms)
    );
}

fn counts(report: &Report<'_>, out: &mut String) {
    let counts = report.judgement.counts();
    let shown: Vec<(&str, usize)> = Verdict::ALL
        .iter()
        .map(|verdict| (verdict.as_str(), counts.get(verdict.as_str()).copied().unwrap_or(0)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out.push_str(&row(shown.iter().map(|(name, _)| (*name).to_owned()).collect()));
    out.push_str(&row(shown.iter().map(|_| String::from("--:")).collect()));
    out.push_str(&row(shown.iter().map(|(_, count)| count.to_string()).collect()));
    out.push('\n');
}

fn details(report: &Report<'_>, judged: &Judged<'_>, out: &mut String) {
    let requirement = judged.requirement;
    let id = requirement.id.as_str();
    let _ = writeln!(
        out,
        "<details><summary><b>{}</b> <code>{id}</code> ({}): {}</summary>\n",
        judged.verdict.as_str(),
        requirement.level,
        html(&requirement.statement)
    );
    let again = judged.reproduced().map(words::reproduced);
    let again = again.map_or_else(String::new, |again| format!("; {again}"));
    let _ = writeln!(out, "{}{again}.\n", text(&judged.message));
    if let Some(known) = &judged.expected {
        let _ = writeln!(out, "Known: {} ({}).\n", text(&known.reason), text(&known.link));
    }
    if let Some(finding) = judged.findings.first() {
        shown(finding, out);
    }
    let _ = writeln!(
        out,
        "Repeat: {}\n",
        code(&format!("cargo xtask conformance {}", report.arguments(&[id])))
    );
    out.push_str("</details>\n\n");
}

fn shown(finding: &Finding, out: &mut String) {
    let _ = writeln!(out, "- expected: {}", text(&finding.expected));
    let _ = writeln!(out, "- got: {}\n", text(&finding.got));
    let mut lines = finding.program.clone();
    if let Some(exchange) = &finding.exchange {
        lines.push(exchange.curl.clone());
        lines.push(format!("{} {}", exchange.status, exchange.body));
    }
    if !lines.is_empty() {
        out.push_str(&fenced("", &lines.join("\n")));
    }
    if let Some(diff) = &finding.diff {
        out.push_str(&fenced("diff", diff));
    }
}

fn leftovers(report: &Report<'_>, out: &mut String) {
    for left in &report.transcript.leftovers {
        let _ = writeln!(out, "- left behind: agent {}: {}", code(&left.name), text(&left.problem));
    }
    if !report.transcript.leftovers.is_empty() {
        out.push('\n');
    }
}

/// A block with a fence that nothing inside can close.
fn fenced(language: &str, content: &str) -> String {
    let longest = content.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}\n\n", content.trim_end())
}

/// Code within a line.
fn code(content: &str) -> String {
    let content = content.replace('\n', " ");
    match content.contains('`') {
        true => format!("`` {content} ``"),
        false => format!("`{content}`"),
    }
}

/// Text in which nothing is markup or mentions anybody.
fn text(content: &str) -> String {
    let mut out = String::new();
    for c in content.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

fn html(content: &str) -> String {
    content.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_target_answers_stays_text() {
        assert_eq!(fenced("", "a ```` b"), "`````\na ```` b\n`````\n\n");
        assert_eq!(text("@all <b> [x](y) `a`\n#1"), r"&#64;all &lt;b> \[x\](y) \`a\` \#1");
        assert_eq!(code("a ` b"), "`` a ` b ``");
    }
}
