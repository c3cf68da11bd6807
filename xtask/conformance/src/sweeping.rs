//! `sweep`: shows what earlier runs have left, and removes it.

use std::io::{self, Write};

use cluster_agents_conformance::manners::duration;
use cluster_agents_conformance::sweep::{Found, Sweeper};
use cluster_agents_conformance::{Error, Exit, Ledger, Plan, Target};

use crate::args::Sweep;
use crate::{agree, resolved};

/// Removes what is found and agreed to.
pub(crate) async fn swept(args: Sweep, ledger: &Ledger) -> anyhow::Result<Exit> {
    let older_than = args.older_than.as_deref();
    let older_than = older_than.map(|text| duration(text, "--older-than")).transpose()?;
    let settings = resolved(args.given())?;
    let target = settings.target.as_ref().ok_or_else(nothing_named)?;
    // A sweep makes nothing, so it has no journal of its own.
    let mut plan = Plan::build(ledger, &settings, target);
    plan.journal = None;
    let sweeper = Sweeper::new(ledger, &plan, target)?;
    let found = sweeper.find(&settings.journals(), older_than).await?;
    shown(&found, target, &mut io::stdout().lock())?;
    if !found.agents.is_empty() {
        agree::ask(&settings, target, "deletes the agents above")?;
    }
    let leftovers = sweeper.remove(&found).await;
    let mut out = io::stdout().lock();
    for left in &leftovers {
        let (id, name) = (left.id.unwrap_or_default(), &left.name);
        writeln!(
            out,
            "left behind agent {id} `{name}` in project {}: {}",
            left.project, left.problem
        )?;
    }
    writeln!(
        out,
        "{:>12} {} of {}",
        "Removed",
        found.agents.len() - leftovers.len(),
        found.agents.len()
    )?;
    Ok(if leftovers.is_empty() { Exit::Conformant } else { Exit::Leftovers })
}

fn nothing_named() -> Error {
    Error::Setting {
        setting: String::from("--base-url (CONFORMANCE_BASE_URL)"),
        problem: String::from("a sweep needs the target; the reference ends with its run"),
    }
}

fn shown(found: &Found, target: &Target, out: &mut dyn Write) -> io::Result<()> {
    for note in &found.notes {
        writeln!(out, "{:>12} {note}", "Left out")?;
    }
    for agent in &found.agents {
        let (id, name, project) = (agent.id, &agent.name, agent.project.replace("%2F", "/"));
        writeln!(
            out,
            "{:>12} agent {id} `{name}` in project {project}: {}",
            "Found", agent.because
        )?;
    }
    if found.agents.is_empty() {
        writeln!(out, "{:>12} nothing of earlier runs at {}", "Found", target.base_url)?;
    }
    Ok(())
}
