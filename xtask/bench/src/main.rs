//! `cargo xtask bench`: what is fast, measured side by side in one run and told as ratios.

mod client;
mod conformance;
mod load;
mod reference;
mod table;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Measure side by side, in one run, in a release build. Absolute figures of a shared machine mean
/// little; the ratios between two things that took turns are what counts.
///
/// Exit codes: 0 measured, 2 wrong usage, 3 something could not be measured.
#[derive(Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
struct Args {
    #[command(subcommand)]
    subject: Subject,
}

#[derive(Subcommand)]
enum Subject {
    /// The client beside what one writes without it, and beside the crate `gitlab`.
    Client(client::Args),
    /// The reference server beside a bare axum handler and beside raw SQLite commits.
    Reference(reference::Args),
    /// A full run of the conformance suite on the reference, near and 100 ms away.
    Conformance(conformance::Args),
}

fn main() -> ExitCode {
    let Args { subject } = Args::parse();
    let mut out = io::stdout().lock();
    let measured = match subject {
        Subject::Client(args) => client::run(&args, &mut out),
        Subject::Reference(args) => reference::run(&args, &mut out),
        Subject::Conformance(args) => conformance::run(&args, &mut out),
    };
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::from(3)
        }
    }
}
