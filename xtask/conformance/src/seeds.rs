//! The long run: many seeds, one after the other, each against a reference of its own.

use std::io::Write;
use std::time::Instant;

use cluster_agents_conformance::runner::Transcript;
use cluster_agents_conformance::verdict::{Judgement, Verdict};
use cluster_agents_conformance::{Error, Exit, Ledger, Plan, Settings, judge, run};
use xtask_conformance::embedded::Reference;

use crate::signals::{Left, interrupted};

/// Judges the reference once for each of `count` seeds, beginning with that of the settings. Prints
/// a line for each seed that finds anything, and a summary.
pub(crate) async fn judged(
    settings: &Settings,
    count: u32,
    ledger: &Ledger,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    if settings.target.is_some() {
        let problem = String::from("many seeds are for the reference, and a target is given");
        return Err(Error::Setting { setting: String::from("--seeds"), problem }.into());
    }
    let started = Instant::now();
    let (mut ran, mut clean, mut requests) = (0, 0, 0);
    for seed in (settings.seed..).take(usize::try_from(count)?) {
        let (transcript, problem) = one(settings, seed, ledger).await?;
        requests += transcript.requests;
        ran += 1;
        match problem {
            None => clean += 1,
            Some(problem) => writeln!(out, "{:>12} {seed}: {problem}", "Seed")?,
        }
        if transcript.ended_early.is_some() {
            break;
        }
    }
    let seconds = started.elapsed().as_secs();
    writeln!(out, "{:>12} {ran} of {count}, {clean} clean", "Seeds")?;
    writeln!(out, "{:>12} {requests} requests in {seconds} s", "Sent")?;
    Ok(if clean == count { Exit::Conformant } else { Exit::NonConformant })
}

/// One run, and what is wrong with it.
async fn one(
    settings: &Settings,
    seed: u64,
    ledger: &Ledger,
) -> anyhow::Result<(Transcript, Option<String>)> {
    let reference = Reference::start().await?;
    let settings = Settings { seed, ..settings.clone() };
    let plan = Plan::build(ledger, &settings, reference.target());
    let ran = run(ledger, &plan, reference.target(), &|_| {}, interrupted(Left::nothing())).await;
    reference.stop().await;
    let transcript = ran?;
    let problem = problem(&judge(ledger, &plan, &transcript), &transcript);
    Ok((transcript, problem))
}

/// Everything that a clean run does not have: broken or untestable requirements, leftovers, an
/// early end.
fn problem(judgement: &Judgement<'_>, transcript: &Transcript) -> Option<String> {
    let mut problems: Vec<String> = transcript.ended_early.iter().cloned().collect();
    for judged in &judgement.requirements {
        let is_clean = matches!(judged.verdict, Verdict::Pass | Verdict::Info | Verdict::Skip);
        let (verdict, id) = (judged.verdict.as_str(), judged.requirement.id.as_str());
        problems.extend((!is_clean).then(|| format!("{verdict} {id}")));
    }
    let left = transcript.leftovers.len();
    problems.extend((left > 0).then(|| format!("{left} left behind")));
    (!problems.is_empty()).then(|| problems.join(", "))
}
