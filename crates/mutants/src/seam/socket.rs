//! HTTP/1.1 by hand, so that an answer can break it.
//!
//! Just enough to serve clients that keep the rules: one request after the other on a connection,
//! bodies with a length or in chunks.

use std::io;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Duration, sleep};

use super::call::{Answer, Call, Delivery};
use super::wire::Next;

/// More than this is not read of a body: the reference refuses it anyhow.
const BODY_LIMIT: usize = 64 << 20;

/// Serves until it is dropped.
pub(crate) async fn serve(listener: TcpListener, next: Next) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Ok((stream, _)) = listener.accept() => {
                let next = next.clone();
                connections.spawn(async move {
                    // A client that goes away is its own affair.
                    let _ = converse(stream, next).await;
                });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn converse(stream: TcpStream, next: Next) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufStream::new(stream);
    while let Some(call) = read(&mut stream).await? {
        let head = call.method == Method::HEAD;
        let close = is(&call.headers, "connection", "close");
        let answer = next.call(call).await;
        let ends = is(&answer.headers, "connection", "close");
        if !deliver(&mut stream, answer, head).await? || close || ends {
            return stream.shutdown().await;
        }
    }
    Ok(())
}

fn is(headers: &HeaderMap, name: &str, value: &str) -> bool {
    let found = headers.get(name).and_then(|value| value.to_str().ok());
    found.is_some_and(|found| found.to_ascii_lowercase().contains(value))
}

fn bad(problem: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, problem.to_owned())
}

/// The next request; nothing at the end of the connection.
async fn read(stream: &mut BufStream<TcpStream>) -> io::Result<Option<Call>> {
    let line = line(stream).await?;
    if line.is_empty() {
        return Ok(None);
    }
    let mut words = line.split(' ');
    let method = words.next().and_then(|word| word.parse().ok()).ok_or_else(|| bad("method"))?;
    let uri = words.next().and_then(|word| word.parse().ok()).ok_or_else(|| bad("target"))?;
    let headers = headers(stream).await?;
    if is(&headers, "expect", "100-continue") {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        stream.flush().await?;
    }
    let body = body(stream, &headers).await?;
    Ok(Some(Call { method, uri, headers, body }))
}

async fn line(stream: &mut BufStream<TcpStream>) -> io::Result<String> {
    let mut line = Vec::new();
    stream.read_until(b'\n', &mut line).await?;
    Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
}

async fn headers(stream: &mut BufStream<TcpStream>) -> io::Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    loop {
        let line = line(stream).await?;
        let Some((name, value)) = line.split_once(':') else { return Ok(headers) };
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| bad("header"))?;
        let value = HeaderValue::from_str(value.trim()).map_err(|_| bad("header"))?;
        headers.append(name, value);
    }
}

async fn body(stream: &mut BufStream<TcpStream>, headers: &HeaderMap) -> io::Result<Bytes> {
    if is(headers, "transfer-encoding", "chunked") {
        return chunks(stream).await;
    }
    let length = headers.get("content-length").and_then(|value| value.to_str().ok()?.parse().ok());
    exactly(stream, length.unwrap_or_default()).await.map(Bytes::from)
}

async fn exactly(stream: &mut BufStream<TcpStream>, length: usize) -> io::Result<Vec<u8>> {
    if length > BODY_LIMIT {
        return Err(bad("too large"));
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(body)
}

async fn chunks(stream: &mut BufStream<TcpStream>) -> io::Result<Bytes> {
    let mut body = Vec::new();
    loop {
        let length = usize::from_str_radix(&line(stream).await?, 16).map_err(|_| bad("chunk"))?;
        body.extend(exactly(stream, length).await?);
        line(stream).await?;
        if length == 0 {
            return Ok(body.into());
        }
    }
}

/// Writes an answer, and tells whether the connection can go on.
async fn deliver(
    stream: &mut BufStream<TcpStream>,
    answer: Answer,
    head: bool,
) -> io::Result<bool> {
    match answer.delivery {
        Delivery::Dropped => return Ok(false),
        Delivery::Never => {
            std::future::pending::<()>().await;
        }
        _ => {}
    }
    let bodiless = head || answer.status == 204 || answer.status == 304;
    stream.write_all(head_of(&answer, bodiless).as_bytes()).await?;
    if bodiless && !matches!(answer.delivery, Delivery::Followed(_)) {
        stream.flush().await?;
        return Ok(true);
    }
    write_body(stream, &answer, bodiless).await?;
    stream.flush().await?;
    Ok(!matches!(answer.delivery, Delivery::Cut(_)))
}

fn head_of(answer: &Answer, bodiless: bool) -> String {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let reason = status.canonical_reason().unwrap_or_default();
    let mut head = format!("HTTP/1.1 {} {reason}\r\n", answer.status);
    for (name, value) in &answer.headers {
        if name == "content-length" && !bodiless {
            continue;
        }
        let value = String::from_utf8_lossy(value.as_bytes());
        match answer.delivery {
            Delivery::Capitals => head += &format!("{}: {value}\r\n", name.as_str().to_uppercase()),
            _ => head += &format!("{name}: {value}\r\n"),
        }
    }
    match answer.delivery {
        _ if bodiless => {}
        Delivery::Chunked => head += "transfer-encoding: chunked\r\n",
        Delivery::Announced(length) => head += &format!("content-length: {length}\r\n"),
        _ => head += &format!("content-length: {}\r\n", answer.body.len()),
    }
    head + "\r\n"
}

async fn write_body(
    stream: &mut BufStream<TcpStream>,
    answer: &Answer,
    bodiless: bool,
) -> io::Result<()> {
    let body = if bodiless { Bytes::new() } else { answer.body.clone() };
    match answer.delivery {
        Delivery::Cut(bytes) => stream.write_all(&body[..body.len().saturating_sub(bytes)]).await,
        Delivery::Followed(bytes) => {
            stream.write_all(&body).await?;
            stream.write_all(bytes).await
        }
        Delivery::Chunked => {
            for chunk in body.chunks(7) {
                stream.write_all(format!("{:x}\r\n", chunk.len()).as_bytes()).await?;
                stream.write_all(chunk).await?;
                stream.write_all(b"\r\n").await?;
            }
            stream.write_all(b"0\r\n\r\n").await
        }
        Delivery::Trickled(size, millis) => {
            for chunk in body.chunks(size.max(1)) {
                stream.write_all(chunk).await?;
                stream.flush().await?;
                sleep(Duration::from_millis(millis)).await;
            }
            Ok(())
        }
        _ => stream.write_all(&body).await,
    }
}
