//! `cargo xtask conformance`: judges an implementation of the Agents API over HTTP.

mod args;
mod embedded;
mod progress;
mod replaying;
mod seeds;
mod show;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use cluster_agents_conformance::report::{Report, Style, prepare, prepare_folder};
use cluster_agents_conformance::{Error, Exit, Ledger, Plan, Settings, Target, judge, run};

use crate::args::{Args, Command};
use crate::embedded::Reference;
use crate::progress::Progress;

fn main() -> ExitCode {
    let args = Args::parse();
    let exit = match start(args) {
        Ok(exit) => exit,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error:#}");
            error.downcast_ref::<Error>().map_or(Exit::Inconclusive, Exit::from)
        }
    };
    ExitCode::from(exit as u8)
}

fn start(args: Args) -> anyhow::Result<Exit> {
    let ledger = Ledger::embedded()?;
    match &args.command {
        Some(Command::Explain { id }) => return show::explain(&ledger, id, &mut io::stdout()),
        Some(Command::Schema) => return show::schema(&mut io::stdout()),
        Some(Command::Replay { .. }) | None => {}
    }
    if args.list {
        return show::list(&ledger, &mut io::stdout());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(judged(args, &ledger))
}

async fn judged(mut args: Args, ledger: &Ledger) -> anyhow::Result<Exit> {
    let (seeds, command) = (args.seeds, args.command.take());
    let settings = Settings::resolve(&args.given(), &|name| std::env::var(name).ok())?;
    if let Some(count) = seeds {
        return seeds::judged(&settings, count, ledger, &mut io::stdout()).await;
    }
    settings.reports.iter().try_for_each(|(_, path)| prepare(path))?;
    settings.artifacts.iter().try_for_each(|path| prepare_folder(path))?;
    let reference = match settings.target {
        Some(_) => None,
        None => Some(Reference::start().await?),
    };
    let target = settings.target.as_ref().or(reference.as_ref().map(Reference::target));
    let Some(target) = target else { anyhow::bail!("there is nothing to test") };
    let exit = match command {
        Some(Command::Replay { path }) => {
            replaying::replayed(&path, &settings, target, ledger, &mut io::stdout()).await
        }
        _ => report(&settings, ledger, target, reference.is_some()).await,
    };
    if let Some(reference) = reference {
        reference.stop().await;
    }
    exit
}

async fn report(
    settings: &Settings,
    ledger: &Ledger,
    target: &Target,
    is_reference: bool,
) -> anyhow::Result<Exit> {
    let plan = Plan::build(ledger, settings, target);
    let progress = Progress::new(&plan, target);
    let ran = run(ledger, &plan, target, &|event| progress.show(event), interrupted()).await;
    progress.clear();
    let transcript = ran?;
    let judgement = judge(ledger, &plan, &transcript);
    let report = Report {
        plan: &plan,
        target,
        is_reference,
        transcript: &transcript,
        judgement: &judgement,
        artifacts: settings.artifacts.as_deref(),
    };
    let faults = written(&report, settings)?;
    let exit = Exit::of(judgement.verdict, transcript.leftovers.len());
    Ok(if faults && exit == Exit::Conformant { Exit::Inconclusive } else { exit })
}

/// Writes the report in all places. Tells whether a secret had to be taken out of it, which would be
/// a fault of the suite.
fn written(report: &Report<'_>, settings: &Settings) -> anyhow::Result<bool> {
    let mut faults = report.save_artifacts()?;
    for (format, path) in &settings.reports {
        faults.extend(report.save(*format, path)?);
    }
    // A reader that closed the pipe has seen enough.
    faults.extend(report.print(&mut io::stdout().lock(), style()).unwrap_or_default());
    for fault in &faults {
        let _ = writeln!(io::stderr(), "error: a fault of the suite: {fault}");
    }
    Ok(!faults.is_empty())
}

/// Ready when somebody wants the run to end. Without a handler for that it cannot be ended in an
/// orderly way.
#[cfg(unix)]
async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    let (Ok(mut interrupt), Ok(mut terminate)) = signals else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

/// Ready when somebody wants the run to end.
#[cfg(not(unix))]
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn style() -> Style {
    let is_unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match io::stdout().is_terminal() && !is_unwanted {
        true => Style::Coloured,
        false => Style::Plain,
    }
}
