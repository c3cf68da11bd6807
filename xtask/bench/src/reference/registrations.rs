//! Registering agents with 32 clients at once, beside single-row commits of one connection.

use std::io::Write;
use std::sync::Arc;

use cluster_agents_reference::Database;

use super::servers::{reference, register_request};
use super::{Args, commits};
use crate::load;
use crate::table::{Comparison, Goal};

const CLIENTS: usize = 32;

/// Shows the comparison, and tells whether there was one.
pub(super) async fn compare(args: &Args, out: &mut dyn Write) -> anyhow::Result<usize> {
    let what = "register, 32 clients / single durable commits";
    if !args.wants(what) {
        return Ok(0);
    }
    let folder = tempfile::tempdir()?;
    let server = reference(Database::File(folder.path().join("registrations.db"))).await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for turn in 0..args.turns {
        let name = move |client, number| format!("agent-{turn}-{client}-{number}");
        let requests = Arc::new(move |client, number| register_request(&name(client, number)));
        ours.push(load::run(server.address, CLIENTS, args.turn(), 201, requests).await?);
        theirs.push(commits::commit(&folder.path().join("commits.db"), args.turn()).await?);
    }
    Comparison { what, ours, theirs, goal: Goal::RateAtLeast(1.0) }.show(out)?;
    Ok(1)
}
