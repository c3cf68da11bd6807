//! Makes an agent receptive: GitLab calls it at a URL.
//!
//! Start `cargo xtask serve`, then
//! `GITLAB_HOST=http://127.0.0.1:8080 GITLAB_TOKEN=demo-maintainer-token cargo run -p
//! cluster-agents-client --example receptive -- 20 production grpcs://agent.example.com:4242`

use std::io::{self, Write};

use cluster_agents_client::types::UrlConfiguration;
use cluster_agents_client::types::{AgentName, AgentUrl, NewUrlConfiguration, ProjectRef};
use cluster_agents_client::{Client, ClientBuilder, Ensured, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let project = arguments.next().ok_or("which project?")?.parse()?;
    let agent = arguments.next().ok_or("which agent?")?.parse()?;
    let url = arguments.next().ok_or("which URL?")?.parse()?;
    // The server on this machine speaks http. For a real GitLab, leave `allow_http` out.
    let client = ClientBuilder::from_env()?.allow_http().build()?;
    let Ensured { value, change } = receptive(&client, &project, &agent, url).await?;
    let key = value.public_key.unwrap_or_default();
    writeln!(io::stdout(), "{change:?}: GitLab calls {} with the public key {key}", value.url)?;
    Ok(())
}

pub(crate) async fn receptive(
    client: &Client,
    project: &ProjectRef,
    agent: &AgentName,
    url: AgentUrl,
) -> Result<Ensured<UrlConfiguration>, Error> {
    let agent = client.ensure_agent(project, agent).await?.value;
    client.ensure_url_configuration(project, agent.id, &NewUrlConfiguration::new(url)).await
}
