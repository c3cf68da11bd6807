//! The report as JUnit XML, which every CI system reads: one case for each requirement.

use std::fmt::Write;

use crate::finding::Finding;
use crate::report::{Report, words};
use crate::verdict::{Judged, Verdict};

/// What becomes of a case.
enum Outcome {
    Passed,
    Failed,
    Errored,
    Skipped,
}

/// As `--strict` decides about the run, it decides whether a broken SHOULD is a failure here.
fn outcome(judged: &Judged<'_>, strict: bool) -> Outcome {
    match judged.verdict {
        _ if judged.expected.is_some() => Outcome::Skipped,
        Verdict::Pass | Verdict::Info => Outcome::Passed,
        Verdict::Fail => Outcome::Failed,
        Verdict::Warn if strict => Outcome::Failed,
        Verdict::Warn | Verdict::Skip => Outcome::Skipped,
        Verdict::Untestable if judged.is_unchecked => Outcome::Skipped,
        Verdict::Untestable | Verdict::Error => Outcome::Errored,
    }
}

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let (totals, of_root) = totals(report);
    let _ = writeln!(out, "<testsuites name=\"Agents API conformance\" {of_root}>");
    let name = attribute(&format!("Agents API at {}", report.target.base_url));
    let _ = writeln!(out, "  <testsuite name=\"{name}\" {totals}>");
    out.push_str(&properties(report));
    for judged in &report.judgement.requirements {
        out.push_str(&case(report, judged));
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

/// The totals of the suite, and those of the root, which may have no number of skipped ones.
fn totals(report: &Report<'_>) -> (String, String) {
    let (mut failures, mut errors, mut skipped) = (0, 0, 0);
    let requirements = &report.judgement.requirements;
    for judged in requirements {
        match outcome(judged, report.plan.strict) {
            Outcome::Passed => {}
            Outcome::Failed => failures += 1,
            Outcome::Errored => errors += 1,
            Outcome::Skipped => skipped += 1,
        }
    }
    let root = format!(
        "tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\" time=\"{}\"",
        requirements.len(),
        words::seconds(report.transcript.duration_ms)
    );
    (format!("{root} skipped=\"{skipped}\""), root)
}

fn properties(report: &Report<'_>) -> String {
    let pairs = [
        ("verdict", words::verdict(report.judgement.verdict).to_owned()),
        ("seed", report.plan.seed.to_string()),
        ("project", report.target.project.to_string()),
        ("requests", report.transcript.requests.to_string()),
        ("reasons", report.judgement.reasons.join("; ")),
    ];
    let mut out = String::from("    <properties>\n");
    for (name, value) in pairs {
        let _ = writeln!(out, "      <property name=\"{name}\" value=\"{}\"/>", attribute(&value));
    }
    out.push_str("    </properties>\n");
    out
}

fn case(report: &Report<'_>, judged: &Judged<'_>) -> String {
    let requirement = judged.requirement;
    let class = format!("{}.{}", requirement.profile, requirement.level);
    let id = requirement.id.as_str();
    let mut out = format!("    <testcase classname=\"{class}\" name=\"{id}\" time=\"0\">\n");
    let message = attribute(&message(judged));
    let kind = judged.verdict.as_str();
    let told = escaped(&told(report, judged));
    let _ = match outcome(judged, report.plan.strict) {
        Outcome::Passed => Ok(()),
        Outcome::Failed => {
            writeln!(out, "      <failure message=\"{message}\" type=\"{kind}\">{told}</failure>")
        }
        Outcome::Errored => {
            writeln!(out, "      <error message=\"{message}\" type=\"{kind}\">{told}</error>")
        }
        Outcome::Skipped => writeln!(out, "      <skipped message=\"{kind}: {message}\"/>"),
    };
    let statement = escaped(&format!("{}\n{}", requirement.statement, judged.message));
    let _ = writeln!(out, "      <system-out>{}</system-out>", statement.trim_end());
    out.push_str("    </testcase>\n");
    out
}

/// The one line that lists of failed tests show.
fn message(judged: &Judged<'_>) -> String {
    if let Some(expected) = &judged.expected {
        return format!("expected, {} ({})", expected.reason, expected.link);
    }
    match judged.findings.first() {
        Some(finding) => format!("expected {}; got {}", finding.expected, finding.got),
        None => judged.message.clone(),
    }
}

/// Everything that somebody needs who opens a failed test.
fn told(report: &Report<'_>, judged: &Judged<'_>) -> String {
    let mut out = format!("{}\n{}\n", judged.requirement.statement, judged.message);
    for finding in &judged.findings {
        out.push_str(&finding_text(finding));
    }
    if let Some(reproduced) = judged.reproduced() {
        let _ = writeln!(out, "\nagain: {}", words::reproduced(reproduced));
    }
    let repeat = report.arguments(&[judged.requirement.id.as_str()]);
    let _ = writeln!(out, "\nrepeat: cargo xtask conformance {repeat}");
    out
}

fn finding_text(finding: &Finding) -> String {
    let mut out = format!(
        "\ncheck: {}\nexpected: {}\ngot: {}\n",
        finding.check, finding.expected, finding.got
    );
    for line in &finding.program {
        let _ = writeln!(out, "did: {line}");
    }
    if let Some(exchange) = &finding.exchange {
        let _ = writeln!(out, "request: {}", exchange.curl);
        let _ = writeln!(out, "request id: {}", exchange.request_id);
        let _ = writeln!(out, "answer: {} {}", exchange.status, exchange.body);
    }
    if let Some(diff) = &finding.diff {
        out.push_str(diff);
    }
    out
}

/// Text inside an attribute, where a line end has to be written as a reference.
fn attribute(text: &str) -> String {
    escaped(text).replace('\n', "&#10;")
}

/// Text in XML; what XML cannot hold becomes a replacement character.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn whatever_a_target_answers_is_text_in_xml() {
        let hostile = "]]></failure>\u{0}\u{1b}[31m\"&\u{ffff}ä\n";
        assert_eq!(
            escaped(hostile),
            "]]&gt;&lt;/failure&gt;\u{fffd}\u{fffd}[31m&quot;&amp;\u{fffd}ä\n"
        );
    }
}
