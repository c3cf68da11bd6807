use std::time::Duration;

use super::server::{Reply, Server, answer, json};
use super::{agent, client};
use crate::types::AgentId;
use crate::{Client, Error, Retry};

async fn get(client: &Client) -> Result<String, Error> {
    client.get_agent(&20.into(), AgentId(5)).await.map(|agent| agent.name)
}

async fn register(client: &Client) -> Result<String, Error> {
    client.register_agent(&20.into(), &"a".parse().unwrap()).await.map(|agent| agent.name)
}

async fn delete(client: &Client) -> Result<(), Error> {
    client.delete_agent(&20.into(), AgentId(5), None).await
}

fn ok() -> Reply {
    json(agent(5, "a"))
}

fn too_many(headers: &[(&str, &str)]) -> Reply {
    answer(429, headers, r#"{"message":{"error":"too many"}}"#)
}

#[tokio::test]
async fn a_rate_limit_is_waited_for_as_the_server_says() {
    for (headers, waits) in [
        (&[("Retry-After", "7")][..], 7000),
        (&[("Retry-After", "Wed, 20 Apr 2022 20:43:01 GMT")], 20_000),
        (&[("RateLimit-Reset", "1650487370")], 9000),
        (&[("Retry-After", "0")], 0),
        (&[], 500),
        (&[("Retry-After", "soon"), ("RateLimit-Reset", "1650487361")], 500),
    ] {
        let server = Server::start([too_many(headers), ok()]).await;
        let (client, clock) = client(&server);
        assert_eq!(get(&client).await.unwrap(), "a");
        assert_eq!(clock.waits(), [waits], "{headers:?}");
    }
}

#[tokio::test]
async fn a_rate_limit_is_waited_for_by_every_method_and_more_than_a_few_times() {
    let limited = || std::iter::repeat_n(too_many(&[("Retry-After", "15")]), 7);
    let created = answer(201, &[], agent(5, "a"));
    let server = Server::start(limited().chain([created])).await;
    let (client, clock) = client(&server);
    assert_eq!(register(&client).await.unwrap(), "a");
    assert_eq!(clock.waits(), [15_000; 7]);
}

#[tokio::test]
async fn a_wait_beyond_the_total_is_not_begun() {
    let server = Server::start([too_many(&[("Retry-After", "121")]), ok()]).await;
    let (client, clock) = client(&server);
    let error = get(&client).await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.rate_limit().unwrap().retry_after, Some(Duration::from_secs(121)));
    assert_eq!((clock.waits().len(), server.requests().len()), (0, 1));
}

#[tokio::test]
async fn the_total_counts_all_waits_together() {
    let server = Server::start(std::iter::repeat_n(too_many(&[("Retry-After", "50")]), 9)).await;
    let (client, clock) = client(&server);
    assert!(get(&client).await.unwrap_err().is_rate_limited());
    assert_eq!((clock.waits(), server.requests().len()), (vec![50_000, 50_000], 3));
}

#[tokio::test]
async fn reading_and_deleting_are_repeated_after_a_server_error() {
    for status in [500, 502, 503, 504] {
        let server = Server::start([answer(status, &[], ""), ok()]).await;
        assert_eq!(get(&client(&server).0).await.unwrap(), "a", "{status}");
        let server = Server::start([answer(status, &[], ""), answer(204, &[], "")]).await;
        delete(&client(&server).0).await.unwrap();
    }
}

#[tokio::test]
async fn reading_and_deleting_are_repeated_after_a_broken_connection() {
    let cut = Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"id\":5,".into());
    let half = Reply::Bytes(b"HTTP/1.1 200".into());
    for broken in [Reply::HangUp, cut, half] {
        let server = Server::start([broken.clone(), ok()]).await;
        assert_eq!(get(&client(&server).0).await.unwrap(), "a");
        let server = Server::start([broken, answer(204, &[], "")]).await;
        delete(&client(&server).0).await.unwrap();
    }
}

#[tokio::test]
async fn nothing_is_created_twice() {
    for reply in [Reply::HangUp, answer(502, &[], ""), answer(503, &[("Retry-After", "1")], "")] {
        let server = Server::start([reply, answer(201, &[], agent(5, "a"))]).await;
        let (client, clock) = client(&server);
        let error = register(&client).await.unwrap_err();
        assert!(error.is_outcome_unknown(), "{error:?}");
        assert_eq!((server.requests().len(), clock.waits().len()), (1, 0));
    }
}

