//! The same client for programs without an asynchronous runtime.
//!
//! [`Client`] has the functions of the asynchronous [`Client`](crate::Client) under the same names, and
//! a thread of its own that keeps the connections alive. Its functions wait; called from asynchronous
//! code they panic.
//!
//! ```
//! # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
//! # let server = doctest::example_server();
//! # let url = server.url();
//! use cluster_agents_client::{Client, Credential, types::ProjectRef};
//!
//! let client = Client::builder()
//!     .base_url(url)
//!     .credential(Credential::private_token("glpat-secret"))
//!     .allow_http() // for this test only
//!     .build_blocking()?;
//! let project = ProjectRef::from(20);
//! for agent in client.list_agents(&project) {
//!     println!("{}", agent?.name);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt;
use std::sync::Arc;

use cluster_agents_types::{
    Agent, AgentId, AgentName, AgentToken, AgentTokenDetail, AgentTokenId, AgentTokenName,
    CreatedAgentToken, NewAgentToken, NewUrlConfiguration, ProjectRef, Timestamp, UrlConfiguration,
    UrlConfigurationId,
};
use tokio::runtime::{Builder, Runtime};
use tokio::task::block_in_place;

use crate::{
    BoxError, BuildError, ClientBuilder, Credential, Ensured, Error, Page, PageRequest, Retry,
    RotateError, Rotated, ServerVersion,
};

/// A client whose functions wait for the answer; see the [module](self). Clones share their
/// connections and the thread.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    thread: Arc<Thread>,
}

/// The runtime with its one thread. `None` while it is dropped.
struct Thread(Option<Runtime>);

impl Thread {
    fn start() -> Result<Self, BuildError> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
        runtime.map(|runtime| Self(Some(runtime))).map_err(|error| BuildError::Http(error.into()))
    }

    fn wait_for<T>(&self, future: impl Future<Output = T>) -> T {
        match &self.0 {
            Some(runtime) => runtime.block_on(future),
            None => unreachable!("it is taken in `drop` alone"),
        }
    }
}

impl Drop for Thread {
    /// Waits for nothing, so that a client can be dropped anywhere.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("blocking::Client")
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}

impl ClientBuilder {
    /// The client whose functions wait. Sends nothing yet.
    ///
    /// # Errors
    ///
    /// See [`BuildError`].
    pub fn build_blocking(self) -> Result<Client, BuildError> {
        let client = self.build()?;
        Ok(Client { client, thread: Arc::new(Thread::start()?) })
    }
}

macro_rules! functions {
    ($($name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)*) => {
        impl Client {$(
            #[doc = concat!("See [`", stringify!($name), "`](crate::Client::", stringify!($name), ").")]
            ///
            /// # Errors
            ///
            /// See [`Error`].
            ///
            /// # Panics
            ///
            /// If it is called from asynchronous code.
            pub fn $name(&self, $($argument: $type),*) -> Result<$answer, Error> {
                self.thread.wait_for(self.client.$name($($argument),*))
            }
        )*}
    };
}

functions! {
    check() -> ServerVersion;
    list_agents_page(project: &ProjectRef, request: PageRequest) -> Page<Agent>;
    get_agent(project: &ProjectRef, agent: AgentId) -> Agent;
    register_agent(project: &ProjectRef, name: &AgentName) -> Agent;
    delete_agent(
        project: &ProjectRef, agent: AgentId, unmodified_since: Option<Timestamp>
    ) -> ();
    list_agent_tokens_page(
        project: &ProjectRef, agent: AgentId, request: PageRequest
    ) -> Page<AgentToken>;
    get_agent_token(
        project: &ProjectRef, agent: AgentId, token: AgentTokenId
    ) -> AgentTokenDetail;
    create_agent_token(
        project: &ProjectRef, agent: AgentId, new: &NewAgentToken
    ) -> CreatedAgentToken;
    revoke_agent_token(project: &ProjectRef, agent: AgentId, token: AgentTokenId) -> ();
    list_url_configurations(project: &ProjectRef, agent: AgentId) -> Vec<UrlConfiguration>;
    get_url_configuration(
        project: &ProjectRef, agent: AgentId, configuration: UrlConfigurationId
    ) -> UrlConfiguration;
    create_url_configuration(
        project: &ProjectRef, agent: AgentId, new: &NewUrlConfiguration
    ) -> UrlConfiguration;
    delete_url_configuration(
        project: &ProjectRef, agent: AgentId, configuration: UrlConfigurationId,
        unmodified_since: Option<Timestamp>
    ) -> ();
    ensure_agent(project: &ProjectRef, name: &AgentName) -> Ensured<Agent>;
    ensure_url_configuration(
        project: &ProjectRef, agent: AgentId, wanted: &NewUrlConfiguration
    ) -> Ensured<UrlConfiguration>;
}

