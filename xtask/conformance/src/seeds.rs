//! The long run: many seeds, one after the other, each against a reference of its own.

use std::io::Write;
use std::time::Instant;

use cluster_agents_conformance::runner::Transcript;
use cluster_agents_conformance::verdict::{Judgement, Verdict};
use cluster_agents_conformance::{Error, Exit, Ledger, Plan, Settings, judge, run};
use xtask_conformance::embedded::Reference;

use crate::progress;
use crate::signals::{Left, interrupted};

/// How many problems of a seed are told; the run of that seed alone tells all.
const SHOWN: usize = 4;

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
    let bar = progress::bar("Seeds", u64::from(count));
    let (started, mut requests) = (Instant::now(), 0);
    let (mut ran, mut clean, mut exit) = (0, 0, Exit::Conformant);
    for seed in (settings.seed..).take(usize::try_from(count)?) {
        let (transcript, ended, problem) = one(settings, seed, ledger).await?;
        requests += transcript.requests;
        ran += 1;
        match problem {
            None => clean += 1,
            Some(problem) => bar.suspend(|| writeln!(out, "{:>12} {seed}: {problem}", "Seed"))?,
        }
        exit = worse(exit, ended);
        bar.inc(1);
        bar.set_message(format!("{clean} clean"));
        if transcript.ended_early.is_some() {
            break;
        }
    }
    bar.finish_and_clear();
    let seconds = started.elapsed().as_secs();
    writeln!(out, "{:>12} {ran} of {count}, {clean} clean", "Seeds")?;
    writeln!(out, "{:>12} {requests} requests in {seconds} s", "Sent")?;
    // What is not clean proves nothing even where nothing is broken.
    Ok(if clean < count { worse(exit, Exit::Inconclusive) } else { exit })
}

/// The exit that says more: a failure more than leftovers, those more than a run without a result.
fn worse(one: Exit, other: Exit) -> Exit {
    let order = [Exit::NonConformant, Exit::Leftovers, Exit::Inconclusive];
    order.into_iter().find(|exit| [one, other].contains(exit)).unwrap_or(one)
}

/// One run, and what is wrong with it.
async fn one(
    settings: &Settings,
    seed: u64,
    ledger: &Ledger,
) -> anyhow::Result<(Transcript, Exit, Option<String>)> {
    let reference = Reference::start().await?;
    let settings = Settings { seed, ..settings.clone() };
    let plan = Plan::build(ledger, &settings, reference.target());
    let ran = run(ledger, &plan, reference.target(), &|_| {}, interrupted(Left::nothing())).await;
    reference.stop().await;
    let transcript = ran?;
    let judgement = judge(ledger, &plan, &transcript);
    let problem = problem(&judgement, &transcript);
    let exit = Exit::of(judgement.verdict, transcript.leftovers.len());
    Ok((transcript, exit, problem))
}

/// Everything that a clean run does not have: broken or untestable requirements, leftovers, an
/// early end.
fn problem(judgement: &Judgement<'_>, transcript: &Transcript) -> Option<String> {
    let mut problems: Vec<String> = transcript.ended_early.iter().cloned().collect();
    for judged in &judgement.requirements {
        let is_clean = matches!(judged.verdict, Verdict::Pass | Verdict::Info | Verdict::Skip);
        let (verdict, id) = (judged.verdict.as_str(), judged.requirement.id.as_str());
        let message = &judged.message;
        problems.extend((!is_clean).then(|| format!("{verdict} {id} ({message})")));
    }
    let left = transcript.leftovers.len();
    problems.extend((left > 0).then(|| format!("{left} left behind")));
    if problems.len() > SHOWN {
        let more = problems.len() - SHOWN;
        problems.truncate(SHOWN);
        problems.push(format!("and {more} more"));
    }
    (!problems.is_empty()).then(|| problems.join(", "))
}
