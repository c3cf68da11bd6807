//! How much goes wrong.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

/// Where the proxy stands, and how much goes wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Settings {
    /// What all chance comes from.
    pub seed: u64,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The server behind.
    pub upstream: SocketAddr,
    /// How long a request is held back at most.
    pub longest_delay: Duration,
    /// How long a request without an answer is held before its connection is cut.
    pub silence: Duration,
}

impl Settings {
    /// On a free port of loopback, with delays of at most a fifth of a second and a minute of silence.
    #[must_use]
    pub fn new(seed: u64, upstream: SocketAddr) -> Self {
        Self {
            seed,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            upstream,
            longest_delay: Duration::from_millis(200),
            silence: Duration::from_secs(60),
        }
    }
}
