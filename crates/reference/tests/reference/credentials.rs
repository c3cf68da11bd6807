use reqwest::Method;
use reqwest::header::AUTHORIZATION;
use serde_json::json;

use crate::server::{AGENTS, Answer, Server, token};

#[tokio::test]
async fn a_token_is_taken_from_either_header_in_any_case() {
    let server = Server::start().await;
    let developer = token("developer");
    for (name, value) in [
        ("PRIVATE-TOKEN", developer.to_owned()),
        ("private-token", developer.to_owned()),
        ("Authorization", format!("Bearer {developer}")),
        ("authorization", format!("bearer {developer}")),
    ] {
        let answer = Answer::of(server.request(Method::GET, AGENTS).header(name, value)).await;
        assert_eq!(answer.status, 200, "{name}");
    }
}

#[tokio::test]
async fn a_token_is_taken_from_the_query_and_not_repeated_in_links() {
    let server = Server::start().await;
    for name in ["private_token", "access_token"] {
        let path = format!("{AGENTS}?{name}={}", token("developer"));
        let answer = Answer::of(server.request(Method::GET, &path)).await;
        assert_eq!(answer.status, 200, "{name}");
        assert!(!answer.header("link").contains("token"), "{}", answer.header("link"));
    }
}

#[tokio::test]
async fn an_unknown_token_and_other_kinds_of_credentials_are_nobody() {
    let server = Server::start().await;
    for (name, value) in [
        ("PRIVATE-TOKEN", "unknown"),
        ("PRIVATE-TOKEN", ""),
        ("JOB-TOKEN", "demo-developer-token"),
        ("Deploy-Token", "demo-developer-token"),
        ("Authorization", "Basic ZGVtby1kZXZlbG9wZXItdG9rZW46"),
        ("Authorization", "demo-developer-token"),
    ] {
        let answer = Answer::of(server.request(Method::GET, AGENTS).header(name, value)).await;
        answer.is(401, json!({"message": "401 Unauthorized"}));
        assert!(answer.headers.get("www-authenticate").is_none());
    }
}

#[tokio::test]
async fn a_token_that_is_no_longer_good_says_so_in_body_and_header() {
    let server = Server::start().await;
    for (actor, description) in [
        ("expired", "Token is expired. You can either do re-authorization or token refresh."),
        ("revoked", "Token was revoked. You have to re-authorize from the user."),
    ] {
        let answer = server.get(actor, AGENTS).await;
        answer.is(401, json!({"error": "invalid_token", "error_description": description}));
        let challenge = format!(
            "Bearer realm=\"Protected by OAuth 2.0\", error=\"invalid_token\", \
             error_description=\"{description}\""
        );
        assert_eq!(answer.header("www-authenticate"), challenge);
    }
}

#[tokio::test]
async fn a_token_for_reading_reads_and_does_not_write() {
    let server = Server::start().await;
    let agent = server.agent("agent-1").await;
    assert_eq!(server.get("readonly", &agent).await.status, 200);
    let head = Answer::of(server.by("readonly", Method::HEAD, &agent)).await;
    assert_eq!(head.status, 200);
    let refused = json!({
        "error": "insufficient_scope",
        "error_description": "The request requires higher privileges than provided by the access token.",
        "scope": "api read_api",
    });
    server.delete("readonly", &agent).await.is(403, refused.clone());
    server.post("readonly", AGENTS, json!({"name": "b"})).await.is(403, refused);
}

#[tokio::test]
async fn the_credential_is_judged_before_the_parameters() {
    let server = Server::start().await;
    let path = format!("{AGENTS}/abc");
    assert_eq!(Answer::of(server.request(Method::GET, &path)).await.status, 401);
    let answer = server.get("developer", &path).await;
    answer.is(400, json!({"error": "agent_id is invalid"}));
}

#[tokio::test]
async fn no_answer_repeats_a_credential() {
    let server = Server::start().await;
    let secret = "sentinel-9f2c";
    for path in [AGENTS, "nowhere", "user", "projects/20"] {
        let request = server.request(Method::GET, &format!("{path}?private_token={secret}"));
        let request = request.header("PRIVATE-TOKEN", secret);
        let answer = Answer::of(request.header(AUTHORIZATION, format!("Bearer {secret}"))).await;
        let shown = format!("{:?} {}", answer.headers, answer.body);
        assert!(answer.status >= 400 && !shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn a_user_over_the_rate_limit_is_told_when_to_come_back() {
    let server = Server::start_with(|settings| settings.rate_limit = Some(3)).await;
    // The minute may change in between, once.
    let mut answers = Vec::new();
    for _ in 0..8 {
        answers.push(server.get("developer", AGENTS).await);
    }
    let refused: Vec<_> = answers.iter().filter(|answer| answer.status == 429).collect();
    assert!(refused.len() >= 2, "{} of 8 requests were refused", refused.len());
    let reason = "This endpoint has been requested too many times. Try again later.";
    refused[0].is(429, json!({"message": reason}));
    let wait: u64 = refused[0].header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait));
    assert_eq!(refused[0].header("ratelimit-limit"), "3");
    assert_eq!(refused[0].header("ratelimit-remaining"), "0");
    assert_eq!(server.get("maintainer", AGENTS).await.status, 200, "others are not touched");
}
