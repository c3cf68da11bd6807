//! Whether a project with many agents is slower to read than one with a single agent.

use std::io::Write;
use std::sync::Arc;

use anyhow::ensure;
use cluster_agents_reference::{Database, demo};

use super::Args;
use super::servers::{Server, get_request, reference, register_request};
use crate::load::{self, Connection};
use crate::table::{Comparison, Goal};

/// Shows each comparison as soon as it is made, and tells how many there were.
pub(super) async fn compare(args: &Args, out: &mut dyn Write) -> anyhow::Result<usize> {
    let comparisons = [
        ("page 1, one agent a page, of many / of 1", "?per_page=1"),
        ("get an agent, of many / of 1", "/1"),
    ];
    let wanted = comparisons.iter().filter(|(what, _)| args.wants(what));
    if wanted.clone().count() == 0 {
        return Ok(0);
    }
    let folder = tempfile::tempdir()?;
    let file = |name: &str| Database::File(folder.path().join(name));
    let (large, small) = (reference(file("large.db")).await?, reference(file("small.db")).await?);
    fill(&large, args.agents).await?;
    fill(&small, 1).await?;
    let mut shown = 0;
    for (what, path) in wanted {
        one(what, &large, &small, path, args).await?.show(out)?;
        shown += 1;
    }
    Ok(shown)
}

/// Registers agents over HTTP, many at once so that they share commits.
async fn fill(server: &Server, agents: usize) -> anyhow::Result<()> {
    const CLIENTS: usize = 64;
    let one = |client: usize| {
        let address = server.address;
        async move {
            let mut connection = Connection::open(address).await?;
            for number in (client..agents).step_by(CLIENTS) {
                let request = register_request(&format!("agent-{number:06}"));
                let status = connection.exchange(&request).await?;
                ensure!(status == 201, "project {}: answered with {status}", demo::PROJECT);
            }
            Ok(())
        }
    };
    let running: Vec<_> =
        (0..CLIENTS.min(agents)).map(|client| tokio::spawn(one(client))).collect();
    for client in running {
        client.await??;
    }
    Ok(())
}

async fn one(
    what: &'static str,
    large: &Server,
    small: &Server,
    path: &str,
    args: &Args,
) -> anyhow::Result<Comparison> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..args.turns {
        for (server, turns) in [(large, &mut ours), (small, &mut theirs)] {
            let request = get_request(path);
            let requests = Arc::new(move |_, _| request.clone());
            // One client: it is the time of an answer that counts, not how many there are.
            turns.push(load::run(server.address, 1, args.turn(), 200, requests).await?);
        }
    }
    Ok(Comparison { what, ours, theirs, goal: Goal::LatencyAtMost(1.2) })
}
