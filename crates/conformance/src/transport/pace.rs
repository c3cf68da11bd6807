//! When the next request may go out.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use crate::transport::exchange::Exchange;

/// A reset further away than this is a time of day in seconds since 1970.
const EPOCH: u64 = 1_000_000_000;

/// Spaces requests out, and holds all of them back when the target asks for it.
#[derive(Debug)]
pub(crate) struct Pace {
    gap: Duration,
    next: Mutex<Instant>,
}

impl Pace {
    pub(crate) fn new(max_rps: Option<u32>) -> Self {
        let gap = max_rps.map_or(Duration::ZERO, |rps| Duration::from_secs(1) / rps.max(1));
        Self { gap, next: Mutex::new(Instant::now()) }
    }

    /// Takes the next free moment and tells how far away it is.
    pub(crate) fn turn(&self) -> Duration {
        let (mut next, now) = (self.next(), Instant::now());
        let at = (*next).max(now);
        *next = at + self.gap;
        at - now
    }

    /// Lets nothing out for a while.
    pub(crate) fn hold(&self, pause: Duration) {
        let mut next = self.next();
        *next = (*next).max(Instant::now() + pause);
    }

    fn next(&self) -> MutexGuard<'_, Instant> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long a target that is too busy for a request asks to wait. Nothing said means a second.
pub(crate) fn retry_after(exchange: &Exchange) -> Option<Duration> {
    (exchange.status == 429).then(|| {
        let told = exchange.header("retry-after").and_then(|value| wait(value, Utc::now()));
        told.or_else(|| reset(exchange)).unwrap_or(Duration::from_secs(1))
    })
}

/// How long nothing may be sent because the target has counted enough requests.
pub(crate) fn used_up(exchange: &Exchange) -> Option<Duration> {
    let remaining: i64 = exchange.header("ratelimit-remaining")?.trim().parse().ok()?;
    (remaining <= 0).then(|| reset(exchange)).flatten()
}

fn reset(exchange: &Exchange) -> Option<Duration> {
    let reset: u64 = exchange.header("ratelimit-reset")?.trim().parse().ok()?;
    let now = u64::try_from(Utc::now().timestamp()).ok()?;
    let seconds = if reset >= EPOCH { reset.saturating_sub(now) } else { reset };
    Some(Duration::from_secs(seconds))
}

/// A number of seconds, or a date.
fn wait(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = DateTime::parse_from_rfc2822(value).ok()?;
    Some(date.signed_duration_since(now).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use crate::api;
    use crate::target::Project;

    fn answer(status: u16, headers: &[(&str, &str)]) -> Exchange {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                let name: HeaderName = name.parse().expect("a name");
                (name, HeaderValue::from_str(value).expect("a value"))
            })
            .collect();
        let request = api::list_agents(&Project::Number(20));
        let answer = (status, headers, b"[]".to_vec());
        Exchange::new((request, String::new()), answer, None, Instant::now())
    }

    #[test]
    fn requests_are_spaced_out_evenly() {
        let pace = Pace::new(Some(10));
        let turns: Vec<u128> = (0..3).map(|_| pace.turn().as_millis()).collect();
        assert!(turns[0] == 0 && turns[1] > 50 && turns[2] > 150 && turns[2] <= 200, "{turns:?}");
        let free = Pace::new(None);
        assert!((0..3).all(|_| free.turn().is_zero()));
    }

    #[test]
    fn a_pause_is_for_everybody() {
        let pace = Pace::new(None);
        pace.hold(Duration::from_secs(5));
        assert!(pace.turn() > Duration::from_secs(4) && pace.turn() > Duration::from_secs(4));
    }

    #[test]
    fn a_pause_is_a_number_of_seconds_or_a_date() {
        let now = DateTime::parse_from_rfc2822("Fri, 02 Jan 2026 03:04:05 GMT").expect("a date");
        let now = now.with_timezone(&Utc);
        let table = [
            ("7", Some(7)),
            ("Fri, 02 Jan 2026 03:04:35 GMT", Some(30)),
            ("Fri, 02 Jan 2026 03:03:35 GMT", Some(0)),
            ("soon", None),
        ];
        for (value, seconds) in table {
            assert_eq!(wait(value, now), seconds.map(Duration::from_secs), "{value}");
        }
    }

    #[test]
    fn a_busy_target_is_waited_for_as_long_as_it_says_in_whichever_header() {
        let seconds = |headers: &[(&str, &str)]| retry_after(&answer(429, headers));
        assert_eq!(seconds(&[]), Some(Duration::from_secs(1)));
        assert_eq!(seconds(&[("retry-after", "9")]), Some(Duration::from_secs(9)));
        assert_eq!(seconds(&[("ratelimit-reset", "8")]), Some(Duration::from_secs(8)));
        assert_eq!(retry_after(&answer(200, &[("retry-after", "9")])), None);
    }

    #[test]
    fn a_count_that_is_used_up_is_waited_for() {
        let later = (Utc::now().timestamp() + 100).to_string();
        let limits = |remaining, reset| {
            used_up(&answer(200, &[("ratelimit-remaining", remaining), ("ratelimit-reset", reset)]))
        };
        assert_eq!(limits("1", "30"), None);
        assert_eq!(limits("0", "30"), Some(Duration::from_secs(30)));
        assert!(limits("0", &later).is_some_and(|pause| pause > Duration::from_secs(90)));
        assert_eq!(used_up(&answer(200, &[])), None);
    }
}
