//! `cargo xtask serve`: the reference server with the demo fixture, and how to talk to it.

use std::io::{self, Write};
use std::net::SocketAddr;

use anyhow::Context;
use clap::Parser;
use cluster_agents_chaos as chaos;
use cluster_agents_reference::{Settings, demo, start};

/// Run the reference server with a demo fixture, in memory, until it is interrupted.
#[derive(Parser)]
#[command(name = "cargo xtask serve", bin_name = "cargo xtask serve")]
struct Arguments {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// Put the worst of networks before it, drawn from this number: delays, 429, 5xx, resets, silence,
    /// further and missing fields, ids beyond 32 bits, lists in another order.
    #[arg(long, value_name = "SEED")]
    chaos: Option<u64>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Arguments { listen, chaos } = Arguments::parse();
    let settings = Settings { fixture: demo::fixture()?, ..Settings::default() };
    let Some(seed) = chaos else {
        let running = start(Settings { listen, ..settings }).await?;
        introduce(running.address(), &mut io::stdout())?;
        return Ok(running.until_interrupted().await?);
    };
    let running = start(settings).await?;
    let settings = chaos::Settings { listen, ..chaos::Settings::new(seed, running.address()) };
    let proxy =
        chaos::start(settings).await.with_context(|| format!("cannot listen on {listen}"))?;
    introduce(proxy.address(), &mut io::stdout())?;
    Ok(running.until_interrupted().await?)
}

fn introduce(address: SocketAddr, out: &mut dyn Write) -> io::Result<()> {
    let url = format!("http://{address}/api/v4");
    writeln!(out, "listening on {url}\n")?;
    if !address.ip().is_loopback() {
        writeln!(out, "warning: everybody knows these tokens, and this is not loopback alone\n")?;
    }
    for (actor, token) in demo::ACTORS {
        writeln!(out, "  {actor:<12} {token}")?;
    }
    for (project, kind) in [
        (demo::PROJECT, "root/test"),
        (demo::SECOND_PROJECT, "of the maintainer"),
        (demo::PUBLIC_PROJECT, "public"),
        (demo::ARCHIVED_PROJECT, "archived"),
    ] {
        writeln!(out, "  project {project}   {kind}")?;
    }
    writeln!(out, "\nTry it:\n")?;
    writeln!(out, "  curl --header 'PRIVATE-TOKEN: demo-maintainer-token' \\")?;
    writeln!(
        out,
        "    --json '{{\"name\":\"some-agent\"}}' {url}/projects/{}/cluster_agents",
        demo::PROJECT
    )?;
    writeln!(out, "\nCtrl-C ends it, and forgets everything.")
}
