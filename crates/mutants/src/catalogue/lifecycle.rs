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
    Defect::new(
        "delete-forgets",
        R::AgentDelete,
        "Deleting an agent answers well and does nothing.",
        Store(Slip::DeleteForgets),
    ),
    Defect::new(
        "deleted-agent-read",
        R::AgentDelete,
        "A deleted agent is still found by its id.",
        Store(Slip::DeletedFound),
    ),
    Defect::new(
        "revoke-takes-other",
        R::TokenRevoke,
        "Revoking a token revokes the other one.",
        Store(Slip::RevokeOther),
    ),
    Defect::new(
        "last-revoke-deletes-agent",
        R::TokenRevoke,
        "Revoking the last token deletes the agent.",
        Store(Slip::LastRevokeDeletes),
    ),
    Defect::new(
        "revoke-toggles",
        R::TokenRevokeAgain,
        "Revoking a revoked token makes it active again.",
        Store(Slip::RevokeToggles),
    ),
    Defect::new(
        "tokens-inherited",
        R::AgentNameFreeAgain,
        "A new agent gets the tokens of the deleted one of its name.",
        Store(Slip::TokensInherited),
    ),
    Defect::new(
        "delete-revokes-others",
        R::IsolationIndependent,
        "Deleting an agent revokes the tokens of all others.",
        Store(Slip::DeleteRevokesOthers),
    ),
    Defect::new(
        "list-by-age",
        R::AgentListOrder,
        "Agents are listed in the order of their registration.",
        Store(Slip::ListByAge),
    ),
    Defect::new(
        "agent-with-tokens-kept",
        R::AgentDelete,
        "An agent that has tokens cannot be deleted.",
        Wire(agent_with_tokens_kept),
    ),
    Defect::new(
        "delete-leaves-url",
        R::AgentDeleteCascade,
        "The URL configuration of a deleted agent is still found.",
        Wire(|| remembers_deleted(O::GetUrlConfiguration)),
    ),
    Defect::new(
        "token-ids-from-one-per-agent",
        R::ExchangeIds,
        "The tokens of every agent are numbered from one.",
        Wire(|| items(&[O::CreateAgentToken], |token| put(token, "id", 1))),
    ),
];
