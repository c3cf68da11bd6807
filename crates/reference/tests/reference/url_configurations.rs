use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::json;

use crate::server::{AGENTS, Answer, Server};

const CERTIFICATE: &str = include_str!("../pem/certificate.pem");
const KEY: &str = include_str!("../pem/ed25519.key.pem");

#[tokio::test]
async fn without_a_certificate_a_key_pair_is_made_and_its_public_half_shown() {
    let server = Server::start().await;
    let agent = server.agent("agent-1").await;
    let list = format!("{agent}/url_configurations");
    assert_eq!(server.get("developer", &list).await.ok(), json!([]));
    let body = json!({"url": "grpcs://agent.example.com:4242", "tls_host": "", "ca_cert": null});
    let created = server.post("maintainer", &list, body).await.created();
    let key = created["public_key"].as_str().unwrap();
    assert_eq!(STANDARD.decode(key).unwrap().len(), 32);
    let expected = json!({
        "id": 1, "agent_id": 1, "url": "grpcs://agent.example.com:4242", "public_key": key,
    });
    assert_eq!(created, expected);
    assert_eq!(server.get("developer", &list).await.ok(), json!([created]));
    assert_eq!(server.get("developer", &format!("{list}/1")).await.ok(), created);
    assert_eq!(server.get("developer", &agent).await.ok()["is_receptive"], true);
}

#[tokio::test]
async fn with_certificate_and_key_the_certificate_is_shown_and_the_key_never() {
    let server = Server::start().await;
    let list = format!("{}/url_configurations", server.agent("agent-1").await);
    let body = json!({
        "url": "grpcs://agent.example.com", "tls_host": "agent.example.com",
        "client_cert": CERTIFICATE, "client_key": KEY, "ca_cert": CERTIFICATE,
    });
    let created = server.post("maintainer", &list, body).await.created();
    let expected = json!({
        "id": 1, "agent_id": 1, "url": "grpcs://agent.example.com", "client_cert": CERTIFICATE,
        "ca_cert": CERTIFICATE, "tls_host": "agent.example.com",
    });
    assert_eq!(created, expected);
    assert_eq!(server.get("developer", &list).await.ok(), json!([expected]));
}

