//! The one writer: it takes the writes that wait, commits them as one transaction, changes the
//! tables in memory when that is durable, and answers each. So many clients share one commit.
//!
//! A write that breaks a rule changes nothing – each begins with the statement that can be refused –
//! and its neighbours go on. If the database itself fails, the whole transaction is given up and
//! every write in it is answered with the failure.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use sqlx::{SqliteConnection, SqlitePool};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::Image;
use crate::store::StoreError;
use crate::store::tables::Tables;

/// The most writes in one transaction: a bound for the wait of the first one.
const BATCH: usize = 256;

type Work<'c, T> = Pin<Box<dyn Future<Output = T> + Send + 'c>>;
type Answer = Box<dyn FnOnce(Result<&mut Tables, StoreError>) + Send>;
type Job = Box<dyn for<'c> FnOnce(&'c mut SqliteConnection) -> Work<'c, Done> + Send>;

/// A write that has run and is not committed yet.
struct Done {
    failure: Option<StoreError>,
    /// Changes the tables and answers whoever waits, once it is known how the transaction ended.
    answer: Answer,
}

/// Queues writes for the task that runs them.
pub(super) struct Writer {
    queue: mpsc::Sender<Job>,
    stop: mpsc::Sender<()>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts a writer on the one connection of `pool`, of which `image` is the content.
    pub(super) fn start(pool: SqlitePool, image: Image) -> Self {
        let (queue, jobs) = mpsc::channel(BATCH);
        let (stop, stopped) = mpsc::channel(1);
        let task = tokio::spawn(write(pool, image, jobs, stopped));
        Self { queue, stop, task: Mutex::new(Some(task)) }
    }

    /// Runs `work` in a transaction and returns once that is durable and `apply` has done the same
    /// to the tables; it is not called if the write is refused.
    ///
    /// The write is finished even if whoever waits for it goes away.
    pub(super) async fn run<T, W, A>(&self, work: W, apply: A) -> Result<T, StoreError>
    where
        T: Send + 'static,
        A: FnOnce(&mut Tables, &T) + Send + 'static,
        W: for<'c> FnOnce(&'c mut SqliteConnection) -> Work<'c, Result<T, StoreError>>
            + Send
            + 'static,
    {
        let (sender, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            Box::pin(async move {
                let result = work(connection).await;
                let failure = result.as_ref().err().filter(|error| is_failure(error)).cloned();
                let answer = move |ended: Result<&mut Tables, StoreError>| {
                    let result =
                        ended.and_then(|tables| result.inspect(|value| apply(tables, value)));
                    let _ = sender.send(result);
                };
                Done { failure, answer: Box::new(answer) }
            })
        });
        self.queue.send(job).await.map_err(|_| StoreError::GivenUp)?;
        answer.await.map_err(|_| StoreError::GivenUp)?
    }

    /// Finishes the writes that wait and closes the connection. Further writes are given up.
    pub(super) async fn stop(&self) {
        let _ = self.stop.try_send(());
        let task = self.task.lock().map_or(None, |mut task| task.take());
        if let Some(task) = task {
            let _ = task.await;
        }
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Writer")
    }
}

/// A broken rule is an answer, a broken database is not.
fn is_failure(error: &StoreError) -> bool {
    matches!(error, StoreError::Database(_) | StoreError::Schema(_) | StoreError::GivenUp)
}

async fn write(
    pool: SqlitePool,
    image: Image,
    mut jobs: mpsc::Receiver<Job>,
    mut stopped: mpsc::Receiver<()>,
) {
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        tokio::select! {
            count = jobs.recv_many(&mut batch, BATCH) => if count == 0 { break },
            _ = stopped.recv() => jobs.close(),
        }
        if !batch.is_empty() {
            commit(&pool, &image, batch.drain(..)).await;
        }
    }
    pool.close().await;
}

async fn commit(pool: &SqlitePool, image: &Image, jobs: impl Iterator<Item = Job> + Send) {
    let mut done = Vec::new();
    let ended = transact(pool, jobs, &mut done).await;
    if let Err(error) = &ended {
        tracing::error!(error = error as &dyn std::error::Error, "writes were given up");
    }
    let mut image = image.write().unwrap_or_else(PoisonError::into_inner);
    for done in done {
        let tables = image.as_mut().ok_or(StoreError::GivenUp);
        (done.answer)(ended.clone().and(tables));
    }
}

async fn transact(
    pool: &SqlitePool,
    jobs: impl Iterator<Item = Job> + Send,
    done: &mut Vec<Done>,
) -> Result<(), StoreError> {
    // Immediate: the lock is taken before the first statement, not in the middle.
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    for job in jobs {
        let mut one = job(&mut transaction).await;
        let failure = one.failure.take();
        done.push(one);
        if let Some(failure) = failure {
            return Err(failure);
        }
    }
    Ok(transaction.commit().await?)
}
