use reqwest::Method;
use serde_json::json;

use crate::server::{AGENTS, Answer, Server, token};

#[tokio::test]
async fn a_client_learns_who_it_is() {
    let server = Server::start().await;
    let user = server.get("developer", "user").await.ok();
    assert_eq!((&user["id"], &user["username"]), (&json!(43), &json!("developer")));
    assert_eq!(user["web_url"], format!("http://{}/developer", server.address()));
    assert_eq!(server.get("readonly", "user?").await.ok()["username"], "maintainer");
}

#[tokio::test]
async fn an_empty_token_is_none_and_does_not_hide_another() {
    let server = Server::start().await;
    for path in ["user", AGENTS] {
        let request = server.request(Method::GET, path).header("PRIVATE-TOKEN", "");
        let answer = Answer::of(request.bearer_auth(token("developer"))).await;
        assert_eq!(answer.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_client_reads_a_project_that_it_sees() {
    let server = Server::start().await;
    for id in ["20", "root%2Ftest?license=true&with_custom_attributes=true"] {
        let project = server.get("guest", &format!("projects/{id}")).await.ok();
        assert_eq!(
            (&project["id"], &project["path_with_namespace"]),
            (&json!(20), &json!("root/test"))
        );
    }
    let hidden = json!({"message": "404 Project Not Found"});
    server.get("outsider", "projects/20").await.is(404, hidden.clone());
    server.get("guest", "projects/99").await.is(404, hidden);
    assert_eq!(server.get("outsider", "projects/22").await.ok()["visibility"], "public");
}

#[tokio::test]
async fn a_client_learns_the_version_and_where_agents_connect() {
    let server = Server::start().await;
    let version = server.get("guest", "version").await.ok();
    let metadata = server.get("guest", "metadata").await.ok();
    assert_eq!(version["version"], metadata["version"]);
    let proxy = format!("http://{}/-/kubernetes-agent/k8s-proxy/", server.address());
    assert_eq!(metadata["kas"]["externalK8sProxyUrl"], proxy);
}

#[tokio::test]
async fn the_companions_of_the_contract_need_a_credential_too() {
    let server = Server::start().await;
    let refused = json!({"message": "401 Unauthorized"});
    for path in ["user", "projects/20", "version", "metadata", "internal/kubernetes/agent_info"] {
        Answer::of(server.request(Method::GET, path)).await.is(401, refused.clone());
        let expired = server.get("expired", path).await;
        assert_eq!(expired.status, 401, "{path}");
    }
}
