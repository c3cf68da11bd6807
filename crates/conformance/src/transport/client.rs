//! Sending one request, outer and inner: counting and waiting around a single attempt.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, RequestBuilder, Url};

use crate::error::Error;
use crate::target::{Secret, Target};
use crate::transport::exchange::Exchange;
use crate::transport::raw;
use crate::transport::request::{Body, Credential, Request};

/// How much a target may take before it is given up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// For a connection to be made.
    pub(crate) connect: Duration,
    /// From the first byte of a request to the last of its answer.
    pub(crate) request: Duration,
    /// For the body of an answer, in bytes.
    pub(crate) body: usize,
    /// For all the waiting of one request that a busy target asks for.
    pub(crate) patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            request: Duration::from_secs(10),
            body: 8 * 1024 * 1024,
            patience: Duration::from_secs(60),
        }
    }
}

/// How many failures in a row mean that the target is gone.
const LOST_AFTER: u32 = 8;

/// The way to one target.
#[derive(Debug)]
pub(crate) struct Transport {
    client: Client,
    title_case: Client,
    target: Target,
    limits: Limits,
    sent: AtomicU64,
    failures_in_a_row: AtomicU32,
    is_stopped: AtomicBool,
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) kind: FailureKind,
    /// What happened, without the URL.
    pub(crate) problem: String,
}

/// What happened instead of an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum FailureKind {
    /// No connection was made.
    Connect,
    /// The answer did not come, or did not end, in time.
    Slow,
    /// The connection ended before the answer did, or what came was not HTTP.
    Broken,
    /// The body is larger than any answer of this API can be.
    TooLarge,
    /// The target was given up; the request was not sent.
    Lost,
    /// The run was interrupted; the request was not sent.
    Stopped,
    /// The suite was about to send something that it must not send.
    Forbidden,
    /// The actor has no token; a fault of the plan.
    NoToken,
}

impl Transport {
    pub(crate) fn new(target: Target, limits: Limits) -> Result<Self, Error> {
        // Another provider that is installed already will do as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let fail = |source| Error::Client { source };
        let client = builder(&target, limits).build().map_err(fail)?;
        let title_case =
            builder(&target, limits).http1_title_case_headers().build().map_err(fail)?;
        Ok(Self {
            client,
            title_case,
            target,
            limits,
            sent: AtomicU64::new(0),
            failures_in_a_row: AtomicU32::new(0),
            is_stopped: AtomicBool::new(false),
        })
    }

    /// How many requests were sent so far.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Whether the target has stopped answering.
    pub(crate) fn is_lost(&self) -> bool {
        self.failures_in_a_row.load(Ordering::Relaxed) >= LOST_AFTER
    }

    /// Lets no further request out. Those that are under way are answered, so that it is known what
    /// they did.
    pub(crate) fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Lets requests out again.
    pub(crate) fn resume(&self) {
        self.is_stopped.store(false, Ordering::Relaxed);
    }

    /// Lets one more request out to a target that was given up, and goes on if it is answered.
    pub(crate) fn give_another_chance(&self) {
        self.failures_in_a_row.fetch_min(LOST_AFTER - 1, Ordering::Relaxed);
    }

    /// Sends a request and reads its answer to the end. An answer 429 is waited out; nothing else
    /// is ever tried again.
    pub(crate) async fn send(&self, request: &Request, id: &str) -> Result<Exchange, Failure> {
        let mut waited = Duration::ZERO;
        loop {
            if self.is_stopped.load(Ordering::Relaxed) {
                return Err(Failure::new(FailureKind::Stopped, "the run was interrupted"));
            }
            if self.is_lost() {
                return Err(Failure::new(FailureKind::Lost, "the target has stopped answering"));
            }
            let exchange = self.attempt(request, id).await;
            self.count(&exchange);
            let exchange = exchange?;
            let Some(pause) =
                retry_after(&exchange).filter(|pause| waited + *pause <= self.limits.patience)
            else {
                return Ok(exchange);
            };
            waited += pause;
            tokio::time::sleep(pause).await;
        }
    }

