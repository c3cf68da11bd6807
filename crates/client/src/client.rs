//! The client: the generated operations with typed errors, repetition and whole lists.

use std::fmt;

use cluster_agents_types as types;
use progenitor_client::{ClientHooks, OperationInfo, ResponseValue};
use reqwest::header::{ACCEPT, HeaderValue};
use serde::Deserialize;

use crate::builder::{BuildError, ClientBuilder};
use crate::call::Call;
use crate::credential::Credential;
use crate::error::{Error, RawError};
use crate::raw;
use crate::retry::Retry;

/// A client of the API. Clones share their connections and are cheap.
///
/// Every operation of the API is a function. It is sent again where that is safe and may help
/// ([`Retry`]), and it never follows a redirect. A call that is dropped is not finished: whether the
/// server did what it was asked for is then unknown.
///
/// ```
/// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
/// # use doctest::example;
/// # example(async |client, project| {
/// let agent = client.ensure_agent(&project, &"agent-1".parse().unwrap()).await?.value;
/// let tokens = client.list_agent_tokens(&project, agent.id).all().await?;
/// assert_eq!(tokens[0].agent_id, agent.id);
/// # Ok(()) })
/// ```
#[derive(Clone)]
pub struct Client {
    raw: raw::Client,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}

/// What a server says of itself.
///
/// ```
/// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
/// # use doctest::example;
/// # example(async |client, _| {
/// assert!(client.check().await?.version.starts_with("18."));
/// # Ok(()) })
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[non_exhaustive]
pub struct ServerVersion {
    /// The version of GitLab: `18.5.0-ee`.
    pub version: String,
    /// The revision that it was built from.
    #[serde(default)]
    pub revision: String,
}

impl Client {
    pub(crate) fn new(raw: raw::Client) -> Self {
        Self { raw }
    }

    /// Makes a client with everything set as it has to be.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// A client of the GitLab at `base_url`, with everything else as it usually is.
    ///
    /// ```
    /// use cluster_agents_client::{Client, Credential};
    ///
    /// let client = Client::connect("https://gitlab.example.com", Credential::bearer("secret"))?;
    /// assert_eq!(client.base_url(), "https://gitlab.example.com/api/v4");
    /// # Ok::<(), cluster_agents_client::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// See [`BuildError`].
    pub fn connect(base_url: &str, credential: impl Into<Credential>) -> Result<Self, BuildError> {
        Self::builder().base_url(base_url).credential(credential).build()
    }

    /// A client as the environment says: see [`ClientBuilder::from_env`].
    ///
    /// # Errors
    ///
    /// See [`BuildError`].
    pub fn from_env() -> Result<Self, BuildError> {
        ClientBuilder::from_env()?.build()
    }

    /// The root of the API: `https://gitlab.example.com/api/v4`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.raw.baseurl
    }

    /// The same client with another rule for repetition, such as [`Retry::never`] for one call.
    #[must_use]
    pub fn with_retry(&self, retry: Retry) -> Self {
        let mut client = self.clone();
        client.raw.inner.retry = retry;
        client
    }

    /// The generated client below this one, with the same credential and repetition. Its answers have
    /// their status and headers, its errors less of what went wrong.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// let answer = client.raw().list_agents(&project, Some(1), Some(2)).await.unwrap();
    /// assert_eq!(answer.headers()["x-total"], "3");
    /// # Ok(()) })
    /// ```
    #[must_use]
    pub fn raw(&self) -> &raw::Client {
        &self.raw
    }

    /// Asks the server for its version: whether it can be reached and takes the credential. It is the
    /// one request of this crate that is none of the Agents API, so a server of that API alone has no
    /// answer for it.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn check(&self) -> Result<ServerVersion, Error> {
        const INFO: OperationInfo = OperationInfo { operation_id: "check" };
        let client = self.for_one_call();
        let result = async {
            let request = client.client.get(format!("{}/version", client.baseurl));
            let json = HeaderValue::from_static("application/json");
            let mut request = request.header(ACCEPT, json).build()?;
            client.pre::<types::Error>(&mut request, &INFO).await?;
            let response = client.exec(request, &INFO).await?;
            if response.status() == 200 {
                ResponseValue::<ServerVersion>::from_response(response).await
            } else {
                Err(RawError::UnexpectedResponse(response))
            }
        };
        client.settle(INFO.operation_id, result.await).map(ResponseValue::into_inner)
    }

    /// A generated client for one call, which knows afterwards why it failed.
    pub(crate) fn for_one_call(&self) -> raw::Client {
        self.raw.for_one_call()
    }

    pub(crate) fn call(&self) -> &Call {
        &self.raw.inner
    }
}
