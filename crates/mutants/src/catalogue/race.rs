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
    Defect::new(
        "token-limit-1ms",
        R::RaceTokenLimit,
        "The tokens are counted, and 1 ms later one is created.",
        Store(Slip::TokenWindow(1)),
    ),
    Defect::new(
        "token-limit-50ms",
        R::RaceTokenLimit,
        "The tokens are counted, and 50 ms later one is created.",
        Store(Slip::TokenWindow(50)),
    ),
    Defect::new(
        "agent-name-1ms",
        R::RaceAgentName,
        "The name is looked up, and 1 ms later the agent is registered.",
        Store(Slip::NameWindow(1)),
    ),
    Defect::new(
        "agent-name-50ms",
        R::RaceAgentName,
        "The name is looked up, and 50 ms later the agent is registered.",
        Store(Slip::NameWindow(50)),
    ),
    Defect::new(
        "url-limit-1ms",
        R::RaceUrlLimit,
        "The configuration is looked up, and 1 ms later one is created.",
        Store(Slip::UrlWindow(1)),
    ),
    Defect::new(
        "url-limit-50ms",
        R::RaceUrlLimit,
        "The configuration is looked up, and 50 ms later one is created.",
        Store(Slip::UrlWindow(50)),
    ),
    Defect::new(
        "revocation-lost-2ms",
        R::RaceRevoke,
        "Creating a token writes all tokens back as they were 2 ms ago.",
        Store(Slip::RevokeLost(2)),
    ),
    Defect::new(
        "revocation-lost-50ms",
        R::RaceRevoke,
        "Creating a token writes all tokens back as they were 50 ms ago.",
        Store(Slip::RevokeLost(50)),
    ),
    Defect::new(
        "token-outlives-agent-5ms",
        R::RaceDelete,
        "A token that is created within 5 ms of a delete brings the agent back.",
        Store(Slip::DeleteWindow(5)),
    ),
    Defect::new(
        "name-race-answers-500",
        R::RaceAgentName,
        "Whoever loses a race for a name gets a server error.",
        Wire(name_race_answers_500),
    ),
    Defect::new(
        "delete-race-answers-500",
        R::RaceDelete,
        "Whoever comes within 50 ms of a delete gets a server error.",
        Wire(delete_race_answers_500),
    ),
    Defect::new(
        "answers-mixed-up",
        R::IsolationActor,
        "Of reads that are under way at the same moment each gets the answer of the first.",
        Wire(answers_mixed_up),
    ),
];