#[tokio::test]
async fn values_that_break_a_rule_are_refused_with_its_words() {
    let server = Server::start().await;
    let list = format!("{}/url_configurations", server.agent("agent-1").await);
    let url = "grpc://h";
    for (body, reason) in [
        (json!({"url": "https://h"}), r#"["Url is not a valid URL"]"#),
        (json!({"url": "GRPC://h"}), r#"["Url is not a valid URL"]"#),
        (json!({"url": null}), r#"["Url is not a valid URL"]"#),
        (json!({"url": "grpc://h\n"}), r#"["Url is not a valid URL"]"#),
        (json!({"url": "grpc://:80"}), r#"["Url is not a valid URL"]"#),
        (json!({"url": url, "ca_cert": "x"}), r#"["Ca cert must be a valid PEM certificate"]"#),
        (json!({"url": url, "tls_host": "a:80"}), r#"["Tls host must be a valid hostname!"]"#),
        (
            json!({"url": url, "client_key": KEY}),
            r#"["Client cert must be a valid PEM certificate"]"#,
        ),
        (
            json!({"url": url, "client_cert": CERTIFICATE}),
            r#"["Client key must be a valid PEM private key"]"#,
        ),
        (
            json!({"url": url, "client_cert": "x", "client_key": "y"}),
            r#"["Client cert must be a valid PEM certificate", "Client key must be a valid PEM private key"]"#,
        ),
    ] {
        server.post("maintainer", &list, body).await.breaks(reason);
    }
    let missing = server.post("maintainer", &list, json!({})).await;
    missing.is(400, json!({"error": "url is missing"}));
    assert_eq!(server.get("maintainer", &list).await.ok(), json!([]));
}

#[tokio::test]
async fn an_agent_has_one_configuration_until_it_is_deleted() {
    let server = Server::start().await;
    let agent = server.agent("agent-1").await;
    let list = format!("{agent}/url_configurations");
    let create = async || server.post("maintainer", &list, json!({"url": "grpc://h"})).await;
    let first = create().await.created();
    create().await.breaks("URL configuration already exists for this agent");
    // That there is one is told before what is wrong with the new one.
    let wrong = server.post("maintainer", &list, json!({"url": "x"})).await;
    wrong.breaks("URL configuration already exists for this agent");
    server.delete("maintainer", &format!("{list}/{}", first["id"])).await.no_content();
    assert_eq!(server.get("maintainer", &agent).await.ok()["is_receptive"], false);
    let second = create().await.created();
    assert_ne!(first["id"], second["id"]);
    assert_ne!(first["public_key"], second["public_key"]);
}

#[tokio::test]
async fn a_configuration_is_found_only_under_its_agent() {
    let server = Server::start().await;
    let (one, two) = (server.agent("one").await, server.agent("two").await);
    for (agent, url) in [(&one, "grpc://one"), (&two, "grpc://two")] {
        let list = format!("{agent}/url_configurations");
        server.post("maintainer", &list, json!({"url": url})).await.created();
    }
    for path in [format!("{one}/url_configurations/2"), format!("{one}/url_configurations/99")] {
        server.get("maintainer", &path).await.is(404, json!({"message": "404 Not Found"}));
        server.delete("maintainer", &path).await.is(404, json!({"message": "404 Not Found"}));
    }
    let nobody = one.replace("/1", "/99");
    let unknown = server.get("maintainer", &format!("{nobody}/url_configurations")).await;
    unknown.is(404, json!({"message": "404 Not found"}));
    assert_eq!(server.get("maintainer", &format!("{two}/url_configurations/2")).await.status, 200);
}

#[tokio::test]
async fn creating_and_deleting_a_configuration_changes_the_agent() {
    let server = Server::start().await;
    let agent = server.agent("agent-1").await;
    let created_at = server.get("maintainer", &agent).await.ok()["created_at"].clone();
    // Not within the millisecond in which the agent was registered.
    let now = || chrono::Utc::now().timestamp_millis();
    let registered = now();
    while now() == registered {
        tokio::task::yield_now().await;
    }
    let list = format!("{agent}/url_configurations");
    server.post("maintainer", &list, json!({"url": "grpc://h"})).await.created();
    for (path, time) in
        [(&agent, created_at.as_str().unwrap()), (&format!("{list}/1"), "2022-01-01")]
    {
        let request = server.by("maintainer", Method::DELETE, path);
        let answer = Answer::of(request.header("If-Unmodified-Since", time)).await;
        answer.is(412, json!({"message": "412 Precondition Failed"}));
    }
}

#[tokio::test]
async fn without_receptive_agents_there_are_no_configurations_for_anybody() {
    let server = Server::start_with(|settings| settings.receptive_agents = false).await;
    let agent = server.agent("agent-1").await;
    assert!(server.get("maintainer", &agent).await.ok().get("is_receptive").is_none());
    let list = format!("{agent}/url_configurations");
    let malformed = server.get("guest", &format!("{AGENTS}/abc/url_configurations")).await;
    malformed.is(404, json!({"message": "404 Not Found"}));
    for actor in ["admin", "maintainer", "guest"] {
        for answer in [
            server.get(actor, &list).await,
            server.post(actor, &list, json!({})).await,
            server.delete(actor, &format!("{list}/1")).await,
        ] {
            answer.is(404, json!({"message": "404 Not Found"}));
        }
    }
    server.get("outsider", &list).await.is(404, json!({"message": "404 Project Not Found"}));
}

#[tokio::test]
async fn the_project_is_looked_for_before_the_parameters_are_judged() {
    let server = Server::start().await;
    let list = "projects/99/cluster_agents/1/url_configurations";
    let answer = server.post("maintainer", list, json!({})).await;
    answer.is(404, json!({"message": "404 Project Not Found"}));
    for path in ["/abc/url_configurations", "/abc/url_configurations/def"] {
        let path = |project| format!("projects/{project}/cluster_agents{path}");
        let answer = server.get("maintainer", &path(99)).await;
        answer.is(404, json!({"message": "404 Project Not Found"}));
        let answer = server.get("guest", &path(20)).await;
        assert_eq!(answer.status, 400, "{}", answer.body);
    }
}

#[tokio::test]
async fn two_hundred_clients_at_once_get_one_configuration() {
    let server = Server::start().await;
    let list = format!("{}/url_configurations", server.agent("agent-1").await);
    let attempts = (0..200).map(|_| server.post("maintainer", &list, json!({"url": "grpc://h"})));
    let answers = futures_util::future::join_all(attempts).await;
    let count = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((count(201), count(400)), (1, 199));
}
