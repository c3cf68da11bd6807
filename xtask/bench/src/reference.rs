//! The reference beside what limits it: a handler that does nothing, and a disk that must be synced.

mod commits;
mod growth;
mod reads;
mod registrations;
mod servers;

use std::io::Write;
use std::time::Duration;

use anyhow::Context;

use crate::table;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Seconds for each turn of each side.
    #[arg(long, default_value_t = 2.0, value_name = "SECONDS")]
    turn: f64,

    /// How many turns each side has.
    #[arg(long, default_value_t = 5, value_name = "N")]
    turns: usize,

    /// How many agents the large project has.
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    agents: usize,

    /// Only the comparisons whose name has this text.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

impl Args {
    fn turn(&self) -> Duration {
        Duration::from_secs_f64(self.turn.clamp(0.01, 600.0))
    }

    fn wants(&self, what: &str) -> bool {
        self.only.as_ref().is_none_or(|only| what.contains(only.as_str()))
    }
}

pub(crate) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<()> {
    // The servers run on another runtime, on threads of their own, as they would in real life.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .context("no runtime")?;
    table::header(out)?;
    let mut comparisons = runtime.block_on(reads::compare(args, out))?;
    comparisons += runtime.block_on(registrations::compare(args, out))?;
    comparisons += runtime.block_on(growth::compare(args, out))?;
    anyhow::ensure!(
        comparisons > 0,
        "no comparison has `{}` in its name",
        args.only.as_deref().unwrap_or_default()
    );
    Ok(())
}
