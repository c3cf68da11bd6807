//! `conformance replay`: is a failure of an earlier run still there?

use std::io::Write;
use std::path::Path;

use cluster_agents_conformance::repro::replay::{Outcome, plan};
use cluster_agents_conformance::{Exit, Ledger, Reproduction, Settings, Target, replay};

/// Plays a transcript and tells what came of each step.
pub(crate) async fn replayed(
    path: &Path,
    settings: &Settings,
    target: &Target,
    ledger: &Ledger,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let reproduction = Reproduction::read(path)?;
    let plan = plan(ledger, settings, target, &reproduction);
    let replayed = replay(ledger, &plan, target, &reproduction).await?;
    let head = &reproduction.head;
    writeln!(out, "{} ({}): {}", head.requirement, head.level, head.statement)?;
    for step in &replayed.steps {
        writeln!(out, "{step}")?;
    }
    writeln!(out, "{:>12} {}", "Expected", head.expected)?;
    writeln!(out, "{:>12} {}", "Got then", head.got)?;
    let exit = match &replayed.outcome {
        Outcome::Holds => {
            writeln!(out, "{:>12} holds", "Now")?;
            Exit::Conformant
        }
        Outcome::Broken(got) => {
            writeln!(out, "{:>12} still broken: {}", "Now", got.replace('\n', " "))?;
            Exit::NonConformant
        }
        Outcome::CannotTell(reason) => {
            writeln!(out, "{:>12} cannot tell: {reason}", "Now")?;
            Exit::Inconclusive
        }
    };
    for left in &replayed.leftovers {
        writeln!(
            out,
            "left behind agent `{}` in project {}: {}",
            left.name, left.project, left.problem
        )?;
    }
    Ok(if replayed.leftovers.is_empty() { exit } else { Exit::Leftovers })
}
