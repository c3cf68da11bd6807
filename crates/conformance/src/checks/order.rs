//! A history of overlapping requests, and whether the model explains it in some order.

use std::collections::BTreeSet;
use std::time::Instant;

use crate::transport::Exchange;

/// An agent as the model knows it: it is there, and so are these.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Agent {
    pub(super) is_gone: bool,
    pub(super) tokens: BTreeSet<u64>,
    pub(super) urls: BTreeSet<u64>,
}

/// One request with its answer, and the time in which it took effect.
#[derive(Clone, Debug)]
pub(super) struct Event {
    from: Instant,
    to: Instant,
    effect: Effect,
}

/// What an answer says that its request did or saw.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Effect {
    AgentFound,
    AgentDeleted,
    /// Not found, which a deleted agent explains, and for some requests more.
    Missing(Missing),
    Created(Kind, u64),
    LimitReached(Kind),
    /// A token is revoked, a configuration deleted.
    Removed(Kind, u64),
    Listed(Kind, BTreeSet<u64>),
    Got(Kind, u64),
}

/// What was asked for in vain.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Missing {
    /// The agent, or something that every agent has.
    Agent,
    One(Kind, u64),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Token,
    Url,
}

/// What an answer says; nothing if it is one that the requests should not get.
pub(super) fn event(answer: &Exchange) -> Option<Event> {
    let effect = effect(answer)?;
    Some(Event { from: answer.started, to: answer.started + answer.took, effect })
}

fn effect(answer: &Exchange) -> Option<Effect> {
    let operation = answer.request.operation_id();
    let kind = if operation.contains("Token") { Kind::Token } else { Kind::Url };
    let last = || answer.request.path.rsplit('/').next()?.parse().ok();
    Some(match (operation, answer.status) {
        ("getAgent", 200) => Effect::AgentFound,
        ("deleteAgent", 200 | 202 | 204) => Effect::AgentDeleted,
        ("createAgentToken" | "createUrlConfiguration", 200 | 201) => {
            Effect::Created(kind, answer.field("id").as_u64()?)
        }
        ("createAgentToken" | "createUrlConfiguration", 400 | 403 | 409 | 422) => {
            Effect::LimitReached(kind)
        }
        ("revokeAgentToken" | "deleteUrlConfiguration", 200 | 202 | 204) => {
            Effect::Removed(kind, last()?)
        }
        ("listAgentTokens" | "listUrlConfigurations", 200) => {
            Effect::Listed(kind, answer.ids()?.into_iter().collect())
        }
        ("getAgentToken" | "getUrlConfiguration", 200) => Effect::Got(kind, last()?),
        (
            "getAgentToken" | "getUrlConfiguration" | "revokeAgentToken" | "deleteUrlConfiguration",
            404 | 410,
        ) => Effect::Missing(Missing::One(kind, last()?)),
        (_, 404 | 410) => Effect::Missing(Missing::Agent),
        _ => return None,
    })
}

/// Whether the events can be put into an order in which each follows from those before it, and
/// none comes before one that had ended when it began.
pub(super) fn explains(events: &[Event], before: &Agent) -> bool {
    if events.is_empty() {
        return true;
    }
    (0..events.len()).any(|index| {
        let may_be_first = events.iter().all(|other| other.to >= events[index].from);
        let after = if may_be_first { before.after(&events[index].effect) } else { None };
        after.is_some_and(|after| {
            let mut rest = events.to_vec();
            rest.remove(index);
            explains(&rest, &after)
        })
    })
}

impl Kind {
    fn limit(self) -> usize {
        match self {
            Self::Token => 2,
            Self::Url => 1,
        }
    }
}

impl Agent {
    /// The agent after an event, if it can happen at all.
    fn after(&self, effect: &Effect) -> Option<Self> {
        let mut after = self.clone();
        let can_happen = match effect {
            Effect::Missing(Missing::Agent) => self.is_gone,
            Effect::Missing(Missing::One(kind, id)) => self.is_gone || !self.of(*kind).contains(id),
            // How a create fails whose agent vanishes is left open.
            Effect::LimitReached(_) if self.is_gone => true,
            _ if self.is_gone => false,
            Effect::AgentFound => true,
            Effect::AgentDeleted => {
                after.is_gone = true;
                true
            }
            Effect::Created(kind, id) => {
                self.of(*kind).len() < kind.limit() && after.of_mut(*kind).insert(*id)
            }
            Effect::LimitReached(kind) => self.of(*kind).len() == kind.limit(),
            // Removing again is right as well; other checks judge that.
            Effect::Removed(kind, id) => {
                after.of_mut(*kind).remove(id);
                true
            }
            Effect::Listed(kind, seen) => seen == self.of(*kind),
            Effect::Got(kind, id) => self.of(*kind).contains(id),
        };
        can_happen.then_some(after)
    }

