//! The transport against servers that are rude in one way each.

mod encrypted;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::mpsc;

use crate::api;
use crate::target::{Actor, Project, Secret, Target};
use crate::testing::{nowhere, serve, write};
use crate::transport::{Exchange, Failure, FailureKind, Limits, Transport};

const LIMITS: Limits = Limits {
    connect: Duration::from_millis(500),
    request: Duration::from_millis(500),
    body: 1_000,
    parsed: 10_000,
    held: 100_000,
    patience: Duration::from_secs(5),
    cleanup: Duration::from_secs(5),
};
const EMPTY: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]";

fn transport(url: &str) -> Transport {
    let target = Target::new(url, Project::Number(20))
        .expect("a good URL")
        .with_token(Actor::Maintainer, Secret::new("sentinel-of-the-maintainer"));
    Transport::new(target, LIMITS).expect("a client")
}

async fn ask(url: &str) -> Result<Exchange, Failure> {
    transport(url).send(&api::list_agents(&Project::Number(20)), "cfm-1-test-1").await
}

async fn failure(answer: &'static str) -> FailureKind {
    let url = serve(async |_, stream| write(stream, answer).await).await;
    ask(&url).await.expect_err("no answer").kind
}

#[tokio::test]
async fn a_request_says_who_sends_it_and_carries_the_credential() {
    let (sender, mut heads) = mpsc::unbounded_channel();
    let url = serve(move |head, stream| {
        let _ = sender.send(head);
        write(stream, EMPTY)
    })
    .await;
    let exchange = ask(&url).await.expect("an answer");
    assert_eq!((exchange.status, exchange.ids()), (200, Some(Vec::new())));
    let head = heads.recv().await.expect("a head");
    assert!(head.starts_with("GET /api/v4/projects/20/cluster_agents HTTP/1.1\r\n"), "{head}");
    for line in [
        "private-token: sentinel-of-the-maintainer\r\n",
        "x-request-id: cfm-1-test-1\r\n",
        "user-agent: cluster-agents-conformance/",
    ] {
        assert!(head.contains(line), "{line} in {head}");
    }
}

#[tokio::test]
async fn a_target_that_is_not_there_is_told_apart_from_one_that_never_answers() {
    assert_eq!(ask(&nowhere()).await.expect_err("nobody").kind, FailureKind::Connect);
    let silent = serve(async |_, stream| {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    assert_eq!(ask(&silent).await.expect_err("silence").kind, FailureKind::Slow);
}

#[tokio::test]
async fn an_answer_that_is_cut_off_or_no_http_is_broken() {
    assert_eq!(failure("").await, FailureKind::Broken);
    assert_eq!(
        failure("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n[]").await,
        FailureKind::Broken
    );
    assert_eq!(failure("this is not HTTP\r\n\r\n").await, FailureKind::Broken);
}

#[tokio::test]
async fn a_body_without_an_end_is_given_up() {
    let url = serve(async |_, mut stream: tokio::net::TcpStream| {
        use tokio::io::AsyncWriteExt;
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n[";
        let mut written = stream.write_all(head.as_bytes()).await;
        while written.is_ok() {
            written = stream.write_all(&[b' '; 100]).await;
        }
    })
    .await;
    assert_eq!(ask(&url).await.expect_err("too much").kind, FailureKind::TooLarge);
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let url = serve(async |_, stream| {
        write(
            stream,
            "HTTP/1.1 302 Found\r\nlocation: http://redirect.invalid/\r\ncontent-length: 0\r\n\r\n",
        )
        .await;
    })
    .await;
    assert_eq!(ask(&url).await.expect("an answer").status, 302);
}

#[tokio::test]
async fn a_busy_target_is_asked_again_after_the_time_that_it_names() {
    let turns = Arc::new(AtomicU32::new(0));
    let url = serve(move |_, stream| {
        let busy = "HTTP/1.1 429 Busy\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n";
        let is_first = turns.fetch_add(1, Ordering::Relaxed) == 0;
        write(stream, if is_first { busy } else { EMPTY })
    })
    .await;
    let transport = transport(&url);
    let request = api::list_agents(&Project::Number(20));
    assert_eq!(transport.send(&request, "cfm-1-test-1").await.expect("an answer").status, 200);
    assert_eq!(transport.sent(), 2);
}

/// What is wrong with the bounds of an answer that is read byte by byte.
async fn framing(answer: &'static str) -> Option<String> {
    let url = serve(async |_, stream| write(stream, answer).await).await;
    let request = api::list_agents(&Project::Number(20)).byte_by_byte();
    let exchange = transport(&url).send(&request, "cfm-1-test-1").await.expect("an answer");
    exchange.framing.expect("it was read byte by byte").problem
}

#[tokio::test]
async fn what_a_library_hides_behind_an_answer_is_seen_byte_by_byte() {
    assert_eq!(framing(EMPTY).await, None);
    let problem = framing("HTTP/1.1 204 No Content\r\n\r\n{}").await;
    assert_eq!(problem.as_deref(), Some("2 bytes behind the end of the answer"));
    let problem = framing("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]x").await;
    assert_eq!(problem.as_deref(), Some("1 byte behind the end of the answer"));
}

#[tokio::test]
async fn byte_by_byte_a_connection_may_stay_open_behind_a_complete_answer_only() {
    for (answer, expected) in [
        (EMPTY, Ok(200)),
        ("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n[]", Err(FailureKind::Slow)),
    ] {
        let url = serve(async move |_, mut stream: tokio::net::TcpStream| {
            use tokio::io::AsyncWriteExt;
            stream.write_all(answer.as_bytes()).await.expect("somebody reads");
            std::future::pending::<()>().await;
        })
        .await;
        let request = api::list_agents(&Project::Number(20)).byte_by_byte();
        let exchange = transport(&url).send(&request, "cfm-1-test-1").await;
        let got = exchange.map(|it| it.status).map_err(|failure| failure.kind);
        assert_eq!(got, expected, "{answer:?}");
    }
}

#[tokio::test]
async fn a_target_that_fails_again_and_again_is_lost_and_gets_one_more_chance() {
    let transport = transport(&nowhere());
    let request = api::list_agents(&Project::Number(20));
    let mut kinds = Vec::new();
    for _ in 0..10 {
        kinds.push(transport.send(&request, "cfm-1-test-1").await.expect_err("nobody").kind);
    }
    assert_eq!(kinds.iter().filter(|kind| **kind == FailureKind::Connect).count(), 8);
    assert!(transport.is_lost() && kinds.ends_with(&[FailureKind::Lost]));
    transport.give_another_chance();
    assert!(!transport.is_lost());
}

#[tokio::test]
async fn a_failure_names_neither_url_nor_token() {
    let url = nowhere();
    let failure = ask(&url).await.expect_err("nobody");
    assert!(
        !failure.problem.contains(&url) && !failure.problem.contains("sentinel"),
        "{failure:?}"
    );
}
