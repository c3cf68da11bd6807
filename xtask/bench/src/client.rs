//! The client beside what one writes without it, and beside the crate `gitlab`.
//!
//! Each is a program of its own below `programs/`, built alone, so that none has the features of
//! another's dependencies. They take turns at one server, which answers from memory.

mod canned;
mod cost;
mod instructions;
mod programs;

use std::io::Write;

use self::canned::Server;
use self::programs::Program;
use crate::load::Figures;
use crate::table::{self, Comparison, Goal};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many calls a turn has.
    #[arg(long, default_value_t = 5_000, value_name = "N")]
    calls: usize,

    /// How many turns each side has.
    #[arg(long, default_value_t = 9, value_name = "N")]
    turns: usize,

    /// How many agents are listed.
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    agents: usize,

    /// Build every program from nothing first, and tell what each costs, as a table in Markdown.
    #[arg(long)]
    cost: bool,
}

pub(crate) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<()> {
    if args.cost {
        return cost::table(out);
    }
    let server = Server::start()?;
    let [ours, plain, gitlab] = ["ours", "plain", "gitlab-crate"].map(programs::build);
    let (ours, plain, gitlab) = (ours?, plain?, gitlab?);
    let compare = |what, task: [&'static str; 2], theirs: &Program, goal, count: usize| {
        let turn = |program: &Program, task| {
            let Figures { requests, took, p50, p99 } = program.run(task, count, &server)?.figures;
            // Of a list only the whole is timed.
            let (p50, p99) = if task == "get" { (p50, p99) } else { Default::default() };
            anyhow::Ok(Figures { requests, took, p50, p99 })
        };
        let (mut ours_turns, mut their_turns) = (Vec::new(), Vec::new());
        for _ in 0..args.turns {
            ours_turns.push(turn(&ours, task[0])?);
            their_turns.push(turn(theirs, task[1])?);
        }
        anyhow::Ok(Comparison { what, ours: ours_turns, theirs: their_turns, goal })
    };
    table::header(out)?;
    let gets = ["get", "get"];
    compare("get, beside reqwest and serde", gets, &plain, Goal::LatencyAtMost(1.05), args.calls)?
        .show(out)?;
    compare("get, beside `gitlab`", gets, &gitlab, Goal::LatencyAtMost(1.0), args.calls)?
        .show(out)?;
    let lists = ["list", "list"];
    compare("list, beside reqwest and serde", lists, &plain, Goal::RateAtLeast(0.95), args.agents)?
        .show(out)?;
    compare("list, beside `gitlab`", lists, &gitlab, Goal::RateAtLeast(1.0), args.agents)?
        .show(out)?;
    let raw = ["list", "raw"];
    compare("list, beside pages that nobody reads", raw, &plain, Goal::Rate, args.agents)?
        .show(out)?;
    memory(args.agents, &ours, &server, out)?;
    instructions::compare(&ours, &plain, &server, out)
}

/// How much memory a list takes at most, short and long.
fn memory(
    agents: usize,
    ours: &Program,
    server: &Server,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let peak = |agents| anyhow::Ok(ours.run("list", agents, server)?.peak_kib as f64 / 1024.0);
    let (short, long) = (peak(1_000)?, peak(agents)?);
    writeln!(
        out,
        "memory at most: {short:.1} MiB for 1,000 agents, {long:.1} MiB for {agents}; ratio {:.2}  \
         ≤ 1.10 {}",
        long / short,
        if long / short <= 1.1 { "reached" } else { "MISSED" }
    )?;
    Ok(())
}

/// What a program told of one turn.
#[derive(Clone, Copy)]
pub(crate) struct Turn {
    pub(crate) figures: Figures,
    pub(crate) peak_kib: u64,
}
