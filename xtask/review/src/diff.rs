//! `review diff`: what changed between two documents and what that breaks.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use cluster_agents_review::approvals::Approvals;
use cluster_agents_review::{Level, Policy, Review, Spec, report};

use crate::{clock, input};

/// Show what changed between two documents, and what that breaks.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The old document: a file, REVISION:FILE, a git revision of openapi/cluster-agents.yaml, or
    /// last-release.
    base: String,

    /// The new document.
    revision: String,

    /// What counts as breaking: gitlab, oasdiff or strict.
    #[arg(long, default_value = "gitlab", value_name = "NAME", value_parser = policy)]
    policy: &'static Policy,

    /// Write a report as well, to a file or (-) to standard output; may be repeated.
    /// Formats: json, markdown, sarif, codequality, github, junit.
    #[arg(long, value_name = "FORMAT=PATH", value_parser = target)]
    report: Vec<Target>,

    /// The breaks that are meant; without it openapi/approvals.toml, if that exists.
    #[arg(long, value_name = "FILE")]
    approvals: Option<PathBuf>,

    /// The least level that is shown.
    #[arg(long, default_value = "info", value_name = "LEVEL", value_parser = level)]
    show: Level,

    /// The least level that ends with exit code 1.
    #[arg(long, default_value = "err", value_name = "LEVEL", value_parser = level)]
    fail_on: Level,
}

const APPROVALS: &str = "openapi/approvals.toml";

#[derive(Clone)]
struct Target {
    format: report::Format,
    path: PathBuf,
}

fn policy(name: &str) -> Result<&'static Policy, String> {
    Policy::named(name).ok_or_else(|| {
        let known: Vec<_> = Policy::all().iter().map(Policy::name).collect();
        format!("the policies are {}", known.join(", "))
    })
}

fn level(name: &str) -> Result<Level, String> {
    Level::parse(&name.to_uppercase()).ok_or_else(|| "the levels are err, warn and info".to_owned())
}

fn target(text: &str) -> Result<Target, String> {
    let (format, path) = text.split_once('=').ok_or("a report is FORMAT=PATH")?;
    let format = report::Format::parse(format).ok_or_else(|| {
        let known: Vec<_> = report::Format::ALL.iter().map(|format| format.name()).collect();
        format!("the formats are {}", known.join(", "))
    })?;
    Ok(Target { format, path: path.into() })
}

/// Whether nothing was found that is bad enough to fail.
pub(crate) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<bool> {
    let (base, revision) = (input::read(&args.base)?, input::read(&args.revision)?);
    let base_spec = Spec::parse(&base.name, &base.text)?;
    let revision_spec = Spec::parse(&revision.name, &revision.text)?;
    let today = clock::today();
    let mut review = Review::of(&base_spec, &revision_spec, args.policy, &today)?;
    let flaws = approvals(args)?.apply(&mut review, &today);
    let to_stdout = args.report.iter().any(|target| target.path.as_os_str() == "-");
    if args.report.iter().filter(|target| target.path.as_os_str() == "-").count() > 1 {
        bail!("only one report can go to standard output");
    }
    if !to_stdout {
        let sources = (base.text.as_str(), revision.text.as_str());
        out.write_all(report::terminal::render(&review, sources, args.show).as_bytes())?;
    }
    for Target { format, path } in &args.report {
        let text = format.render(&review);
        if path.as_os_str() == "-" {
            out.write_all(text.as_bytes())?;
        } else {
            std::fs::write(path, text)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    for flaw in &flaws {
        writeln!(std::io::stderr(), "error: {flaw}")?;
    }
    Ok(flaws.is_empty() && review.worst().is_none_or(|worst| worst < args.fail_on))
}

fn approvals(args: &Args) -> anyhow::Result<Approvals> {
    let path = args.approvals.clone().unwrap_or_else(|| APPROVALS.into());
    if args.approvals.is_none() && !path.exists() {
        return Ok(Approvals::default());
    }
    let what = || format!("cannot read {}", path.display());
    let text = std::fs::read_to_string(&path).with_context(what)?;
    Approvals::parse(&text).with_context(what)
}
