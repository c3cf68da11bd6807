//! `cargo xtask codegen`: writes the generated files, or with `--check` shows what is stale.

mod files;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use cluster_agents_codegen::{Document, Files, Findings, Ledger, check, generate};
use files::{Change, State};

/// Make types, client, mock, server stub and the suite's tables from openapi/.
///
/// Exit codes: 0 everything is as generated, 1 a file is stale (with --check) or the document or the
/// ledger is wrong, 2 wrong usage, 3 a file cannot be read or written.
#[derive(Parser)]
#[command(name = "cargo xtask codegen", bin_name = "cargo xtask codegen")]
struct Args {
    /// Write nothing; show the difference and exit with 1 if a committed file is stale.
    #[arg(long)]
    check: bool,

    /// The OpenAPI document, if not openapi/cluster-agents.yaml.
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,

    /// The ledger of requirements, if not openapi/requirements.yaml.
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,

    /// List the rules that the document is checked against.
    #[arg(long)]
    rules: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = io::stdout().lock();
    let result = if args.rules { rules(&mut out) } else { codegen(&args, &mut out) };
    match result {
        Ok(code) => code,
        // Whoever reads has seen enough.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error:#}");
            // What was wrong with the document is a finding; all else is a fault of the surroundings.
            ExitCode::from(if error.is::<Findings>() { 1 } else { 3 })
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    kind == Some(io::ErrorKind::BrokenPipe)
}

fn rules(out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    for rule in check::RULES {
        writeln!(out, "{:<28} {}", rule.id, rule.about)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn codegen(args: &Args, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let start = Instant::now();
    let generated = run(args, &root)?;
    let took = start.elapsed();
    let changes = files::compare(&root, &generated)?;
    let stale: Vec<_> = changes.iter().filter(|change| change.state != State::Same).collect();
    writeln!(out, "{:>12} {} files in {} ms", "Generated", changes.len(), took.as_millis())?;
    if args.check {
        return report(&stale, out);
    }
    for change in &stale {
        files::write(change)?;
        writeln!(out, "{:>12} {}", "Wrote", change.path)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn run(args: &Args, root: &Path) -> anyhow::Result<Files> {
    let document = input(args.document.as_deref(), root, "openapi/cluster-agents.yaml");
    let ledger = input(args.ledger.as_deref(), root, "openapi/requirements.yaml");
    let parsed = Document::parse(&document.1, &files::read(&document.0)?)?;
    let ledger = Ledger::parse(&ledger.1, &files::read(&ledger.0)?, &parsed)?;
    Ok(generate(&parsed, &ledger)?)
}

/// The path of an input and its name in messages.
fn input(given: Option<&Path>, root: &Path, usual: &str) -> (PathBuf, String) {
    match given {
        Some(path) => (path.to_owned(), path.display().to_string()),
        None => (root.join(usual), usual.to_owned()),
    }
}

fn report(stale: &[&Change], out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let colour = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    for change in stale {
        files::show(change, colour, out)?;
    }
    if stale.is_empty() {
        writeln!(out, "{:>12} every generated file is as the document says", "Checked")?;
        return Ok(ExitCode::SUCCESS);
    }
    let (count, verb) = (stale.len(), if stale.len() == 1 { "file is" } else { "files are" });
    writeln!(out, "{:>12} {count} {verb} stale; mend with `cargo xtask codegen`", "Failed")?;
    Ok(ExitCode::from(1))
}
