//! Whatever is sent, an answer has a status that the document has for the operation, and its body.

#![allow(clippy::unwrap_used)]

#[path = "../examples/memory.rs"]
#[rustfmt::skip] // It is formatted as an example, with lines of its own length.
#[allow(dead_code, missing_docs, missing_debug_implementations, unreachable_pub)]
mod memory;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Body;
use cluster_agents_server::{Operation, Options, router};
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::Value;
use tower::ServiceExt;

const DOCUMENT: &str = include_str!("../../conformance/src/generated/document.json");

fn api(lenient: bool) -> Router {
    let options = Options { body_limit: 256, lenient };
    Router::new().nest("/api/v4", router(Arc::new(memory::Memory::default()), options))
}

/// A request of any shape: near a real one often enough to reach every operation.
#[derive(Clone, Debug)]
struct Any {
    method: Method,
    path: String,
    headers: Vec<(&'static str, Vec<u8>)>,
    body: Vec<u8>,
}

fn any_request() -> impl Strategy<Value = Any> {
    let method = prop_oneof![
        4 => Just(Method::GET), 4 => Just(Method::POST), 2 => Just(Method::DELETE),
        1 => Just(Method::HEAD), 1 => Just(Method::PUT), 1 => Just(Method::PATCH),
        1 => Just(Method::OPTIONS), 1 => "[A-Z]{1,8}".prop_map(|m| m.parse().unwrap()),
    ];
    let headers = (any_credential(), any_media_type(), any_condition());
    let headers = headers.prop_map(|(a, b, c)| [a, b, c].into_iter().flatten().collect());
    (method, any_path(), headers, any_body()).prop_map(|(method, path, headers, body)| Any {
        method,
        path,
        headers,
        body,
    })
}

/// What might stand where a path parameter is.
fn odd_segment() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|n| n.to_string()),
        Just("99999999999999999999".to_owned()),
        Just("%ff".to_owned()),
        Just("%00".to_owned()),
        Just("..".to_owned()),
        "[a-zA-Z0-9._~!$&'()*+,;=:@-]{0,6}",
        "(%[0-9a-f]{2}){1,4}",
    ]
}

fn any_path() -> impl Strategy<Value = String> {
    let project = prop_oneof![6 => Just("a%2Fb".to_owned()), 1 => odd_segment()];
    let id = prop_oneof![6 => (1i64..5).prop_map(|n| n.to_string()), 1 => odd_segment()];
    let tail = prop_oneof![
        3 => Just(None),
        4 => Just(Some("tokens")), 4 => Just(Some("url_configurations")),
        1 => Just(Some("x")), 1 => Just(Some("")),
    ];
    let query = prop_oneof![
        3 => Just(String::new()),
        2 => (-2i64..200, -2i64..200).prop_map(|(a, b)| format!("?page={a}&per_page={b}")),
        1 => Just("?page=&per_page=abc&page=9223372036854775807".to_owned()),
        1 => "\\?[a-z_=&%0-9]{0,20}",
    ];
    let parts =
        (project, prop::option::weighted(0.9, id.clone()), tail, prop::option::of(id), query);
    parts.prop_map(|(project, agent, tail, last, query)| {
        let mut path = format!("/api/v4/projects/{project}/cluster_agents");
        for part in [agent.as_deref(), tail, last.as_deref()].into_iter().flatten() {
            path = format!("{path}/{part}");
        }
        path + &query
    })
}

