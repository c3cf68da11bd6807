//! `--plan`: what a run would do, told without sending anything.

use std::collections::BTreeMap;
use std::io::{Result, Write};

use cluster_agents_conformance::allowance::{Amount, Bound, bound};
use cluster_agents_conformance::{Plan, Target};

/// Prints what the plan would send to the target at most.
pub(crate) fn told(plan: &Plan, target: &Target, out: &mut dyn Write) -> Result<()> {
    let bound = bound(plan);
    line(
        out,
        "Plan",
        &format!("{} checks with seed {}; nothing was sent", plan.checks.len(), plan.seed),
    )?;
    line(out, "Target", &format!("{}, project {}", target.base_url, target.project))?;
    let actors: Vec<&str> = target.actors().map(|actor| actor.name()).collect();
    line(out, "Actors", &actors.join(", "))?;
    skipped(plan, out)?;
    writes(plan, &bound, out)?;
    requests(target, &bound, out)
}

fn skipped(plan: &Plan, out: &mut dyn Write) -> Result<()> {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, reason) in &plan.skipped {
        *reasons.entry(reason).or_default() += 1;
    }
    for (reason, count) in reasons {
        let checks = if count == 1 { "check" } else { "checks" };
        line(out, "Left out", &format!("{count} {checks}: {reason}"))?;
    }
    Ok(())
}

fn writes(plan: &Plan, bound: &Bound, out: &mut dyn Write) -> Result<()> {
    if bound.writes.is_empty() {
        return line(out, "Writes", "none");
    }
    let scope = format!("on agents called {}… only, by any of the actors:", plan.run.prefix());
    line(out, "Writes", &scope)?;
    writeln!(out, "{:>12}  {:>7}", "usual", "at most")?;
    for (kind, Amount { usual, at_most }) in &bound.writes {
        let (method, path) = kind.split_once(' ').unwrap_or((kind, ""));
        writeln!(out, "{usual:>12}  {at_most:>7}  {method:<7}{path}")?;
    }
    let spare = bound.spare;
    writeln!(out, "{:>12}  {spare:>7}  any of these, where the target answers otherwise", 0)
}

fn requests(target: &Target, bound: &Bound, out: &mut dyn Write) -> Result<()> {
    let Amount { usual, at_most } = bound.requests;
    let at_most = target.manners.max_requests.unwrap_or(at_most);
    let mut text = format!("at most {at_most}; about {usual} if nothing is broken");
    if let Some(rps) = target.manners.max_rps {
        let minutes = usual.div_ceil(u64::from(rps)).div_ceil(60);
        text.push_str(&format!(", which takes {minutes} min at {rps} a second"));
    }
    line(out, "Requests", &text)?;
    let text = "a check ends when it has sent its part of the writes, the run with the requests";
    line(out, "Held to", text)
}

fn line(out: &mut dyn Write, label: &str, text: &str) -> Result<()> {
    writeln!(out, "{label:>12} {text}")
}
