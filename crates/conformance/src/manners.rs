//! How a target wants to be treated: how fast, how much, and for how long.

use std::time::Duration;

use crate::error::Error;

/// How many checks run at the same time unless told otherwise.
pub const DEFAULT_CONCURRENCY: usize = 8;
/// How many requests a second go to a host that is not this machine unless told otherwise.
pub const DEFAULT_RPS: u32 = 10;

/// What a run may ask of its target.
#[derive(Clone, Debug)]
pub struct Manners {
    /// How many requests a second are sent; nothing means as many as the target answers.
    pub max_rps: Option<u32>,
    /// How many checks run at the same time.
    pub concurrency: usize,
    /// After how many requests the run ends; what it has created is removed all the same.
    pub max_requests: Option<u64>,
    /// How long one answer may take.
    pub timeout: Duration,
    /// How long the run may take.
    pub max_time: Duration,
    /// Certificates that are trusted as well as those of the system, as PEM.
    pub ca_cert: Option<Vec<u8>>,
}

impl Manners {
    /// What is polite unless told otherwise. This machine need not be spared.
    pub fn towards(is_loopback: bool) -> Self {
        Self {
            max_rps: (!is_loopback).then_some(DEFAULT_RPS),
            concurrency: DEFAULT_CONCURRENCY,
            max_requests: None,
            timeout: Duration::from_secs(10),
            max_time: Duration::from_secs(30 * 60),
            ca_cert: None,
        }
    }
}

/// Reads a time like `500ms`, `10s`, `5m`, `1h` or `2d`; `setting` names the place in messages.
///
/// # Errors
///
/// Text that is no such time, or no time at all.
pub fn duration(text: &str, setting: &str) -> Result<Duration, Error> {
    let refuse = || Error::Setting {
        setting: setting.to_owned(),
        problem: format!("`{text}` is not a time; write it like 500ms, 10s, 5m, 1h or 2d"),
    };
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let milliseconds: u64 = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err(refuse()),
    };
    let number = number.parse::<u64>().ok().filter(|number| *number > 0);
    let total = number.and_then(|number| number.checked_mul(milliseconds));
    total.map(Duration::from_millis).ok_or_else(refuse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_number_and_a_unit() {
        let table = [("500ms", 500), ("10s", 10_000), ("5m", 300_000), ("1h", 3_600_000)];
        for (text, milliseconds) in table {
            let read = duration(text, "--timeout").expect(text);
            assert_eq!(read, Duration::from_millis(milliseconds), "{text}");
        }
        for text in ["", "10", "s", "0s", "-1s", "1 h", "1w", "99999999999999999999d"] {
            assert!(duration(text, "--timeout").is_err(), "{text}");
        }
        let error = duration("10", "--timeout").expect_err("no unit");
        insta::assert_snapshot!(error, @"--timeout: `10` is not a time; write it like 500ms, 10s, 5m, 1h or 2d");
    }

    #[test]
    fn only_this_machine_is_asked_as_fast_as_it_answers() {
        assert_eq!(Manners::towards(true).max_rps, None);
        assert_eq!(Manners::towards(false).max_rps, Some(DEFAULT_RPS));
    }
}
