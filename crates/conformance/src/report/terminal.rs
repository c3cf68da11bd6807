//! The report for people: what is broken first in reading order, then a summary that fits a screen.

use std::io::{Result, Write};

use crate::finding::Finding;
use crate::report::{Report, words};
use crate::verdict::{Judged, Judgement, RunVerdict, Verdict};

/// How many broken requirements are told in full, and how many more with their statement; the rest
/// are named. All of it fits a screen; the JSON report has everything.
const IN_FULL: usize = 3;
const IN_SHORT: usize = 5;
/// How many requirements that share a reason are named.
const SHOWN_IDS: usize = 3;
/// How many characters of an answer are shown.
const BODY: usize = 160;

/// Whether to use colours.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Style {
    /// Text only.
    Plain,
    /// With ANSI colours.
    Coloured,
}

#[derive(Clone, Copy)]
enum Colour {
    Red,
    Yellow,
    Green,
    Bold,
}

impl Style {
    fn paint(self, colour: Colour, text: &str) -> String {
        let code = match colour {
            Colour::Red => "31;1",
            Colour::Yellow => "33",
            Colour::Green => "32;1",
            Colour::Bold => "1",
        };
        match self {
            Self::Plain => text.to_owned(),
            Self::Coloured => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}

pub(super) fn print(report: &Report<'_>, out: &mut dyn Write, style: Style) -> Result<()> {
    let mut broken = sorted(report, &[Verdict::Fail, Verdict::Warn, Verdict::Error]);
    broken.retain(|judged| judged.expected.is_none());
    let (in_full, rest) = broken.split_at(broken.len().min(IN_FULL));
    for judged in in_full {
        print_broken(report, judged, out, style)?;
    }
    for judged in rest.iter().take(IN_SHORT) {
        print_headline(judged, out, style)?;
    }
    if rest.len() > IN_SHORT {
        let names: Vec<&str> =
            rest[IN_SHORT..].iter().map(|judged| judged.requirement.id.as_str()).collect();
        writeln!(out, "{} {}", style.paint(Colour::Bold, "also broken:"), names.join(", "))?;
    }
    if !rest.is_empty() {
        writeln!(out)?;
    }
    print_untestable(report, out, style)?;
    print_leftovers(report, out, style)?;
    print_summary(report, out, style)
}

fn sorted<'r>(report: &Report<'r>, verdicts: &[Verdict]) -> Vec<&'r Judged<'r>> {
    let mut chosen: Vec<_> = report
        .judgement
        .requirements
        .iter()
        .filter(|judged| verdicts.contains(&judged.verdict))
        .collect();
    chosen.sort_by_key(|judged| judged.verdict);
    chosen
}

/// Which requirement is broken, and what it says.
fn print_headline(judged: &Judged<'_>, out: &mut dyn Write, style: Style) -> Result<()> {
    let requirement = judged.requirement;
    let colour = if judged.verdict == Verdict::Fail { Colour::Red } else { Colour::Yellow };
    let word = style.paint(colour, judged.verdict.as_str());
    let id = style.paint(Colour::Bold, requirement.id.as_str());
    writeln!(out, "{word} {id} ({}): {}", requirement.level, requirement.statement)
}

fn print_broken(
    report: &Report<'_>,
    judged: &Judged<'_>,
    out: &mut dyn Write,
    style: Style,
) -> Result<()> {
    print_headline(judged, out, style)?;
    writeln!(out, "  {}", judged.message)?;
    if let Some(finding) = judged.findings.first() {
        print_finding(finding, out)?;
    }
    let id = judged.requirement.id.as_str();
    if let Some(reproduced) = judged.reproduced() {
        writeln!(out, "  again     {}", words::reproduced(reproduced))?;
    }
    if let Some(folder) = report.artifacts.filter(|_| !judged.findings.is_empty()) {
        writeln!(out, "  steps     {}", folder.join(id).display())?;
    }
    writeln!(out, "  repeat    cargo xtask conformance {}\n", report.arguments(&[id]))
}

fn print_finding(finding: &Finding, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "  check     {}", finding.check)?;
    writeln!(out, "  expected  {}", finding.expected)?;
    writeln!(out, "  got       {}", finding.got)?;
    for (index, line) in finding.program.iter().enumerate() {
        writeln!(out, "  {:<9} {line}", if index == 0 { "program" } else { "" })?;
    }
    if let Some(exchange) = &finding.exchange {
        let body: String = exchange.body.chars().take(BODY).collect();
        writeln!(out, "  answer    {} {}", exchange.status, body.replace('\n', " "))?;
        writeln!(out, "  request   {}", exchange.curl)?;
    }
    for line in finding.diff.iter().flat_map(|diff| diff.lines()) {
        writeln!(out, "    {line}")?;
    }
    Ok(())
}

/// What decides about the verdict without being broken.
fn print_untestable(report: &Report<'_>, out: &mut dyn Write, style: Style) -> Result<()> {
    let untestable = sorted(report, &[Verdict::Untestable]);
    let untestable: Vec<_> = untestable.into_iter().filter(|judged| !judged.is_unchecked).collect();
    for judged in untestable.iter().take(IN_SHORT) {
        let word = style.paint(Colour::Yellow, "untestable");
        let message: String = judged.message.chars().take(BODY).collect();
        writeln!(
            out,
            "{word} {} ({}): {message}",
            judged.requirement.id.as_str(),
            judged.requirement.level
        )?;
    }
    if untestable.len() > IN_SHORT {
        writeln!(out, "… and {} more in the JSON report", untestable.len() - IN_SHORT)?;
    }
    match untestable.is_empty() {
        true => Ok(()),
        false => writeln!(out),
    }
}

