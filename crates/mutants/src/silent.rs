//! Requirements that kill no defect, and why that is so.

use cluster_agents_conformance::generated::RequirementId as R;

const MAY: &str = "a MAY: whatever an implementation does, the suite only tells it";

const REASONS: &[(R, &str)] = &[(R::PageBelowOne, MAY), (R::RoleUrlReadsDeveloper, MAY)];

/// Why a requirement kills nothing, if that is known.
#[must_use]
pub(crate) fn reason(id: R) -> Option<&'static str> {
    REASONS.iter().find(|(known, _)| *known == id).map(|(_, reason)| *reason)
}
