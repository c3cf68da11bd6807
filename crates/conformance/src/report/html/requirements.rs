//! Every requirement with what became of it, what is broken first.

use std::fmt::Write;

use crate::finding::{Evidence, Finding};
use crate::oracle;
use crate::report::html::{class, escaped};
use crate::report::{Report, words};
use crate::repro::{Reproduction, Step};
use crate::verdict::{Judged, Verdict};

pub(super) fn section(report: &Report<'_>) -> String {
    let mut out = String::from("<section id=\"requirements\">\n<h2>Requirements</h2>\n");
    out.push_str(&filter(report));
    let mut sorted: Vec<&Judged<'_>> = report.judgement.requirements.iter().collect();
    sorted.sort_by_key(|judged| judged.verdict);
    for (index, judged) in sorted.into_iter().enumerate() {
        let is_open = index == 0 && words::is_broken(judged.verdict);
        out.push_str(&entry(report, judged, is_open));
    }
    out.push_str("<p id=\"none\" hidden>Nothing fits the filter.</p>\n</section>\n");
    out
}

/// A search field, and a switch for each verdict that there is.
fn filter(report: &Report<'_>) -> String {
    let counts = report.judgement.counts();
    let mut out = String::from(
        "<form id=\"filter\">\n<input type=\"search\" id=\"search\" aria-label=\"Search\" \
         placeholder=\"Search id, sentence, operation, check …\">\n<div class=\"switches\">\n",
    );
    for verdict in Verdict::ALL {
        let count = counts.get(verdict.as_str()).copied().unwrap_or(0);
        if count > 0 {
            let (name, class) = (verdict.as_str(), class(verdict));
            let _ = writeln!(
                out,
                "<label class=\"{class}\"><input type=\"checkbox\" value=\"{name}\" checked> \
                 <b>{count}</b> {name}</label>"
            );
        }
    }
    out.push_str("</div>\n</form>\n");
    out
}

fn entry(report: &Report<'_>, judged: &Judged<'_>, is_open: bool) -> String {
    let requirement = judged.requirement;
    let (id, verdict) = (requirement.id.as_str(), judged.verdict.as_str());
    let open = if is_open { " open" } else { "" };
    let checks = match oracle::REQUIREMENTS.contains(&requirement.id) {
        true => String::from("every answer of every check"),
        false => report.transcript.checks_of(requirement.id).join(", "),
    };
    let operations = requirement.operations.join(", ");
    let mut out = format!(
        "<details class=\"requirement {}\" id=\"{id}\" data-verdict=\"{verdict}\" \
         data-words=\"{}\"{open}>\n",
        class(judged.verdict),
        escaped(&format!("{id} {} {operations} {checks}", requirement.statement).to_lowercase())
    );
    let _ = writeln!(
        out,
        "<summary><span class=\"verdict\">{verdict}</span> <code>{id}</code> \
         <span class=\"level\">{}</span><span class=\"statement\">{}</span></summary>",
        requirement.level,
        escaped(&requirement.statement)
    );
    out.push_str("<div class=\"more\">\n");
    out.push_str(&about(judged, &operations, &checks));
    out.push_str(&judged.findings.first().map(failure).unwrap_or_default());
    let others: String = judged.findings.iter().skip(1).map(failure).collect();
    if !others.is_empty() {
        let _ = writeln!(
            out,
            "<details class=\"file\"><summary>{} more</summary>\n{others}</details>",
            judged.findings.len() - 1
        );
    }
    if !judged.findings.is_empty() {
        out.push_str(&again(report, judged));
    }
    out.push_str("</div>\n</details>\n");
    out
}

fn about(judged: &Judged<'_>, operations: &str, checks: &str) -> String {
    let requirement = judged.requirement;
    let times = match judged.observations {
        1 => String::from("once"),
        many => format!("{many} times"),
    };
    let source = format!("{} ({})", requirement.source.section, requirement.source.basis);
    let mut rows = vec![
        ("Why", escaped(&requirement.why)),
        ("Source", escaped(&source)),
        ("Operations", escaped(operations)),
        ("Checks", escaped(checks)),
        ("Looked at", times),
    ];
    if !judged.message.is_empty() {
        rows.insert(0, ("Seen", escaped(&judged.message)));
    }
    if let Some(known) = &judged.expected {
        let until = known.until.map(|day| format!(" until {day}")).unwrap_or_default();
        let told = format!("{} ({}){until}", known.reason, known.link);
        rows.insert(0, ("Known", escaped(&told)));
    }
    if let Some(seen) = judged.reproduced() {
        rows.insert(1, ("Again", words::reproduced(seen)));
    }
    table(&rows)
}

fn table(rows: &[(&str, String)]) -> String {
    let rows = rows.iter().filter(|(_, value)| !value.is_empty());
    let rows: String =
        rows.map(|(name, value)| format!("<div><dt>{name}</dt><dd>{value}</dd></div>\n")).collect();
    format!("<dl>\n{rows}</dl>\n")
}

fn failure(finding: &Finding) -> String {
    let mut out = format!(
        "<article>\n<h3>{}</h3>\n{}",
        escaped(finding.check),
        table(&[("Expected", escaped(&finding.expected)), ("Got", escaped(&finding.got))])
    );
    if !finding.program.is_empty() {
        let _ = writeln!(out, "<pre>{}</pre>", escaped(&finding.program.join("\n")));
    }
    if let Some(exchange) = &finding.exchange {
        out.push_str(&shown(exchange));
    }
    if let Some(diff) = &finding.diff {
        let _ = writeln!(out, "<pre>{}</pre>", coloured(diff));
    }
    out.push_str(&steps(&finding.steps));
    out.push_str("</article>\n");
    out
}

fn shown(exchange: &Evidence) -> String {
    format!(
        "<pre>{}</pre>\n<pre><b>{}</b> {}</pre>\n<p class=\"aside\">{} ms; request id \
         <code>{}</code></p>\n",
        escaped(&exchange.curl),
        exchange.status,
        escaped(&exchange.body),
        exchange.took_ms,
        escaped(&exchange.request_id)
    )
}

fn coloured(diff: &str) -> String {
    let line = |line: &str| match line.chars().next() {
        Some('+') => format!("<ins>{}</ins>\n", escaped(line)),
        Some('-') => format!("<del>{}</del>\n", escaped(line)),
        _ => format!("{}\n", escaped(line)),
    };
    diff.lines().map(line).collect()
}

/// The requests that lead to the failure.
fn steps(steps: &[Step]) -> String {
    if steps.len() < 2 {
        return String::new();
    }
    let mut out = String::from("<ol class=\"steps\">\n");
    for step in steps {
        let at_once = step.at_once.map(|group| format!(" <small>at once ({group})</small>"));
        let _ = writeln!(
            out,
            "<li><code>{} {}</code> → <b>{}</b>{}</li>",
            step.method,
            escaped(&step.path),
            step.status,
            at_once.unwrap_or_default()
        );
    }
    out.push_str("</ol>\n");
    out
}

/// How to see it again.
fn again(report: &Report<'_>, judged: &Judged<'_>) -> String {
    let id = judged.requirement.id.as_str();
    let command = format!("cargo xtask conformance {}", report.arguments(&[id]));
    let mut out = format!("<pre>{}</pre>\n", escaped(&command));
    let reproduction = Reproduction::of(judged, report.plan);
    for (name, text) in reproduction.iter().flat_map(Reproduction::files) {
        let _ = writeln!(
            out,
            "<details class=\"file\"><summary>{name}</summary><pre>{}</pre></details>",
            escaped(&text)
        );
    }
    out
}
