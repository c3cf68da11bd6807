//! How many requests a user may send in a minute.

use std::collections::HashMap;
use std::sync::Mutex;

const WINDOW_SECONDS: i64 = 60;

/// Counts the requests of each user in windows of a minute.
#[derive(Debug)]
pub struct RateLimit {
    per_minute: u32,
    windows: Mutex<HashMap<i64, Window>>,
}

#[derive(Debug, Default)]
struct Window {
    number: i64,
    requests: u32,
}

/// A request too many.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Exceeded {
    /// How many seconds to wait.
    pub retry_after: i64,
}

impl RateLimit {
    /// Allows this many requests of each user in a minute.
    #[must_use]
    pub fn new(per_minute: u32) -> Self {
        Self { per_minute, windows: Mutex::default() }
    }

    /// Counts a request of a user at a time, in seconds since 1970.
    ///
    /// # Errors
    ///
    /// It is one too many.
    pub fn take(&self, user_id: i64, now: i64) -> Result<(), Exceeded> {
        // A thread that panicked while it counted has at worst left one request out.
        let mut windows = self.windows.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let window = windows.entry(user_id).or_default();
        let number = now.div_euclid(WINDOW_SECONDS);
        if window.number != number {
            *window = Window { number, requests: 0 };
        }
        if window.requests >= self.per_minute {
            return Err(Exceeded { retry_after: WINDOW_SECONDS - now.rem_euclid(WINDOW_SECONDS) });
        }
        window.requests += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_user_has_the_same_number_of_requests_in_each_minute() {
        let limit = RateLimit::new(2);
        assert_eq!(limit.take(1, 100), Ok(()));
        assert_eq!(limit.take(1, 101), Ok(()));
        assert_eq!(limit.take(1, 110), Err(Exceeded { retry_after: 10 }));
        assert_eq!(limit.take(2, 110), Ok(()));
        assert_eq!(limit.take(1, 119), Err(Exceeded { retry_after: 1 }));
        assert_eq!(limit.take(1, 120), Ok(()));
    }
}
