//! The checks, one file per subject.

mod agents;

use crate::check::Check;

/// All checks in the order in which they are planned.
pub fn all() -> impl Iterator<Item = &'static Check> {
    [agents::CHECKS].into_iter().flatten()
}
