//! The report as one page that needs no network: readable without scripts, which only filter.

mod latency;
mod matrix;
mod requirements;

use std::fmt::Write;

use crate::report::{Report, words};
use crate::verdict::{RunVerdict, Verdict};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::from(HEAD);
    let verdict = words::verdict(report.judgement.verdict);
    let _ = write!(
        out,
        "<title>Agents API: {verdict}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    );
    out.push_str(&summary(report));
    out.push_str("<main>\n");
    out.push_str(&requirements::section(report));
    out.push_str(&matrix::section(report));
    out.push_str(&latency::section(report));
    out.push_str("</main>\n");
    let _ = writeln!(
        out,
        "<footer>cluster-agents-conformance {}, seed {}, plan {}, transcript {}</footer>",
        env!("CARGO_PKG_VERSION"),
        report.plan.seed,
        report.plan.hash(),
        report.transcript.hash()
    );
    let _ = write!(out, "<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

/// Nothing is loaded from anywhere: the policy forbids it.
const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
    style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta name=\"color-scheme\" content=\"light dark\">\n";

/// The verdict and what it is about.
fn summary(report: &Report<'_>) -> String {
    let class = match report.judgement.verdict {
        RunVerdict::Conformant => "pass",
        RunVerdict::NonConformant => "fail",
        RunVerdict::Inconclusive => "warn",
    };
    let verdict = words::verdict(report.judgement.verdict);
    let mut out = format!(
        "<header class=\"{class}\">\n<p class=\"what\">Agents API</p>\n<h1>{verdict}</h1>\n"
    );
    out.push_str(&list("reasons", report.judgement.reasons.iter().map(|it| escaped(it))));
    let _ = writeln!(out, "<dl>\n{}</dl>", facts(report));
    out.push_str(&list(
        "left",
        report
            .judgement
            .stale
            .iter()
            .map(|it| format!("out of date in the list of expected failures: {}", escaped(it))),
    ));
    out.push_str(&list(
        "left",
        report.transcript.leftovers.iter().map(|left| {
            format!(
                "left behind: agent <code>{}</code>: {}",
                escaped(&left.name),
                escaped(&left.problem)
            )
        }),
    ));
    out.push_str("</header>\n");
    out
}

fn facts(report: &Report<'_>) -> String {
    let (target, transcript) = (report.target, report.transcript);
    let kind = if report.is_reference { " (the reference)" } else { "" };
    let profile = if transcript.receptive { "core and receptive" } else { "core" };
    let again = format!("cargo xtask conformance {}", report.arguments(&report.only()));
    let who = &target.implementation;
    let who = [&who.name, &who.version, &who.url, &who.contact].into_iter().flatten();
    let who: Vec<String> = who.map(|it| escaped(it)).collect();
    let facts = [
        ("Made by", who.join(", ")),
        ("Target", format!("{}{kind}", escaped(target.base_url.as_str()))),
        ("Project", escaped(&target.project.to_string())),
        ("Profile", profile.to_owned()),
        (
            "Sent",
            format!(
                "{} requests in {} s",
                transcript.requests,
                words::seconds(transcript.duration_ms)
            ),
        ),
        ("Again", format!("<code>{}</code>", escaped(&again))),
    ];
    facts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("<div><dt>{name}</dt><dd>{value}</dd></div>\n"))
        .collect()
}

fn list(class: &str, items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.map(|item| format!("<li>{item}</li>\n")).collect();
    match items.is_empty() {
        true => String::new(),
        false => format!("<ul class=\"{class}\">\n{}</ul>\n", items.concat()),
    }
}

/// The colour of a verdict.
fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail => "fail",
        Verdict::Warn | Verdict::Error | Verdict::Untestable => "warn",
        Verdict::Info => "info",
        Verdict::Skip => "skip",
        Verdict::Pass => "pass",
    }
}

/// Text in HTML, also inside an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// JSON that no end of a script can hide in.
fn json(value: &serde_json::Value) -> String {
    value.to_string().replace('<', "\\u003c")
}
