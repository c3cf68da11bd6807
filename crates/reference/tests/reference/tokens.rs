use reqwest::Method;
use serde_json::json;

use crate::server::{AGENTS, Answer, Server, all};

#[tokio::test]
async fn a_token_shows_its_secret_once() {
    let server = Server::start().await;
    let agent = server.agent("agent-1").await;
    let tokens = format!("{agent}/tokens");
    let body = json!({"name": "abcd", "description": "Some token"});
    let mut created = server.post("maintainer", &tokens, body).await.created();
    let secret = created["token"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("glagent-") && secret.len() == 58);
    let got = server.get("developer", &format!("{tokens}/{}", created["id"])).await.ok();
    let listed = server.get("developer", &tokens).await.ok();
    assert!(!got.to_string().contains(&secret) && !listed.to_string().contains(&secret));
    created["token"] = "[secret]".into();
    created["created_at"] = "[now]".into();
    insta::assert_json_snapshot!(created, @r#"
    {
      "id": 1,
      "name": "abcd",
      "description": "Some token",
      "agent_id": 1,
      "status": "active",
      "created_at": "[now]",
      "created_by_user_id": 42,
      "last_used_at": null,
      "token": "[secret]"
    }
    "#);
    let keys = |value: &serde_json::Value| {
        let mut keys: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys.join(" ")
    };
    let basic = "agent_id created_at created_by_user_id description id";
    assert_eq!(keys(&got), format!("{basic} last_used_at name status"));
    assert_eq!(keys(&listed[0]), format!("{basic} name status"));
}

#[tokio::test]
async fn values_that_break_a_rule_are_refused_with_its_words() {
    let server = Server::start().await;
    let tokens = format!("{}/tokens", server.agent("agent-1").await);
    for (body, reason) in [
        (json!({"name": null}), "[\"Name can't be blank\"]"),
        (json!({"name": " "}), "[\"Name can't be blank\"]"),
        (json!({"name": "a".repeat(256)}), "[\"Name is too long (maximum is 255 characters)\"]"),
        (
            json!({"name": "", "description": "a".repeat(1025)}),
            "[\"Description is too long (maximum is 1024 characters)\", \"Name can't be blank\"]",
        ),
    ] {
        server.post("maintainer", &tokens, body).await.breaks(reason);
    }
    let missing = server.post("maintainer", &tokens, json!({"description": "a"})).await;
    missing.is(400, json!({"error": "name is missing"}));
    for body in [
        json!({"name": "ß".repeat(255), "description": null}),
        json!({"name": "a", "description": ""}),
    ] {
        let created = server.post("maintainer", &tokens, body.clone()).await.created();
        assert_eq!(created["description"], body["description"]);
    }
}

#[tokio::test]
async fn a_third_active_token_is_refused_until_one_is_revoked() {
    let server = Server::start().await;
    let tokens = format!("{}/tokens", server.agent("agent-1").await);
    let create = async |body| server.post("maintainer", &tokens, body).await;
    let first = create(json!({"name": "same"})).await.created();
    create(json!({"name": "same"})).await.created();
    let reason = "An agent can have only two active tokens at a time";
    create(json!({"name": "third"})).await.breaks(reason);
    // The limit is told before what is wrong with the name, but after a missing one.
    create(json!({"name": ""})).await.breaks(reason);
    create(json!({})).await.is(400, json!({"error": "name is missing"}));
    server.delete("maintainer", &format!("{tokens}/{}", first["id"])).await.no_content();
    create(json!({"name": "third"})).await.created();
    create(json!({"name": "fourth"})).await.breaks(reason);
}

#[tokio::test]
async fn a_revoked_token_is_gone_from_reads_and_can_be_revoked_again() {
    let server = Server::start().await;
    let tokens = format!("{}/tokens", server.agent("agent-1").await);
    let token = server.post("maintainer", &tokens, json!({"name": "t"})).await.created();
    let path = format!("{tokens}/{}", token["id"]);
    for _ in 0..2 {
        server.delete("maintainer", &path).await.no_content();
    }
    server.get("maintainer", &path).await.is(404, json!({"message": "404 Not found"}));
    assert_eq!(server.get("maintainer", &tokens).await.ok(), json!([]));
    let unknown = server.delete("maintainer", &format!("{tokens}/99")).await;
    unknown.is(404, json!({"message": "404 Not found"}));
}

#[tokio::test]
async fn a_token_of_another_agent_is_not_found() {
    let server = Server::start().await;
    let (one, two) = (server.agent("one").await, server.agent("two").await);
    let token = server.post("maintainer", &format!("{one}/tokens"), json!({"name": "t"})).await;
    let id = token.created()["id"].clone();
    let elsewhere = format!("{two}/tokens/{id}");
    server.get("maintainer", &elsewhere).await.is(404, json!({"message": "404 Not found"}));
    server.delete("maintainer", &elsewhere).await.is(404, json!({"message": "404 Not found"}));
    assert_eq!(server.get("maintainer", &format!("{one}/tokens/{id}")).await.status, 200);
}

#[tokio::test]
async fn tokens_are_paged_with_the_agent_in_their_links() {
    let server = Server::start().await;
    let tokens = format!("{}/tokens", server.agent("agent-1").await);
    for name in ["a", "b"] {
        server.post("maintainer", &tokens, json!({"name": name})).await.created();
    }
    let page = server.get("developer", &format!("{tokens}?per_page=1&page=2")).await;
    assert_eq!((page.header("x-total"), page.header("x-prev-page")), ("2", "1"));
    assert!(
        page.header("link").contains("/tokens?agent_id=1&id=20&page=1&per_page=1>; rel=\"prev\"")
    );
    assert_eq!(page.ok().as_array().unwrap().len(), 1);
    let empty = server.get("developer", &format!("{}/tokens", server.agent("b").await)).await;
    assert_eq!((empty.header("x-total"), empty.header("x-total-pages")), ("0", "1"));
}

#[tokio::test]
async fn an_agent_that_logs_in_moves_its_token_to_the_top_of_the_list() {
    let server = Server::start().await;
    let tokens = format!("{}/tokens", server.agent("agent-1").await);
    let mut secrets = Vec::new();
    for name in ["a", "b"] {
        let token = server.post("maintainer", &tokens, json!({"name": name})).await.created();
        secrets.push(token["token"].as_str().unwrap().to_owned());
    }
    let log_in = async |secret: &str| {
        let request = server.request(Method::GET, "internal/kubernetes/agent_info");
        Answer::of(request.bearer_auth(secret)).await
    };
    let info = log_in(&secrets[0]).await.ok();
    assert_eq!((&info["agent_name"], &info["project_id"]), (&json!("agent-1"), &json!(20)));
    let list = server.get("developer", &tokens).await.ok();
    assert_eq!(all(&list, "name"), ["a", "b"]);
    let used = server.get("developer", &format!("{tokens}/{}", list[0]["id"])).await.ok();
    assert!(used["last_used_at"].as_str().unwrap().ends_with('Z'));

    server.delete("maintainer", &format!("{tokens}/{}", list[0]["id"])).await.no_content();
    log_in(&secrets[0]).await.is(401, json!({"message": "401 Unauthorized"}));
    log_in(&secrets[1]).await.ok();
}

#[tokio::test]
async fn the_token_of_an_agent_is_no_credential_of_the_api() {
    let server = Server::start().await;
    let tokens = format!("{}/tokens", server.agent("agent-1").await);
    let token = server.post("maintainer", &tokens, json!({"name": "a"})).await.created();
    let request = server.request(Method::GET, AGENTS).bearer_auth(token["token"].as_str().unwrap());
    Answer::of(request).await.is(401, json!({"message": "401 Unauthorized"}));
}

#[tokio::test]
async fn two_hundred_clients_at_once_get_two_tokens() {
    let server = Server::start().await;
    let tokens = format!("{}/tokens", server.agent("agent-1").await);
    let attempts = (0..200).map(|_| server.post("maintainer", &tokens, json!({"name": "t"})));
    let answers = futures_util::future::join_all(attempts).await;
    let count = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((count(201), count(400)), (2, 198));
}
