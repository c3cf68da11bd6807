use super::server::{Reply, Server, answer, json};
use super::{agent, client};
use crate::types::{AgentId, NewAgentToken};
use crate::{Error, Message, Retry};

/// The error that an answer to `get_agent` becomes, without any repetition.
async fn error_of(reply: Reply) -> Error {
    let server = Server::start([reply]).await;
    let client = client(&server).0.with_retry(Retry::never());
    client.get_agent(&20.into(), AgentId(5)).await.unwrap_err()
}

#[tokio::test]
async fn every_body_keeps_its_status() {
    let html = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    for (status, content_type, body, told) in [
        (404, "application/json", r#"{"message":"404 Not found"}"#, "404 Not found"),
        (
            400,
            "application/json",
            r#"{"error":"name is missing"}"#,
            "400 Bad Request: name is missing",
        ),
        (
            400,
            "application/json",
            r#"{"message":{"name":["taken"]}}"#,
            "400 Bad Request: name: taken",
        ),
        (429, "text/plain", "Retry later\n", "429 Too Many Requests: Retry later"),
        (502, "text/html", html, "502 Bad Gateway"),
        (503, "application/json", "", "503 Service Unavailable"),
        (500, "application/json", "{broken", "500 Internal Server Error"),
        (401, "application/json", "[]", "401 Unauthorized"),
        (418, "application/json", r#"{"message":7}"#, "418 I'm a teapot: 7"),
        (404, "application/json", "\u{fffd}", "404 Not Found: \u{fffd}"),
    ] {
        let error = error_of(answer(status, &[("content-type", content_type)], body)).await;
        assert_eq!(error.status().unwrap().as_u16(), status, "{body}");
        assert_eq!(error.to_string(), format!("get_agent: {told}"));
        assert_eq!(error.body(), Some(body));
    }
}

#[tokio::test]
async fn the_body_of_an_error_counts_as_far_as_it_comes() {
    let cut = "HTTP/1.1 404 Not Found\r\ncontent-length: 1000\r\n\r\n{\"message\":";
    let error = error_of(Reply::Bytes(cut.into())).await;
    assert!(error.is_not_found(), "{error:?}");
    assert_eq!(error.body(), Some("{\"message\":"));
}

#[tokio::test]
async fn a_long_body_is_cut() {
    let error = error_of(answer(500, &[], "long ".repeat(100_000))).await;
    let kept = error.body().unwrap().len();
    assert!((4000..=4100).contains(&kept), "{kept}");
}

#[tokio::test]
async fn the_id_of_the_request_is_kept_and_shown() {
    let body = r#"{"message":"403 Forbidden"}"#;
    let error = error_of(answer(403, &[("X-Request-Id", "01JX")], body)).await;
    assert_eq!(error.request_id(), Some("01JX"));
    assert_eq!(error.to_string(), "get_agent: 403 Forbidden (request 01JX)");
}

#[tokio::test]
async fn each_status_has_its_question() {
    type Question = fn(&Error) -> bool;
    let questions: [(u16, Question); 7] = [
        (400, Error::is_bad_request),
        (401, Error::is_unauthorized),
        (403, Error::is_forbidden),
        (404, Error::is_not_found),
        (412, Error::is_precondition_failed),
        (429, Error::is_rate_limited),
        (503, Error::is_server_error),
    ];
    for (status, _) in questions {
        let error = error_of(answer(status, &[], "")).await;
        for (other, is) in questions {
            assert_eq!(is(&error), status == other, "{status} {other}");
        }
    }
}

#[tokio::test]
async fn a_rate_limit_is_told_with_all_its_numbers() {
    let headers = [("RateLimit-Limit", "60"), ("RateLimit-Remaining", "0"), ("Retry-After", "31")];
    let error = error_of(answer(429, &headers, "Retry later")).await;
    let limit = error.rate_limit().unwrap();
    assert_eq!((limit.limit, limit.remaining), (Some(60), Some(0)));
    assert_eq!(limit.retry_after.unwrap().as_secs(), 31);
    assert_eq!(error.message(), Some(&Message::Text("Retry later".to_owned())));
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_an_error_of_its_own() {
    let error = error_of(json(r#"{"id":5}"#)).await;
    assert!(matches!(error, Error::Payload { .. }), "{error:?}");
    assert!(error.to_string().contains("missing field `name`"), "{error}");
    let error = error_of(json("<html>sign in</html>")).await;
    assert!(matches!(error, Error::Payload { .. }) && error.is_outcome_unknown(), "{error:?}");
}

#[tokio::test]
async fn a_success_that_is_not_documented_is_no_success() {
    let error = error_of(answer(202, &[], agent(5, "a"))).await;
    assert_eq!((error.status().unwrap().as_u16(), error.body()), (202, Some("")));
    assert!(error.is_outcome_unknown());
}

#[tokio::test]
async fn unknown_fields_and_unknown_statuses_survive() {
    let mut token = super::token(1, None);
    token["status"] = "suspended".into();
    token["expires_at"] = "2030-01-01".into();
    token["created_by_user_id"] = "42".into();
    let server = Server::start([json(token)]).await;
    let token = client(&server).0.get_agent_token(&20.into(), AgentId(5), 1.into()).await.unwrap();
    assert_eq!((token.status.as_str(), token.created_by_user_id), ("suspended", Some(42)));
}

#[tokio::test]
async fn an_unreadable_new_token_tells_where_and_not_what() {
    let mut token = super::token(1, None);
    token["id"] = "glagent-sentinel".into();
    token["token"] = "glagent-sentinel".into();
    let created = answer(201, &[], &token);
    let server = Server::start([created]).await;
    let new = NewAgentToken::new("abcd".parse().unwrap());
    let error = client(&server).0.create_agent_token(&20.into(), AgentId(5), &new).await;
    let shown = format!("{0:?} {0}", error.unwrap_err());
    assert!(shown.contains("line 1 column") && !shown.contains("sentinel"), "{shown}");
}

#[tokio::test]
async fn nobody_listening_is_a_connection_that_was_not_made() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = crate::Client::builder().base_url(url).allow_http().no_proxy();
    let client = client.credential(crate::Credential::private_token("t")).retry(Retry::never());
    let error = client.build().unwrap().get_agent(&20.into(), AgentId(5)).await.unwrap_err();
    assert!(error.is_connect() && !error.is_outcome_unknown() && !error.is_timeout(), "{error:?}");
    assert_eq!(error.to_string(), "get_agent: no connection");
}

#[tokio::test]
async fn the_raw_client_keeps_status_and_headers_of_any_error_too() {
    let server = Server::start([answer(429, &[("Retry-After", "600")], "Retry later")]).await;
    let client = client(&server).0;
    let error = client.raw().get_agent(&20.into(), &AgentId(5)).await.unwrap_err();
    let crate::raw::Error::ErrorResponse(answer) = error else { panic!("{error:?}") };
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["retry-after"]),
        (429, &"600".parse().unwrap())
    );
    assert_eq!(answer.into_inner(), crate::types::Error::message("Retry later"));
}
