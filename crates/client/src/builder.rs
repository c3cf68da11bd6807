//! Makes a client that is safe to give a credential.

use std::sync::Arc;
use std::time::Duration;

use cluster_agents_types::SecretString;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect;

use crate::base_url::{BaseUrl, BaseUrlProblem};
use crate::call::{Call, Shared};
use crate::client::Client;
use crate::clock::{Clock, SystemClock};
use crate::credential::{Credential, Prepared, TokenError};
use crate::error::BoxError;
use crate::retry::Retry;
use crate::tls::{self, Tls};
use crate::{environment, raw};

/// How this crate names itself to servers.
const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// Why there is no client. No variant repeats a secret.
///
/// ```
/// use cluster_agents_client::{BuildError, Client, Credential};
///
/// let http = Client::builder()
///     .base_url("http://gitlab.example.com")
///     .credential(Credential::private_token("secret"))
///     .build();
/// assert!(matches!(http, Err(BuildError::BaseUrl(_))));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// There is no base URL, or it cannot be used.
    #[error("the base URL cannot be used: {0}")]
    BaseUrl(#[source] BaseUrlProblem),
    /// No base URL was given.
    #[error("there is no base URL")]
    NoBaseUrl,
    /// No credential was given.
    #[error("there is no credential")]
    NoCredential,
    /// The token cannot be sent.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The environment lacks something.
    #[error("{0}")]
    Environment(&'static str),
    /// The name or the value of a further header cannot be sent. Neither is told.
    #[error("a header has characters that cannot be sent")]
    Header,
    /// A certificate, its key or the proxy cannot be used.
    #[error("{0} cannot be used")]
    Connection(&'static str, #[source] BoxError),
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up")]
    Http(#[source] BoxError),
}

/// Makes a [`Client`]. It needs a [base URL](Self::base_url) and a [credential](Self::credential).
///
/// ```
/// use std::time::Duration;
/// use cluster_agents_client::{Client, Credential};
///
/// let client = Client::builder()
///     .base_url("https://gitlab.example.com/gitlab/")
///     .credential(Credential::private_token("glpat-secret"))
///     .user_agent("my-controller/1.0")
///     .timeout(Duration::from_secs(10))
///     .build()?;
/// assert_eq!(client.base_url(), "https://gitlab.example.com/gitlab/api/v4");
/// assert!(!format!("{client:?}").contains("glpat"));
/// # Ok::<(), cluster_agents_client::BuildError>(())
/// ```
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    base_url: Option<String>,
    allow_http: bool,
    credential: Option<Credential>,
    timeout: Duration,
    connect_timeout: Duration,
    user_agent: Option<String>,
    headers: Result<HeaderMap, ()>,
    tls: Tls,
    proxy: Proxy,
    retry: Retry,
    clock: Arc<dyn Clock>,
}

#[derive(Clone)]
enum Proxy {
    FromEnvironment,
    None,
    Url(SecretString),
}

impl std::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::FromEnvironment => "FromEnvironment",
            Self::None => "None",
            Self::Url(_) => "Url(…)",
        })
    }
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            base_url: None,
            allow_http: false,
            credential: None,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            user_agent: None,
            headers: Ok(HeaderMap::new()),
            tls: Tls::default(),
            proxy: Proxy::FromEnvironment,
            retry: Retry::default(),
            clock: Arc::new(SystemClock),
        }
    }
}

impl ClientBuilder {
    /// Reads where GitLab is from `GITLAB_HOST` (a host or a URL), else from `CI_API_V4_URL` as CI jobs
    /// have it, and the token from `GITLAB_TOKEN`, which is sent as `PRIVATE-TOKEN`.
    ///
    /// # Errors
    ///
    /// [`BuildError::Environment`] if one of the two is missing.
    pub fn from_env() -> Result<Self, BuildError> {
        environment::builder(|name| std::env::var(name).ok())
    }

