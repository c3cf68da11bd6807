//! What a server says of its rate limit, and how long it asks to wait.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cluster_agents_types::Timestamp;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// What a server says of its rate limit. What it does not say is `None`.
///
/// ```
/// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
/// # use doctest::example;
/// # example(async |client, project| {
/// use cluster_agents_client::{Retry, types::AgentId};
///
/// let client = client.with_retry(Retry::never());
/// let error = client.get_agent(&project, AgentId(429)).await.unwrap_err();
/// assert_eq!(error.rate_limit().unwrap().retry_after.unwrap().as_secs(), 60);
/// # Ok(()) })
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests are allowed in the period (`RateLimit-Limit`).
    pub limit: Option<u64>,
    /// Which limit it is (`RateLimit-Name`).
    pub name: Option<String>,
    /// How many requests there were in the period (`RateLimit-Observed`).
    pub observed: Option<u64>,
    /// How many are left (`RateLimit-Remaining`).
    pub remaining: Option<u64>,
    /// When the period ends (`RateLimit-Reset`, in whole seconds).
    pub reset: Option<Timestamp>,
    /// How long the server asks to wait (`Retry-After` in seconds or as a date, which is compared
    /// with the `Date` of the answer).
    pub retry_after: Option<Duration>,
}

impl RateLimit {
    /// `None` if nothing is said.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let number = |name: &str| text(headers, name)?.parse().ok();
        let seconds =
            number("ratelimit-reset").and_then(|seconds: u64| i64::try_from(seconds).ok());
        let found = Self {
            limit: number("ratelimit-limit"),
            name: text(headers, "ratelimit-name").map(ToOwned::to_owned),
            observed: number("ratelimit-observed"),
            remaining: number("ratelimit-remaining"),
            reset: seconds.and_then(|s| s.checked_mul(1000)).and_then(Timestamp::from_millis),
            retry_after: retry_after(headers, SystemTime::now()),
        };
        (found != Self::default()).then_some(found)
    }
}

/// How long an answer asks to wait: by `Retry-After`, else until `RateLimit-Reset`. Points in time are
/// compared with the server's own clock if it shows it, else with `now`.
pub(crate) fn wait(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let reset = || {
        let seconds = text(headers, "ratelimit-reset")?.parse().ok()?;
        let reset = UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?;
        // A period that is over says nothing about the next one.
        reset.duration_since(server_time(headers, now)).ok().filter(|wait| !wait.is_zero())
    };
    retry_after(headers, now).or_else(reset)
}

/// How long `Retry-After` asks to wait.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = text(headers, RETRY_AFTER.as_str())?;
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let wait = http_date(value)?.duration_since(server_time(headers, now));
    Some(wait.unwrap_or_default())
}

fn server_time(headers: &HeaderMap, now: SystemTime) -> SystemTime {
    text(headers, DATE.as_str()).and_then(http_date).unwrap_or(now)
}

/// A date as HTTP writes it today: `Wed, 20 Apr 2022 20:42:41 GMT`.
fn http_date(text: &str) -> Option<SystemTime> {
    chrono::DateTime::parse_from_rfc2822(text).ok().map(SystemTime::from)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderName, HeaderValue};

    fn now() -> SystemTime {
        http_date("Wed, 20 Apr 2022 20:42:41 GMT").unwrap()
    }

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let header = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        pairs.iter().map(header).collect()
    }

    fn waits(pairs: &[(&'static str, &'static str)]) -> Option<u64> {
        wait(&headers(pairs), now()).map(|wait| wait.as_secs())
    }

    #[test]
    fn retry_after_comes_before_the_end_of_the_period() {
        assert_eq!(waits(&[("retry-after", "7"), ("ratelimit-reset", "1650487370")]), Some(7));
        assert_eq!(waits(&[("ratelimit-reset", "1650487370")]), Some(9));
        assert_eq!(waits(&[]), None);
    }

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        assert_eq!(waits(&[("retry-after", "0")]), Some(0));
        assert_eq!(waits(&[("retry-after", "Wed, 20 Apr 2022 20:43:41 GMT")]), Some(60));
        assert_eq!(waits(&[("retry-after", "Wed, 20 Apr 2022 20:42:00 GMT")]), Some(0));
        assert_eq!(waits(&[("retry-after", "soon")]), None);
        assert_eq!(waits(&[("retry-after", "-1")]), None);
    }

    #[test]
    fn points_in_time_are_compared_with_the_clock_of_the_server() {
        let date = ("date", "Wed, 20 Apr 2022 20:00:00 GMT");
        assert_eq!(waits(&[date, ("retry-after", "Wed, 20 Apr 2022 20:00:05 GMT")]), Some(5));
        assert_eq!(waits(&[date, ("ratelimit-reset", "1650484803")]), Some(3));
    }

    #[test]
    fn a_period_that_is_over_or_absurd_says_nothing() {
        assert_eq!(waits(&[("ratelimit-reset", "1650487361")]), None);
        assert_eq!(waits(&[("ratelimit-reset", "-4")]), None);
        assert_eq!(waits(&[("ratelimit-reset", "99999999999999999999")]), None);
    }

    #[test]
    fn every_header_of_a_limit_is_told() {
        let limit = RateLimit::from_headers(&headers(&[
            ("ratelimit-limit", "60"),
            ("ratelimit-name", "throttle_authenticated_web"),
            ("ratelimit-observed", "67"),
            ("ratelimit-remaining", "0"),
            ("ratelimit-reset", "1650487370"),
            ("retry-after", "30"),
        ]))
        .unwrap();
        assert_eq!((limit.limit, limit.observed, limit.remaining), (Some(60), Some(67), Some(0)));
        assert_eq!(limit.name.as_deref(), Some("throttle_authenticated_web"));
        assert_eq!(limit.reset.unwrap().to_string(), "2022-04-20T20:42:50.000Z");
        assert_eq!(limit.retry_after, Some(Duration::from_secs(30)));
        assert_eq!(RateLimit::from_headers(&HeaderMap::new()), None);
    }
}
