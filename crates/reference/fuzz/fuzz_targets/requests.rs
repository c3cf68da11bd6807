//! Any request: none is answered with a 5xx, or with an error that is no JSON.
//!
//! An input is a request without what every request here has: `METHOD PATH`, lines of headers, an
//! empty line and the body. It goes to a server in the same process over a real socket, so that the
//! fuzzer sees all of the way that a request takes.

#![no_main]

use std::net::SocketAddr;
use std::sync::LazyLock;

use cluster_agents_reference::{Running, Settings, demo, start};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};

static SERVER: LazyLock<(Runtime, Running)> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread().enable_all().build().expect("no runtime");
    let fixture = demo::fixture().expect("the demo has a mistake");
    let settings = Settings { fixture, ..Settings::default() };
    let running = runtime.block_on(start(settings)).expect("the server does not start");
    (runtime, running)
});

fuzz_target!(|input: &[u8]| {
    let (runtime, running) = &*SERVER;
    let request = request(input);
    judge(&runtime.block_on(send(running.address(), &request)).unwrap_or_default());
});

/// The request for an input, which the server is asked to be the last one on its connection.
fn request(input: &[u8]) -> Vec<u8> {
    let split = |bytes: &[u8], at: &[u8]| {
        let end = bytes.windows(at.len()).position(|part| part == at).unwrap_or(bytes.len());
        (bytes[..end].to_vec(), bytes.get(end + at.len()..).unwrap_or_default().to_vec())
    };
    let (head, body) = split(input, b"\n\n");
    let (line, headers) = split(&head, b"\n");
    let mut request = line;
    let token = "demo-maintainer-token";
    let length = body.len();
    request.extend(
        format!(
            " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nPRIVATE-TOKEN: {token}\r\n\
             Content-Length: {length}\r\n"
        )
        .bytes(),
    );
    for header in headers.split(|byte| *byte == b'\n').filter(|header| !header.is_empty()) {
        request.extend(header);
        request.extend(b"\r\n");
    }
    request.extend(b"\r\n");
    request.extend(body);
    request
}

/// The answer. The server may close before it has read everything, or never answer what is no
/// request; that it does not hang is seen by the time limit of the fuzzer.
async fn send(address: SocketAddr, request: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address).await?;
    // Otherwise the ports of closed connections would be used up after some ten thousand inputs.
    stream.set_zero_linger()?;
    stream.write_all(request).await?;
    stream.shutdown().await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}

fn judge(answer: &[u8]) {
    let head = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let Some(head) = head else { return };
    let status: u16 =
        std::str::from_utf8(&answer[9..12]).ok().and_then(|s| s.parse().ok()).expect("no status");
    let body = &answer[head + 4..];
    assert!((200..500).contains(&status), "answered with {status}");
    // What is not even HTTP is answered by the HTTP library, without a body.
    if status >= 400 && !body.is_empty() {
        let error: Value = serde_json::from_slice(body).expect("an error that is no JSON");
        assert!(error["message"].is_string() || error["error"].is_string(), "{error}");
    }
}