fn print_leftovers(report: &Report<'_>, out: &mut dyn Write, style: Style) -> Result<()> {
    for left in &report.transcript.leftovers {
        let word = style.paint(Colour::Red, "left behind");
        let id = left.id.map_or_else(|| String::from("?"), |id| id.to_string());
        writeln!(
            out,
            "{word} agent {id} `{}` in project {}: {}",
            left.name, left.project, left.problem
        )?;
    }
    match report.transcript.leftovers.is_empty() {
        true => Ok(()),
        false => writeln!(out),
    }
}

fn print_summary(report: &Report<'_>, out: &mut dyn Write, style: Style) -> Result<()> {
    let (transcript, judgement) = (report.transcript, report.judgement);
    let colour = match judgement.verdict {
        RunVerdict::Conformant => Colour::Green,
        RunVerdict::NonConformant => Colour::Red,
        RunVerdict::Inconclusive => Colour::Yellow,
    };
    let verdict = style.paint(colour, words::verdict(judgement.verdict));
    line(out, "Verdict", &format!("{verdict}{}", because(report)))?;
    line(out, "Target", &target(report))?;
    line(out, "Requirements", &counts(report))?;
    for (label, verdict) in
        [("Info", Verdict::Info), ("Skipped", Verdict::Skip), ("Untestable", Verdict::Untestable)]
    {
        print_aside(label, verdict, judgement, out)?;
    }
    print_expected(judgement, out, style)?;
    let seconds = words::seconds(transcript.duration_ms);
    line(out, "Sent", &format!("{} requests in {seconds} s", transcript.requests))?;
    let (plan, sent) = (report.plan.hash(), transcript.hash());
    line(out, "Fingerprint", &format!("plan {plan}, transcript {sent}"))?;
    let again = format!("cargo xtask conformance {}", report.arguments(&report.only()));
    line(out, "Seed", &format!("{}; again: {again}", report.plan.seed))
}

/// What is known to be broken, and what is not true any more of that.
fn print_expected(judgement: &Judgement<'_>, out: &mut dyn Write, style: Style) -> Result<()> {
    for judged in &judgement.requirements {
        if let Some(expected) = &judged.expected {
            let (id, reason) = (judged.requirement.id.as_str(), &expected.reason);
            line(out, "Expected", &format!("{id} is broken: {reason} ({})", expected.link))?;
        }
    }
    for stale in &judgement.stale {
        line(out, "Out of date", &style.paint(Colour::Yellow, stale))?;
    }
    Ok(())
}

/// What decides nothing, in a line for each reason.
fn print_aside(
    label: &str,
    verdict: Verdict,
    judgement: &Judgement<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for judged in judgement.requirements.iter().filter(|judged| judged.verdict == verdict) {
        let id = judged.requirement.id.as_str();
        match reasons.iter_mut().find(|(reason, _)| *reason == judged.message) {
            Some((_, ids)) => ids.push(id),
            None => reasons.push((&judged.message, vec![id])),
        }
    }
    for (reason, ids) in reasons {
        let more = match ids.len() {
            0..=SHOWN_IDS => String::new(),
            count => format!(" and {} more", count - SHOWN_IDS),
        };
        let ids = ids[..ids.len().min(SHOWN_IDS)].join(", ");
        line(out, label, &format!("{ids}{more}: {reason}"))?;
    }
    Ok(())
}

fn line(out: &mut dyn Write, label: &str, text: &str) -> Result<()> {
    writeln!(out, "{label:>12} {text}")
}

fn because(report: &Report<'_>) -> String {
    match report.judgement.reasons.is_empty() {
        true => String::new(),
        false => format!(" ({})", report.judgement.reasons.join("; ")),
    }
}

fn target(report: &Report<'_>) -> String {
    let url = report.target.base_url.as_str();
    let kind = if report.is_reference { " (the reference)" } else { "" };
    let profile = if report.transcript.receptive { "core and receptive" } else { "core" };
    let only = if report.plan.read_only.is_some() { ", read only" } else { "" };
    format!("{url}{kind}, project {}, profile {profile}{only}", report.target.project)
}

fn counts(report: &Report<'_>) -> String {
    let counts = report.judgement.counts();
    let number = |verdict: Verdict| counts.get(verdict.as_str()).copied().unwrap_or_default();
    let parts: Vec<String> = Verdict::ALL
        .into_iter()
        .filter(|verdict| {
            matches!(verdict, Verdict::Pass | Verdict::Fail | Verdict::Warn) || number(*verdict) > 0
        })
        .map(|verdict| {
            format!("{} {}{}", number(verdict), verdict.as_str(), unchecked(report, verdict))
        })
        .collect();
    parts.join(", ")
}

/// How many of the untestable are so because no check exists.
fn unchecked(report: &Report<'_>, verdict: Verdict) -> String {
    let unchecked =
        report.judgement.requirements.iter().filter(|judged| judged.is_unchecked).count();
    match verdict == Verdict::Untestable && unchecked > 0 {
        true => format!(" ({unchecked} without a check yet)"),
        false => String::new(),
    }
}
