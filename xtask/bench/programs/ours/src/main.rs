//! The client of this workspace.

use cluster_agents_client::types::AgentId;
use cluster_agents_client::{Client, Credential};

include!("../../measure.rs");

fn main() {
    let client = Client::builder()
        .base_url(server())
        .allow_http()
        .no_proxy()
        .credential(Credential::private_token("secret"))
        .build()
        .unwrap();
    block_on(async {
        match task() {
            Task::Get(count) => {
                let project = 20.into();
                calls(count, async || client.get_agent(&project, AgentId(5)).await.unwrap().id.0).await;
            }
            Task::List(project) => {
                let (start, mut items) = (Instant::now(), 0);
                let mut agents = client.list_agents(&project.into());
                while let Some(agent) = agents.next().await {
                    items += usize::from(agent.unwrap().id.0 > 0);
                }
                listed(items, start.elapsed());
            }
            Task::Raw(_) => unimplemented!("see the plain program"),
        }
    });
}
