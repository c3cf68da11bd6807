//! Sending one request, outer and inner: counting and waiting around a single attempt.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, RequestBuilder, Url};

use crate::error::Error;
use crate::target::{Secret, Target};
use crate::transport::exchange::{Exchange, Framing};
use crate::transport::failure::{Failure, FailureKind};
use crate::transport::library::{builder, has_proxy};
use crate::transport::limits::Limits;
use crate::transport::pace::{self, Pace};
use crate::transport::request::{Body, Credential, Request};
use crate::transport::room::{self, Room, Store};
use crate::transport::valve::Valve;
use crate::transport::{raw, watch};

/// How often a request is sent to a target that is busy each time.
const ATTEMPTS: u32 = 10;
/// How many failures in a row mean that the target is gone.
const LOST_AFTER: u32 = 8;

/// The way to one target.
#[derive(Debug)]
pub(crate) struct Transport {
    client: Client,
    title_case: Client,
    target: Target,
    limits: Limits,
    pace: Pace,
    valve: Valve,
    store: Store,
    is_proxied: bool,
    sent: AtomicU64,
    failures_in_a_row: AtomicU32,
}

impl Transport {
    pub(crate) fn new(target: Target, limits: Limits) -> Result<Self, Error> {
        // Another provider that is installed already will do as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let fail = |source| Error::Client { source };
        let client = builder(&target, limits)?.build().map_err(fail)?;
        let title_case =
            builder(&target, limits)?.http1_title_case_headers().build().map_err(fail)?;
        Ok(Self {
            client,
            title_case,
            pace: Pace::new(target.manners.max_rps),
            valve: Valve::new(&target.manners),
            store: Store::new(limits.held),
            is_proxied: !target.is_loopback() && has_proxy(),
            target,
            limits,
            sent: AtomicU64::new(0),
            failures_in_a_row: AtomicU32::new(0),
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
    pub(crate) fn stop(&self, reason: &str) {
        self.valve.close(reason);
    }

    /// Why no further request is let out, if so.
    pub(crate) fn stopped(&self) -> Option<String> {
        self.valve.reason()
    }

    /// Lets requests out again, for the cleanup and its time.
    pub(crate) fn resume(&self) {
        self.valve.open_for(self.limits.cleanup);
    }

    /// Lets one more request out to a target that was given up, and goes on if it is answered.
    pub(crate) fn give_another_chance(&self) {
        self.failures_in_a_row.fetch_min(LOST_AFTER - 1, Ordering::Relaxed);
    }

    /// Sends a request and reads its answer to the end. An answer 429 is waited out; nothing else
    /// is ever tried again.
    pub(crate) async fn send(&self, request: &Request, id: &str) -> Result<Exchange, Failure> {
        let mut waited = Duration::ZERO;
        for attempt in 1.. {
            self.take_turn().await?;
            let exchange = watch::while_awake(self.attempt(request, id)).await;
            self.count(&exchange);
            let exchange = exchange?;
            let pause = pace::retry_after(&exchange);
            let Some(pause) =
                pause.filter(|pause| attempt < ATTEMPTS && waited + *pause <= self.limits.patience)
            else {
                return Ok(exchange);
            };
            waited += pause;
            self.pace.hold(pause);
        }
        Err(Failure::new(FailureKind::Stopped, "the request was tried too often"))
    }

    /// Waits until a request may go out.
    async fn take_turn(&self) -> Result<(), Failure> {
        self.valve.wait(self.pace.turn()).await;
        if self.is_lost() {
            return Err(Failure::new(FailureKind::Lost, "the target has stopped answering"));
        }
        self.valve.pass().map_err(|reason| Failure::new(FailureKind::Stopped, &reason))
    }

    async fn attempt(&self, request: &Request, id: &str) -> Result<Exchange, Failure> {
        let built = self.build(request, id)?.build().map_err(|error| Failure::of(&error))?;
        let started = Instant::now();
        self.sent.fetch_add(1, Ordering::Relaxed);
        let mut room = self.store.room();
        let ((status, headers, body), framing) = match request.is_raw && !self.is_proxied {
            true => {
                let answer = raw::send(&built, &self.target, self.limits).await?;
                taken(&mut room, answer.body.len())?;
                ((answer.status, answer.headers, answer.body), Some(Framing::of(answer.problem)))
            }
            false => (self.execute(built, request.title_case, &mut room).await?, None),
        };
        let parsed = room::parsed(&body);
        if parsed > self.limits.parsed {
            return Err(Failure::new(FailureKind::TooLarge, "the body has too many values"));
        }
        taken(&mut room, parsed)?;
        let exchange = (request.clone(), id.to_owned());
        Ok(Exchange::new(exchange, (status, headers, body), framing, started).in_room(room))
    }

    async fn execute(
        &self,
        request: reqwest::Request,
        title_case: bool,
        room: &mut Room,
    ) -> Result<(u16, HeaderMap, Vec<u8>), Failure> {
        let client = if title_case { &self.title_case } else { &self.client };
        let mut response = client.execute(request).await.map_err(|error| Failure::of(&error))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| Failure::of(&error))? {
            if body.len() + chunk.len() > self.limits.body {
                return Err(Failure::new(FailureKind::TooLarge, "the body does not end"));
            }
            taken(room, chunk.len())?;
            body.extend_from_slice(&chunk);
        }
        Ok((status, headers, body))
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
        let builder = self.client.request(request.method.clone(), url);
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
            Ok(exchange) => {
                self.failures_in_a_row.store(0, Ordering::Relaxed);
                if let Some(pause) = pace::used_up(exchange) {
                    self.pace.hold(pause.min(self.limits.patience));
                }
            }
            Err(failure) if failure.is_of_the_wire() => {
                self.failures_in_a_row.fetch_add(1, Ordering::Relaxed);
            }
            Err(_) => {}
        }
    }
}

/// Takes memory for a part of an answer.
fn taken(room: &mut Room, bytes: usize) -> Result<(), Failure> {
    let problem = "the answers that are held at once take too much memory";
    room.grow(bytes).then_some(()).ok_or_else(|| Failure::new(FailureKind::Full, problem))
}

fn add(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), Failure> {
    let refused = |what: String| Failure::new(FailureKind::Forbidden, &what);
    let name = HeaderName::try_from(name).map_err(|error| refused(error.to_string()))?;
    let mut value = HeaderValue::try_from(value).map_err(|error| refused(error.to_string()))?;
    value.set_sensitive(name == "private-token" || name == "authorization");
    headers.append(name, value);
    Ok(())
}
