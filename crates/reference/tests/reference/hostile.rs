//! Requests that no client sends by mistake: none is answered with a 5xx, with silence, or with an
//! error that is no JSON.

use std::net::SocketAddr;
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::server::{Server, token};

/// How many requests are made up; `PROPTEST_CASES` asks for more.
const REQUESTS: u32 = 2000;

/// Sends bytes as they are, and reads until the server closes the connection. The answer is the
/// status and the body.
async fn send(address: SocketAddr, request: &[u8]) -> (u16, Vec<u8>) {
    let conversation = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        // The server may answer, and close, before it has read everything.
        let _ = stream.write_all(request).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        answer
    };
    let answer = tokio::time::timeout(Duration::from_secs(30), conversation).await;
    let answer = answer.expect("no answer in 30 seconds");
    let head = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let Some(head) = head else { return (0, answer) };
    let status = std::str::from_utf8(&answer[9..12]).unwrap().parse().unwrap();
    (status, answer[head + 4..].to_vec())
}

fn request(method: &str, path: &[u8], headers: &[u8], body: &[u8]) -> Vec<u8> {
    let token = token("maintainer");
    let length = body.len();
    let head = format!(
        " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nPRIVATE-TOKEN: {token}\r\nContent-Length: {length}\r\n"
    );
    [method.as_bytes(), b" ", path, head.as_bytes(), headers, b"\r\n", body].concat()
}

#[track_caller]
fn is_sound(sent: &[u8], (status, body): &(u16, Vec<u8>)) {
    let shown = String::from_utf8_lossy(sent);
    assert!((200..500).contains(status), "{status} for {shown}");
    // What is not even HTTP is answered by the HTTP library, without a body.
    if *status >= 400 && !body.is_empty() {
        let json: Value = serde_json::from_slice(body).unwrap_or_else(|_| panic!("{shown}"));
        assert!(json["message"].is_string() || json["error"].is_string(), "{json} for {shown}");
    }
}

#[tokio::test]
async fn known_tricks_are_answered_with_a_4xx() {
    let server = Server::start().await;
    let agents = "/api/v4/projects/20/cluster_agents";
    let json: &[u8] = b"Content-Type: application/json\r\n";
    let form: &[u8] = b"Content-Type: application/x-www-form-urlencoded\r\n";
    let deep = ["{\"name\":".repeat(10_000), "}".repeat(10_000)].concat();
    let long = format!("{agents}/{}", "9".repeat(8000));
    for (method, path, headers, body) in [
        ("GET", "/api/v4/projects/%FF/cluster_agents", json, &b""[..]),
        ("GET", "/api/v4/projects/%FF", json, b""),
        ("GET", "/api/v4/projects/a%2F%00/cluster_agents", json, b""),
        ("GET", "/api/v4/projects/%2F/cluster_agents", json, b""),
        ("GET", "/api/v4/projects/%/cluster_agents", json, b""),
        ("GET", "/api/v4/projects/..%2F..%2F/cluster_agents", json, b""),
        ("GET", "//", json, b""),
        ("GET", "http://elsewhere/api/v4/projects/99/cluster_agents", json, b""),
        ("OPTIONS", "*", json, b""),
        ("CONNECT", "h:1", json, b""),
        ("BREW", agents, json, b""),
        ("GET", &long, json, b""),
        ("GET", "/api/v4/projects/20/cluster_agents?page=%FF", json, b""),
        ("POST", agents, json, b"{\"name\":\"a\\u0000b\"}"),
        ("POST", agents, json, b"{\"name\":\"\xff\"}"),
        ("POST", agents, json, b"{\"name\":\"\\ud800\"}"),
        ("POST", agents, json, b"{\"name\":1e999}"),
        ("POST", agents, json, deep.as_bytes()),
        ("POST", agents, form, b"name=%FF"),
        ("POST", agents, form, b"name=%00"),
        ("POST", agents, b"Content-Type: \xff\r\n", b"{}"),
        ("POST", agents, b"Content-Type: multipart/form-data\r\n", b"x"),
        ("POST", agents, b"Content-Type: multipart/form-data; boundary=b\r\n", b"--b\r\n\r\n"),
        ("DELETE", "/api/v4/projects/20/cluster_agents/-9223372036854775809", json, b""),
    ] {
        let sent = request(method, path.as_bytes(), headers, body);
        let answer = send(server.address(), &sent).await;
        is_sound(&sent, &answer);
        assert!(answer.0 >= 400, "{} for {}", answer.0, String::from_utf8_lossy(&sent));
    }
}

