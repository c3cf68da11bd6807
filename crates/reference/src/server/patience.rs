//! A connection that is given up if its client does not take what is written.
//!
//! Reading has limits of its own: one for the head of a request and one for all of it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::rt::{Read, ReadBufCursor, Write};
use tokio::time::{Instant, Sleep};

/// Wraps a connection.
pub(super) struct Patient<T> {
    inner: T,
    patience: Duration,
    /// When a write that does not go on is given up; none while writes go on.
    deadline: Option<Pin<Box<Sleep>>>,
}

impl<T> Patient<T> {
    pub(super) fn new(inner: T, patience: Duration) -> Self {
        Self { inner, patience, deadline: None }
    }

    /// What a write came to, or an error if it has waited for too long.
    fn judge<R>(
        &mut self,
        context: &mut Context<'_>,
        write: Poll<io::Result<R>>,
    ) -> Poll<io::Result<R>> {
        if write.is_ready() {
            self.deadline = None;
            return write;
        }
        let patience = self.patience;
        let deadline = self
            .deadline
            .get_or_insert_with(|| Box::pin(tokio::time::sleep_until(Instant::now() + patience)));
        ready!(deadline.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<T: Read + Unpin> Read for Patient<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl<T: Write + Unpin> Write for Patient<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let write = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.judge(context, write)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flush = Pin::new(&mut self.inner).poll_flush(context);
        self.judge(context, flush)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shutdown = Pin::new(&mut self.inner).poll_shutdown(context);
        self.judge(context, shutdown)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let write = Pin::new(&mut self.inner).poll_write_vectored(context, buffers);
        self.judge(context, write)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use hyper_util::rt::TokioIo;
    use tokio::io::AsyncReadExt;

    use super::*;

    async fn write(connection: &mut (impl Write + Unpin), bytes: &[u8]) -> io::Result<usize> {
        poll_fn(|context| Pin::new(&mut *connection).poll_write(context, bytes)).await
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_does_not_read_is_given_up_in_time() {
        let (near, _far) = tokio::io::duplex(4);
        let mut connection = Patient::new(TokioIo::new(near), Duration::from_secs(30));
        assert_eq!(write(&mut connection, b"abcdef").await.unwrap(), 4);
        let began = Instant::now();
        let error = write(&mut connection, b"ef").await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert_eq!(began.elapsed().as_secs(), 30);
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_reads_slowly_is_not() {
        let (near, mut far) = tokio::io::duplex(1);
        let mut connection = Patient::new(TokioIo::new(near), Duration::from_secs(30));
        let reader = tokio::spawn(async move {
            let mut read = Vec::new();
            while read.len() < 5 {
                tokio::time::sleep(Duration::from_secs(20)).await;
                read.push(far.read_u8().await.unwrap());
            }
            read
        });
        for byte in b"slowly".iter().take(5) {
            assert_eq!(write(&mut connection, &[*byte]).await.unwrap(), 1);
        }
        assert_eq!(reader.await.unwrap(), b"slowl");
    }
}
