//! When a request is repeated, and after how long.

use std::fmt;
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};

use crate::clock::Clock;
use crate::error::TransportFailure;
use crate::rate_limit;

/// When a request is repeated, and after how long.
///
/// - **429**: always, because nothing was done. After `Retry-After` (seconds or a date), else when the
///   period of `RateLimit-Reset` ends, else after growing waits.
/// - **5xx and broken connections**: only GET and DELETE, because a repeated POST could register or
///   create a second time. After `Retry-After`, else after growing waits.
/// - **No connection**: always, because nothing was sent.
///
/// A wait that would exceed [`total`](Self::total) is not begun: the call ends with the error at once.
/// A DELETE that was repeated because its outcome was unknown and is then answered with 404 has
/// succeeded – unless it is the project that is not found. Each repetition is told by an event of
/// `tracing`.
///
/// ```
/// use std::time::Duration;
/// use cluster_agents_client::Retry;
///
/// let patient = Retry { total: Duration::from_secs(600), ..Retry::default() };
/// assert!(patient.total > Retry::default().total);
/// assert!(Retry::never().total.is_zero());
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Retry {
    /// How long a call may take with all its repetitions and waits.
    pub total: Duration,
    /// How often a request is sent at most if it fails otherwise than by a rate limit, the first time
    /// included.
    pub attempts: u32,
    /// The wait before the first repetition. Each further one is twice as long; chance takes up to a
    /// half of it, so that many clients do not come back together.
    pub first_wait: Duration,
    /// The longest wait, unless the server asks for a longer one.
    pub longest_wait: Duration,
}

impl Default for Retry {
    /// Two minutes in all, which is twice the usual period of GitLab's rate limits; four attempts;
    /// waits from half a second to half a minute.
    fn default() -> Self {
        Self {
            total: Duration::from_secs(120),
            attempts: 4,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(30),
        }
    }
}

impl Retry {
    /// No repetition at all.
    #[must_use]
    pub const fn never() -> Self {
        Self {
            total: Duration::ZERO,
            attempts: 1,
            first_wait: Duration::ZERO,
            longest_wait: Duration::ZERO,
        }
    }

    /// The wait before a repetition, where the server does not ask for one.
    fn growing(&self, repetition: u32, chance: f64) -> Duration {
        let factor = 2_u32.saturating_pow(repetition);
        let wait = self.first_wait.saturating_mul(factor).min(self.longest_wait);
        wait.mul_f64(1.0 - chance.clamp(0.0, 1.0) / 2.0)
    }
}

/// What came of one attempt that failed.
pub(crate) enum Failed<'a> {
    Answer(StatusCode, &'a HeaderMap),
    Transport(TransportFailure),
}

impl Failed<'_> {
    /// Whether the server did nothing for sure.
    fn is_harmless(&self) -> bool {
        match self {
            Self::Answer(status, _) => *status == StatusCode::TOO_MANY_REQUESTS,
            Self::Transport(failure) => *failure == TransportFailure::Connect,
        }
    }

    fn is_rate_limit(&self) -> bool {
        matches!(self, Self::Answer(StatusCode::TOO_MANY_REQUESTS, _))
    }

    /// Whether another attempt may end differently.
    fn is_transient(&self) -> bool {
        match self {
            Self::Answer(status, _) => status.is_server_error() || self.is_rate_limit(),
            Self::Transport(_) => true,
        }
    }
}

impl fmt::Display for Failed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(status, _) => write!(f, "{status}"),
            Self::Transport(failure) => f.write_str(failure.words()),
        }
    }
}

/// The attempts of one call.
pub(crate) struct Attempts<'a> {
    retry: Retry,
    clock: &'a dyn Clock,
    started: std::time::Instant,
    /// How many failed, and how many of them otherwise than by a rate limit.
    failed: u32,
    counted: u32,
    /// Whether one of them may have done what was asked for.
    unknown: bool,
}

impl<'a> Attempts<'a> {
    pub(crate) fn new(retry: Retry, clock: &'a dyn Clock) -> Self {
        Self { retry, clock, started: clock.now(), failed: 0, counted: 0, unknown: false }
    }

    /// How long to wait before the next attempt; `None` if there is none.
    pub(crate) fn next(&mut self, method: &Method, failed: &Failed<'_>) -> Option<Duration> {
        self.failed += 1;
        self.counted += u32::from(!failed.is_rate_limit());
        let repeatable = failed.is_harmless() || matches!(*method, Method::GET | Method::DELETE);
        let is_over = self.retry.total.is_zero() || self.counted >= self.retry.attempts;
        if !failed.is_transient() || !repeatable || is_over {
            return None;
        }
        let asked = match failed {
            Failed::Answer(_, headers) if failed.is_rate_limit() => {
                rate_limit::wait(headers, self.clock.today())
            }
            Failed::Answer(_, headers) => rate_limit::retry_after(headers, self.clock.today()),
            Failed::Transport(_) => None,
        };
        let growing = || self.retry.growing(self.failed - 1, self.clock.chance());
        let wait = asked.unwrap_or_else(growing);
        let spent = self.clock.now().duration_since(self.started);
        if spent.saturating_add(wait) > self.retry.total {
            return None;
        }
        self.unknown |= !failed.is_harmless();
        Some(wait)
    }

    pub(crate) fn failed(&self) -> u32 {
        self.failed
    }

    /// Whether an earlier attempt may have done what was asked for.
    pub(crate) fn may_be_done(&self) -> bool {
        self.unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_chance_takes_at_most_a_half() {
        let retry = Retry::default();
        let seconds = |repetition, chance| retry.growing(repetition, chance).as_secs_f64();
        assert_eq!([0, 1, 2, 3].map(|n| seconds(n, 0.0)), [0.5, 1.0, 2.0, 4.0]);
        assert_eq!(seconds(40, 0.0), 30.0);
        assert_eq!(seconds(1, 1.0), 0.5);
    }

    #[test]
    fn chance_is_between_nothing_and_all_and_differs() {
        let drawn: Vec<f64> = (0..20).map(|_| crate::clock::SystemClock.chance()).collect();
        assert!(drawn.iter().all(|chance| (0.0..=1.0).contains(chance)));
        assert!(drawn.iter().any(|chance| *chance != drawn[0]));
    }
}
