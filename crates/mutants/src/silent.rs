//! Requirements that kill no defect, and why that is so.

use cluster_agents_conformance::generated::RequirementId as R;

const REASONS: &[(R, &str)] = &[];

/// Why a requirement kills nothing, if that is known.
#[must_use]
pub(crate) fn reason(id: R) -> Option<&'static str> {
    REASONS.iter().find(|(known, _)| *known == id).map(|(_, reason)| *reason)
}
