//! `review lint`: is the document well made?

use std::io::Write;
use std::path::Path;

use anyhow::anyhow;
use cluster_agents_codegen::check;
use cluster_agents_review::lint::{Config, RULES, Rule, lint};
use cluster_agents_review::{Level, Spec};

use crate::input;

/// Hold the document against the rules of its generators and the usual ones.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The document: a file, REVISION:FILE, or a git revision.
    #[arg(default_value = "openapi/cluster-agents.yaml")]
    document: String,

    /// Levels and exceptions; without it openapi/review.toml, if that exists.
    #[arg(long, value_name = "FILE")]
    config: Option<String>,

    /// List all rules.
    #[arg(long)]
    rules: bool,

    /// Explain one rule.
    #[arg(long, value_name = "RULE")]
    explain: Option<String>,

    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,
}

const CONFIG: &str = "openapi/review.toml";

/// Whether there is no error.
pub(crate) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<bool> {
    if args.rules {
        return list(out);
    }
    if let Some(id) = &args.explain {
        return explain(id, out);
    }
    let config = config(args)?;
    let document = input::read(&args.document)?;
    let spec = Spec::parse(&document.name, &document.text)?;
    let problems = lint(&spec, &document.text, &config);
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&problems)?)?;
    } else {
        for problem in &problems {
            let word = if problem.level == Level::Err { "error" } else { "warning" };
            writeln!(out, "{word}[{}]: {}", problem.rule, problem.message)?;
            writeln!(out, "  --> {}:{}:{}", problem.file, problem.line, problem.column)?;
            writeln!(out, "   = help: {}\n", problem.help)?;
        }
    }
    let errors = problems.iter().filter(|problem| problem.level == Level::Err).count();
    if !args.json {
        writeln!(out, "{errors} errors, {} warnings", problems.len() - errors)?;
    }
    Ok(errors == 0)
}

fn config(args: &Args) -> anyhow::Result<Config> {
    let path = args.config.as_deref().unwrap_or(CONFIG);
    if args.config.is_none() && !Path::new(path).exists() {
        return Ok(Config::default());
    }
    let file = input::read(path)?;
    Ok(Config::parse(&file.name, &file.text)?)
}

fn list(out: &mut dyn Write) -> anyhow::Result<bool> {
    for rule in check::RULES {
        writeln!(out, "{:<28} {}", rule.id, rule.about)?;
    }
    for rule in RULES {
        writeln!(out, "{:<28} {}", rule.id, rule.about)?;
    }
    Ok(true)
}

fn explain(id: &str, out: &mut dyn Write) -> anyhow::Result<bool> {
    if let Some(rule) = Rule::named(id) {
        write!(out, "{}", rule.page())?;
        return Ok(true);
    }
    let needed = check::RULES.iter().find(|rule| rule.id == id);
    let rule = needed.ok_or_else(|| anyhow!("there is no rule `{id}`; --rules lists them"))?;
    writeln!(
        out,
        "{} (ERR)\n\n{}\n\nThe generators need it; it has no exceptions.",
        rule.id, rule.about
    )?;
    Ok(true)
}
