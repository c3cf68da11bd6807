//! One server, for people and for other tools.

use std::io::Write;

use cluster_agents_mutants::{defects, odds, right_server};
use cluster_agents_reference::demo;
use tokio::runtime::Builder;

use crate::arguments::Unknown;

/// Starts a server, prints how it is reached, and waits until it is interrupted.
pub(crate) fn run(name: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let defect = defects().into_iter().find(|defect| defect.name == name);
        let odd = odds().into_iter().find(|odd| odd.name == name);
        let server = match (defect, odd) {
            (Some(defect), _) => defect.start().await?,
            (None, Some(odd)) => odd.start().await?,
            (None, None) if name == "right" => right_server().await?,
            (None, None) => return Err(Unknown(name.to_owned()).into()),
        };
        writeln!(out, "{}", server.base_url())?;
        for (actor, token) in demo::ACTORS {
            writeln!(out, "{actor} {token}")?;
        }
        out.flush()?;
        Ok(tokio::signal::ctrl_c().await?)
    })
}
