//! The requirements that nothing judges yet. Each is reported as untestable and decides nothing.

use crate::generated::RequirementId as R;

/// The requirements without a check, and what a check of each would take.
pub(crate) const UNCHECKED: &[(R, &str)] = &[];
