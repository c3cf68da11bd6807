//! How much a target may take.

use std::time::Duration;

use crate::manners::Manners;

/// How much a target may take before it is given up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// For a connection to be made.
    pub(crate) connect: Duration,
    /// From the first byte of a request to the last of its answer.
    pub(crate) request: Duration,
    /// For the body of an answer, in bytes.
    pub(crate) body: usize,
    /// For the same in memory, in bytes.
    pub(crate) parsed: usize,
    /// For all answers that are held at the same time.
    pub(crate) held: usize,
    /// For all the waiting of one request that a busy target asks for.
    pub(crate) patience: Duration,
    /// For the removal of everything that was created.
    pub(crate) cleanup: Duration,
}

impl Limits {
    /// What goes with the manners. One answer may be some ten times as large as a page of 100 agents
    /// with all that they can have, and all together leave the run below 100 MiB.
    pub(crate) fn of(manners: &Manners) -> Self {
        Self {
            connect: manners.timeout.min(Duration::from_secs(5)),
            request: manners.timeout,
            body: 3 * 512 * 1024,
            parsed: 6 * 1024 * 1024,
            held: 32 * 1024 * 1024,
            patience: Duration::from_secs(60).min(manners.max_time),
            cleanup: Duration::from_secs(120).min(manners.max_time),
        }
    }
}
