//! What comes after creating: reading, revoking, deleting.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "revoked-token-listed",
        R::TokenListActive,
        "The list has revoked tokens.",
        Wire(|| remembers_revoked(O::ListAgentTokens)),
    ),
    Defect::new(
        "revoked-token-read",
        R::TokenGetRevoked,
        "A revoked token can still be read.",
        Wire(|| remembers_revoked(O::GetAgentToken)),
    ),
    Defect::new(
        "revoke-revokes-all",
        R::TokenRevoke,
        "Revoking one token revokes all of its agent.",
        Store(Slip::RevokeAll),
    ),
    Defect::new(
        "revoke-forgets",
        R::TokenRevoke,
        "Revoking answers well and does nothing.",
        Store(Slip::RevokeForgets),
    ),
    Defect::new(
        "tokens-outlive-agent",
        R::AgentDeleteCascade,
        "The tokens of a deleted agent can still be listed.",
        Store(Slip::TokensOutlive),
    ),
    Defect::new(
        "name-stays-taken",
        R::AgentNameFreeAgain,
        "The name of a deleted agent is never free again.",
        Store(Slip::NameStaysTaken),
    ),
    Defect::new(
        "agent-ids-reused",
        R::ExchangeIds,
        "The id of the last deleted agent is given out again.",
        Store(Slip::IdsReused),
    ),
    Defect::new(
        "deleted-agent-listed",
        R::AgentDelete,
        "A deleted agent stays in the list.",
        Store(Slip::DeletedListed),
    ),
];
