//! `review trace`: where everything in the contract comes from.

use std::io::Write;

use anyhow::{Context, bail};
use cluster_agents_codegen::{Document, Ledger};
use cluster_agents_review::Spec;
use cluster_agents_review::trace::page::Page;
use cluster_agents_review::trace::sources::Sources;
use cluster_agents_review::trace::{Contract, Trace, render};

use crate::input;

/// Show where each element and requirement comes from, and what of the documentation nothing covers.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The documentation of the API, as copied from a browser or in Markdown. Given twice, the
    /// second is a newer edition, and what it touches is told.
    #[arg(long, value_name = "FILE")]
    documentation: Vec<String>,

    /// Print every element and requirement with its source.
    #[arg(long)]
    list: bool,

    /// Print the trace as JSON.
    #[arg(long, conflicts_with = "list")]
    json: bool,

    /// The folder with the document, the ledger and the sources.
    #[arg(long, value_name = "FOLDER", default_value = "openapi")]
    openapi: String,
}

/// Whether everything has a source and every part of the documentation is covered.
pub(crate) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<bool> {
    if args.documentation.len() > 2 {
        bail!("--documentation takes the documentation and at most one newer edition");
    }
    let read = |name: &str| input::file(&format!("{}/{name}", args.openapi));
    let (document, ledger, sources) =
        (read("cluster-agents.yaml")?, read("requirements.yaml")?, read("sources.yaml")?);
    let spec = Spec::parse(&document.name, &document.text)?;
    let checked = Document::parse(&document.name, &document.text)?;
    let ledger = Ledger::parse(&ledger.name, &ledger.text, &checked)?;
    let sources = Sources::parse(&sources.name, &sources.text)?;
    let headings: Vec<_> = sources.sections.iter().map(|s| s.heading.as_str()).collect();
    let pages = args.documentation.iter().map(|name| page(name, &headings));
    let pages = pages.collect::<anyhow::Result<Vec<_>>>()?;
    let contract = Contract { spec: &spec, requirements: &ledger.requirements, sources: &sources };
    let trace = Trace::of(contract, pages.first(), pages.get(1));
    let text = match (args.json, args.list) {
        (true, _) => serde_json::to_string_pretty(&trace)? + "\n",
        (false, true) => render::list(&trace),
        (false, false) => render::text(&trace),
    };
    out.write_all(text.as_bytes())?;
    Ok(trace.problems.is_empty())
}

fn page(name: &str, headings: &[&str]) -> anyhow::Result<Page> {
    let file = input::file(name)?;
    let page = Page::parse(&file.text, headings);
    let is_one = page.sections.iter().any(|section| section.endpoint.is_some());
    is_one.then_some(page).with_context(|| {
        format!("{name}: there is no heading with an endpoint like `GET /…` below it")
    })
}
