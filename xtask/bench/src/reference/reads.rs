//! Reading: one agent and a page of twenty, beside a handler that returns the same bytes.

use std::io::Write;
use std::sync::Arc;

use cluster_agents_reference::Database;

use super::Args;
use super::servers::{bare, get_request, headers, reference, register_request};
use crate::load::{self, Connection, Figures};
use crate::table::{Comparison, Goal};

const CLIENTS: usize = 16;

/// Shows each comparison as soon as it is made, and tells how many there were.
pub(super) async fn compare(args: &Args, out: &mut dyn Write) -> anyhow::Result<usize> {
    let folder = tempfile::tempdir()?;
    let file = |name: &str| Database::File(folder.path().join(name));
    let (memory, disk) = (Goal::RateAtLeast(0.6), Goal::RateAtLeast(0.4));
    let comparisons = [
        ("get an agent, memory / bare axum", Database::Memory, "/1", memory),
        ("get an agent, SQLite file / bare axum", file("get.db"), "/1", disk),
        ("list 20 agents, memory / bare axum", Database::Memory, "", memory),
        ("list 20 agents, SQLite file / bare axum", file("list.db"), "", disk),
    ];
    let mut shown = 0;
    for (what, database, path, goal) in comparisons {
        if args.wants(what) {
            one(what, database, path, goal, args).await?.show(out)?;
            shown += 1;
        }
    }
    Ok(shown)
}

async fn one(
    what: &'static str,
    database: Database,
    path: &str,
    goal: Goal,
    args: &Args,
) -> anyhow::Result<Comparison> {
    let ours = reference(database).await?;
    let mut connection = Connection::open(ours.address).await?;
    for number in 0..20 {
        connection.exchange(&register_request(&format!("agent-{number:02}"))).await?;
    }
    let request = get_request(path);
    connection.exchange(&request).await?;
    let (head, body) = connection.answer()?;
    let theirs = bare(headers(head)?, body.to_vec()).await?;
    drop(connection);
    let (mut our_turns, mut their_turns) = (Vec::new(), Vec::new());
    for _ in 0..args.turns {
        our_turns.push(turn(ours.address, &request, args).await?);
        their_turns.push(turn(theirs.address, &request, args).await?);
    }
    Ok(Comparison { what, ours: our_turns, theirs: their_turns, goal })
}

async fn turn(
    address: std::net::SocketAddr,
    request: &[u8],
    args: &Args,
) -> anyhow::Result<Figures> {
    let request = request.to_vec();
    load::run(address, CLIENTS, args.turn(), 200, Arc::new(move |_, _| request.clone())).await
}