    /// Where GitLab is, with or without `/api/v4`: `https://gitlab.example.com`. A path before it is
    /// kept, and a `/` at the end does no harm.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Allows a base URL with http. The token is then sent in clear: for tests, and for a proxy on the
    /// same machine.
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// Who the client is.
    pub fn credential(mut self, credential: impl Into<Credential>) -> Self {
        self.credential = Some(credential.into());
        self
    }

    /// How long one request may take, from connecting to the last byte; 30 seconds unless set. A call
    /// with its repetitions may take longer: see [`Retry::total`].
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long connecting may take; 10 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The name of the program, such as `my-controller/1.0`. It is sent before the name of this crate.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// A further header for every request. Its value is treated as a secret. The credential and what an
    /// operation needs cannot be replaced by it.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let header = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
        self.headers = match (self.headers, header) {
            (Ok(mut headers), Some((name, mut value))) => {
                value.set_sensitive(true);
                headers.append(name, value);
                Ok(headers)
            }
            _ => Err(()),
        };
        self
    }

    /// Certificate authorities in PEM that are trusted beside those of the system.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.tls.roots.push(pem.into());
        self
    }

    /// A certificate chain and its PKCS #8 key, both in PEM, with which the client proves who it is.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn client_certificate(
        mut self,
        chain: impl Into<Vec<u8>>,
        key: impl Into<SecretString>,
    ) -> Self {
        self.tls.identity = Some((chain.into(), key.into()));
        self
    }

    /// The proxy for all requests, with a user and a password if it needs them. Unless set, the
    /// environment tells (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`).
    pub fn proxy(mut self, url: impl Into<SecretString>) -> Self {
        self.proxy = Proxy::Url(url.into());
        self
    }

    /// No proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// When requests are repeated; [`Retry::never`] switches it off.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    #[cfg(test)]
    pub(crate) fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// The client. Sends nothing yet; [`Client::check`] does when asked.
    ///
    /// # Errors
    ///
    /// See [`BuildError`].
    pub fn build(self) -> Result<Client, BuildError> {
        let base_url = self.base_url.as_deref().ok_or(BuildError::NoBaseUrl)?;
        let base_url = BaseUrl::parse(base_url, self.allow_http).map_err(BuildError::BaseUrl)?;
        let http = self.http()?;
        let credential = Prepared::new(self.credential.ok_or(BuildError::NoCredential)?)?;
        let text = base_url.as_str().to_owned();
        let shared = Arc::new(Shared { base_url, credential, clock: self.clock });
        let call = Call::new(shared, self.retry);
        Ok(Client::new(raw::Client { baseurl: text, client: http, inner: call }))
    }

    fn http(&self) -> Result<reqwest::Client, BuildError> {
        let user_agent = match &self.user_agent {
            Some(name) => format!("{name} {USER_AGENT}"),
            None => USER_AGENT.to_owned(),
        };
        let http = reqwest::Client::builder()
            .default_headers(self.headers.clone().map_err(|()| BuildError::Header)?)
            .user_agent(HeaderValue::try_from(user_agent).map_err(|_| BuildError::Header)?)
            // The token would go with a redirect to wherever it leads.
            .redirect(redirect::Policy::none())
            // What may be repeated is decided here, not below.
            .retry(reqwest::retry::never())
            .https_only(!self.allow_http)
            .connect_timeout(self.connect_timeout)
            .timeout(self.timeout);
        let http = match &self.proxy {
            Proxy::FromEnvironment => http,
            Proxy::None => http.no_proxy(),
            Proxy::Url(url) => http.proxy(proxy(url)?),
        };
        let http = tls::set_up(http, &self.tls)
            .map_err(|source| BuildError::Connection("a certificate or its key", source))?;
        http.build().map_err(|source| BuildError::Http(source.into()))
    }
}

fn proxy(url: &SecretString) -> Result<reqwest::Proxy, BuildError> {
    // The error of the library repeats the URL, and with it a password.
    reqwest::Proxy::all(url.expose())
        .map_err(|_| BuildError::Connection("the proxy", "its URL is malformed".into()))
}
