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
    Defect::new(
        "tokens-cached-across-users",
        R::IsolationActor,
        "A list of tokens that somebody has read is served from a cache to everybody.",
        Wire(|| cached(O::ListAgentTokens, 60_000, Scope::Everybody, true)),
    ),
    Defect::new(
        "urls-cached-across-users",
        R::IsolationActor,
        "A list of URL configurations that somebody has read is served from a cache to everybody.",
        Wire(|| cached(O::ListUrlConfigurations, 60_000, Scope::Everybody, true)),
    ),
    Defect::new(
        "cache-ignores-query",
        R::PageWalk,
        "Lists are served from a cache that does not look at the query.",
        Wire(|| cached(O::ListAgents, 60_000, Scope::Path, true)),
    ),
    Defect::new(
        "refusals-cached",
        R::ExchangeSteady,
        "A refusal is served from a cache to everybody for 200 ms.",
        Wire(refusals_cached),
    ),
    Defect::new(
        "shared-for-an-hour",
        R::ExchangePrivate,
        "Answers have an s-maxage of an hour.",
        Wire(|| after(|_, answer| answer.set_header("cache-control", "max-age=0, s-maxage=3600"))),
    ),
];
