//! `conformance replay`: is a failure of an earlier run still there?

use std::io::Write;

use cluster_agents_conformance::repro::Replayed;
use cluster_agents_conformance::repro::replay::{Outcome, plan};
use cluster_agents_conformance::{Exit, Ledger, Reproduction, replay};

use crate::args::Replay;
use crate::{agree, resolved};
use xtask_conformance::embedded::Reference;

/// Plays a transcript and tells what came of each step. Without a target the reference is started.
pub(crate) async fn replayed(
    args: Replay,
    ledger: &Ledger,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let reproduction = Reproduction::read(&args.path)?;
    let settings = resolved(args.given())?;
    let reference = match settings.target {
        Some(_) => None,
        None => Some(Reference::start().await?),
    };
    let target = settings.target.as_ref().or(reference.as_ref().map(Reference::target));
    let Some(target) = target else { anyhow::bail!("there is nothing to play it on") };
    let plan = plan(ledger, &settings, target, &reproduction);
    agree::ask(&settings, target, "registers and deletes agents as the transcript says")?;
    let replayed = replay(ledger, &plan, target, &reproduction).await;
    if let Some(reference) = reference {
        reference.stop().await;
    }
    told(&reproduction, &replayed?, out)
}

fn told(
    reproduction: &Reproduction,
    replayed: &Replayed,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
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
