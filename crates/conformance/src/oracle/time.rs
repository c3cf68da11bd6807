//! Whether every time is an ISO 8601 date and time with a zone.

use serde_json::Value;

use crate::generated::RequirementId as R;
use crate::oracle::{Observation, objects};
use crate::transport::Exchange;

/// The keys of the document that hold a time.
const KEYS: [&str; 2] = ["created_at", "last_used_at"];

pub(super) fn observe(exchange: &Exchange) -> Option<Observation> {
    if !exchange.is_success() {
        return None;
    }
    let objects = objects(exchange);
    let nested = objects.iter().filter_map(|object| object.get("config_project"));
    let times: Vec<(&str, &str)> =
        objects.iter().copied().chain(nested).flat_map(times_of).collect();
    if times.is_empty() {
        return None;
    }
    let wrong = times.iter().find(|(_, time)| !is_date_time(time));
    let expected = "a date and time with a zone, like 2022-04-20T20:42:40.221Z";
    let got = || wrong.map_or_else(String::new, |(key, time)| format!("`{key}` is `{time}`"));
    Some(Observation::of(R::ExchangeTimestamps, wrong.is_none(), expected, got))
}

fn times_of(object: &Value) -> Vec<(&'static str, &str)> {
    let time = |key: &'static str| Some((key, object.get(key)?.as_str()?));
    KEYS.into_iter().filter_map(time).collect()
}

/// `YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh[:]mm)`.
fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't']) else { return false };
    let Some(zone_at) = rest.find(['Z', 'z', '+', '-']) else { return false };
    let (time, zone) = rest.split_at(zone_at);
    is_date(date) && is_time(time) && is_zone(zone)
}

fn is_date(date: &str) -> bool {
    let [year, month, day] = date.split('-').collect::<Vec<_>>()[..] else { return false };
    digits(year, 4).is_some()
        && digits(month, 2).is_some_and(|month| (1..=12).contains(&month))
        && digits(day, 2).is_some_and(|day| (1..=31).contains(&day))
}

fn is_time(time: &str) -> bool {
    let (whole, fraction) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    let [hours, minutes, seconds] = whole.split(':').collect::<Vec<_>>()[..] else { return false };
    digits(hours, 2).is_some_and(|hours| hours < 24)
        && digits(minutes, 2).is_some_and(|minutes| minutes < 60)
        // A leap second has the number 60.
        && digits(seconds, 2).is_some_and(|seconds| seconds <= 60)
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_zone(zone: &str) -> bool {
    if zone.eq_ignore_ascii_case("z") {
        return true;
    }
    let offset = zone[1..].replacen(':', "", 1);
    matches!(offset.len(), 2 | 4) && offset.bytes().all(|byte| byte.is_ascii_digit())
}

fn digits(text: &str, count: usize) -> Option<u32> {
    let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_fraction_and_any_zone_is_right() {
        for text in [
            "2022-04-20T20:42:40.221Z",
            "2022-04-20T20:42:40Z",
            "2022-04-20T20:42:40.221345Z",
            "2022-04-20T20:42:40+00:00",
            "2022-04-20T20:42:40.5-0330",
            "2016-12-31T23:59:60Z",
        ] {
            assert!(is_date_time(text), "{text}");
        }
    }

    #[test]
    fn a_time_without_a_zone_or_in_another_form_is_wrong() {
        for text in [
            "",
            "2022-04-20",
            "2022-04-20T20:42:40",
            "2022-04-20 20:42:40Z",
            "2022-13-20T20:42:40Z",
            "2022-04-20T24:42:40Z",
            "2022-04-20T20:42:40.Z",
            "2022-04-20T20:42Z",
            "20 Apr 2022 20:42:40 GMT",
            "1650487360",
            "2022-04-20T20:42:40é",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
    }
}
