//! Takes requests, and lets them meet their fates.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{fmt, io};

use bytes::Bytes;
use futures_util::stream;
use http::header::{CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{Request, Response};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::disguise::disguise;
use crate::fate::Fate;
use crate::settings::Settings;
use crate::upstream::Upstream;
use crate::{ids, refusal};

/// A proxy that runs until it is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl Running {
    /// The address that is listened on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many requests have met each fate so far.
    #[must_use]
    pub fn met(&self) -> BTreeMap<Fate, usize> {
        self.shared.met.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Starts a proxy; once this returns, it answers.
///
/// # Errors
///
/// The address cannot be listened on.
pub async fn start(settings: Settings) -> io::Result<Running> {
    let listener = TcpListener::bind(settings.listen).await?;
    let address = listener.local_addr()?;
    let shared = Arc::new(Shared { settings, requests: AtomicU64::new(0), met: Mutex::default() });
    let task = tokio::spawn(accept(listener, Arc::clone(&shared)));
    Ok(Running { address, shared, task })
}

/// What all connections share.
#[derive(Debug)]
struct Shared {
    settings: Settings,
    requests: AtomicU64,
    met: Mutex<BTreeMap<Fate, usize>>,
}

impl Shared {
    /// The chance of the next request.
    fn rng(&self) -> StdRng {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        StdRng::seed_from_u64(self.settings.seed.rotate_left(32) ^ number)
    }

    fn count(&self, fate: Fate) {
        *self.met.lock().unwrap_or_else(PoisonError::into_inner).entry(fate).or_default() += 1;
    }

    fn delay(&self, rng: &mut impl Rng) -> Duration {
        if rng.random_ratio(1, 4) {
            self.settings.longest_delay.mul_f64(rng.random())
        } else {
            Duration::ZERO
        }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    // Dropped with this, it cuts all connections.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Ok((stream, _)) = listener.accept() => {
                connections.spawn(converse(stream, Arc::clone(&shared)));
            }
            Some(_) = connections.join_next() => {}
            else => {}
        }
    }
}

type Body = BoxBody<Bytes, Broken>;
type Answered = Pin<Box<dyn Future<Output = Result<Response<Body>, Broken>> + Send>>;

/// Answers the requests of one connection until one of them breaks it.
async fn converse(stream: TcpStream, shared: Arc<Shared>) {
    let _ = stream.set_nodelay(true);
    // Never waited for: a connection has one request at a time.
    let upstream = Arc::new(tokio::sync::Mutex::new(Upstream::new(shared.settings.upstream)));
    let service = service_fn(move |request| -> Answered {
        let (shared, upstream) = (Arc::clone(&shared), Arc::clone(&upstream));
        Box::pin(async move { answer(request, &shared, &mut *upstream.lock().await).await })
    });
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    if poll_fn(|context| connection.poll_without_shutdown(context)).await.is_err() {
        let stream = connection.into_parts().io.into_inner();
        // The client gets a reset instead of an end.
        let _ = stream.set_zero_linger();
    }
}

async fn answer(
    request: Request<Incoming>,
    shared: &Shared,
    upstream: &mut Upstream,
) -> Result<Response<Body>, Broken> {
    let mut rng = shared.rng();
    let fate = Fate::draw(&mut rng);
    shared.count(fate);
    tokio::time::sleep(shared.delay(&mut rng)).await;
    let request = whole(request).await?;
    let done = if fate.is_done() { Some(upstream.send(request).await?) } else { None };
    match (fate, done) {
        (Fate::Limited, _) => Ok(full(refusal::limited(&mut rng))),
        (Fate::Refused | Fate::DoneAndRefused, _) => Ok(full(refusal::server_error(&mut rng))),
        (Fate::Silent | Fate::DoneAndSilent, _) => {
            tokio::time::sleep(shared.settings.silence).await;
            Err(Broken)
        }
        (Fate::Answered, Some(mut answer)) => {
            disguise(&mut answer, &mut rng);
            Ok(full(answer))
        }
        // Without a body there is nothing to cut.
        (Fate::DoneAndCut, Some(answer)) if !answer.body().is_empty() => Ok(cut(answer, &mut rng)),
        (Fate::Dropped | Fate::DoneAndDropped | Fate::DoneAndCut, _) | (_, None) => Err(Broken),
    }
}

/// The request with its whole body, for the server.
async fn whole(request: Request<Incoming>) -> Result<Request<Bytes>, Broken> {
    let (mut head, body) = request.into_parts();
    head.uri = ids::unshift(&head.uri);
    for name in [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING] {
        head.headers.remove(name);
    }
    Ok(Request::from_parts(head, body.collect().await?.to_bytes()))
}

/// An answer with another length than before.
fn full(mut answer: Response<Bytes>) -> Response<Body> {
    answer.headers_mut().remove(CONTENT_LENGTH);
    answer.map(|body| Full::new(body).map_err(|never| match never {}).boxed())
}

/// An answer that ends before it is whole.
fn cut(answer: Response<Bytes>, rng: &mut impl Rng) -> Response<Body> {
    answer.map(|body| {
        let some = Ok(Frame::data(body.slice(..rng.random_range(0..body.len()))));
        StreamBody::new(stream::iter([some, Err(Broken)])).boxed()
    })
}

/// The connection is to be reset.
#[derive(Debug)]
pub(crate) struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is reset")
    }
}

impl std::error::Error for Broken {}

impl From<hyper::Error> for Broken {
    fn from(_: hyper::Error) -> Self {
        Self
    }
}

impl From<io::Error> for Broken {
    fn from(_: io::Error) -> Self {
        Self
    }
}