#[tokio::test]
async fn what_is_no_http_is_refused_and_the_server_goes_on() {
    let server = Server::start().await;
    for bytes in [
        &b"\r\n\r\n"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 4"), "{bytes:?}");
    }
    server.agent("agent-1").await;
}

/// A path of pieces that mean something, or nearly.
fn path() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        5 => select(vec![
            "api", "v4", "projects", "20", "root%2Ftest", "cluster_agents", "1", "tokens",
            "url_configurations", "user", "-1", "1.json", "..", "%2e%2E", "99999999999999999999",
        ]).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => "[!-~]{0,12}".prop_map(|piece| piece.replace([' ', '#'], "").into_bytes()),
        1 => "(%[0-9A-Fa-f]{2}){1,4}".prop_map(String::into_bytes),
    ];
    let known = select(vec![
        "/api/v4/projects/20/cluster_agents",
        "/api/v4/projects/20/cluster_agents/1",
        "/api/v4/projects/20/cluster_agents/1/tokens",
        "/api/v4/projects/root%2Ftest/cluster_agents/1/url_configurations",
    ]);
    let query = select(vec![
        "",
        "",
        "?",
        "?page=2",
        "?per_page=0",
        "?page=%00",
        "?name=%FF&name[]=1",
        "?private_token=x",
    ]);
    let made_up =
        vec(piece, 0..9).prop_map(|pieces| [b"/", pieces.join(&b'/').as_slice()].concat());
    let known = known.prop_map(|path| path.as_bytes().to_vec());
    (prop_oneof![known, made_up], query)
        .prop_map(|(path, query)| [&path, query.as_bytes()].concat())
}

/// A body that is nearly right, or bytes.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let text = prop_oneof![
        any::<String>(),
        "[a-z0-9-]{0,70}",
        Just("\u{0}".to_owned()),
        Just("grpc://h".to_owned()),
        Just("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_owned()),
    ];
    let value = prop_oneof![
        4 => text.prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => Just(serde_json::json!([{"a": []}])),
    ];
    let name = select(vec![
        "name",
        "description",
        "url",
        "client_cert",
        "client_key",
        "ca_cert",
        "tls_host",
        "id",
    ]);
    let object = vec((name, value), 0..5).prop_map(|fields| {
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value));
        Value::Object(fields.collect()).to_string().into_bytes()
    });
    let cut = (object.clone(), any::<prop::sample::Index>()).prop_map(|(mut body, at)| {
        body.truncate(at.index(body.len()));
        body
    });
    prop_oneof![6 => object, 1 => cut, 1 => vec(any::<u8>(), 0..200), 1 => Just(Vec::new())]
}

fn any_request() -> impl Strategy<Value = Vec<u8>> {
    let method =
        select(vec!["GET", "GET", "POST", "POST", "POST", "DELETE", "HEAD", "PUT", "OPTIONS"]);
    let headers = select(vec![
        "Content-Type: application/json\r\n",
        "Content-Type: application/json; charset=utf-8\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\n",
        "",
        "Content-Type: text/plain\r\n",
        "Content-Type: multipart/form-data; boundary=b\r\n",
        "If-Unmodified-Since: 0\r\n",
        "Authorization: Bearer \u{7f}\r\n",
        "Accept: text/html\r\n",
    ]);
    (method, path(), headers, body())
        .prop_map(|(method, path, headers, body)| request(method, &path, headers.as_bytes(), &body))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_request_that_can_be_made_up_is_answered_with_a_5xx() {
    let server = Server::start().await;
    let cases = Config::default().cases;
    let requests = if cases == 256 { REQUESTS } else { cases };
    let mut runner = TestRunner::default();
    for _ in 0..requests {
        let sent = any_request().new_tree(&mut runner).unwrap().current();
        is_sound(&sent, &send(server.address(), &sent).await);
    }
}
