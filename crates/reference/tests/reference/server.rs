//! A server with the demo fixture, and a client that plays the demo's actors.

use std::net::SocketAddr;

use cluster_agents_reference::{Running, Settings, demo, start};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, redirect};
use serde_json::{Value, json};

/// The agents of the demo's main project.
pub(crate) const AGENTS: &str = "projects/20/cluster_agents";

/// A server in memory, as `cargo xtask serve` starts it.
pub(crate) struct Server {
    pub(crate) running: Running,
    pub(crate) client: Client,
}

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// Null if there is no body.
    pub(crate) body: Value,
}

/// A client that goes straight to the server and stays there.
pub(crate) fn client() -> Client {
    // Where other crates of the workspace are built too, TLS wants a provider even for http.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(redirect::Policy::none()).no_proxy().build().unwrap()
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings { fixture: demo::fixture().unwrap(), ..Settings::default() };
        change(&mut settings);
        Self { running: start(settings).await.unwrap(), client: client() }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.running.address()
    }

    /// A request without a credential; `path` is below the API root.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}/{path}", self.running.base_url()))
    }

    /// A request of one of the demo's actors.
    pub(crate) fn by(&self, actor: &str, method: Method, path: &str) -> RequestBuilder {
        self.request(method, path).header("PRIVATE-TOKEN", token(actor))
    }

    pub(crate) async fn get(&self, actor: &str, path: &str) -> Answer {
        Answer::of(self.by(actor, Method::GET, path)).await
    }

    pub(crate) async fn post(&self, actor: &str, path: &str, body: Value) -> Answer {
        Answer::of(self.by(actor, Method::POST, path).json(&body)).await
    }

    pub(crate) async fn delete(&self, actor: &str, path: &str) -> Answer {
        Answer::of(self.by(actor, Method::DELETE, path)).await
    }

    /// Registers an agent of the main project; the answer is its path below the API root.
    pub(crate) async fn agent(&self, name: &str) -> String {
        let agent = self.post("maintainer", AGENTS, json!({"name": name})).await.created();
        format!("{AGENTS}/{}", agent["id"])
    }
}

/// The token of a demo actor.
pub(crate) fn token(actor: &str) -> &'static str {
    demo::ACTORS.iter().find(|(name, _)| *name == actor).map(|(_, token)| *token).unwrap()
}

impl Answer {
    pub(crate) async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = match text.as_str() {
            "" => Value::Null,
            text => serde_json::from_str(text).unwrap_or_else(|_| panic!("no JSON: {text}")),
        };
        Self { status, headers, body }
    }

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "a literal reads better without a `&`")]
    pub(crate) fn is(&self, status: u16, body: Value) {
        assert_eq!((self.status, &self.body), (status, &body));
    }

    /// A 400 for a broken rule.
    #[track_caller]
    pub(crate) fn breaks(&self, reason: &str) {
        self.is(400, json!({"message": format!("400 Bad request - {reason}")}));
    }

    #[track_caller]
    pub(crate) fn created(self) -> Value {
        assert_eq!(self.status, 201, "{}", self.body);
        self.body
    }

    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        self.body
    }

    #[track_caller]
    pub(crate) fn no_content(&self) {
        assert_eq!((self.status, &self.body), (204, &Value::Null));
        assert!(self.headers.get("content-type").is_none());
    }

    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no header {name}")).to_str().unwrap()
    }
}

/// The values of a key in a list of objects.
pub(crate) fn all(list: &Value, key: &str) -> Vec<Value> {
    list.as_array().unwrap().iter().map(|item| item[key].clone()).collect()
}
