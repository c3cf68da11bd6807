//! `If-Unmodified-Since`: the time that a client last saw.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use cluster_agents_types::Timestamp;

/// Reads a time as HTTP or ISO 8601 write it; without a zone it is UTC. Nothing if it is no time: a
/// precondition that cannot be read is ignored.
#[must_use]
pub(crate) fn unmodified_since(header: &str) -> Option<Timestamp> {
    let header = header.trim();
    zoned(header).or_else(|| in_utc(header)).map(Timestamp::from)
}

fn zoned(header: &str) -> Option<DateTime<Utc>> {
    let rfc3339 = DateTime::parse_from_rfc3339(header);
    rfc3339.or_else(|_| DateTime::parse_from_rfc2822(header)).ok().map(Into::into)
}

fn in_utc(header: &str) -> Option<DateTime<Utc>> {
    // ISO 8601 without a zone, and the two old forms of RFC 9110.
    const FORMS: [&str; 4] = [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M:%S%.f",
        "%A, %d-%b-%y %H:%M:%S GMT",
        "%a %b %e %T %Y",
    ];
    let time = FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(header, form).ok());
    let day = || header.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0);
    time.or_else(day).map(|time| time.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_spelling_of_a_time_is_read() {
        for (header, time) in [
            ("Wed, 20 Apr 2022 20:42:41 GMT", "2022-04-20T20:42:41.000Z"),
            ("Wednesday, 20-Apr-22 20:42:41 GMT", "2022-04-20T20:42:41.000Z"),
            ("Wed Apr 20 20:42:41 2022", "2022-04-20T20:42:41.000Z"),
            ("2022-04-20T20:42:41.221Z", "2022-04-20T20:42:41.221Z"),
            ("2022-04-20T22:42:41+02:00", "2022-04-20T20:42:41.000Z"),
            ("2022-04-20T20:42:41", "2022-04-20T20:42:41.000Z"),
            ("2022-04-20 20:42:41.5", "2022-04-20T20:42:41.500Z"),
            (" 2022-04-20 ", "2022-04-20T00:00:00.000Z"),
        ] {
            let read = unmodified_since(header).map(|time| time.to_string());
            assert_eq!(read.as_deref(), Some(time), "{header}");
        }
    }

    #[test]
    fn what_is_no_time_is_ignored() {
        for header in
            ["", "yesterday", "0", "2022-13-01T00:00:00Z", "Wed, 99 Apr 2022 00:00:00 GMT"]
        {
            assert_eq!(unmodified_since(header), None, "{header}");
        }
    }
}