impl Client {
    /// Makes a client with everything set as it has to be:
    /// [`build_blocking`](ClientBuilder::build_blocking) ends it.
    pub fn builder() -> ClientBuilder {
        crate::Client::builder()
    }

    /// See [`connect`](crate::Client::connect).
    ///
    /// # Errors
    ///
    /// See [`BuildError`].
    pub fn connect(base_url: &str, credential: impl Into<Credential>) -> Result<Self, BuildError> {
        Self::builder().base_url(base_url).credential(credential).build_blocking()
    }

    /// See [`from_env`](crate::Client::from_env).
    ///
    /// # Errors
    ///
    /// See [`BuildError`].
    pub fn from_env() -> Result<Self, BuildError> {
        ClientBuilder::from_env()?.build_blocking()
    }

    /// See [`base_url`](crate::Client::base_url).
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.client.base_url()
    }

    /// See [`with_retry`](crate::Client::with_retry).
    #[must_use]
    pub fn with_retry(&self, retry: Retry) -> Self {
        Self { client: self.client.with_retry(retry), thread: Arc::clone(&self.thread) }
    }

    /// See [`list_agents`](crate::Client::list_agents).
    pub fn list_agents(&self, project: &ProjectRef) -> Listing<Agent> {
        self.listing(self.client.list_agents(project))
    }

    /// See [`list_agent_tokens`](crate::Client::list_agent_tokens).
    pub fn list_agent_tokens(&self, project: &ProjectRef, agent: AgentId) -> Listing<AgentToken> {
        self.listing(self.client.list_agent_tokens(project, agent))
    }

    fn listing<T>(&self, list: crate::Listing<T>) -> Listing<T> {
        Listing { list, thread: Arc::clone(&self.thread) }
    }

    /// See [`rotate_token`](crate::Client::rotate_token). `confirm` may call this client.
    ///
    /// # Errors
    ///
    /// See [`RotateError`].
    ///
    /// # Panics
    ///
    /// If it is called from asynchronous code.
    pub fn rotate_token<F>(
        &self,
        project: &ProjectRef,
        agent: AgentId,
        name: &AgentTokenName,
        confirm: F,
    ) -> Result<Rotated, RotateError>
    where
        F: FnOnce(&CreatedAgentToken) -> Result<(), BoxError>,
    {
        let confirm = async |token: &CreatedAgentToken| block_in_place(|| confirm(token));
        self.thread.wait_for(self.client.rotate_token(project, agent, name, confirm))
    }
}

/// A whole list as an iterator; see [`Listing`](crate::Listing).
#[derive(Debug)]
#[must_use = "nothing is sent before an item is asked for"]
pub struct Listing<T> {
    list: crate::Listing<T>,
    thread: Arc<Thread>,
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Thread")
    }
}

impl<T: Clone + PartialEq + Unpin> Listing<T> {
    /// See [`per_page`](crate::Listing::per_page).
    pub fn per_page(self, size: u32) -> Self {
        Self { list: self.list.per_page(size), ..self }
    }

    /// See [`prefetch`](crate::Listing::prefetch).
    pub fn prefetch(self) -> Self {
        Self { list: self.list.prefetch(), ..self }
    }

    /// See [`max_pages`](crate::Listing::max_pages).
    pub fn max_pages(self, pages: u32) -> Self {
        Self { list: self.list.max_pages(pages), ..self }
    }

    /// See [`all`](crate::Listing::all).
    ///
    /// # Errors
    ///
    /// The first error of any page.
    ///
    /// # Panics
    ///
    /// If it is called from asynchronous code.
    pub fn all(self) -> Result<Vec<T>, Error> {
        self.thread.wait_for(self.list.all())
    }
}

impl<T: Clone + PartialEq + Unpin> Iterator for Listing<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.thread.wait_for(self.list.next())
    }
}
