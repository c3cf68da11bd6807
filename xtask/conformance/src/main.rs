//! `cargo xtask conformance`: judges an implementation of the Agents API over HTTP.

mod agree;
mod args;
mod comparing;
mod examining;
mod init;
mod planned;
mod progress;
mod replaying;
mod seeds;
mod show;
mod signals;
mod sweeping;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use cluster_agents_conformance::report::{Report, Style, prepare, prepare_folder};
use cluster_agents_conformance::settings::{DEFAULT_FILE, Given, SettingsFile};
use cluster_agents_conformance::{Error, Exit, Ledger, Plan, Settings, Target, judge, run};
use xtask_conformance::embedded::Reference;

use crate::args::{Args, Command};

use crate::progress::Progress;
use crate::signals::{Left, interrupted};

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

fn start(mut args: Args) -> anyhow::Result<Exit> {
    let ledger = Ledger::embedded()?;
    let mut out = io::stdout();
    match args.command.take() {
        Some(Command::Explain { id }) => show::explain(&ledger, &id, &mut out),
        Some(Command::Schema) => show::schema(&mut out),
        Some(Command::Init { path }) => init::write(&path, &mut out),
        Some(Command::Doctor(flags)) => runtime()?.block_on(examining::examined(*flags, &ledger)),
        Some(Command::Sweep(sweep)) => runtime()?.block_on(sweeping::swept(*sweep, &ledger)),
        Some(Command::Diff { before, after }) => comparing::diff(&before, &after, &mut out),
        Some(Command::Replay(replay)) => {
            runtime()?.block_on(replaying::replayed(*replay, &ledger, &mut out))
        }
        None if args.print.list => show::list(&ledger, &mut out),
        None => runtime()?.block_on(judged(args, &ledger)),
    }
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

/// The settings from flags, environment and file, after a word on what is odd about them.
fn resolved((config, given): (Option<PathBuf>, Given)) -> anyhow::Result<Settings> {
    let default = Path::new(DEFAULT_FILE);
    let file = match config.as_deref().or(default.is_file().then_some(default)) {
        Some(path) => SettingsFile::read(path)?,
        None => SettingsFile::default(),
    };
    let settings = Settings::resolve_with(&given, &|name| std::env::var(name).ok(), &file)?;
    for warning in &settings.warnings {
        let _ = writeln!(io::stderr(), "warning: {warning}");
    }
    Ok(settings)
}

async fn judged(args: Args, ledger: &Ledger) -> anyhow::Result<Exit> {
    let (seeds, only_told) = (args.test.seeds, args.safety.plan);
    let settings = resolved(args.given())?;
    if let Some(count) = seeds {
        return seeds::judged(&settings, count, ledger, &mut io::stdout()).await;
    }
    if !only_told {
        settings.reports.iter().try_for_each(|(_, path)| prepare(path))?;
        settings.artifacts.iter().try_for_each(|path| prepare_folder(path))?;
    }
    let reference = match settings.target {
        Some(_) => None,
        None => Some(Reference::start().await?),
    };
    let target = settings.target.as_ref().or(reference.as_ref().map(Reference::target));
    let Some(target) = target else { anyhow::bail!("there is nothing to test") };
    let exit = match &settings.against {
        _ if only_told => Ok(told(&Plan::build(ledger, &settings, target), target)),
        Some(other) => comparing::against(&settings, ledger, (target, other)).await,
        None => report(&settings, ledger, target, reference.is_some()).await,
    };
    if let Some(reference) = reference {
        reference.stop().await;
    }
    exit
}

/// What a run would do. A reader that closed the pipe has seen enough.
fn told(plan: &Plan, target: &Target) -> Exit {
    let _ = planned::told(plan, target, &mut io::stdout().lock());
    Exit::Conformant
}

async fn report(
    settings: &Settings,
    ledger: &Ledger,
    target: &Target,
    is_reference: bool,
) -> anyhow::Result<Exit> {
    let plan = Plan::build(ledger, settings, target);
    let (project, prefix) = (&target.project, plan.run.prefix());
    let what = format!("registers and deletes agents called {prefix}… in project {project}");
    agree::ask(settings, target, &format!("run {what}"))?;
    let left = if is_reference { Left::nothing() } else { Left::of(&plan, target) };
    let progress = Progress::new(&plan, target);
    let ran = run(ledger, &plan, target, &|event| progress.show(event), interrupted(left)).await;
    progress.clear();
    let transcript = ran?;
    let mut judgement = judge(ledger, &plan, &transcript);
    settings.expected.apply(&mut judgement, plan.strict, chrono::Local::now().date_naive());
    let report = Report {
        plan: &plan,
        target,
        is_reference,
        transcript: &transcript,
        judgement: &judgement,
        artifacts: settings.artifacts.as_deref(),
    };
    let faults = written(&report, settings)?;
    let exit = Exit::of_judgement(&judgement, transcript.leftovers.len());
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

fn style() -> Style {
    let is_unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match io::stdout().is_terminal() && !is_unwanted {
        true => Style::Coloured,
        false => Style::Plain,
    }
}
