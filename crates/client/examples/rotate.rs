//! Registers an agent if need be, and replaces its token.
//!
//! Start `cargo xtask serve`, then
//! `GITLAB_HOST=http://127.0.0.1:8080 GITLAB_TOKEN=demo-maintainer-token cargo run -p
//! cluster-agents-client --example rotate -- 20 production`

use std::io::{self, Write};

use cluster_agents_client::types::{AgentName, CreatedAgentToken, ProjectRef};
use cluster_agents_client::{BoxError, Client, ClientBuilder, Rotated};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), BoxError> {
    let mut arguments = std::env::args().skip(1);
    let project = arguments.next().ok_or("which project?")?.parse()?;
    let agent = arguments.next().ok_or("which agent?")?.parse()?;
    // The server on this machine speaks http. For a real GitLab, leave `allow_http` out.
    let client = ClientBuilder::from_env()?.allow_http().build()?;
    let rotated = rotate(&client, &project, &agent, deploy).await?;
    let (new, old) = (rotated.token.id, rotated.revoked);
    writeln!(io::stdout(), "token {new} is in use, {old:?} revoked")?;
    Ok(())
}

pub(crate) async fn rotate(
    client: &Client,
    project: &ProjectRef,
    agent: &AgentName,
    deploy: impl AsyncFnOnce(&CreatedAgentToken) -> Result<(), BoxError>,
) -> Result<Rotated, BoxError> {
    let agent = client.ensure_agent(project, agent).await?.value;
    Ok(client.rotate_token(project, agent.id, &"example".parse()?, deploy).await?)
}

/// Here the secret would go to the cluster. An error would revoke the new token.
async fn deploy(token: &CreatedAgentToken) -> Result<(), BoxError> {
    let length = token.token.expose().len();
    writeln!(io::stdout(), "got a secret of {length} characters")?;
    Ok(())
}
