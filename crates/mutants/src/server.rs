//! A server with one thing planted in it.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use cluster_agents_reference::access::Directory;
use cluster_agents_reference::api::Reference;
use cluster_agents_reference::fixture::{FirstAgent, Fixture};
use cluster_agents_reference::server::{Front, front};
use cluster_agents_reference::store::{Memory, NewAgent, Store};
use cluster_agents_reference::vault::Vault;
use cluster_agents_reference::{RandomError, demo};
use cluster_agents_server::Options;
use cluster_agents_types::Timestamp;
use futures_util::FutureExt;
use http_body_util::BodyExt;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::seam::call::{Answer, Call, Delivery};
use crate::seam::policy::{Guarded, Policy};
use crate::seam::slip::Slip;
use crate::seam::socket;
use crate::seam::store::Loose;
use crate::seam::wire::{Handler, Next, before};

/// Where something is planted. What has a state of its own is made anew for each server.
#[derive(Clone, Copy)]
pub(crate) enum Plant {
    /// Nowhere: the reference as it is.
    Nothing,
    /// Around the stub's trait.
    Policy(Policy),
    /// In the store.
    Store(Slip),
    /// Around the server.
    Wire(fn() -> Handler),
    /// In who and what there is.
    Fixture(fn(&mut Fixture)),
    /// No receptive agents.
    NotReceptive,
}

impl fmt::Debug for Plant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.seam())
    }
}

impl Plant {
    /// Where it is, as a word for reports.
    pub(crate) fn seam(&self) -> &'static str {
        match self {
            Self::Nothing => "nowhere",
            Self::Policy(_) => "policy",
            Self::Store(_) => "store",
            Self::Wire(_) => "wire",
            Self::Fixture(_) => "fixture",
            Self::NotReceptive => "settings",
        }
    }
}

/// Why no server could be started.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// There is no free port on loopback.
    #[error("no port on loopback can be listened on")]
    Listen(#[from] io::Error),
    /// The operating system gives no random numbers.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The demo fixture cannot be read.
    #[error("the demo fixture: {0}")]
    Fixture(#[from] cluster_agents_reference::fixture::Mistakes),
    /// The first agents cannot be registered.
    #[error(transparent)]
    Store(#[from] cluster_agents_reference::store::StoreError),
}

/// A running server, on loopback. Dropped, it ends.
#[derive(Debug)]
pub struct Server {
    base_url: String,
    requests: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// The API root.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// How many requests it got so far.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// Starts a server with the demo fixture.
    pub(crate) async fn start(plant: Plant) -> Result<Self, ServerError> {
        match plant {
            Plant::Store(slip) => start(Loose::new(slip), plant).await,
            _ => start(Memory::default(), plant).await,
        }
    }
}

async fn start<S: Store>(store: S, plant: Plant) -> Result<Server, ServerError> {
    let mut fixture = demo::fixture()?;
    if let Plant::Fixture(edit) = plant {
        edit(&mut fixture);
    }
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let reference = reference(store, fixture, &plant).await?;
    let policy = if let Plant::Policy(policy) = plant { policy } else { Policy::RIGHT };
    let guarded = Arc::new(Guarded { reference: Arc::clone(&reference), policy });
    let options = Options { lenient: true, ..Options::default() };
    let api = cluster_agents_server::router(guarded, options);
    let next = behind(front(api, &reference, address));
    let next = if let Plant::Wire(make) = plant { next.behind(make()) } else { next };
    let requests = Arc::new(AtomicU64::new(0));
    let task = tokio::spawn(socket::serve(listener, counted(next, &requests)));
    Ok(Server { base_url: format!("http://{address}/api/v4"), requests, task })
}

fn counted(next: Next, requests: &Arc<AtomicU64>) -> Next {
    let requests = Arc::clone(requests);
    next.behind(before(move |_| {
        requests.fetch_add(1, Ordering::Relaxed);
    }))
}

async fn reference<S: Store>(
    store: S,
    fixture: Fixture,
    plant: &Plant,
) -> Result<Arc<Reference<S>>, ServerError> {
    let Fixture { users, tokens, projects, agents } = fixture;
    for FirstAgent { project_id, name, created_by } in agents {
        let now = Timestamp::now();
        store.register_first_agent(NewAgent { project_id, name, created_by, now }).await?;
    }
    Ok(Arc::new(Reference {
        directory: Directory::new(users, tokens, projects),
        store,
        vault: Vault::ephemeral()?,
        receptive_agents: !matches!(plant, Plant::NotReceptive),
        external_url: None,
        rate_limit: None,
    }))
}

/// The reference as what a handler can ask.
fn behind(front: Front) -> Next {
    let front = Arc::new(front);
    Next::new(move |call| {
        let front = Arc::clone(&front);
        async move { answer(front.answer(request(call)).await).await }.boxed()
    })
}

fn request(call: Call) -> Request {
    let Call { method, uri, headers, body } = call;
    let mut request = Request::new(Body::from(body.clone()));
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    // A handler may have changed the body.
    if request.headers_mut().remove("content-length").is_some() || !body.is_empty() {
        request.headers_mut().insert("content-length", body.len().into());
    }
    request
}

async fn answer(response: Response) -> Answer {
    let (parts, body) = response.into_parts();
    let body = body.collect().await.map_or_else(|_| Bytes::new(), |body| body.to_bytes());
    let (status, headers) = (parts.status.as_u16(), parts.headers);
    Answer { status, headers, body, delivery: Delivery::Whole }
}

/// The right server, behind the same seams as every other.
///
/// # Errors
///
/// No port can be listened on.
pub async fn right_server() -> Result<Server, ServerError> {
    Server::start(Plant::Nothing).await
}

/// The right server on the store that defects are planted in.
///
/// # Errors
///
/// No port can be listened on.
pub async fn loose_server() -> Result<Server, ServerError> {
    Server::start(Plant::Store(Slip::None)).await
}
