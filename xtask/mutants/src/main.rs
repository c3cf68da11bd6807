//! `cargo xtask mutants`: how many planted defects the suite finds, and whom it blames wrongly.

mod arguments;
mod committed;
mod progress;
mod serve;

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use clap::Parser;
use cluster_agents_conformance::Ledger;
use cluster_agents_mutants::campaign::{self, Subject, Trial};
use cluster_agents_mutants::lab::Method;
use cluster_agents_mutants::report;
use cluster_agents_mutants::score::Score;

use crate::arguments::Args;
use crate::progress::Progress;

fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = io::stdout().lock();
    match go(&args, &mut out) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error:#}");
            let is_usage = error.downcast_ref::<arguments::Unknown>().is_some();
            ExitCode::from(if is_usage { 2 } else { 3 })
        }
    }
}

fn go(args: &Args, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let ledger = Ledger::embedded()?;
    if let Some(name) = &args.serve {
        serve::run(name, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let subjects = args.subjects()?;
    if args.list {
        list(&subjects, &ledger, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let score = score(args, &subjects, &ledger)?;
    write!(out, "{}", report::summary(&score))?;
    for (format, path) in &args.report {
        let failed = || format!("the report {} could not be written", path.display());
        std::fs::write(path, format.render(&score)).with_context(failed)?;
    }
    let problems = committed::problems(&score, args.scope());
    for problem in &problems {
        writeln!(out, "{:>12} {problem}", "Failed")?;
    }
    Ok(ExitCode::from(u8::from(!problems.is_empty())))
}

fn score(args: &Args, subjects: &[Subject], ledger: &Ledger) -> anyhow::Result<Score> {
    let trials: Vec<Trial> = (0..u64::from(args.seeds))
        .flat_map(|number| {
            let cut_short = args.quick || args.sample || number > 0;
            let method = Method { seed: args.seed + number, cut_short };
            subjects.iter().map(move |subject| Trial { subject: *subject, method })
        })
        .collect();
    let started = Instant::now();
    let progress = Progress::new(trials.len());
    let outcomes = campaign::run(&trials, args.jobs(), |outcome| progress.step(outcome))?;
    progress.end();
    let millis = u64::try_from(started.elapsed().as_millis())?;
    Ok(Score::of(&outcomes, subjects, ledger, millis))
}

fn list(subjects: &[Subject], ledger: &Ledger, out: &mut dyn Write) -> io::Result<()> {
    for subject in subjects {
        match subject {
            Subject::Defect(defect) => {
                let level = campaign::level(defect, ledger);
                let (name, class, does) = (defect.name, defect.class, defect.does);
                writeln!(out, "{class:<11} {name:<34} {level:<6} {} – {does}", defect.requirement)?;
            }
            Subject::Odd(odd) => writeln!(out, "{:<11} {:<34} {}", "odd", odd.name, odd.does)?,
        }
    }
    Ok(())
}
