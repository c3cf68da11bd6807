//! Servers to measure, on a runtime of their own.

use std::net::SocketAddr;

use anyhow::Context;
use axum::Router;
use axum::routing::get;
use cluster_agents_reference::{Database, Settings, demo, start};
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::runtime::Runtime;

/// A server with the runtime that it runs on; both end when it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    runtime: Option<Runtime>,
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Waiting is not allowed here; nothing of the server has to be kept.
            runtime.shutdown_background();
        }
    }
}

fn runtime() -> anyhow::Result<Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(1).enable_all().build().context("no runtime")
}

/// The reference with the demo fixture.
pub(crate) async fn reference(database: Database) -> anyhow::Result<Server> {
    let runtime = runtime()?;
    let settings = Settings { fixture: demo::fixture()?, database, ..Settings::default() };
    let running = runtime.spawn(start(settings)).await??;
    let authority = running.base_url().trim_start_matches("http://").split('/').next();
    let address = authority.unwrap_or_default().parse().context("no address")?;
    // It serves until its runtime ends.
    std::mem::forget(running);
    Ok(Server { address, runtime: Some(runtime) })
}

/// A handler that always answers with the same bytes.
pub(crate) async fn bare(headers: HeaderMap, body: Vec<u8>) -> anyhow::Result<Server> {
    let runtime = runtime()?;
    let handler = get(move || {
        let (headers, body) = (headers.clone(), body.clone());
        async move { (headers, body) }
    });
    let router = Router::new().route("/api/v4/{*rest}", handler);
    let (address, server) = runtime
        .spawn(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
            let address = listener.local_addr()?;
            anyhow::Ok((address, axum::serve(listener, router)))
        })
        .await??;
    runtime.spawn(async move { server.await });
    Ok(Server { address, runtime: Some(runtime) })
}

/// The headers of an answer, without those that every server sets itself.
pub(crate) fn headers(head: &[u8]) -> anyhow::Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    for line in std::str::from_utf8(head)?.lines().skip(1) {
        let Some((name, value)) = line.split_once(": ") else { continue };
        if !["date", "content-length"].contains(&name) {
            headers.insert(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
        }
    }
    Ok(headers)
}

/// A GET by the demo maintainer.
pub(crate) fn get_request(path: &str) -> Vec<u8> {
    format!(
        "GET /api/v4/projects/{}/cluster_agents{path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\
         private-token: demo-maintainer-token\r\n\r\n",
        demo::PROJECT
    )
    .into_bytes()
}

/// The registration of an agent by the demo maintainer.
pub(crate) fn register_request(name: &str) -> Vec<u8> {
    let body = format!("{{\"name\":\"{name}\"}}");
    format!(
        "POST /api/v4/projects/{}/cluster_agents HTTP/1.1\r\nhost: 127.0.0.1\r\n\
         private-token: demo-maintainer-token\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        demo::PROJECT,
        body.len()
    )
    .into_bytes()
}
