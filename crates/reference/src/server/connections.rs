//! Accepts connections, and ends them without cutting a request off.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::front::Front;
use super::patience::Patient;

/// How long the head of a request may take, and a connection be idle before it.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a client may take no byte of its answer.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);

/// How long running requests may take once the server is to stop.
const GRACE: Duration = Duration::from_secs(10);

/// A pause after an error that is not of one connection, as when there are too many open files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves until the sender of `stopped` is gone, and then finishes the requests that are running.
pub(super) async fn serve(listener: TcpListener, front: Front, mut stopped: watch::Receiver<()>) {
    let front = Arc::new(front);
    let graceful = GracefulShutdown::new();
    // Dropped at the end, it cuts off whatever has had its time.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(converse(stream, &front, &graceful));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
            // Those that have ended are let go.
            Some(_) = connections.join_next() => {}
            // An error is the end of the sender; nothing is ever sent.
            _ = stopped.changed() => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were still running and are cut off");
    }
}

/// Answers the requests of one connection.
fn converse(
    stream: TcpStream,
    front: &Arc<Front>,
    graceful: &GracefulShutdown,
) -> impl Future<Output = ()> + use<> {
    // Answers are small and whole: waiting for more to send would only delay them.
    let _ = stream.set_nodelay(true);
    let front = Arc::clone(front);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let front = Arc::clone(&front);
        async move { Ok::<_, Infallible>(front.answer(request.map(axum::body::Body::new)).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(Patient::new(TokioIo::new(stream), WRITE_TIMEOUT), service);
    let connection = graceful.watch(connection);
    async move {
        // A client that goes away or sends nonsense is its own affair.
        let _ = connection.await;
    }
}
