use super::server::{Reply, Server, answer};
use super::{SENTINEL, client};
use crate::types::{AgentId, NewAgentToken, NewUrlConfiguration};
use crate::{Error, Retry};

const KEY: &str =
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwSENTINEL\n-----END PRIVATE KEY-----\n";

/// Everything that an error shows of itself and of what caused it.
fn shown(error: &Error) -> String {
    let mut all = format!("{error:?} {error:#?} {error} {:?}", error.body());
    let mut cause = std::error::Error::source(error);
    while let Some(source) = cause {
        all.push_str(&format!(" {source:?} {source}"));
        cause = source.source();
    }
    all
}

/// Answers that quote whatever was sent.
fn quoting(secret: &str) -> Vec<Reply> {
    let quoted = serde_json::json!({"message": format!("what is {secret}?")});
    vec![
        answer(400, &[], &quoted),
        answer(401, &[], secret),
        answer(500, &[], format!("<pre>{secret}</pre>")),
        answer(200, &[], format!("{{\"id\":{:?}}}", "x")),
        answer(202, &[], secret),
        Reply::HangUp,
    ]
}

#[tokio::test]
async fn no_error_shows_the_token_that_was_sent() {
    for reply in quoting(SENTINEL) {
        let server = Server::start([reply]).await;
        let client = client(&server).0.with_retry(Retry::never());
        let error = client.get_agent(&20.into(), AgentId(5)).await.unwrap_err();
        assert!(!shown(&error).contains(SENTINEL), "{error:?}");
    }
}

#[tokio::test]
async fn no_error_shows_the_private_key_that_was_sent() {
    let mut new = NewUrlConfiguration::new("grpcs://agent.example.com".parse().unwrap());
    new.client_key = Some(KEY.into());
    assert!(!format!("{new:?}").contains("SENTINEL"));
    for reply in quoting(KEY).into_iter().chain(quoting("MC4CAQAwBQYDK2VwSENTINEL")) {
        let server = Server::start([reply]).await;
        let client = client(&server).0;
        let result = client.create_url_configuration(&20.into(), AgentId(5), &new).await;
        let error = result.unwrap_err();
        assert!(server.requests()[0].contains("SENTINEL"));
        assert!(!shown(&error).contains("SENTINEL"), "{error:?}");
    }
}

#[tokio::test]
async fn no_error_shows_the_secret_of_a_token_that_came() {
    let mut created = super::token(1, None);
    created["token"] = SENTINEL.into();
    for status in [200, 201, 202, 400, 500] {
        let mut body = created.clone();
        // What should be read as a success cannot be.
        body["id"] = serde_json::Value::Null;
        let server = Server::start([answer(status, &[], &body)]).await;
        let new = NewAgentToken::new("abcd".parse().unwrap());
        let client = client(&server).0;
        let error = client.create_agent_token(&20.into(), AgentId(5), &new).await.unwrap_err();
        assert!(!shown(&error).contains(SENTINEL), "{error:?}");
    }
}

#[tokio::test]
async fn no_client_shows_its_token_or_a_header_that_was_added() {
    let server = Server::start([]).await;
    let builder = super::builder(&server).header("X-Gate", "sesame");
    let before = format!("{builder:?}");
    let client = builder.build().unwrap();
    for shown in [before, format!("{client:?}"), format!("{:?}", client.raw())] {
        assert!(!shown.contains(SENTINEL) && !shown.contains("sesame"), "{shown}");
    }
}
