//! What a run of the suite costs: requests and seconds, near and far.

mod delay;

use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use cluster_agents_conformance::settings::Given;
use cluster_agents_conformance::verdict::RunVerdict;
use cluster_agents_conformance::{Ledger, Plan, Settings, Target, judge};
use xtask_conformance::embedded::Reference;

/// The most requests of a run.
const REQUESTS: u64 = 3_000;
/// The longest that a run may take, in seconds: in all, for a thousand requests, and far away.
const SECONDS: f64 = 3.0;
const SECONDS_PER_THOUSAND: f64 = 1.0;
const SECONDS_FAR: f64 = 90.0;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many runs, each with a seed of its own and a fresh reference.
    #[arg(long, default_value_t = 9, value_name = "N")]
    runs: u64,

    /// How much later each answer comes from far away, in milliseconds; 0 leaves that out.
    #[arg(long, default_value_t = 100, value_name = "MILLISECONDS")]
    delay: u64,
}

/// What one run came to.
struct Cost {
    requests: u64,
    took: Duration,
}

pub(crate) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<()> {
    ensure!(args.runs > 0, "--runs must be at least 1");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.context("no runtime")?;
    runtime.block_on(near(args.runs, out))?;
    match args.delay {
        0 => Ok(()),
        delay => runtime.block_on(far(Duration::from_millis(delay), out)),
    }
}

async fn near(runs: u64, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut costs = Vec::new();
    for seed in 1..=runs {
        let reference = Reference::start().await?;
        costs.push(judged(reference.target(), seed).await?);
        reference.stop().await;
    }
    costs.sort_by_key(|cost| cost.took);
    let most = costs.iter().map(|cost| cost.requests).max().unwrap_or_default();
    let middle = &costs[costs.len() / 2];
    let (fastest, slowest) = (&costs[0], &costs[costs.len() - 1]);
    let seconds = middle.took.as_secs_f64();
    let per_thousand = seconds * 1000.0 / middle.requests as f64;
    line(out, "Requests of a run", most as f64, "", REQUESTS as f64)?;
    line(out, "Median run", seconds, "s", SECONDS)?;
    line(out, "A thousand requests of it", per_thousand, "s", SECONDS_PER_THOUSAND)?;
    let (fastest, slowest) = (fastest.took.as_secs_f64(), slowest.took.as_secs_f64());
    writeln!(out, "{runs} runs, the fastest {fastest:.2} s, the slowest {slowest:.2} s")?;
    Ok(())
}

async fn far(delay: Duration, out: &mut dyn Write) -> anyhow::Result<()> {
    let reference = Reference::start().await?;
    let near = reference.target();
    let address = near.base_url.socket_addrs(|| None)?;
    let address = delay::before(*address.first().context("no address")?, delay).await?;
    let mut target = near.clone();
    target.base_url.set_port(Some(address.port())).ok().context("no port in the URL")?;
    let cost = judged(&target, 1).await?;
    reference.stop().await;
    let what = format!("Answers {} ms later", delay.as_millis());
    line(out, &what, cost.took.as_secs_f64(), "s", SECONDS_FAR)?;
    Ok(())
}

/// A full run, which must be clean to count.
async fn judged(target: &Target, seed: u64) -> anyhow::Result<Cost> {
    let ledger = Ledger::embedded()?;
    let given = Given { seed: Some(seed), ..Given::default() };
    let settings = Settings::resolve(&given, &|_| None)?;
    let plan = Plan::build(&ledger, &settings, target);
    let started = Instant::now();
    let transcript =
        cluster_agents_conformance::run(&ledger, &plan, target, &|_| {}, std::future::pending())
            .await?;
    let took = started.elapsed();
    let verdict = judge(&ledger, &plan, &transcript).verdict;
    ensure!(verdict == RunVerdict::Conformant, "the run with seed {seed} was not clean");
    Ok(Cost { requests: transcript.requests, took })
}

fn line(out: &mut dyn Write, what: &str, got: f64, unit: &str, goal: f64) -> std::io::Result<()> {
    let digits = if unit.is_empty() { 0 } else { 2 };
    let verdict = if got <= goal { "reached" } else { "MISSED" };
    writeln!(out, "{what:<28} {got:>8.digits$} {unit:<2}  goal ≤ {goal:.0} {unit:<2} {verdict}")?;
    out.flush()
}
