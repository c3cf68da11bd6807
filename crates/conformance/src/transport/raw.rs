//! One exchange on a connection of its own, read to the last byte: what an HTTP library hides.

use std::time::Duration;

use reqwest::Url;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::target::Target;
use crate::transport::failure::{Failure, FailureKind};
use crate::transport::framing::{Answer, Reading, read};
use crate::transport::library::user_agent;
use crate::transport::limits::Limits;
use crate::transport::tls;

/// How long a connection that should be closed is watched for bytes that follow an answer.
const SILENCE: Duration = Duration::from_millis(100);
/// How much room the head of an answer has, in bytes.
const HEAD: usize = 128 * 1024;

/// Sends the request with `Connection: close` and reads until the other side closes the connection,
/// or says nothing more behind a complete answer.
///
/// # Errors
///
/// What [`FailureKind`] lists; an answer that never gets complete is broken.
pub(super) async fn send(
    request: &reqwest::Request,
    target: &Target,
    limits: Limits,
) -> Result<Answer, Failure> {
    let work = async {
        let mut stream = connect(request.url(), target, limits).await?;
        stream.write_all(&text(request, target)).await.map_err(|error| broken(&error))?;
        receive(&mut stream, request.method().as_str() == "HEAD", limits).await
    };
    let slow = |_| Failure::new(FailureKind::Slow, "operation timed out");
    tokio::time::timeout(limits.request, work).await.map_err(slow)?
}

/// A connection with or without TLS.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

async fn connect(url: &Url, target: &Target, limits: Limits) -> Result<Box<dyn Stream>, Failure> {
    let fail = |problem: String| Failure::new(FailureKind::Connect, &problem);
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let address = (host, url.port_or_known_default().unwrap_or(80));
    let stream = tokio::time::timeout(limits.connect, TcpStream::connect(address)).await;
    let stream = stream.map_err(|_| fail(String::from("connection timed out")))?;
    let stream = stream.map_err(|error| fail(error.to_string()))?;
    match url.scheme() {
        "https" => Ok(Box::new(
            tls::wrap(stream, host, target.manners.ca_cert.as_deref()).await.map_err(fail)?,
        )),
        _ => Ok(Box::new(stream)),
    }
}

fn text(request: &reqwest::Request, target: &Target) -> Vec<u8> {
    let url = request.url();
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let line = format!("{} {}{query} HTTP/1.1\r\n", request.method(), url.path());
    let mut text = line.into_bytes();
    let mut line = |name: &str, value: &[u8]| {
        text.extend_from_slice(name.as_bytes());
        text.extend_from_slice(b": ");
        text.extend_from_slice(value);
        text.extend_from_slice(b"\r\n");
    };
    line("host", url.authority().as_bytes());
    line("user-agent", user_agent(target).as_bytes());
    line("connection", b"close");
    for (name, value) in request.headers() {
        line(name.as_str(), value.as_bytes());
    }
    let body = request.body().and_then(reqwest::Body::as_bytes);
    if let Some(body) = body {
        line("content-length", body.len().to_string().as_bytes());
    }
    text.extend_from_slice(b"\r\n");
    text.extend_from_slice(body.unwrap_or_default());
    text
}

async fn receive(
    stream: &mut (impl AsyncRead + Unpin),
    is_head: bool,
    limits: Limits,
) -> Result<Answer, Failure> {
    let mut bytes = Vec::new();
    let mut complete = None;
    loop {
        let count = match complete {
            None => stream.read_buf(&mut bytes).await.map_err(|error| broken(&error))?,
            // Behind a complete answer, silence and an unfriendly end both mean that nothing follows.
            Some(_) => {
                let more = tokio::time::timeout(SILENCE, stream.read_buf(&mut bytes)).await;
                more.ok().and_then(Result::ok).unwrap_or_default()
            }
        };
        if bytes.len() > limits.body + HEAD {
            return Err(Failure::new(FailureKind::TooLarge, "the body does not end"));
        }
        complete = match read(&bytes, is_head, count == 0) {
            Reading::Complete(answer) => Some(answer),
            Reading::Partial => None,
            Reading::Broken(problem) => return Err(Failure::new(FailureKind::Broken, &problem)),
        };
        if count == 0 {
            let end = "the connection ended before its answer";
            return complete.ok_or_else(|| Failure::new(FailureKind::Broken, end));
        }
    }
}

fn broken(error: &std::io::Error) -> Failure {
    Failure::new(FailureKind::Broken, &error.to_string())
}
