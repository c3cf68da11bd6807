//! Requests that meet: limits, names and deletes under simultaneous writes, and reads right after them.

use futures_util::future::join_all;
use serde_json::json;

use crate::api;
use crate::check::Check;
use crate::context::{Agent, Context, Outcome, Stop};
use crate::generated::RequirementId as R;
use crate::transport::{Exchange, Request};

pub(super) const CHECKS: &[Check] = &[
    Check::new("race-token-limit", &[R::RaceTokenLimit], |cx| Box::pin(token_limit(cx))).alone(),
    Check::new("race-agent-name", &[R::RaceAgentName], |cx| Box::pin(agent_name(cx))).alone(),
    Check::new("race-url-limit", &[R::RaceUrlLimit], |cx| Box::pin(url_limit(cx)))
        .receptive()
        .alone(),
    Check::new("race-delete", &[R::RaceDelete], |cx| Box::pin(delete(cx))).alone().varies(),
    Check::new("race-revoke", &[R::RaceRevoke], |cx| Box::pin(revoke(cx))).alone(),
    Check::new("race-fresh-reads", &[R::RaceFreshReads], |cx| Box::pin(fresh_reads(cx))),
];

/// How many requests meet. As many connections are open then.
const AT_ONCE: usize = 8;
/// How often each meeting is arranged, so that a narrow window is met.
const ROUNDS: usize = 5;

/// Sends requests at the same moment and waits for all answers.
async fn at_once(cx: &Context<'_>, requests: Vec<Request>) -> Result<Vec<Exchange>, Stop> {
    join_all(requests.into_iter().map(|request| cx.send(request))).await.into_iter().collect()
}

fn successes(answers: &[Exchange]) -> usize {
    answers.iter().filter(|answer| answer.is_success()).count()
}

fn new_token(cx: &Context<'_>, agent: &Agent) -> Request {
    api::create_token(&agent.project, agent.id, json!({ "name": cx.name() }))
}

/// With and without a token before, creates meet: as many succeed as there is room for.
async fn token_limit(cx: &Context<'_>) -> Outcome {
    for round in 0..ROUNDS {
        let agent = cx.agent().await?;
        let before = round % 2;
        for _ in 0..before {
            cx.token(&agent).await?;
        }
        let answers = at_once(cx, (0..AT_ONCE).map(|_| new_token(cx, &agent)).collect()).await?;
        let list = cx.send(api::list_tokens(&agent.project, agent.id)).await?;
        let (created, active) = (successes(&answers), list.ids().unwrap_or_default().len());
        let got = format!("{created} created, {active} active");
        let expected = format!("{} created, 2 active after {AT_ONCE} creates at once", 2 - before);
        cx.expect_got(
            R::RaceTokenLimit,
            created == 2 - before && active == 2,
            &list,
            expected,
            got,
        );
    }
    Ok(())
}

async fn agent_name(cx: &Context<'_>) -> Outcome {
    for _ in 0..ROUNDS {
        let (project, name) = (cx.project(), cx.name());
        let requests = (0..AT_ONCE).map(|_| api::register_agent(project, &name)).collect();
        let answers = at_once(cx, requests).await?;
        let made = answers.iter().filter_map(|answer| cx.adopt(project, answer)).count();
        let listed = cx.listed_agents(project).await?;
        let named = listed.items.iter().filter(|item| item["name"] == name.as_str()).count();
        let got = format!("{made} registered, {named} listed");
        let expected =
            format!("1 registered, 1 listed after {AT_ONCE} registrations of a name at once");
        cx.expect_got(R::RaceAgentName, made == 1 && named == 1, &listed.last, expected, got);
    }
    Ok(())
}

async fn url_limit(cx: &Context<'_>) -> Outcome {
    for _ in 0..ROUNDS {
        let agent = cx.agent().await?;
        let body = json!({ "url": "grpcs://agent.example.com:4242" });
        let request = api::create_url(&agent.project, agent.id, body);
        let answers = at_once(cx, vec![request; AT_ONCE]).await?;
        let list = cx.send(api::list_urls(&agent.project, agent.id)).await?;
        let (created, listed) = (successes(&answers), list.items().map_or(0, Vec::len));
        let got = format!("{created} created, {listed} listed");
        let expected = format!("1 created, 1 listed after {AT_ONCE} creates at once");
        cx.expect_got(R::RaceUrlLimit, created == 1 && listed == 1, &list, expected, got);
    }
    Ok(())
}

