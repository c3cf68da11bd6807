//! Points in time, written as GitLab writes them.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, SubsecRound, Timelike, Utc};
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A point in time; by default the first moment of 1970.
///
/// Read from any RFC 3339 text, with or without a fraction and with any offset; written in UTC with
/// three digits of milliseconds, as in `2022-04-20T20:42:40.221Z`, also for a whole second.
///
/// ```
/// # use cluster_agents_types::Timestamp;
/// let time: Timestamp = "2022-04-20T22:42:40+02:00".parse()?;
/// assert_eq!(time.to_string(), "2022-04-20T20:42:40.000Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// Now, by the clock of this machine, cut to the millisecond: no more than that is ever written.
    #[must_use]
    pub fn now() -> Self {
        Self(Utc::now().trunc_subsecs(3))
    }

    /// Milliseconds since 1970-01-01T00:00:00Z; `None` beyond the years that chrono can express.
    #[must_use]
    pub fn from_millis(millis: i64) -> Option<Self> {
        DateTime::from_timestamp_millis(millis).map(Self)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z; what is finer is cut off.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0.timestamp_millis()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.0;
        let Ok(year @ 0..=9999) = u32::try_from(time.year()) else {
            // Years of more digits are for chrono, which knows their sign.
            return f.write_str(&time.to_rfc3339_opts(SecondsFormat::Millis, true));
        };
        // By hand, because a list has two times for each of its items: this takes a fifth.
        let mut text = *b"0000-00-00T00:00:00.000Z";
        digits(&mut text[0..4], year);
        digits(&mut text[5..7], time.month());
        digits(&mut text[8..10], time.day());
        digits(&mut text[11..13], time.hour());
        digits(&mut text[14..16], time.minute());
        digits(&mut text[17..19], time.second());
        // A leap second is written as the last millisecond before it ends.
        digits(&mut text[20..23], time.timestamp_subsec_millis().min(999));
        f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

/// Writes a number with leading zeros into all of `place`.
fn digits(place: &mut [u8], mut number: u32) {
    for digit in place.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Timestamp {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match usual(text.as_bytes()) {
            Some(time) => Ok(Self(time)),
            None => DateTime::parse_from_rfc3339(text).map(|time| Self(time.into())),
        }
    }
}

/// A time as GitLab writes it, `2022-04-20T20:42:40.221Z`; `None` if it is written in another way. By
/// hand, because a list has two times for each of its items: this takes a tenth.
fn usual(text: &[u8]) -> Option<DateTime<Utc>> {
    let [
        _,
        _,
        _,
        _,
        b'-',
        _,
        _,
        b'-',
        _,
        _,
        b'T',
        _,
        _,
        b':',
        _,
        _,
        b':',
        _,
        _,
        b'.',
        _,
        _,
        _,
        b'Z',
    ] = text
    else {
        return None;
    };
    let date = NaiveDate::from_ymd_opt(
        number(&text[0..4])?.try_into().ok()?,
        number(&text[5..7])?,
        number(&text[8..10])?,
    )?;
    let (hour, minute) = (number(&text[11..13])?, number(&text[14..16])?);
    let (second, millis) = (number(&text[17..19])?, number(&text[20..23])?);
    Some(date.and_hms_milli_opt(hour, minute, second, millis)?.and_utc())
}

/// The number that digits write.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
    })
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text)
    }
}

struct Text;

impl Visitor<'_> for Text {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time as in 2022-04-20T20:42:40.221Z")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Timestamp, E> {
        text.parse().map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(time: DateTime<Utc>) -> Self {
        Self(time)
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(time: Timestamp) -> Self {
        time.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accepted_spelling_is_written_in_utc_with_milliseconds() {
        for (read, written) in [
            ("2022-04-20T20:42:40.221Z", "2022-04-20T20:42:40.221Z"),
            ("2022-04-20T20:42:40Z", "2022-04-20T20:42:40.000Z"),
            ("2022-04-20T22:42:40.5+02:00", "2022-04-20T20:42:40.500Z"),
            ("2022-04-20T20:42:40.221987Z", "2022-04-20T20:42:40.221Z"),
        ] {
            let time: Timestamp = read.parse().unwrap();
            assert_eq!(time.to_string(), written);
            assert_eq!(serde_json::to_string(&time).unwrap(), format!("\"{written}\""));
        }
    }

    #[test]
    fn any_time_is_written_as_chrono_writes_it() {
        for millis in (-62_135_596_800_000..253_402_300_799_999).step_by(1_234_567_890_123) {
            let time = Timestamp::from_millis(millis).unwrap();
            let expected = time.0.to_rfc3339_opts(SecondsFormat::Millis, true);
            assert_eq!(time.to_string(), expected);
        }
    }

    #[test]
    fn any_time_is_read_as_chrono_reads_it() {
        let usual = "2024-02-29T23:59:59.999Z";
        for at in 0..usual.len() {
            for with in "0259:-TZ+. ".chars() {
                let mut text = usual.to_owned();
                text.replace_range(at..=at, &with.to_string());
                let expected = DateTime::parse_from_rfc3339(&text).map(|time| time.to_utc());
                assert_eq!(text.parse::<Timestamp>().map(|time| time.0), expected, "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_time_is_told_with_the_form_of_one() {
        let told = serde_json::from_str::<Timestamp>("\"yesterday\"").unwrap_err().to_string();
        assert!(
            told.starts_with(r#"invalid value: string "yesterday", expected a time as in 2022"#)
        );
    }

    #[test]
    fn a_time_without_a_zone_is_refused() {
        assert!("2022-04-20T20:42:40".parse::<Timestamp>().is_err());
        assert!(serde_json::from_str::<Timestamp>("\"2022-04-20\"").is_err());
    }

    #[test]
    fn milliseconds_survive_the_way_there_and_back() {
        let time = Timestamp::from_millis(1_650_487_360_221).unwrap();
        assert_eq!(time.to_string(), "2022-04-20T20:42:40.221Z");
        assert_eq!(Timestamp::from_millis(time.millis()), Some(time));
    }
}
