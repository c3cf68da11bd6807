//! Whether requests may go out at all: until the run is ended, by somebody or by a limit.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use crate::manners::Manners;

/// Closes once, with a reason, and is opened again for the cleanup.
#[derive(Debug)]
pub(crate) struct Valve {
    state: Mutex<State>,
    closing: Notify,
}

#[derive(Debug)]
struct State {
    reason: Option<String>,
    deadline: Instant,
    limit: Limit,
    /// How many more requests may go out.
    left: Option<u64>,
}

/// The words for the limits, for whoever is told of them.
#[derive(Debug)]
struct Limit {
    time: String,
    requests: String,
}

impl Valve {
    pub(crate) fn new(manners: &Manners) -> Self {
        let limit = Limit {
            time: format!("the run took longer than {:?} (--max-time)", manners.max_time),
            requests: format!(
                "the limit of {} requests is reached (--max-requests)",
                manners.max_requests.unwrap_or_default()
            ),
        };
        let state = State {
            reason: None,
            deadline: Instant::now() + manners.max_time,
            limit,
            left: manners.max_requests,
        };
        Self { state: Mutex::new(state), closing: Notify::new() }
    }

    /// Takes leave to send one request, or tells why there is none.
    pub(crate) fn pass(&self) -> Result<(), String> {
        let mut state = self.state();
        if state.reason.is_none() && Instant::now() >= state.deadline {
            state.reason = Some(state.limit.time.clone());
        }
        if state.reason.is_none() && state.left == Some(0) {
            state.reason = Some(state.limit.requests.clone());
        }
        state.left = state.left.map(|left| left.saturating_sub(1));
        state.reason.clone().map_or(Ok(()), Err)
    }

    /// Waits, but not longer than requests may go out.
    pub(crate) async fn wait(&self, pause: Duration) {
        if pause.is_zero() || self.reason().is_some() {
            return;
        }
        let rest = self.state().deadline.saturating_duration_since(Instant::now());
        tokio::select! {
            () = tokio::time::sleep(pause.min(rest)) => {}
            () = self.closing.notified() => {}
        }
    }

    /// Lets nothing out any more.
    pub(crate) fn close(&self, reason: &str) {
        self.state().reason.get_or_insert_with(|| reason.to_owned());
        self.closing.notify_waiters();
    }

    /// Lets requests out again for a while, however many there were.
    pub(crate) fn open_for(&self, time: Duration) {
        let mut state = self.state();
        state.reason = None;
        state.left = None;
        state.deadline = Instant::now() + time;
        state.limit.time = format!("the cleanup took longer than {time:?}");
    }

    /// Why nothing is let out, if so.
    pub(crate) fn reason(&self) -> Option<String> {
        self.state().reason.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn valve(max_requests: Option<u64>, max_time: Duration) -> Valve {
        Valve::new(&Manners { max_requests, max_time, ..Manners::towards(true) })
    }

    #[test]
    fn a_limit_closes_it_and_the_cleanup_gets_through_all_the_same() {
        let valve = valve(Some(2), Duration::from_secs(60));
        assert!(valve.pass().is_ok() && valve.pass().is_ok());
        let reason = valve.pass().expect_err("two were allowed");
        insta::assert_snapshot!(reason, @"the limit of 2 requests is reached (--max-requests)");
        valve.open_for(Duration::from_secs(60));
        assert!((0..5).all(|_| valve.pass().is_ok()));
    }

    #[test]
    fn the_first_reason_is_the_one_that_is_told() {
        let valve = valve(None, Duration::ZERO);
        let reason = valve.pass().expect_err("no time");
        insta::assert_snapshot!(reason, @"the run took longer than 0ns (--max-time)");
        valve.close("the run was interrupted");
        assert_eq!(valve.reason(), Some(reason));
    }

    #[tokio::test]
    async fn whoever_waits_is_woken_when_it_closes() {
        let valve = valve(None, Duration::from_secs(600));
        let close = async { valve.close("the run was interrupted") };
        tokio::join!(valve.wait(Duration::from_secs(600)), close);
    }
}
