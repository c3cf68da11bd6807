//! `review compatibility`: source, wire and semantic, each by experiment.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use cluster_agents_codegen::{Document, Ledger};
use cluster_agents_review::compatibility::source::{Surface, Surfaces};
use cluster_agents_review::compatibility::{self, Compatibility, Experiments, Results};
use cluster_agents_review::{Policy, Review, Spec};

use crate::{clock, input};

/// Try what a change breaks: programs that call the client, messages, and what was promised.
///
/// One row per operation. The client is generated from both documents, the smallest messages that
/// only one of them allows are searched, and the requirements of the base are looked up in a run of
/// the conformance suite.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The old document, as for `diff`.
    #[arg(default_value = input::LAST_RELEASE)]
    base: String,

    /// The new document.
    #[arg(default_value = "openapi/cluster-agents.yaml")]
    revision: String,

    /// The ledger of the base; without it the one beside a release, else the current one.
    #[arg(long, value_name = "FILE")]
    ledger: Option<String>,

    /// A JSON report of the conformance suite on an implementation of the revision; without it the
    /// suite is run on the embedded reference.
    #[arg(long, value_name = "FILE")]
    results: Option<String>,

    /// Print the table as JSON.
    #[arg(long)]
    json: bool,
}

/// Whether nothing is broken.
pub(crate) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<bool> {
    let (base, revision) = (input::read(&args.base)?, input::read(&args.revision)?);
    let spec = Spec::parse(&base.name, &base.text)?;
    let new = Spec::parse(&revision.name, &revision.text)?;
    let policy = Policy::named("gitlab").context("there is no policy gitlab")?;
    let review = Review::of(&spec, &new, policy, &clock::today())?;
    let surfaces = surfaces(&base, &revision);
    let ledger = ledger(args, &base)?;
    let results: Results = serde_json::from_str(&results(args)?)
        .context("the results are no JSON report of the suite")?;
    let table = Compatibility::of(
        &spec,
        Experiments {
            review: &review,
            surfaces: surfaces.as_ref().map_err(String::as_str),
            requirements: &ledger.requirements,
            results: Some(&results),
        },
    );
    let text = if args.json {
        serde_json::to_string_pretty(&table)? + "\n"
    } else {
        compatibility::render(&table)
    };
    out.write_all(text.as_bytes())?;
    Ok(!table.is_broken())
}

fn surfaces(base: &input::Input, revision: &input::Input) -> Result<Surfaces, String> {
    let surface = |from: &input::Input| {
        Surface::of(&from.name, &from.text).map_err(|error| format!("{}: {error}", from.name))
    };
    Ok(Surfaces::new(surface(base)?, surface(revision)?))
}

fn ledger(args: &Args, base: &input::Input) -> anyhow::Result<Ledger> {
    let beside = base.name.strip_suffix(".yaml").map(|name| format!("{name}.requirements.yaml"));
    let beside = beside.filter(|path| Path::new(path).exists());
    let path = args.ledger.clone().or(beside);
    let file = input::file(path.as_deref().unwrap_or("openapi/requirements.yaml"))?;
    let document = Document::parse(&base.name, &base.text)?;
    Ok(Ledger::parse(&file.name, &file.text, &document)?)
}

/// The report that was given, or that of a run on the embedded reference.
fn results(args: &Args) -> anyhow::Result<String> {
    if let Some(path) = &args.results {
        return Ok(input::file(path)?.text);
    }
    let folder = tempfile::tempdir().context("cannot make a folder for the report")?;
    let path = folder.path().join("report.json");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["run", "--quiet", "--package", "xtask-conformance", "--", "--report"])
        .arg(format!("json={}", path.display()))
        .output()
        .context("cannot start cargo to run the conformance suite")?;
    // A broken requirement is a result; only a run without a report is none.
    if !path.exists() {
        bail!("the conformance suite did not run:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    std::fs::read_to_string(&path).context("cannot read the report of the suite")
}
