//! Time and chance, so that tests can replace both.

use std::fmt;
use std::future::Future;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Time and chance.
pub(crate) trait Clock: fmt::Debug + Send + Sync {
    /// What calendars show.
    fn today(&self) -> SystemTime;

    /// What stop watches show.
    fn now(&self) -> Instant;

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()>;

    /// A number from 0 to 1, another one each time.
    fn chance(&self) -> f64;
}

/// The clock of the machine, with tokio's timer.
#[derive(Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn today(&self) -> SystemTime {
        SystemTime::now()
    }

    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(time))
    }

    fn chance(&self) -> f64 {
        // Every state hashes differently; that is chance enough for waits to differ.
        let bits = RandomState::new().hash_one(0_u8) >> 32;
        bits as f64 / f64::from(u32::MAX)
    }
}
