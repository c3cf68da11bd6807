//! Answers that were made for somebody else.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "agent-cached-across-users",
        R::IsolationActor,
        "An agent that somebody has read is served from a cache to everybody.",
        Wire(|| cached(O::GetAgent, 60_000, Scope::Everybody, true)),
    ),
    Defect::new(
        "list-cached-across-users",
        R::IsolationActor,
        "A list that somebody has read is served from a cache to everybody for a second.",
        Wire(|| cached(O::ListAgents, 1_000, Scope::Everybody, true)),
    ),
    Defect::new(
        "answers-public",
        R::ExchangePrivate,
        "Answers allow shared caches to keep them.",
        Wire(|| after(|_, answer| answer.set_header("cache-control", "public, max-age=60"))),
    ),
];