    async fn attempt(&self, request: &Request, id: &str) -> Result<Exchange, Failure> {
        let builder = self.build(request, id)?;
        let started = Instant::now();
        self.sent.fetch_add(1, Ordering::Relaxed);
        if request.is_raw {
            let built = builder.build().map_err(|error| Failure::of(&error))?;
            let answer = raw::send(&built, self.limits).await?;
            let (status, headers, body) = (answer.status, answer.headers, answer.body);
            let exchange =
                Exchange::new(request.clone(), id.to_owned(), (status, headers, body), started);
            return Ok(exchange.with_framing(answer.problem));
        }
        let mut response = builder.send().await.map_err(|error| Failure::of(&error))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| Failure::of(&error))? {
            if body.len() + chunk.len() > self.limits.body {
                return Err(Failure::new(FailureKind::TooLarge, "the body does not end"));
            }
            body.extend_from_slice(&chunk);
        }
        let answer = (status, headers, body);
        Ok(Exchange::new(request.clone(), id.to_owned(), answer, started))
    }

    fn build(&self, request: &Request, id: &str) -> Result<RequestBuilder, Failure> {
        let url = self.url(request)?;
        let mut headers = HeaderMap::new();
        add(&mut headers, "accept", "application/json")?;
        add(&mut headers, "x-request-id", id)?;
        for (name, value) in &request.headers {
            add(&mut headers, name, value)?;
        }
        if let Some((name, value)) = self.credential(&request.credential)? {
            add(&mut headers, name, &value)?;
        }
        let client = if request.title_case { &self.title_case } else { &self.client };
        let builder = client.request(request.method.clone(), url);
        let builder = match &request.body {
            Body::None => builder,
            Body::Json(body) => {
                add(&mut headers, "content-type", "application/json")?;
                builder.body(body.to_string())
            }
            Body::Raw { media_type, bytes } => {
                if let Some(media_type) = media_type {
                    add(&mut headers, "content-type", media_type)?;
                }
                builder.body(bytes.clone())
            }
        };
        Ok(builder.headers(headers))
    }

    fn url(&self, request: &Request) -> Result<Url, Failure> {
        let root = self.target.base_url.as_str().trim_end_matches('/');
        Url::parse(&format!("{root}{}", request.path_and_query()))
            .map_err(|error| Failure::new(FailureKind::Forbidden, &error.to_string()))
    }

    fn credential(&self, way: &Credential) -> Result<Option<(&'static str, String)>, Failure> {
        Ok(match way {
            Credential::None => None,
            Credential::PrivateToken(actor) => {
                Some(("private-token", self.token(*actor)?.expose().to_owned()))
            }
            Credential::Bearer(actor) => {
                Some(("authorization", format!("Bearer {}", self.token(*actor)?.expose())))
            }
            Credential::Elsewhere { header, before, actor } => {
                Some((header, format!("{before}{}", self.token(*actor)?.expose())))
            }
            Credential::Made { header, value, .. } => Some((header, value.expose().to_owned())),
        })
    }

    fn token(&self, actor: crate::target::Actor) -> Result<&Secret, Failure> {
        self.target.token(actor).ok_or_else(|| {
            Failure::new(FailureKind::NoToken, &format!("{} is not set", actor.variable()))
        })
    }

    fn count(&self, exchange: &Result<Exchange, Failure>) {
        match exchange {
            Ok(_) => self.failures_in_a_row.store(0, Ordering::Relaxed),
            Err(failure) if failure.is_of_the_wire() => {
                self.failures_in_a_row.fetch_add(1, Ordering::Relaxed);
            }
            Err(_) => {}
        }
    }
}

fn builder(target: &Target, limits: Limits) -> ClientBuilder {
    let builder = Client::builder()
        .redirect(Policy::none())
        .connect_timeout(limits.connect)
        .timeout(limits.request)
        .user_agent(concat!("cluster-agents-conformance/", env!("CARGO_PKG_VERSION")));
    match target.is_loopback() {
        true => builder.no_proxy(),
        false => builder,
    }
}

impl Failure {
    pub(crate) fn new(kind: FailureKind, problem: &str) -> Self {
        Self { kind, problem: problem.to_owned() }
    }

    fn of(error: &reqwest::Error) -> Self {
        let kind = if error.is_connect() {
            FailureKind::Connect
        } else if error.is_timeout() {
            FailureKind::Slow
        } else {
            FailureKind::Broken
        };
        Self::new(kind, &innermost(error))
    }

    /// Whether it says something about the target at all.
    pub(crate) fn is_of_the_wire(&self) -> bool {
        matches!(
            self.kind,
            FailureKind::Connect | FailureKind::Slow | FailureKind::Broken | FailureKind::TooLarge
        )
    }
}

/// The cause at the bottom, which says what happened; the causes above it repeat the URL.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

/// How long a busy target asks to wait, if it does. Nothing said means a second.
fn retry_after(exchange: &Exchange) -> Option<Duration> {
    (exchange.status == 429).then(|| {
        let seconds = exchange.header("retry-after").and_then(|value| value.trim().parse().ok());
        Duration::from_secs(seconds.unwrap_or(1))
    })
}

fn add(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), Failure> {
    let refused = |what: String| Failure::new(FailureKind::Forbidden, &what);
    let name = HeaderName::try_from(name).map_err(|error| refused(error.to_string()))?;
    let mut value = HeaderValue::try_from(value).map_err(|error| refused(error.to_string()))?;
    value.set_sensitive(name == "private-token" || name == "authorization");
    headers.append(name, value);
    Ok(())
}
