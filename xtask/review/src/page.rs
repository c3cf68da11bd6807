//! `review page`: the reference as one HTML file.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, bail};
use cluster_agents_codegen::{Document, Ledger};
use cluster_agents_review::page::results::Results;
use cluster_agents_review::page::{self, Input};
use cluster_agents_review::trace::sources::Sources;
use cluster_agents_review::trace::{Contract, Trace};
use cluster_agents_review::{Policy, Review, Spec};

use crate::{clock, input, release};

/// Write the reference as one HTML file that needs no network.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where the page is written.
    #[arg(long, short, value_name = "FILE", default_value = "target/reference.html")]
    output: PathBuf,

    /// The last result of an implementation: the file that `cargo xtask conformance --report
    /// json=FILE` wrote, and a name for the page; may be repeated.
    #[arg(long, value_name = "NAME=FILE", value_parser = named)]
    results: Vec<(String, String)>,

    /// What changes are told since; without it the last release, if there is one.
    #[arg(long, value_name = "DOCUMENT")]
    since: Option<String>,

    /// Write a plain Redoc page instead, by Redocly's command line. Needs Node, and the network to
    /// fetch it.
    #[arg(long, conflicts_with_all = ["results", "since"])]
    redoc: bool,

    /// The folder with the document, the ledger and the sources.
    #[arg(long, value_name = "FOLDER", default_value = "openapi")]
    openapi: PathBuf,
}

/// The version of Redocly's command line that is known to work.
const REDOCLY: &str = "@redocly/cli@2.77.0";

fn named(text: &str) -> Result<(String, String), String> {
    let (name, file) = text.split_once('=').ok_or("results are NAME=FILE")?;
    Ok((name.to_owned(), file.to_owned()))
}

/// Always true: there is nothing to object to.
pub(crate) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<bool> {
    if let Some(folder) = args.output.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    if args.redoc {
        redoc(args)?;
    } else {
        let html = html(args)?;
        std::fs::write(&args.output, html)
            .with_context(|| format!("cannot write {}", args.output.display()))?;
    }
    writeln!(out, "{:>12} {}", "Wrote", args.output.display())?;
    Ok(true)
}

fn html(args: &Args) -> anyhow::Result<String> {
    let read = |name: &str| input::file(&args.openapi.join(name).display().to_string());
    let (document, ledger, sources) =
        (read("cluster-agents.yaml")?, read("requirements.yaml")?, read("sources.yaml")?);
    let spec = Spec::parse(&document.name, &document.text)?;
    let checked = Document::parse(&document.name, &document.text)?;
    let requirements = Ledger::parse(&ledger.name, &ledger.text, &checked)?.requirements;
    let sources = Sources::parse(&sources.name, &sources.text)?;
    let contract = Contract { spec: &spec, requirements: &requirements, sources: &sources };
    let origins = Trace::of(contract, None, None).origins;
    let since = since(args, &spec)?;
    let results = args.results.iter().map(|(name, file)| {
        let text = input::file(file)?.text;
        Results::parse(name, &text).with_context(|| format!("{file} is no report of the suite"))
    });
    let results = results.collect::<anyhow::Result<Vec<_>>>()?;
    Ok(page::render(Input {
        spec: &spec,
        requirements: &requirements,
        origins: &origins,
        since: since.as_ref(),
        results: &results,
    }))
}

fn since(args: &Args, spec: &Spec) -> anyhow::Result<Option<Review>> {
    let base = match &args.since {
        Some(from) => Some(input::read(from)?),
        None => release::newest(&args.openapi)?.map(|path| input::file(&path)).transpose()?,
    };
    let Some(base) = base else { return Ok(None) };
    let policy = Policy::named("gitlab").context("there is no policy gitlab")?;
    let base = Spec::parse(&base.name, &base.text)?;
    Ok(Some(Review::of(&base, spec, policy, &clock::today())?))
}

fn redoc(args: &Args) -> anyhow::Result<()> {
    let status = Command::new("npx")
        .args(["--yes", REDOCLY, "build-docs", "--inlineBundle"])
        .arg(args.openapi.join("cluster-agents.yaml"))
        .arg("--output")
        .arg(&args.output)
        .env("REDOCLY_TELEMETRY", "off")
        .status()
        .context("cannot start npx: a Redoc page needs Node; the page without --redoc does not")?;
    if !status.success() {
        bail!("Redocly's command line ended with {status}");
    }
    Ok(())
}
