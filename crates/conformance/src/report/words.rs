//! What several formats say in the same words.

use crate::repro::Reproduced;
use crate::verdict::{RunVerdict, Verdict};

pub(super) const fn verdict(verdict: RunVerdict) -> &'static str {
    match verdict {
        RunVerdict::Conformant => "conformant",
        RunVerdict::NonConformant => "not conformant",
        RunVerdict::Inconclusive => "inconclusive",
    }
}

/// Milliseconds as seconds with two digits.
pub(super) fn seconds(ms: u64) -> String {
    format!("{}.{:02}", ms / 1000, ms % 1000 / 10)
}

/// Whether somebody has to act on it.
pub(super) fn is_broken(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Fail | Verdict::Warn | Verdict::Error)
}

/// How often a failure was seen again.
pub(super) fn reproduced(seen: Reproduced) -> String {
    let told = format!("reproduced {} of {} times", seen.times, seen.of);
    match seen.times {
        0 => format!("{told}: it may depend on chance or on what else went on"),
        _ => told,
    }
}
