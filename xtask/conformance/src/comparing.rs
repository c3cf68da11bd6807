//! `conformance diff`: what got better or worse from one report to another.

use std::io::Write;
use std::path::Path;

use cluster_agents_conformance::Exit;
use cluster_agents_conformance::compare::{Change, Direction, Summary};

/// How many characters of an explanation are shown.
const TOLD: usize = 160;

/// Compares two JSON reports.
pub(crate) fn diff(before: &Path, after: &Path, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let comparison = Summary::read(before)?.compare(&Summary::read(after)?);
    // A reader that closed the pipe has seen enough.
    for change in &comparison.changes {
        let _ = writeln!(out, "{}", line(change));
    }
    let count = |direction| {
        comparison.changes.iter().filter(|change| change.direction == direction).count()
    };
    let (before, after) = &comparison.verdicts;
    let _ = writeln!(
        out,
        "{:>12} {} worse, {} better, {} new, {} gone, {} other",
        "Compared",
        count(Direction::Worse),
        count(Direction::Better),
        count(Direction::New),
        count(Direction::Gone),
        count(Direction::Other)
    );
    let _ = writeln!(out, "{:>12} {before} → {after}", "Verdict");
    Ok(if comparison.is_worse() { Exit::NonConformant } else { Exit::Conformant })
}

fn line(change: &Change) -> String {
    let word = match change.direction {
        Direction::Worse => "worse",
        Direction::Better => "better",
        Direction::New => "new",
        Direction::Gone => "gone",
        Direction::Other => "other",
    };
    let verdict = |verdict: &Option<String>| verdict.clone().unwrap_or_else(|| String::from("–"));
    let (before, after) = &change.verdicts;
    let told: String = change.told.chars().take(TOLD).collect();
    let told = if told.is_empty() { told } else { format!(": {}", told.replace('\n', " ")) };
    let (before, after) = (verdict(before), verdict(after));
    format!("{word:<6} {} ({}) {before} → {after}{told}", change.id, change.level)
}