/// Deletes of an agent meet each other and creates of tokens.
async fn delete(cx: &Context<'_>) -> Outcome {
    for round in 0..ROUNDS {
        let agent = cx.agent().await?;
        let old = cx.token(&agent).await?.id;
        // Every second time a single delete, whose harm no later one mends.
        let deletes = if round % 2 == 0 { AT_ONCE } else { 1 };
        let requests = (0..AT_ONCE).map(|turn| match turn % 2 {
            0 if turn < deletes => api::delete_agent(&agent.project, agent.id),
            _ => new_token(cx, &agent),
        });
        let answers = at_once(cx, requests.collect()).await?;
        for answer in &answers {
            cx.expect(R::RaceDelete, answer.status < 500, answer, "no server error");
        }
        let created = answers.iter().find(|answer| answer.field("agent_id").is_u64());
        let latest = created.and_then(|answer| answer.field("id").as_u64()).unwrap_or(old);
        is_gone(cx, &agent, &[old, latest]).await?;
    }
    Ok(())
}

async fn is_gone(cx: &Context<'_>, agent: &Agent, tokens: &[u64]) -> Result<(), Stop> {
    let project = &agent.project;
    let mut reads = vec![api::get_agent(project, agent.id), api::list_tokens(project, agent.id)];
    reads.extend(tokens.iter().map(|token| api::get_token(project, agent.id, *token)));
    for read in reads {
        let what = format!("{} after the agent was deleted", read.operation_id());
        let answer = cx.send(read).await?;
        cx.accepted(R::RaceDelete, &answer, &what);
    }
    Ok(())
}

/// A revocation meets creates and reads of the same agent, and stays.
async fn revoke(cx: &Context<'_>) -> Outcome {
    for _ in 0..ROUNDS {
        let agent = cx.agent().await?;
        let (doomed, kept) = (cx.token(&agent).await?.id, cx.token(&agent).await?.id);
        let project = &agent.project;
        let requests = vec![
            api::revoke_token(project, agent.id, doomed),
            new_token(cx, &agent),
            api::list_tokens(project, agent.id),
            api::get_token(project, agent.id, kept),
            api::revoke_token(project, agent.id, doomed),
            new_token(cx, &agent),
        ];
        let answers = at_once(cx, requests).await?;
        if !answers[0].is_success() {
            return Err(cx.blocked("a token could not be revoked", &answers[0]));
        }
        let answer = cx.send(api::get_token(project, agent.id, doomed)).await?;
        cx.expect(R::RaceRevoke, answer.status == 404, &answer, "status 404 for the revoked token");
        let list = cx.send(api::list_tokens(project, agent.id)).await?;
        let ids = list.ids().unwrap_or_default();
        let holds = !ids.contains(&doomed) && ids.contains(&kept) && ids.len() <= 2;
        let expected = format!("the token {kept}, not {doomed}, and two in all at most");
        cx.expect_got(R::RaceRevoke, holds, &list, expected, format!("the tokens {ids:?}"));
    }
    Ok(())
}

/// Every write is followed by reads on several connections.
async fn fresh_reads(cx: &Context<'_>) -> Outcome {
    for _ in 0..ROUNDS {
        let agent = cx.agent().await?;
        let reads = vec![api::get_agent(&agent.project, agent.id); AT_ONCE / 2];
        for answer in at_once(cx, reads).await? {
            cx.expect(
                R::RaceFreshReads,
                answer.status == 200,
                &answer,
                "the agent that was just registered",
            );
        }
        let token = cx.token(&agent).await?.id;
        sees(cx, &agent, token, true).await?;
        let answer = cx.send(api::revoke_token(&agent.project, agent.id, token)).await?;
        if !answer.is_success() {
            return Err(cx.blocked("a token could not be revoked", &answer));
        }
        sees(cx, &agent, token, false).await?;
    }
    Ok(())
}

async fn sees(cx: &Context<'_>, agent: &Agent, token: u64, is_there: bool) -> Result<(), Stop> {
    let (project, id) = (&agent.project, agent.id);
    let mut reads = vec![api::list_tokens(project, id); AT_ONCE / 2];
    reads.extend(vec![api::get_token(project, id, token); AT_ONCE / 2]);
    for answer in at_once(cx, reads).await? {
        let sees = match answer.items() {
            Some(_) => answer.ids().is_some_and(|ids| ids.contains(&token)),
            None => answer.status == 200,
        };
        let expected = if is_there {
            "the token that was just created"
        } else {
            "no token that was just revoked"
        };
        cx.expect(R::RaceFreshReads, sees == is_there, &answer, expected);
    }
    Ok(())
}