    fn of(&self, kind: Kind) -> &BTreeSet<u64> {
        match kind {
            Kind::Token => &self.tokens,
            Kind::Url => &self.urls,
        }
    }

    fn of_mut(&mut self, kind: Kind) -> &mut BTreeSet<u64> {
        match kind {
            Kind::Token => &mut self.tokens,
            Kind::Url => &mut self.urls,
        }
    }
}

/// What was there before, and all answers in words.
pub(super) fn told(before: &Agent, events: &[Event]) -> String {
    let words = |effect: &Effect| match effect {
        Effect::AgentFound => String::from("got the agent"),
        Effect::AgentDeleted => String::from("deleted the agent"),
        Effect::Missing(Missing::Agent) => String::from("no such agent"),
        Effect::Missing(Missing::One(_, id)) => format!("{id} not found"),
        Effect::Created(_, id) => format!("created {id}"),
        Effect::LimitReached(_) => String::from("create refused"),
        Effect::Removed(Kind::Token, id) => format!("revoked {id}"),
        Effect::Removed(Kind::Url, id) => format!("deleted {id}"),
        Effect::Listed(_, seen) => format!("listed {seen:?}"),
        Effect::Got(_, id) => format!("got {id}"),
    };
    let known: Vec<u64> = before.tokens.union(&before.urls).copied().collect();
    let events: Vec<String> = events.iter().map(|event| words(&event.effect)).collect();
    format!("at first {known:?}; {}", events.join(", "))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Events between the given milliseconds, of an agent with the token 1.
    fn explained(events: &[(u64, u64, Effect)]) -> bool {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let events: Vec<Event> = events
            .iter()
            .map(|(from, to, effect)| Event {
                from: at(*from),
                to: at(*to),
                effect: effect.clone(),
            })
            .collect();
        explains(&events, &Agent { tokens: BTreeSet::from([1]), ..Agent::default() })
    }

    fn listed(tokens: &[u64]) -> Effect {
        Effect::Listed(Kind::Token, tokens.iter().copied().collect())
    }

    fn created(token: u64) -> Effect {
        Effect::Created(Kind::Token, token)
    }

    const REFUSED: Effect = Effect::LimitReached(Kind::Token);
    const NO_AGENT: Effect = Effect::Missing(Missing::Agent);

    #[test]
    fn overlapping_requests_may_have_happened_in_any_order() {
        assert!(explained(&[(0, 9, listed(&[1, 2])), (0, 9, created(2)), (0, 9, listed(&[1]))]));
        assert!(explained(&[
            (0, 9, created(2)),
            (0, 9, created(3)),
            (0, 9, Effect::Removed(Kind::Token, 1)),
            (0, 9, listed(&[2, 3])),
        ]));
    }

    #[test]
    fn a_read_that_begins_after_a_write_sees_it() {
        assert!(explained(&[(0, 1, created(2)), (2, 3, listed(&[1, 2]))]));
        assert!(!explained(&[(0, 1, created(2)), (2, 3, listed(&[1]))]));
    }

    #[test]
    fn no_order_explains_a_third_token_or_a_token_that_comes_back() {
        assert!(!explained(&[(0, 9, created(2)), (0, 9, created(3))]));
        assert!(!explained(&[
            (0, 1, Effect::Removed(Kind::Token, 1)),
            (2, 3, Effect::Got(Kind::Token, 1)),
        ]));
    }

    #[test]
    fn a_create_is_refused_only_if_there_are_two() {
        assert!(explained(&[(0, 9, created(2)), (0, 9, REFUSED)]));
        assert!(!explained(&[(0, 9, REFUSED)]));
    }

    #[test]
    fn nothing_happens_to_an_agent_that_is_gone() {
        let deleted = || (0, 9, Effect::AgentDeleted);
        assert!(explained(&[deleted(), (0, 9, created(2)), (0, 9, NO_AGENT)]));
        assert!(!explained(&[(0, 1, Effect::AgentDeleted), (2, 3, created(2))]));
        assert!(!explained(&[(0, 1, NO_AGENT), (2, 3, Effect::AgentFound), deleted()]));
    }

    #[test]
    fn an_agent_has_one_configuration_at_a_time() {
        let created = |id| (0, 9, Effect::Created(Kind::Url, id));
        assert!(!explained(&[created(5), created(6)]));
        assert!(explained(&[created(5), (0, 9, Effect::Removed(Kind::Url, 5)), created(6)]));
    }
}
