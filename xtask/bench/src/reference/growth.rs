//! Whether a project with many agents is slower to read than one with a single agent.

use std::sync::Arc;

use anyhow::ensure;
use cluster_agents_reference::{Database, demo};

use super::Args;
use super::servers::{Server, get_request, reference, register_request};
use crate::load::{self, Connection};
use crate::table::{Comparison, Goal};

pub(super) async fn compare(args: &Args) -> anyhow::Result<Vec<Comparison>> {
    let folder = tempfile::tempdir()?;
    let file = |name: &str| Database::File(folder.path().join(name));
    let (large, small) = (reference(file("large.db")).await?, reference(file("small.db")).await?);
    fill(&large, args.agents).await?;
    fill(&small, 1).await?;
    Ok(vec![
        one("page 1, 1 agent a page, of 100,000 / of 1", &large, &small, "?per_page=1", args).await?,
        one("get an agent, of 100,000 / of 1", &large, &small, "/1", args).await?,
    ])
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
    let running: Vec<_> = (0..CLIENTS.min(agents)).map(|client| tokio::spawn(one(client))).collect();
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
