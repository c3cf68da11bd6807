//! A client that shows everything: each answer as the bytes that came.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cluster_agents_reference::demo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::corpus::Line;

/// Nothing of what a right server does takes longer.
const PATIENCE: Duration = Duration::from_secs(1);

/// Sends one request on a connection of its own. What does not come in time is told as such.
pub(crate) async fn send(address: &str, line: &Line, path: &str, secret: &str) -> String {
    let request = request(line, path, secret);
    let mut answer = Vec::new();
    let exchange = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        stream.write_all(&request).await?;
        stream.read_to_end(&mut answer).await.map(drop)
    };
    let end = match timeout(PATIENCE, exchange).await {
        Ok(Ok(())) => "",
        Ok(Err(_)) => "\n(broken)",
        Err(_) => "\n(no end)",
    };
    String::from_utf8_lossy(&answer).into_owned() + end
}

fn request(line: &Line, path: &str, secret: &str) -> Vec<u8> {
    let mut head = format!(
        "{} /api/v4/projects/{path} HTTP/1.1\r\nhost: probe.example\r\nconnection: close\r\n",
        line.method
    );
    head += &credential(&line.caller, secret);
    if let Some(condition) = &line.condition {
        head += &format!("if-unmodified-since: {condition}\r\n");
    }
    let (label, body) = match line.body.split_once(':') {
        Some(("text", body)) => ("text/plain", body),
        Some(("charset", body)) => ("application/json; charset=utf-8", body),
        _ => ("application/json", line.body.as_str()),
    };
    if !body.is_empty() {
        head += &format!("content-type: {label}\r\n");
    }
    if !body.is_empty() || line.method == "POST" {
        head += &format!("content-length: {}\r\n", body.len());
    }
    format!("{head}\r\n{body}").into_bytes()
}

fn credential(caller: &str, secret: &str) -> String {
    match caller.split_once(':') {
        Some(("bearer", token)) => format!("authorization: Bearer {token}\r\n"),
        Some(("basic", token)) => {
            format!("authorization: Basic {}\r\n", STANDARD.encode(format!("user:{token}")))
        }
        Some(("scheme", token)) => format!("authorization: Token {token}\r\n"),
        Some(("header", token)) => format!("x-access: {token}\r\n"),
        Some((_, token)) => format!("private-token: {token}\r\n"),
        None if caller == "none" => String::new(),
        None if caller == "secret" => format!("private-token: {secret}\r\n"),
        None => {
            let known = demo::ACTORS.iter().find(|(actor, _)| *actor == caller);
            format!("private-token: {}\r\n", known.map_or("", |(_, token)| token))
        }
    }
}
