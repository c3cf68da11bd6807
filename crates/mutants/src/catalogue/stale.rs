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
];
