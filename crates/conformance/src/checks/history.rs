//! Overlapping requests on one agent: whether some order, one after the other, explains all answers.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::json;

use crate::api;
use crate::check::Check;
use crate::checks::order::{Agent as Known, Event, event, explains, told};
use crate::context::{Agent, Context, Outcome};
use crate::generated::RequirementId as R;
use crate::transport::{Exchange, Request};

pub(super) const CHECKS: &[Check] = &[
    Check::new("race-history", &[R::RaceHistory], |cx| Box::pin(tokens(cx))).alone(),
    Check::new("race-history-delete", &[R::RaceHistory], |cx| Box::pin(deletes(cx)))
        .alone()
        .varies(),
    Check::new("race-history-urls", &[R::RaceHistory], |cx| Box::pin(urls(cx))).receptive().alone(),
];

/// How often requests overlap. Each time all orders of eight of them are tried if need be.
const ROUNDS: usize = 4;

/// Creates, a revocation and reads of tokens.
async fn tokens(cx: &Context<'_>) -> Outcome {
    for _ in 0..ROUNDS {
        let agent = cx.agent().await?;
        let token = cx.token(&agent).await?.id;
        let (project, id) = (&agent.project, agent.id);
        let requests = vec![
            new_token(cx, &agent),
            api::list_tokens(project, id),
            api::revoke_token(project, id, token),
            new_token(cx, &agent),
            api::get_token(project, id, token),
            api::list_tokens(project, id),
            new_token(cx, &agent),
            api::list_tokens(project, id),
        ];
        judge(cx, requests, Known { tokens: BTreeSet::from([token]), ..Known::default() }).await?;
    }
    Ok(())
}

/// The end of an agent among writes and reads of what belongs to it.
async fn deletes(cx: &Context<'_>) -> Outcome {
    for _ in 0..ROUNDS {
        let agent = cx.agent().await?;
        let token = cx.token(&agent).await?.id;
        let (project, id) = (&agent.project, agent.id);
        let requests = vec![
            api::list_tokens(project, id),
            api::delete_agent(project, id),
            new_token(cx, &agent),
            api::get_token(project, id, token),
            api::get_agent(project, id),
            api::list_tokens(project, id),
        ];
        judge(cx, requests, Known { tokens: BTreeSet::from([token]), ..Known::default() }).await?;
    }
    Ok(())
}

/// Creates, a delete and reads of URL configurations.
async fn urls(cx: &Context<'_>) -> Outcome {
    for _ in 0..ROUNDS {
        let agent = cx.agent().await?;
        let (url, _) = cx.url(&agent).await?;
        let (project, id) = (&agent.project, agent.id);
        let create =
            || api::create_url(project, id, json!({ "url": "grpcs://agent.example.com:4242" }));
        let requests = vec![
            create(),
            api::list_urls(project, id),
            api::delete_url(project, id, url),
            create(),
            api::get_url(project, id, url),
            api::list_urls(project, id),
        ];
        judge(cx, requests, Known { urls: BTreeSet::from([url]), ..Known::default() }).await?;
    }
    Ok(())
}

fn new_token(cx: &Context<'_>, agent: &Agent) -> Request {
    api::create_token(&agent.project, agent.id, json!({ "name": cx.name() }))
}

/// Sends all requests at once to an agent of which this much is known.
async fn judge(cx: &Context<'_>, requests: Vec<Request>, before: Known) -> Outcome {
    let answers = join_all(requests.into_iter().map(|request| cx.send(request))).await;
    let answers: Vec<Exchange> = answers.into_iter().collect::<Result<_, _>>()?;
    let Some(events) = answers.iter().map(event).collect::<Option<Vec<Event>>>() else {
        // What such an answer did is not known; other checks tell what is wrong with it.
        cx.skip(R::RaceHistory, "an overlapping request was answered in an unexpected way");
        return Ok(());
    };
    let got = format!("answers that no order explains: {}", told(&before, &events));
    let expected = "answers that some order of the requests explains";
    cx.expect_got(R::RaceHistory, explains(&events, &before), &answers[0], expected, got);
    Ok(())
}
