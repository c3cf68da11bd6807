use std::path::Path;

use cluster_agents_reference::fixture::Fixture;
use cluster_agents_reference::{Database, Settings, StartError, demo, start};
use futures_util::{StreamExt, stream};
use reqwest::{Body, Method};
use serde_json::json;
use tokio::sync::oneshot;

use crate::server::{AGENTS, Answer, Server, token};

async fn on_file(path: &Path) -> Server {
    Server::start_with(|settings| settings.database = Database::File(path.into())).await
}

#[tokio::test]
async fn what_was_answered_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("agents.db");
    let server = on_file(&path).await;
    let agent = server.agent("agent-1").await;
    let before = server.get("developer", &agent).await.ok();
    let token = server.post("maintainer", &format!("{agent}/tokens"), json!({"name": "t"})).await;
    let secret = token.created()["token"].as_str().unwrap().to_owned();
    server.running.shutdown().await;

    let server = on_file(&path).await;
    assert_eq!(server.get("developer", &agent).await.ok(), before);
    let request = server.request(Method::GET, "internal/kubernetes/agent_info");
    assert_eq!(Answer::of(request.bearer_auth(secret)).await.status, 200);
}

#[tokio::test]
async fn no_secret_is_stored_in_clear() {
    let folder = tempfile::tempdir().unwrap();
    let server = on_file(&folder.path().join("agents.db")).await;
    let agent = server.agent("agent-1").await;
    let token = server.post("maintainer", &format!("{agent}/tokens"), json!({"name": "t"})).await;
    let secret = token.created()["token"].as_str().unwrap().to_owned();
    let key = include_str!("../pem/ed25519.key.pem");
    let certificate = include_str!("../pem/certificate.pem");
    let body = json!({"url": "grpc://h", "client_cert": certificate, "client_key": key});
    server.post("maintainer", &format!("{agent}/url_configurations"), body).await.created();
    server.running.shutdown().await;

    for file in std::fs::read_dir(&folder).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(&secret) && !text.contains("BEGIN PRIVATE KEY"));
    }
}

#[tokio::test]
async fn a_first_agent_that_was_deleted_does_not_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::File(folder.path().join("agents.db"));
    let first = "[[agents]]\nproject = 'root/test'\nname = 'first'\ncreated_by = 'owner'\n";
    let fixture = Fixture::parse(&format!("{}{first}", demo::FIXTURE)).unwrap();
    let start = || async {
        let settings = |settings: &mut Settings| {
            settings.database = database.clone();
            settings.fixture = fixture.clone();
        };
        Server::start_with(settings).await
    };
    let server = start().await;
    let agents = server.get("developer", AGENTS).await.ok();
    assert_eq!(
        (&agents[0]["name"], &agents[0]["created_by_user_id"]),
        (&json!("first"), &json!(41))
    );
    server.delete("maintainer", &format!("{AGENTS}/{}", agents[0]["id"])).await.no_content();
    server.running.shutdown().await;
    assert_eq!(start().await.get("developer", AGENTS).await.ok(), json!([]));
}

#[tokio::test]
async fn the_creator_is_null_once_the_account_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("agents.db");
    let server = on_file(&path).await;
    let agent = server.agent("agent-1").await;
    server.running.shutdown().await;
    let server = Server::start_with(|settings| {
        settings.database = Database::File(path);
        settings.fixture.users.retain(|user| user.username != "maintainer");
    })
    .await;
    assert_eq!(server.get("developer", &agent).await.ok()["created_by_user_id"], json!(null));
}

#[tokio::test]
async fn links_begin_with_the_external_url_if_there_is_one() {
    let external = "https://gitlab.example.com";
    let server =
        Server::start_with(|settings| settings.external_url = Some(external.to_owned())).await;
    let page = server.get("developer", AGENTS).await;
    assert!(page.header("link").starts_with(&format!("<{external}/api/v4/projects/20/")));
}

#[tokio::test]
async fn links_begin_with_the_host_that_the_client_wrote() {
    let server = Server::start().await;
    let request = server.by("developer", Method::GET, AGENTS).header("Host", "gitlab.test:8443");
    let page = Answer::of(request).await;
    assert!(page.header("link").starts_with("<http://gitlab.test:8443/api/v4/projects/20/"));
}

#[tokio::test]
async fn health_and_readiness_are_told_without_a_credential() {
    let server = Server::start().await;
    for path in ["health", "ready"] {
        let url = format!("http://{}/-/{path}", server.address());
        assert_eq!(reqwest::get(url).await.unwrap().status(), 200, "{path}");
    }
}

#[tokio::test]
async fn answered_requests_are_counted() {
    let server = Server::start().await;
    server.get("developer", AGENTS).await.ok();
    server.get("outsider", AGENTS).await;
    let url = format!("http://{}/-/metrics", server.address());
    let text = reqwest::get(url).await.unwrap().text().await.unwrap();
    for line in [
        "cluster_agents_requests_total{method=\"GET\",status=\"200\"} 1",
        "cluster_agents_requests_total{method=\"GET\",status=\"404\"} 1",
        "cluster_agents_requests_running 1",
    ] {
        assert!(text.lines().any(|found| found == line), "{text}");
    }
}

#[tokio::test]
async fn an_address_that_is_taken_is_told() {
    let server = Server::start().await;
    let settings = Settings { listen: server.address(), ..Settings::default() };
    let error = start(settings).await.unwrap_err();
    assert!(matches!(error, StartError::Listen { .. }), "{error:?}");
    assert_eq!(error.to_string(), format!("cannot listen on {}", server.address()));
}

#[tokio::test]
async fn a_request_that_is_running_is_ended_before_a_shutdown() {
    let Server { running, client } = Server::start().await;
    let (root, address) = (running.base_url().to_owned(), running.address());
    let (rest, body) = oneshot::channel::<&str>();
    let body = [Ok("{\"name\": "), Err(body)].map(|part| async {
        match part {
            Ok(text) => Ok(text),
            Err(later) => later.await,
        }
    });
    let body = Body::wrap_stream(stream::iter(body).then(|part| part));
    let request = client.post(format!("{root}/{AGENTS}")).header("PRIVATE-TOKEN", token("owner"));
    let request = request.header("Content-Type", "application/json").body(body);
    let request = tokio::spawn(Answer::of(request));
    let metrics = async || {
        let response = reqwest::get(format!("http://{address}/-/metrics")).await.unwrap();
        response.text().await.unwrap()
    };
    while !metrics().await.contains("requests_running 2") {}
    let shutdown = tokio::spawn(running.shutdown());
    while tokio::net::TcpStream::connect(address).await.is_ok() {}
    assert!(!shutdown.is_finished());
    rest.send("\"late\"}").unwrap();
    assert_eq!(request.await.unwrap().created()["name"], "late");
    shutdown.await.unwrap();
}

#[tokio::test]
async fn after_a_shutdown_nobody_listens() {
    let server = Server::start().await;
    let url = format!("{}/{AGENTS}", server.running.base_url());
    server.running.shutdown().await;
    assert!(reqwest::get(url).await.unwrap_err().is_connect());
}
