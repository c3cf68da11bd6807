//! A server on a raw socket that gives one scripted answer to each request.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a request is answered with.
#[derive(Clone)]
pub(super) enum Reply {
    /// These bytes.
    Bytes(Vec<u8>),
    /// Nothing: the connection is closed once the request was read.
    HangUp,
    /// Nothing: the connection stays open.
    Silence,
    /// Nothing: the connection is closed, and nobody listens any more.
    Leave,
}

/// An answer with a status, headers and a body.
#[expect(clippy::needless_pass_by_value, reason = "tests read better without references")]
pub(super) fn answer(status: u16, headers: &[(&str, &str)], body: impl ToString) -> Reply {
    let body = body.to_string();
    let mut text = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if status != 204 {
        text.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    Reply::Bytes(format!("{text}\r\n{body}").into_bytes())
}

/// A successful answer in JSON.
pub(super) fn json(body: impl ToString) -> Reply {
    answer(200, &[("content-type", "application/json")], body)
}

/// A server that answers each request with the next reply, and hangs up once there is none.
pub(super) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(super) async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let mut replies: Vec<_> = replies.into_iter().collect();
        replies.reverse();
        let replies = Arc::new(Mutex::new(replies));
        let seen = Arc::clone(&requests);
        // Ends with the runtime of the test.
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let leaves = matches!(replies.lock().unwrap().last(), Some(Reply::Leave));
                let serving = serve(stream, Arc::clone(&replies), Arc::clone(&seen));
                if leaves {
                    drop(listener);
                    return serving.await;
                }
                tokio::spawn(serving);
            }
        });
        Self { address, requests }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far, as they came.
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// The method and the target of each request so far.
    pub(super) fn lines(&self) -> Vec<String> {
        let line = |request: &String| {
            let line = request.lines().next().unwrap_or_default();
            line.trim_end_matches(" HTTP/1.1").replace("/api/v4/projects/20/cluster_agents", "…")
        };
        self.requests().iter().map(line).collect()
    }
}

async fn serve(
    mut stream: TcpStream,
    replies: Arc<Mutex<Vec<Reply>>>,
    requests: Arc<Mutex<Vec<String>>>,
) {
    let Some(request) = read(&mut stream).await else { return };
    requests.lock().unwrap().push(request);
    let reply = replies.lock().unwrap().pop().unwrap_or(Reply::HangUp);
    match reply {
        Reply::Bytes(bytes) => {
            // A client that has read enough may be gone.
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Reply::HangUp | Reply::Leave => {}
        Reply::Silence => std::future::pending().await,
    }
}

/// One request with its body; `None` if the connection ends before.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return Some(text.into_owned());
            }
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}
