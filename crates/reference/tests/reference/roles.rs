//! Who may do what, as one table: each cell is a status with the letter of its message.

use std::fmt::Write;

use cluster_agents_reference::fixture::FirstAgent;
use reqwest::Method;
use serde_json::{Value, json};

use crate::server::{Answer, Server};

const CALLERS: [&str; 7] =
    ["admin", "owner", "maintainer", "developer", "reporter", "guest", "outsider"];

/// The columns. Reads ask for an agent that there is; writes for one that there is not, or with a
/// value that is refused, so that nothing changes: whoever is let through gets 400 or 404N.
const OPERATIONS: [(&str, &str, &str); 8] = [
    ("list", "GET", ""),
    ("register", "POST", ""),
    ("get", "GET", "/{agent}"),
    ("delete", "DELETE", "/99"),
    ("tokens", "GET", "/{agent}/tokens"),
    ("token+", "POST", "/99/tokens"),
    ("configs", "GET", "/{agent}/url_configurations"),
    ("config+", "POST", "/99/url_configurations"),
];

fn cell(answer: &Answer) -> String {
    let reason = match answer.body["message"].as_str().unwrap_or_default() {
        "404 Project Not Found" => "P",
        "404 ClusterAgents Not Found" => "C",
        "404 Not found" => "N",
        _ => "",
    };
    format!("{}{reason}", answer.status)
}

async fn table(server: &Server, project: &str) -> String {
    let agents = server.get("admin", &format!("projects/{project}/cluster_agents")).await.ok();
    let agent = agents[0]["id"].to_string();
    let mut table = format!("{:<11}", format!("project {project}"));
    for (operation, ..) in OPERATIONS {
        write!(table, "{operation:>9}").unwrap();
    }
    for caller in CALLERS {
        write!(table, "\n{caller:<11}").unwrap();
        for (_, method, path) in OPERATIONS {
            let path = format!("projects/{project}/cluster_agents{path}");
            let path = path.replace("{agent}", &agent);
            let mut request = server.by(caller, method.parse().unwrap(), &path);
            if method == "POST" {
                request = request.json(&json!({"name": "-", "url": "-"}));
            }
            write!(table, "{:>9}", cell(&Answer::of(request).await)).unwrap();
        }
    }
    table
}

#[tokio::test]
async fn each_role_is_served_or_refused_as_the_table_says() {
    let server = Server::start_with(|settings| {
        settings.fixture.agents = [20, 22, 23]
            .map(|project_id| FirstAgent { project_id, name: "a".into(), created_by: 42 })
            .into();
    })
    .await;
    let mut tables = Vec::new();
    for project in ["20", "22", "23"] {
        tables.push(table(&server, project).await);
    }
    insta::assert_snapshot!(tables.join("\n\n"));
}

#[tokio::test]
async fn a_refusal_comes_before_the_agent_is_looked_for() {
    let server = Server::start().await;
    let agent = server.agent("agent-1").await;
    for path in [agent.as_str(), "projects/20/cluster_agents/99"] {
        let answer = server.delete("guest", path).await;
        answer.is(403, json!({"message": "403 Forbidden"}));
        server.get("guest", path).await.is(404, json!({"message": "404 Not found"}));
    }
}

#[tokio::test]
async fn nobody_is_served_without_a_credential_not_even_in_a_public_project() {
    let server = Server::start().await;
    for project in ["20", "22", "99"] {
        for (_, method, path) in OPERATIONS {
            let path = path.replace("{agent}", "1");
            let path = format!("projects/{project}/cluster_agents{path}");
            let method: Method = method.parse().unwrap();
            let answer = Answer::of(server.request(method, &path)).await;
            answer.is(401, json!({"message": "401 Unauthorized"}));
            assert!(answer.headers.get("www-authenticate").is_none());
        }
    }
}

#[tokio::test]
async fn a_member_of_one_project_is_a_stranger_to_another() {
    let server = Server::start().await;
    let hidden = json!({"message": "404 Project Not Found"});
    for answer in [
        server.get("developer", "projects/21/cluster_agents").await,
        server.post("developer", "projects/21/cluster_agents", json!({"name": "a"})).await,
        server.get("developer", "projects/root%2Fsecond.project/cluster_agents").await,
    ] {
        answer.is(404, hidden.clone());
    }
    let unknown = server.get("developer", "projects/99/cluster_agents").await;
    assert_eq!(unknown.body, hidden, "a hidden project looks like one that does not exist");
    assert_ne!(unknown.body, Value::Null);
}
