use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use super::server::{Server, answer, json};
use super::{SENTINEL, agent, client};
use crate::types::AgentId;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn every_repetition_is_told_and_no_secret() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let limited = answer(429, &[("Retry-After", "7")], SENTINEL);
    let server = Server::start([limited, answer(502, &[], ""), json(agent(5, "a"))]).await;
    client(&server).0.get_agent(&20.into(), AgentId(5)).await.unwrap();
    drop(guard);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let told: Vec<_> = log.lines().filter(|line| line.contains("is repeated")).collect();
    assert_eq!(told.len(), 2, "{log}");
    for part in ["operation=\"get_agent\"", "attempt=1", "429 Too Many Requests", "wait_ms=7000"] {
        assert!(told[0].contains(part), "{}", told[0]);
    }
    assert!(told[1].contains("attempt=2") && told[1].contains("502 Bad Gateway"), "{}", told[1]);
    assert!(!log.contains(SENTINEL), "{log}");
}
