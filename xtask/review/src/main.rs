//! `cargo xtask review`: what a reviewer runs when the document changes.

mod clock;
mod compatibility;
mod diff;
mod input;
mod lint;
mod page;
mod release;
mod trace;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use cluster_agents_review::report::SCHEMA;

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
    Compatibility(compatibility::Args),
    Release(release::Args),
    Trace(trace::Args),
    Page(page::Args),
    /// Print the JSON Schema of the JSON report of a diff.
    Schema,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = io::stdout().lock();
    let result = match &args.task {
        Task::Lint(args) => lint::run(args, &mut out),
        Task::Diff(args) => diff::run(args, &mut out),
        Task::Compatibility(args) => compatibility::run(args, &mut out),
        Task::Release(args) => release::run(args, &mut out),
        Task::Trace(args) => trace::run(args, &mut out),
        Task::Page(args) => page::run(args, &mut out),
        Task::Schema => schema(&mut out),
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

fn schema(out: &mut dyn Write) -> anyhow::Result<bool> {
    out.write_all(SCHEMA.as_bytes())?;
    Ok(true)
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    kind == Some(io::ErrorKind::BrokenPipe)
}