#[tokio::test]
async fn what_was_never_sent_is_sent_again_by_every_method() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let clock = super::FakeClock::new();
    let client = Client::builder().base_url(url).allow_http().no_proxy();
    let client = client.credential(crate::Credential::private_token("t"));
    let client = client.clock(std::sync::Arc::new(clock.clone())).build().unwrap();
    assert!(register(&client).await.unwrap_err().is_connect());
    assert_eq!(clock.waits(), [500, 1000, 2000]);
}

#[tokio::test]
async fn waits_grow_and_attempts_are_counted() {
    let server = Server::start(std::iter::repeat_n(answer(502, &[], ""), 9)).await;
    let (client, clock) = client(&server);
    assert!(get(&client).await.unwrap_err().is_server_error());
    assert_eq!((clock.waits(), server.requests().len()), (vec![500, 1000, 2000], 4));
}

#[tokio::test]
async fn a_server_error_is_waited_for_as_the_server_says() {
    let headers = [("Retry-After", "3"), ("RateLimit-Reset", "1650487370")];
    let server = Server::start([answer(503, &headers, ""), ok()]).await;
    let (client, clock) = client(&server);
    get(&client).await.unwrap();
    assert_eq!(clock.waits(), [3000]);
    // A rate limit that is told beside an error of another kind is not in the way.
    let server = Server::start([answer(503, &headers[1..], ""), ok()]).await;
    let (client, clock) = super::client(&server);
    get(&client).await.unwrap();
    assert_eq!(clock.waits(), [500]);
}

#[tokio::test]
async fn what_the_caller_has_to_mend_is_not_repeated() {
    for status in [400, 401, 403, 404, 409, 412, 418] {
        let server = Server::start([answer(status, &[], ""), ok()]).await;
        assert!(get(&client(&server).0).await.is_err());
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn repetition_can_be_switched_off_for_one_call() {
    let server = Server::start([too_many(&[("Retry-After", "0")]), ok()]).await;
    let (client, clock) = client(&server);
    assert!(get(&client.with_retry(Retry::never())).await.unwrap_err().is_rate_limited());
    assert_eq!((server.requests().len(), clock.waits().len()), (1, 0));
    assert_eq!(get(&client).await.unwrap(), "a");
}

#[tokio::test]
async fn a_repeated_delete_that_finds_nothing_has_succeeded() {
    let gone = || answer(404, &[], r#"{"message":"404 Not found"}"#);
    for unknown in [Reply::HangUp, answer(504, &[], "")] {
        let server = Server::start([unknown, gone()]).await;
        delete(&client(&server).0).await.unwrap();
        assert_eq!(server.requests().len(), 2);
    }
    let server = Server::start([gone()]).await;
    assert!(delete(&client(&server).0).await.unwrap_err().is_not_found());
    let server = Server::start([too_many(&[]), gone()]).await;
    assert!(delete(&client(&server).0).await.unwrap_err().is_not_found());
    let project = answer(404, &[], r#"{"message":"404 Project Not Found"}"#);
    let server = Server::start([Reply::HangUp, project]).await;
    assert!(delete(&client(&server).0).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn the_last_error_is_the_one_that_is_told() {
    let server = Server::start([answer(502, &[], "first"), answer(403, &[], "second")]).await;
    let error = get(&client(&server).0).await.unwrap_err();
    assert_eq!((error.is_forbidden(), error.body()), (true, Some("second")));
}

#[tokio::test]
async fn what_an_earlier_attempt_may_have_done_is_not_forgotten() {
    let server = Server::start([Reply::HangUp, answer(403, &[], "")]).await;
    let error = delete(&client(&server).0).await.unwrap_err();
    assert!(error.is_forbidden() && error.is_outcome_unknown(), "{error:?}");
    let server = Server::start([answer(403, &[], "")]).await;
    assert!(!delete(&client(&server).0).await.unwrap_err().is_outcome_unknown());
}

#[tokio::test]
async fn a_server_that_goes_away_while_it_deletes_may_have_deleted() {
    let server = Server::start([Reply::Leave]).await;
    let error = delete(&client(&server).0).await.unwrap_err();
    assert!(error.is_outcome_unknown() && !error.is_connect(), "{error:?}");
}
