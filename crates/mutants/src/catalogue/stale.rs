//! Old answers to new questions.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "agents-listed-late",
        R::RaceFreshReads,
        "A new agent is in the list after 200 ms.",
        Store(Slip::ListedLate(200)),
    ),
    Defect::new(
        "agent-list-cached",
        R::RaceFreshReads,
        "Lists of agents are kept for 300 ms.",
        Wire(|| cached(O::ListAgents, 300, Scope::Caller, false)),
    ),
    Defect::new(
        "revocation-late",
        R::TokenRevoke,
        "A revocation takes effect after 200 ms.",
        Store(Slip::RevokedLate(200)),
    ),
    Defect::new(
        "token-got-late",
        R::TokenGet,
        "A new token is found after 100 ms.",
        Store(Slip::TokenLate(100)),
    ),
    Defect::new(
        "agent-found-late",
        R::AgentGet,
        "A new agent is found by its id after 150 ms.",
        Store(Slip::FoundLate(150)),
    ),
    Defect::new(
        "deletion-late",
        R::AgentDelete,
        "A deletion takes effect after 150 ms.",
        Store(Slip::DeletedLate(150)),
    ),
    Defect::new(
        "url-found-late",
        R::UrlRead,
        "A new URL configuration is found after 150 ms.",
        Store(Slip::UrlLate(150)),
    ),
    Defect::new(
        "agents-listed-50ms-late",
        R::RaceFreshReads,
        "A new agent is in the list after 50 ms.",
        Store(Slip::ListedLate(50)),
    ),
    Defect::new(
        "token-list-cached",
        R::RaceFreshReads,
        "Lists of tokens are kept for 100 ms.",
        Wire(|| cached(O::ListAgentTokens, 100, Scope::Caller, false)),
    ),
    Defect::new(
        "token-cached",
        R::TokenGetRevoked,
        "A token that was read is kept for 200 ms.",
        Wire(|| cached(O::GetAgentToken, 200, Scope::Caller, false)),
    ),
    Defect::new(
        "one-reader-lags",
        R::RaceFreshReads,
        "One list of agents in three comes from a copy that is up to 500 ms old.",
        Wire(one_reader_lags),
    ),
];
