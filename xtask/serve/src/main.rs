//! `cargo xtask serve`: the reference server with the demo fixture, and how to talk to it.

use std::io::{self, Write};
use std::net::SocketAddr;

use clap::Parser;
use cluster_agents_reference::{Running, Settings, demo, start};

/// Run the reference server with a demo fixture, in memory, until it is interrupted.
#[derive(Parser)]
#[command(name = "cargo xtask serve", bin_name = "cargo xtask serve")]
struct Arguments {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Arguments { listen } = Arguments::parse();
    let running =
        start(Settings { listen, fixture: demo::fixture()?, ..Settings::default() }).await?;
    introduce(&running, &mut io::stdout())?;
    running.until_interrupted().await?;
    Ok(())
}

fn introduce(running: &Running, out: &mut dyn Write) -> io::Result<()> {
    let url = running.base_url();
    writeln!(out, "listening on {url}\n")?;
    if !running.address().ip().is_loopback() {
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
