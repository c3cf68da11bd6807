//! Overlapping requests on one agent: whether some order, one after the other, explains all answers.

use std::collections::BTreeSet;
use std::time::Instant;

use futures_util::future::join_all;
use serde_json::json;

use crate::api;
use crate::check::Check;
use crate::context::{Agent, Context, Outcome};
use crate::generated::RequirementId as R;
use crate::transport::{Exchange, Request};

pub(super) const CHECKS: &[Check] =
    &[Check::new("race-history", &[R::RaceHistory], |cx| Box::pin(history(cx))).alone()];

/// How often requests overlap. Each time all orders of eight of them are tried if need be.
const ROUNDS: usize = 4;

async fn history(cx: &Context<'_>) -> Outcome {
    for _ in 0..ROUNDS {
        let agent = cx.agent().await?;
        let token = cx.token(&agent).await?.id;
        let answers =
            join_all(overlapping(cx, &agent, token).into_iter().map(|request| cx.send(request)))
                .await;
        let answers: Vec<Exchange> = answers.into_iter().collect::<Result<_, _>>()?;
        let Some(events) = answers.iter().map(event).collect::<Option<Vec<_>>>() else {
            // What such an answer did is not known; other checks tell what is wrong with it.
            cx.skip(R::RaceHistory, "an overlapping request was answered in an unexpected way");
            continue;
        };
        let explained = explains(&events, &BTreeSet::from([token]));
        let got = format!("answers that no order explains: {}", told(&events, token));
        let expected = "answers that some order of the requests explains";
        cx.expect_got(R::RaceHistory, explained, &answers[0], expected, got);
    }
    Ok(())
}

fn overlapping(cx: &Context<'_>, agent: &Agent, token: u64) -> Vec<Request> {
    let (project, id) = (&agent.project, agent.id);
    let create = || api::create_token(project, id, json!({ "name": cx.name() }));
    vec![
        create(),
        api::list_tokens(project, id),
        api::revoke_token(project, id, token),
        create(),
        api::get_token(project, id, token),
        api::list_tokens(project, id),
        create(),
        api::list_tokens(project, id),
    ]
}

/// One request with its answer, and the time in which it took effect.
#[derive(Clone, Debug)]
struct Event {
    from: Instant,
    to: Instant,
    effect: Effect,
}

/// What an answer says that its request did or saw.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Effect {
    Created(u64),
    LimitReached,
    Revoked(u64),
    Listed(BTreeSet<u64>),
    Got { token: u64, is_active: bool },
}

fn event(answer: &Exchange) -> Option<Event> {
    let token = || answer.request.path.rsplit('/').next()?.parse().ok();
    let effect = match (answer.request.operation_id(), answer.status) {
        ("createAgentToken", 200 | 201) => Effect::Created(answer.field("id").as_u64()?),
        ("createAgentToken", 400 | 403 | 409 | 422) => Effect::LimitReached,
        ("revokeAgentToken", 200 | 202 | 204) => Effect::Revoked(token()?),
        ("listAgentTokens", 200) => Effect::Listed(answer.ids()?.into_iter().collect()),
        ("getAgentToken", status @ (200 | 404)) => {
            Effect::Got { token: token()?, is_active: status == 200 }
        }
        _ => return None,
    };
    Some(Event { from: answer.started, to: answer.started + answer.took, effect })
}

/// Whether the events can be put into an order in which each follows from those before it, and
/// none comes before one that had ended when it began.
fn explains(events: &[Event], active: &BTreeSet<u64>) -> bool {
    if events.is_empty() {
        return true;
    }
    (0..events.len()).any(|index| {
        let may_be_first = events.iter().all(|other| other.to >= events[index].from);
        let after = if may_be_first { apply(&events[index].effect, active) } else { None };
        after.is_some_and(|after| {
            let mut rest = events.to_vec();
            rest.remove(index);
            explains(&rest, &after)
        })
    })
}

/// The active tokens after an event, if it can happen at all.
fn apply(effect: &Effect, active: &BTreeSet<u64>) -> Option<BTreeSet<u64>> {
    let mut after = active.clone();
    let can_happen = match effect {
        Effect::Created(token) => active.len() < 2 && after.insert(*token),
        Effect::LimitReached => active.len() == 2,
        // Revoking again is right as well.
        Effect::Revoked(token) => {
            after.remove(token);
            true
        }
        Effect::Listed(seen) => seen == active,
        Effect::Got { token, is_active } => active.contains(token) == *is_active,
    };
    can_happen.then_some(after)
}

fn told(events: &[Event], token: u64) -> String {
    let words = |effect: &Effect| match effect {
        Effect::Created(token) => format!("created {token}"),
        Effect::LimitReached => String::from("create refused"),
        Effect::Revoked(token) => format!("revoked {token}"),
        Effect::Listed(seen) => format!("listed {seen:?}"),
        Effect::Got { token, is_active: true } => format!("got {token}"),
        Effect::Got { token, is_active: false } => format!("{token} not found"),
    };
    let events: Vec<String> = events.iter().map(|event| words(&event.effect)).collect();
    format!("at first {{{token}}}; {}", events.join(", "))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Events between the given milliseconds.
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
        explains(&events, &BTreeSet::from([1]))
    }

    fn listed(tokens: &[u64]) -> Effect {
        Effect::Listed(tokens.iter().copied().collect())
    }

    #[test]
    fn overlapping_requests_may_have_happened_in_any_order() {
        assert!(explained(&[
            (0, 9, listed(&[1, 2])),
            (0, 9, Effect::Created(2)),
            (0, 9, listed(&[1]))
        ]));
        assert!(explained(&[
            (0, 9, Effect::Created(2)),
            (0, 9, Effect::Created(3)),
            (0, 9, Effect::Revoked(1)),
            (0, 9, listed(&[2, 3])),
        ]));
    }

    #[test]
    fn a_read_that_begins_after_a_write_sees_it() {
        assert!(explained(&[(0, 1, Effect::Created(2)), (2, 3, listed(&[1, 2]))]));
        assert!(!explained(&[(0, 1, Effect::Created(2)), (2, 3, listed(&[1]))]));
    }

    #[test]
    fn no_order_explains_a_third_token_or_a_token_that_comes_back() {
        assert!(!explained(&[(0, 9, Effect::Created(2)), (0, 9, Effect::Created(3))]));
        assert!(!explained(&[
            (0, 1, Effect::Revoked(1)),
            (2, 3, Effect::Got { token: 1, is_active: true }),
        ]));
    }

    #[test]
    fn a_create_is_refused_only_if_there_are_two() {
        assert!(explained(&[(0, 9, Effect::Created(2)), (0, 9, Effect::LimitReached)]));
        assert!(!explained(&[(0, 9, Effect::LimitReached)]));
    }
}