type Header = Option<(&'static str, Vec<u8>)>;

fn any_credential() -> impl Strategy<Value = Header> {
    let header = |name, value: &[u8]| Just(Some((name, value.to_vec())));
    prop_oneof![
        8 => header("private-token", b"secret"), 2 => header("authorization", b"Bearer secret"),
        1 => Just(None), 1 => header("authorization", b"Basic secret"),
        1 => header("private-token", b"wrong"), 1 => header("private-token", b"\xff"),
    ]
}

fn any_media_type() -> impl Strategy<Value = Header> {
    let header = |value: &[u8]| Just(Some(("content-type", value.to_vec())));
    prop_oneof![
        6 => header(b"application/json"), 1 => header(b"application/json; charset=utf-8"),
        1 => Just(None), 1 => header(b"text/plain"), 1 => header(b"\xff"),
        2 => header(b"application/x-www-form-urlencoded"),
    ]
}

fn any_condition() -> impl Strategy<Value = Header> {
    let value = prop::collection::vec(32u8..127, 0..20);
    prop::option::weighted(0.1, value.prop_map(|value| ("if-unmodified-since", value)))
}

fn any_body() -> impl Strategy<Value = Vec<u8>> {
    let name = prop_oneof![
        3 => "[a-z]{1,3}", 1 => "\\PC{0,8}", 1 => Just("\0".to_owned()),
        1 => (250usize..300).prop_map(|n| "a".repeat(n)),
    ];
    let good = name.prop_map(|name| serde_json::json!({"name": name, "url": "grpc://a"}));
    prop_oneof![
        6 => good.prop_map(|body| body.to_string().into_bytes()),
        1 => Just(Vec::new()), 1 => any::<Vec<u8>>(),
        1 => Just(br#"{"name":{"a":[1]},"url":null}"#.to_vec()),
        1 => Just(b"name=a&url=grpc%3A%2F%2Fa".to_vec()),
        1 => Just(b"[".repeat(200)),
    ]
}

/// The documented statuses of each operation.
fn documented() -> &'static BTreeMap<&'static str, Vec<u16>> {
    static DOCUMENTED: LazyLock<BTreeMap<&str, Vec<u16>>> = LazyLock::new(|| {
        let document: Value = serde_json::from_str(DOCUMENT).unwrap();
        let statuses = |operation: Operation| {
            let method = operation.method().as_str().to_lowercase();
            let responses = &document["paths"][operation.path()][method]["responses"];
            let statuses = responses.as_object().unwrap().keys().map(|key| key.parse().unwrap());
            (operation.id(), statuses.collect())
        };
        Operation::ALL.iter().copied().map(statuses).collect()
    });
    &DOCUMENTED
}

/// The operation that a request is for, if its path and method are those of one.
fn operation(request: &Any) -> Option<Operation> {
    let path = request.path.split('?').next()?.strip_prefix("/api/v4")?;
    let segments: Vec<_> = path.split('/').collect();
    let method = if request.method == Method::HEAD { Method::GET } else { request.method.clone() };
    let fits = |operation: &&Operation| {
        let template: Vec<_> = operation.path().split('/').collect();
        let same = |(segment, part): (&&str, &&str)| part.starts_with('{') || segment == part;
        template.len() == segments.len()
            && segments.iter().zip(&template).all(same)
            && operation.method() == method
    };
    Operation::ALL.iter().find(fits).copied()
}

async fn send(api: &Router, any: &Any) -> (StatusCode, Vec<u8>) {
    let mut request = Request::builder().method(&any.method).uri(&any.path);
    for (name, value) in &any.headers {
        request = request.header(*name, value.as_slice());
    }
    let request = request.body(Body::from(any.body.clone())).unwrap();
    let response = api.clone().oneshot(request).await.unwrap();
    let status = response.status();
    (status, response.into_body().collect().await.unwrap().to_bytes().to_vec())
}

type Seen = BTreeMap<(&'static str, u16), usize>;

/// Holds one answer against the document.
fn judge(request: &Any, status: u16, body: &[u8], seen: &mut Seen) -> Result<(), TestCaseError> {
    match operation(request) {
        Some(operation) => {
            let statuses = &documented()[operation.id()];
            prop_assert!(statuses.contains(&status), "{}: {status}", operation.id());
            *seen.entry((operation.id(), status)).or_default() += 1;
        }
        None => prop_assert_eq!(status, 404),
    }
    if status >= 400 && request.method != Method::HEAD {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let reason = body.get("message").or(body.get("error"));
        prop_assert!(reason.is_some_and(Value::is_string), "{body}");
    }
    Ok(())
}

/// Every operation once with success; an agent, a token and a URL configuration with small ids
/// stay, so that arbitrary requests find them.
fn furnished() -> Vec<Any> {
    let send = |method: Method, path: &str, body: &str| {
        let media_type = ("content-type", b"application/json".to_vec());
        let headers = vec![("private-token", b"secret".to_vec()), media_type];
        let path = format!("/api/v4/projects/a%2Fb/cluster_agents{path}");
        Any { method, path, headers, body: body.as_bytes().to_vec() }
    };
    vec![
        send(Method::POST, "", r#"{"name":"agent"}"#),
        send(Method::POST, "/1/tokens", r#"{"name":"token"}"#),
        send(Method::POST, "/1/url_configurations", r#"{"url":"grpc://a"}"#),
        send(Method::POST, "", r#"{"name":"gone"}"#),
        send(Method::POST, "/4/tokens", r#"{"name":"gone"}"#),
        send(Method::POST, "/4/url_configurations", r#"{"url":"grpcs://a"}"#),
        send(Method::GET, "", ""),
        send(Method::GET, "/4", ""),
        send(Method::GET, "/4/tokens", ""),
        send(Method::GET, "/4/tokens/5", ""),
        send(Method::GET, "/4/url_configurations", ""),
        send(Method::GET, "/4/url_configurations/6", ""),
        send(Method::DELETE, "/4/tokens/5", ""),
        send(Method::DELETE, "/4/url_configurations/6", ""),
        send(Method::DELETE, "/4", ""),
    ]
}

/// 100 fresh servers of each kind with 50 requests each.
#[test]
fn any_request_gets_a_documented_status_with_the_documented_error_body() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let seen = RefCell::new(Seen::new());
    let config = Config { cases: 100, failure_persistence: None, ..Config::default() };
    let requests = prop::collection::vec(any_request(), 50);
    let outcome = TestRunner::new(config).run(&requests, |requests| {
        for api in [api(false), api(true)] {
            for request in furnished().iter().chain(&requests) {
                let (status, body) = runtime.block_on(send(&api, request));
                judge(request, status.as_u16(), &body, &mut seen.borrow_mut())?;
            }
        }
        Ok(())
    });
    outcome.unwrap();
    // A property that never gets past the door would prove nothing.
    let seen = seen.into_inner();
    for operation in Operation::ALL {
        let succeeded = seen.keys().any(|(id, status)| *id == operation.id() && *status < 300);
        assert!(succeeded, "{} never succeeded: {seen:?}", operation.id());
    }
    for status in [400, 401, 404, 413, 415] {
        assert!(seen.keys().any(|(_, other)| *other == status), "{status} never seen: {seen:?}");
    }
}

fn get(path: &str) -> Any {
    let headers = vec![("private-token", b"secret".to_vec())];
    Any { method: Method::GET, path: path.to_owned(), headers, body: Vec::new() }
}

#[tokio::test]
async fn head_answers_like_get_without_a_body() {
    let api = api(false);
    let list = get("/api/v4/projects/a%2Fb/cluster_agents");
    assert_eq!(send(&api, &list).await, (StatusCode::OK, b"[]".to_vec()));
    let head = Any { method: Method::HEAD, ..list };
    assert_eq!(send(&api, &head).await, (StatusCode::OK, Vec::new()));
}

#[tokio::test]
async fn a_project_path_keeps_its_encoded_slashes_and_dots() {
    let api = api(false);
    let register =
        |path: &str| Any { method: Method::POST, body: br#"{"name":"a"}"#.to_vec(), ..get(path) };
    let (status, body) =
        send(&api, &register("/api/v4/projects/group%2Fsub.group%2Fproject/cluster_agents")).await;
    assert_eq!(status, StatusCode::CREATED);
    let agent: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(agent["config_project"]["path_with_namespace"], "group/sub.group/project");
    let (status, _) = send(&api, &register("/api/v4/projects/group/project/cluster_agents")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_credential_is_judged_before_the_parameters() {
    let api = api(false);
    let request = get("/api/v4/projects/20/cluster_agents/abc");
    assert_eq!(send(&api, &request).await.0, StatusCode::BAD_REQUEST);
    let request = Any { headers: Vec::new(), ..request };
    assert_eq!(send(&api, &request).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_number_beyond_64_bits_is_not_found_and_a_word_is_malformed() {
    let api = api(false);
    for (id, status) in [("99999999999999999999", 404), ("-1", 404), ("0x10", 400), ("1e3", 400)] {
        let answer = send(&api, &get(&format!("/api/v4/projects/20/cluster_agents/{id}"))).await;
        assert_eq!(answer.0.as_u16(), status, "{id}");
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_told_before_the_credential_and_its_fields_after() {
    let api = api(false);
    let post = |media_type: &str, body: &[u8]| Any {
        method: Method::POST,
        headers: vec![("content-type", media_type.as_bytes().to_vec())],
        body: body.to_vec(),
        ..get("/api/v4/projects/20/cluster_agents")
    };
    for (request, status) in [
        (post("application/json", b"{"), 400),
        (post("application/json", &[b' '; 257]), 413),
        (post("text/plain", b"name=a"), 415),
        (post("application/json", b"{}"), 401),
    ] {
        assert_eq!(send(&api, &request).await.0, status, "{request:?}");
    }
}
