//! Lists the agents of a project with their tokens.
//!
//! Start `cargo xtask serve`, then
//! `GITLAB_HOST=http://127.0.0.1:8080 GITLAB_TOKEN=demo-maintainer-token cargo run -p
//! cluster-agents-client --example list -- 20`

use std::io::{self, Write};

use cluster_agents_client::types::ProjectRef;
use cluster_agents_client::{Client, ClientBuilder, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let project: ProjectRef = std::env::args().nth(1).ok_or("which project?")?.parse()?;
    // The server on this machine speaks http. For a real GitLab, leave `allow_http` out.
    let client = ClientBuilder::from_env()?.allow_http().build()?;
    io::stdout().write_all(list(&client, &project).await?.as_bytes())?;
    Ok(())
}

pub(crate) async fn list(client: &Client, project: &ProjectRef) -> Result<String, Error> {
    let mut text = String::new();
    let mut agents = client.list_agents(project).prefetch();
    while let Some(agent) = agents.next().await {
        let agent = agent?;
        text.push_str(&format!("{} {}\n", agent.id, agent.name));
        for token in client.list_agent_tokens(project, agent.id).all().await? {
            text.push_str(&format!("    token {} {}\n", token.id, token.name));
        }
    }
    Ok(text)
}
