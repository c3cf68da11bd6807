//! Distance: every answer of a server comes later, as if it was far away.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::Instant;

/// How much is read at once, in bytes.
const CHUNK: usize = 64 * 1024;

/// Passes connections on to a server, and its answers back after `delay`. It listens on loopback
/// and ends with the runtime.
pub(super) async fn before(server: SocketAddr, delay: Duration) -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await.context("no port")?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            tokio::spawn(pass(near, server, delay));
        }
    });
    Ok(address)
}

async fn pass(near: TcpStream, server: SocketAddr, delay: Duration) {
    let Ok(far) = TcpStream::connect(server).await else { return };
    // What was held back is to leave at its time.
    let _ = (near.set_nodelay(true), far.set_nodelay(true));
    let ((mut near_read, near_write), (far_read, mut far_write)) =
        (near.into_split(), far.into_split());
    let there = async {
        let _ = tokio::io::copy(&mut near_read, &mut far_write).await;
        let _ = far_write.shutdown().await;
    };
    tokio::join!(there, later(far_read, near_write, delay));
}

/// Writes everything `delay` after it was read; what is read meanwhile waits in line.
async fn later(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, delay: Duration) {
    let (sender, mut line) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let read = async move {
        let mut chunk = vec![0; CHUNK];
        while let Ok(count @ 1..) = from.read(&mut chunk).await {
            if sender.send((Instant::now() + delay, chunk[..count].to_vec())).is_err() {
                break;
            }
        }
    };
    let write = async move {
        while let Some((due, bytes)) = line.recv().await {
            tokio::time::sleep_until(due).await;
            if to.write_all(&bytes).await.is_err() {
                break;
            }
        }
        let _ = to.shutdown().await;
    };
    tokio::join!(read, write);
}
