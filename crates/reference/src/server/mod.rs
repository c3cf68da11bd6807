//! Starts and stops the server.

mod connections;
mod front;
mod lenient;
mod metrics;
mod patience;

use std::io;
use std::net::SocketAddr;
#[cfg(feature = "postgres")]
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::response::IntoResponse;
use axum::routing::get;
use cluster_agents_server::Options;
use cluster_agents_types::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use self::front::Front;
use self::front::Limits;
use self::metrics::Metrics;
use crate::access::Directory;
use crate::api::Reference;
use crate::companion;
use crate::error::StartError;
use crate::fixture::{FirstAgent, Fixture};
use crate::rate::RateLimit;
use crate::settings::{Database, Settings};
#[cfg(feature = "postgres")]
use crate::store::Postgres;
use crate::store::{Memory, NewAgent, Sqlite, Store, StoreError};
use crate::vault::{Vault, VaultError};

/// Where the API begins.
const API_ROOT: &str = "/api/v4";

/// A running server. Dropped, it stops listening at once; [`shutdown`](Self::shutdown) waits.
#[derive(Debug)]
pub struct Running {
    base_url: String,
    address: SocketAddr,
    stop: watch::Sender<()>,
    task: JoinHandle<()>,
}

impl Running {
    /// The API root, as in `http://127.0.0.1:8080/api/v4`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The address that is listened on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more requests, ends those that are running, and closes the database.
    pub async fn shutdown(self) {
        let Self { stop, task, .. } = self;
        drop(stop);
        // A panic of the task was reported when it happened.
        let _ = task.await;
    }

    /// Runs until the process is interrupted or asked to end, and then shuts down. It listens for
    /// that from the call on, and not only once it is awaited.
    ///
    /// # Errors
    ///
    /// The signals cannot be listened to; the server is shut down then too.
    pub fn until_interrupted(self) -> impl Future<Output = io::Result<()>> {
        let interrupted = interrupted();
        async move {
            let result = interrupted.await;
            self.shutdown().await;
            result
        }
    }
}

/// Starts a server; once this returns, it answers.
///
/// # Errors
///
/// The address cannot be listened on, or the database or its key cannot be opened.
pub async fn start(settings: Settings) -> Result<Running, StartError> {
    let vault = vault(&settings)?;
    let failed = |source| StartError::Database { database: settings.database.to_string(), source };
    match &settings.database {
        Database::Memory => serve(Memory::default(), vault, settings).await,
        Database::File(path) => {
            let store = Sqlite::in_file(path).await.map_err(failed)?;
            serve(store, vault, settings).await
        }
        #[cfg(feature = "postgres")]
        Database::Postgres(url) => {
            let store = Postgres::connect(url).await.map_err(failed)?;
            serve(store, vault, settings).await
        }
    }
}

fn vault(settings: &Settings) -> Result<Vault, VaultError> {
    let path = match (&settings.key_file, &settings.database) {
        (Some(path), _) => path.clone(),
        (None, Database::Memory) => return Ok(Vault::ephemeral()?),
        (None, Database::File(path)) => {
            let mut name = path.as_os_str().to_owned();
            name.push(".key");
            name.into()
        }
        #[cfg(feature = "postgres")]
        (None, Database::Postgres(_)) => PathBuf::from("cluster-agents.key"),
    };
    Vault::with_key_file(&path)
}

async fn register_first_agents(
    store: &impl Store,
    agents: &[FirstAgent],
) -> Result<(), StoreError> {
    for agent in agents {
        let FirstAgent { project_id, ref name, created_by } = *agent;
        let agent = NewAgent { project_id, name: name.clone(), created_by, now: Timestamp::now() };
        store.register_first_agent(agent).await?;
    }
    Ok(())
}

async fn serve<S: Store>(
    store: S,
    vault: Vault,
    settings: Settings,
) -> Result<Running, StartError> {
    let failed = |source| StartError::Database { database: settings.database.to_string(), source };
    register_first_agents(&store, &settings.fixture.agents).await.map_err(failed)?;
    let address = settings.listen;
    let failed = |source| StartError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let options = Options { body_limit: settings.max_body_bytes, lenient: true };
    let rate = settings.rate_limit;
    let reference = Arc::new(reference(store, vault, settings));
    let api = cluster_agents_server::router(Arc::clone(&reference), options);
    let limits = Limits { body: options.body_limit, rate };
    let front = make_front(api, &reference, limits, address);
    let (stop, stopped) = watch::channel(());
    let task = tokio::spawn(async move {
        connections::serve(listener, front, stopped).await;
        reference.store.close().await;
    });
    Ok(Running { base_url: format!("http://{address}{API_ROOT}"), address, stop, task })
}

fn reference<S: Store>(store: S, vault: Vault, settings: Settings) -> Reference<S> {
    let Settings { fixture, receptive_agents, external_url, rate_limit, .. } = settings;
    let Fixture { users, tokens, projects, .. } = fixture;
    Reference {
        directory: Directory::new(users, tokens, projects),
        store,
        vault,
        receptive_agents,
        external_url,
        rate_limit: rate_limit.map(RateLimit::new),
    }
}

/// The server without a listener, for whoever has one, or puts something of their own before it.
///
/// `api` is the router of the stub on top of `reference`, or of what is wrapped around it;
/// `address` is what links name where a request names no host.
#[must_use]
pub fn front<S: Store>(api: Router, reference: &Arc<Reference<S>>, address: SocketAddr) -> Front {
    let limits = Limits { body: Settings::default().max_body_bytes, rate: None };
    make_front(api, reference, limits, address)
}

fn make_front<S: Store>(
    api: Router,
    reference: &Arc<Reference<S>>,
    limits: Limits,
    address: SocketAddr,
) -> Front {
    let metrics = Arc::new(Metrics::default());
    let router = router(api, reference, &metrics);
    Front::new(router, metrics, limits, address)
}

fn router<S: Store>(api: Router, reference: &Arc<Reference<S>>, metrics: &Arc<Metrics>) -> Router {
    let api = api.merge(companion::router(Arc::clone(reference)));
    let metrics = Arc::clone(metrics);
    let database = Arc::clone(reference);
    let ready = async move || match database.store.ready().await {
        Ok(()) => "ready".into_response(),
        Err(error) => front::not_ready(&error),
    };
    Router::new()
        .nest(API_ROOT, api)
        .route("/-/health", get(async || "ok"))
        .route("/-/ready", get(ready))
        .route("/-/metrics", get(async move || metrics.render()))
        .fallback(companion::unknown)
        .method_not_allowed_fallback(companion::unknown)
}

#[cfg(unix)]
fn interrupted() -> impl Future<Output = io::Result<()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        let (mut interrupted, mut terminated) = (signals.0?, signals.1?);
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
        Ok(())
    }
}

#[cfg(not(unix))]
async fn interrupted() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
