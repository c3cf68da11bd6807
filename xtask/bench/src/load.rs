//! A closed loop of requests over kept connections: each client sends its next request when it has
//! the answer to the last one. It parses only as much HTTP as it needs, so that on two cores it
//! leaves the server as much as it can.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a run came to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Figures {
    pub(crate) requests: usize,
    pub(crate) took: Duration,
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
}

impl Figures {
    /// From the times of all requests.
    pub(crate) fn of(mut times: Vec<Duration>, took: Duration) -> Self {
        times.sort_unstable();
        let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
        Self { requests: times.len(), took, p50: at(50), p99: at(99) }
    }

    pub(crate) fn rate(&self) -> f64 {
        self.requests as f64 / self.took.as_secs_f64()
    }
}

/// What is sent: the bytes of a client's n-th request.
pub(crate) type Requests = Arc<dyn Fn(usize, usize) -> Vec<u8> + Send + Sync>;

/// Sends for a while with some clients at once; every answer must have the status `expected`.
pub(crate) async fn run(
    address: SocketAddr,
    clients: usize,
    time: Duration,
    expected: u16,
    requests: Requests,
) -> anyhow::Result<Figures> {
    let start = Instant::now();
    let until = start + time;
    let one = |client| one_client(address, client, until, expected, Arc::clone(&requests));
    let running: Vec<_> = (0..clients).map(|client| tokio::spawn(one(client))).collect();
    let mut times = Vec::new();
    for client in running {
        times.extend(client.await??);
    }
    Ok(Figures::of(times, start.elapsed()))
}

async fn one_client(
    address: SocketAddr,
    client: usize,
    until: Instant,
    expected: u16,
    requests: Requests,
) -> anyhow::Result<Vec<Duration>> {
    let mut connection = Connection::open(address).await?;
    let mut times = Vec::new();
    for number in 0.. {
        let request = requests(client, number);
        let sent = Instant::now();
        if sent >= until {
            break;
        }
        let status = connection.exchange(&request).await?;
        times.push(sent.elapsed());
        ensure!(status == expected, "answered with {status}, expected {expected}");
    }
    Ok(times)
}

/// A kept connection.
pub(crate) struct Connection {
    stream: TcpStream,
    /// What was read last; after an exchange, the whole answer.
    buffer: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await.context("cannot connect")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends a request and reads the answer; gives its status.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<u16> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the server closed the connection");
            }
            if let Some((head, length)) = head(&self.buffer)?
                && self.buffer.len() >= head + length
            {
                return status(&self.buffer);
            }
        }
    }

    /// The headers and the body of the last answer.
    pub(crate) fn answer(&self) -> anyhow::Result<(&[u8], &[u8])> {
        let (length, _) = head(&self.buffer)?.context("no answer")?;
        Ok(self.buffer.split_at(length))
    }
}

/// The length of the headers with the empty line, and of the body, once they are all there.
fn head(bytes: &[u8]) -> anyhow::Result<Option<(usize, usize)>> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let text = std::str::from_utf8(&bytes[..end])?;
    let value = |line: &str| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().to_owned())
    };
    let length = text.lines().find_map(value).context("no content-length")?;
    Ok(Some((end + 4, length.parse()?)))
}

fn status(bytes: &[u8]) -> anyhow::Result<u16> {
    let digits = bytes.get(9..12).context("no status line")?;
    Ok(std::str::from_utf8(digits)?.parse()?)
}
