//! What a target may do instead of answering.

use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// One way to misbehave.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    Silence,
    Drip,
    EndlessBody,
    EndlessHeaders,
    EndlessInterim,
    EndlessLinks,
    InvalidUtf8,
    GzipBomb,
    DeepJson,
    WideJson,
    /// As much as is read at all, as an agent with a name and values enough.
    LargestJson,
    RedirectLoop,
    Reset,
    Http09,
    TooShort,
    TooLong,
    TwoLengths,
    AlwaysBusy,
    BusyForNoTime,
}

const JSON: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";

impl Act {
    /// Misbehaves on a connection until the other side has had enough.
    pub(crate) async fn perform(self, mut stream: TcpStream, head: &str, location: &str) {
        match self {
            Self::Silence => std::future::pending().await,
            Self::Drip => drip(&mut stream).await,
            Self::EndlessBody => endless(&mut stream, &format!("{JSON}\r\n["), "[],").await,
            Self::EndlessHeaders => endless(&mut stream, JSON, "x-more: of the same\r\n").await,
            Self::EndlessInterim => endless(&mut stream, "", "HTTP/1.1 103 Hints\r\n\r\n").await,
            Self::EndlessLinks => send(&mut stream, &page(head, location)).await,
            Self::InvalidUtf8 => {
                send(&mut stream, &[JSON.as_bytes(), b"\r\n[\"\xff\xfe\xc0\x80\"]"].concat()).await;
            }
            Self::GzipBomb => send(&mut stream, &bomb()).await,
            Self::DeepJson => json(&mut stream, &"[".repeat(1_500_000)).await,
            Self::WideJson => {
                json(&mut stream, &format!("[{}1]", "{\"a\":1},".repeat(180_000))).await;
            }
            Self::LargestJson => json(&mut stream, &largest()).await,
            Self::RedirectLoop => {
                let head = format!(
                    "HTTP/1.1 307 Again\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n"
                );
                send(&mut stream, head.as_bytes()).await;
            }
            Self::Reset => drop(stream.set_zero_linger()),
            Self::Http09 => send(&mut stream, b"[]").await,
            Self::TooShort => send(&mut stream, with_length("100").as_bytes()).await,
            Self::TooLong => send(&mut stream, with_length("1").as_bytes()).await,
            Self::TwoLengths => {
                send(&mut stream, with_length("2\r\ncontent-length: 3").as_bytes()).await;
            }
            Self::AlwaysBusy => send(&mut stream, busy(3600).as_bytes()).await,
            Self::BusyForNoTime => send(&mut stream, busy(0).as_bytes()).await,
        }
    }
}

async fn send(stream: &mut TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
}

async fn json(stream: &mut TcpStream, body: &str) {
    send(stream, format!("{JSON}content-length: {}\r\n\r\n{body}", body.len()).as_bytes()).await;
}

async fn endless(stream: &mut TcpStream, head: &str, again: &str) {
    let mut written = stream.write_all(head.as_bytes()).await;
    let again = again.repeat(1_000);
    while written.is_ok() {
        written = stream.write_all(again.as_bytes()).await;
    }
}

/// An agent that takes as much memory as an answer may.
fn largest() -> String {
    let values = vec!["{\"a\":1}"; 4_000].join(",");
    let text = "x".repeat(600_000);
    format!("{{\"id\":7,\"name\":\"{text}\",\"token\":\"{text}\",\"more\":[{values}]}}")
}

/// A byte now and then; a pause of its own is what makes this target slow.
async fn drip(stream: &mut TcpStream) {
    for byte in format!("{JSON}content-length: 2\r\n\r\n[]").bytes() {
        if stream.write_all(&[byte]).await.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn with_length(length: &str) -> String {
    format!("{JSON}content-length: {length}\r\n\r\n[]")
}

fn busy(seconds: u64) -> String {
    format!("HTTP/1.1 429 Busy\r\nretry-after: {seconds}\r\ncontent-length: 0\r\n\r\n")
}

/// A whole page of agents, whichever page is asked for, and there is always another one.
fn page(head: &str, location: &str) -> Vec<u8> {
    let asked = head.split(['?', '&', ' ']).find_map(|part| part.strip_prefix("page="));
    let page: u64 = asked.and_then(|page| page.parse().ok()).unwrap_or(1);
    let agent = |id| format!("{{\"id\":{},\"name\":\"a{id}\"}}", page * 1_000 + id);
    let agents: Vec<String> = (0..100).map(agent).collect();
    let body = format!("[{}]", agents.join(","));
    let next = page + 1;
    format!(
        "{JSON}link: <{location}?page={next}>; rel=\"next\"\r\nx-next-page: {next}\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// An answer of some kilobytes that says to be gzip and would unpack to tens of megabytes: one byte,
/// and then again and again the 258 bytes before.
fn bomb() -> Vec<u8> {
    let mut bits = Bits::default();
    bits.push(0b1, 1);
    bits.push(0b01, 2);
    bits.push_code(0b0011_0000 + u32::from(b'['), 8);
    for _ in 0..100_000 {
        bits.push_code(0b1100_0101, 8);
        bits.push_code(0, 5);
    }
    bits.push_code(0, 7);
    let head = format!("{JSON}content-encoding: gzip\r\n\r\n");
    let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    [head.as_bytes(), &gzip, &bits.bytes, &[0; 8]].concat()
}

/// Bits in the order of deflate.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    /// The lowest bit first.
    fn push(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let last = self.bytes.last_mut().unwrap();
            *last |= u8::from(value >> bit & 1 == 1) << (self.used % 8);
            self.used += 1;
        }
    }

    /// The highest bit first, as codes of deflate are.
    fn push_code(&mut self, code: u32, count: u32) {
        for bit in (0..count).rev() {
            self.push(code >> bit & 1, 1);
        }
    }
}
