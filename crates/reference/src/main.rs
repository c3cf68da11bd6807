//! The command line of the reference server.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{fs, io};

use anyhow::Context;
use clap::{Args, Parser, Subcommand, ValueEnum};
use cluster_agents_reference::fixture::Fixture;
use cluster_agents_reference::{Database, Settings, demo, start};

/// A working server of GitLab's Agents API, to develop and test against.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves until it is interrupted.
    Serve(Serve),
}

#[derive(Args)]
struct Serve {
    /// Where to listen; port 0 takes a free one, which is printed.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// The users, tokens and projects, as TOML; without it those of the demo.
    #[arg(long, value_name = "FILE")]
    fixture: Option<PathBuf>,

    /// Where to keep agents: sqlite::memory:, sqlite:FILE or postgres://…
    #[arg(long, value_name = "URL", default_value = "sqlite:cluster-agents.db")]
    database: Database,

    /// The key that private keys are encrypted with, made if there is none; without it FILE.key
    /// beside a database in a file.
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,

    /// Whether there are receptive agents, and so URL configurations.
    #[arg(long, value_name = "on|off", default_value = "on", hide_possible_values = true)]
    receptive_agents: Switch,

    /// The root of links to other pages; without it the one that a request names.
    #[arg(long, value_name = "URL")]
    external_url: Option<String>,

    /// The most requests of a user in a minute; without it there is no limit.
    #[arg(long, value_name = "N")]
    rate_limit: Option<u32>,

    /// The largest request body.
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 20)]
    max_body: usize,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Switch {
    On,
    Off,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Command::Serve(arguments) = Cli::parse().command;
    tracing_subscriber::fmt().json().flatten_event(true).with_writer(io::stderr).init();
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            for cause in error.chain().skip(1) {
                let _ = writeln!(io::stderr(), "  {}", cause.to_string().replace('\n', "\n  "));
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Serve) -> anyhow::Result<()> {
    let settings = settings(arguments)?;
    warn_of_demo_tokens(&settings);
    let running = start(settings).await?;
    let announcement = format!("listening on {}", running.base_url());
    // Whoever reads the address may ask for the end at once.
    let end = running.until_interrupted();
    writeln!(io::stdout(), "{announcement}")?;
    end.await?;
    Ok(())
}

fn settings(arguments: Serve) -> anyhow::Result<Settings> {
    let fixture = match &arguments.fixture {
        Some(path) => read(path)?,
        None => demo::fixture()?,
    };
    Ok(Settings {
        listen: arguments.listen,
        fixture,
        database: arguments.database,
        key_file: arguments.key_file,
        receptive_agents: arguments.receptive_agents == Switch::On,
        external_url: arguments.external_url.map(|url| url.trim_end_matches('/').to_owned()),
        max_body_bytes: arguments.max_body,
        rate_limit: arguments.rate_limit,
    })
}

fn read(path: &PathBuf) -> anyhow::Result<Fixture> {
    let name = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    Fixture::parse(&text).with_context(|| format!("cannot use {name}"))
}

fn warn_of_demo_tokens(settings: &Settings) {
    let demo = settings
        .fixture
        .tokens
        .iter()
        .any(|token| token.value.expose().starts_with(demo::TOKEN_PREFIX));
    if demo && !settings.listen.ip().is_loopback() {
        tracing::warn!(
            "the demo tokens are known to everybody, and this server is not on loopback alone"
        );
    }
}
