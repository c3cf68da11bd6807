//! `conformance diff`: what got better or worse from one report to another; and `--against`: where two
//! implementations differ.

use std::io::{self, Write};
use std::path::Path;

use cluster_agents_conformance::compare::{
    self, Change, Direction, Divergence, Sides, Summary, Wrong,
};
use cluster_agents_conformance::{Exit, Ledger, Plan, Settings, Target};

use crate::agree;

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

/// Takes the same programs on two implementations.
pub(crate) async fn against(
    settings: &Settings,
    ledger: &Ledger,
    (a, b): (&Target, &Target),
) -> anyhow::Result<Exit> {
    for target in [a, b] {
        agree::ask(settings, target, "run registers and deletes agents of its own")?;
    }
    let plan = Plan::build(ledger, settings, a);
    let sides = compare::against(ledger, &plan, a, b).await?;
    let mut out = io::stdout().lock();
    // A reader that closed the pipe has seen enough.
    let _ = told(&sides, (a, b), plan.seed, &mut out);
    Ok(match &sides {
        Sides { leftovers, .. } if !leftovers.is_empty() => Exit::Leftovers,
        _ if sides.divergences.iter().any(|it| it.wrong != Wrong::Neither) => Exit::NonConformant,
        Sides { ended: Some(_), .. } | Sides { programs: 0, .. } => Exit::Inconclusive,
        _ => Exit::Conformant,
    })
}

fn told(
    sides: &Sides,
    (a, b): (&Target, &Target),
    seed: u64,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut divergences: Vec<&Divergence> = sides.divergences.iter().collect();
    divergences.sort_by_key(|divergence| divergence.wrong);
    for divergence in divergences {
        diverges(divergence, out)?;
    }
    for left in &sides.leftovers {
        writeln!(
            out,
            "left behind agent `{}` in project {}: {}",
            left.name, left.project, left.problem
        )?;
    }
    writeln!(out, "{:>12} {} project {}", "A", a.base_url, a.project)?;
    writeln!(out, "{:>12} {} project {}", "B", b.base_url, b.project)?;
    writeln!(
        out,
        "{:>12} {} answers of {} programs with seed {seed}",
        "Compared", sides.answers, sides.programs
    )?;
    if let Some((side, reason)) = &sides.ended {
        writeln!(out, "{:>12} on {side:?}: {reason}", "Ended")?;
    }
    writeln!(
        out,
        "{:>12} {} where A is wrong, {} where B is, {} where both are, {} where neither is",
        "Divergences",
        sides.count(Wrong::A),
        sides.count(Wrong::B),
        sides.count(Wrong::Both),
        sides.count(Wrong::Neither)
    )
}

fn diverges(divergence: &Divergence, out: &mut dyn Write) -> io::Result<()> {
    let wrong = match divergence.wrong {
        Wrong::A => "A is wrong",
        Wrong::B => "B is wrong",
        Wrong::Both => "both are wrong",
        Wrong::Neither => "neither is wrong",
    };
    let requirement = divergence.requirement.map_or("left open by the sources", |id| id.as_str());
    writeln!(out, "{wrong}: {requirement} ({} times)", divergence.times)?;
    for (index, step) in divergence.before.iter().enumerate() {
        writeln!(out, "  {:<9} {step}", if index == 0 { "program" } else { "" })?;
    }
    writeln!(out, "  {:<9} {}", "step", divergence.step)?;
    writeln!(out, "  {:<9} {}", "A", divergence.a)?;
    writeln!(out, "  {:<9} {}\n", "B", divergence.b)
}
