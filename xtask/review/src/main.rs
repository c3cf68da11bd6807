//! `cargo xtask review`: what a reviewer runs when the document changes.

mod clock;
mod diff;
mod input;
mod lint;
mod release;
mod trace;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Review the OpenAPI document and its changes.
///
/// Exit codes: 0 nothing to object to, 1 findings, 2 could not run.
#[derive(Parser)]
#[command(name = "cargo xtask review", bin_name = "cargo xtask review")]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Lint(lint::Args),
    Diff(diff::Args),
    Release(release::Args),
    Trace(trace::Args),
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = io::stdout().lock();
    let result = match &args.task {
        Task::Lint(args) => lint::run(args, &mut out),
        Task::Diff(args) => diff::run(args, &mut out),
        Task::Release(args) => release::run(args, &mut out),
        Task::Trace(args) => trace::run(args, &mut out),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // Whoever reads has seen enough.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    kind == Some(io::ErrorKind::BrokenPipe)
}
