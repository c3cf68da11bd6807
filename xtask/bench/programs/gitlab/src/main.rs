//! The crate `gitlab` with an endpoint by hand, as it has none for agents.

use std::borrow::Cow;

use futures_util::StreamExt;
use gitlab::GitlabBuilder;
use gitlab::api::{AsyncQuery, Endpoint, Pageable, Pagination, paged};
use serde::Deserialize;

include!("../../measure.rs");

#[derive(Deserialize)]
#[allow(dead_code)]
struct Agent {
    id: i64,
    name: String,
    config_project: ConfigProject,
    created_at: String,
    created_by_user_id: Option<i64>,
    is_receptive: Option<bool>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct ConfigProject {
    id: i64,
    description: Option<String>,
    name: String,
    name_with_namespace: String,
    path: String,
    path_with_namespace: String,
    created_at: String,
}

struct GetAgent(i64);

impl Endpoint for GetAgent {
    fn method(&self) -> http::Method {
        http::Method::GET
    }

    fn endpoint(&self) -> Cow<'static, str> {
        format!("projects/20/cluster_agents/{}", self.0).into()
    }
}

struct ListAgents(i64);

impl Endpoint for ListAgents {
    fn method(&self) -> http::Method {
        http::Method::GET
    }

    fn endpoint(&self) -> Cow<'static, str> {
        format!("projects/{}/cluster_agents", self.0).into()
    }
}

impl Pageable for ListAgents {}

fn main() {
    let server = server();
    let host = server.trim_start_matches("http://").trim_end_matches("/api/v4");
    // The reference wants one that it knows.
    let token = std::env::var("GITLAB_TOKEN").unwrap_or_else(|_| "secret".to_owned());
    block_on(async {
        let client = GitlabBuilder::new(host, token).insecure().build_async().await.unwrap();
        match task() {
            Task::Get(count) => {
                let get = async || -> i64 {
                    let agent: Agent = GetAgent(5).query_async(&client).await.unwrap();
                    agent.id
                };
                calls(count, get).await;
            }
            Task::List(project) => {
                let (start, mut items) = (Instant::now(), 0);
                let agents = paged(ListAgents(project), Pagination::All);
                let mut agents = std::pin::pin!(agents.iter_async::<_, Agent>(&client));
                while let Some(agent) = agents.next().await {
                    items += usize::from(agent.unwrap().id > 0);
                }
                listed(items, start.elapsed());
            }
            Task::Raw(_) => unimplemented!("see the plain program"),
        }
    });
}
