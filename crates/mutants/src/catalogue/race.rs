//! Requests that meet.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "token-limit-20ms",
        R::RaceTokenLimit,
        "The tokens are counted, and 20 ms later one is created.",
        Store(Slip::TokenWindow(20)),
    ),
    Defect::new(
        "agent-name-10ms",
        R::RaceAgentName,
        "The name is looked up, and 10 ms later the agent is registered.",
        Store(Slip::NameWindow(10)),
    ),
    Defect::new(
        "url-limit-5ms",
        R::RaceUrlLimit,
        "The configuration is looked up, and 5 ms later one is created.",
        Store(Slip::UrlWindow(5)),
    ),
    Defect::new(
        "revocation-lost",
        R::RaceRevoke,
        "Creating a token writes all tokens back as they were 20 ms ago.",
        Store(Slip::RevokeLost(20)),
    ),
    Defect::new(
        "token-outlives-agent",
        R::RaceDelete,
        "A token that is created while its agent is deleted brings the agent back.",
        Store(Slip::DeleteWindow(20)),
    ),
];
