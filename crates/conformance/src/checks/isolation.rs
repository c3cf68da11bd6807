//! What belongs to one agent, project or actor is out of reach through another.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::api;
use crate::check::{Check, Need};
use crate::checks::agents::{KEYS, same_values};
use crate::checks::projects::same_refusal;
use crate::checks::things::Things;
use crate::context::{Context, Outcome};
use crate::generated::RequirementId as R;
use crate::target::{Actor, Project};
use crate::transport::Request;

pub(super) const CHECKS: &[Check] = &[
    Check::new("isolation-agent", &[R::IsolationAgent, R::IsolationForeignAsMissing], |cx| {
        Box::pin(agent(cx))
    })
    .needs(&[Need::SecondProject]),
    Check::new("isolation-token", &[R::IsolationToken], |cx| Box::pin(token(cx))),
    Check::new("isolation-url", &[R::IsolationUrl], |cx| Box::pin(url(cx))).receptive(),
    Check::new("isolation-actor", &[R::IsolationActor], |cx| Box::pin(actor(cx))),
    Check::new("isolation-independent", &[R::IsolationIndependent], |cx| Box::pin(independent(cx))),
    Check::new("isolation-lists", &[R::IsolationLists], |cx| Box::pin(lists(cx))),
];

/// How many pairs of answers are asked for at the same moment.
const PAIRS: usize = 12;

fn requests(cx: &Context<'_>, project: &Project, agent: u64, token: u64) -> Vec<Request> {
    vec![
        api::get_agent(project, agent),
        api::list_tokens(project, agent),
        api::get_token(project, agent, token),
        api::create_token(project, agent, json!({ "name": cx.name() })),
        api::revoke_token(project, agent, token),
        api::delete_agent(project, agent),
    ]
}

async fn agent(cx: &Context<'_>) -> Outcome {
    let things = Things::make_in(cx, cx.second_project()?).await?;
    let foreign = requests(cx, cx.project(), things.agent.id, things.token);
    let missing = requests(cx, cx.project(), api::NOBODYS, api::NOBODYS);
    for (foreign, missing) in foreign.into_iter().zip(missing) {
        let what = format!("{} for an agent of another project", foreign.operation_id());
        let answer = cx.send(foreign).await?;
        if !cx.accepted(R::IsolationAgent, &answer, &what) {
            // Whatever was found may be somebody else's: no write goes there.
            return Ok(());
        }
        let reference = cx.send(missing).await?;
        same_refusal(cx, R::IsolationForeignAsMissing, &answer, &reference);
        things.are_untouched(cx, R::IsolationAgent, &answer).await?;
    }
    Ok(())
}

async fn token(cx: &Context<'_>) -> Outcome {
    let (things, other) = (Things::make(cx).await?, cx.agent().await?);
    let (project, token) = (&other.project, things.token);
    for request in
        [api::get_token(project, other.id, token), api::revoke_token(project, other.id, token)]
    {
        let what = format!("{} through another agent", request.operation_id());
        let answer = cx.send(request).await?;
        cx.accepted(R::IsolationToken, &answer, &what);
        things.are_untouched(cx, R::IsolationToken, &answer).await?;
    }
    Ok(())
}

async fn url(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    let Some(url) = things.url else { return Ok(()) };
    let (project, bare) = (&things.agent.project, things.bare.id);
    let mut requests = vec![api::get_url(project, bare, url), api::delete_url(project, bare, url)];
    if let Ok(second) = cx.second_project() {
        let body = json!({ "url": "grpcs://other.example.com:4242" });
        requests.extend([
            api::list_urls(second, things.agent.id),
            api::get_url(second, things.agent.id, url),
            api::create_url(second, bare, body),
            api::delete_url(second, things.agent.id, url),
        ]);
    }
    for request in requests {
        let what = format!("{} through another agent or project", request.operation_id());
        let answer = cx.send(request).await?;
        if !cx.accepted(R::IsolationUrl, &answer, &what) {
            return Ok(());
        }
        things.are_untouched(cx, R::IsolationUrl, &answer).await?;
    }
    Ok(())
}

/// One read by somebody who may and somebody who may not, at the same moment.
async fn actor(cx: &Context<'_>) -> Outcome {
    let Some(other) =
        [Actor::Outsider, Actor::Guest, Actor::Reporter].into_iter().find(|actor| cx.has(*actor))
    else {
        cx.skip(R::IsolationActor, "no token of an outsider, a guest or a reporter is set");
        return Ok(());
    };
    let things = Things::make(cx).await?;
    for request in [things.agent_reads(), things.token_reads()].concat() {
        let callers = (0..PAIRS).map(|turn| if turn % 2 == 0 { Actor::Maintainer } else { other });
        let answers = join_all(callers.map(|actor| cx.send(request.clone().by(actor)))).await;
        for (turn, answer) in answers.into_iter().enumerate() {
            let answer = answer?;
            let is_allowed = turn % 2 == 0;
            let expected = if is_allowed { "a success for the maintainer" } else { "a refusal" };
            cx.expect(R::IsolationActor, answer.is_success() == is_allowed, &answer, expected);
        }
    }
    Ok(())
}

async fn independent(cx: &Context<'_>) -> Outcome {
    let (kept, changed) = (Things::make(cx).await?, Things::make(cx).await?);
    let writes =
        [changed.token_writes(cx), changed.url_writes(), changed.agent_writes(cx)].concat();
    for request in writes {
        let answer = cx.send(request).await?;
        cx.adopt(cx.project(), &answer);
        kept.are_untouched(cx, R::IsolationIndependent, &answer).await?;
        let read = cx.send(api::get_agent(&kept.agent.project, kept.agent.id)).await?;
        let body = read.json().unwrap_or(&Value::Null);
        same_values(cx, R::IsolationIndependent, &read, &kept.agent.body, body, &KEYS);
    }
    Ok(())
}

/// Lists of two agents, and of two projects, one after the other. The oracles look at the owners.
async fn lists(cx: &Context<'_>) -> Outcome {
    let (one, two) = (Things::make(cx).await?, Things::make(cx).await?);
    for things in [&one, &two] {
        let answer = cx.send(api::list_tokens(&things.agent.project, things.agent.id)).await?;
        let (expected, got) = (json!([things.token]), json!(answer.ids()));
        cx.same(R::IsolationLists, &answer, "the tokens", &expected, &got);
    }
    let Ok(second) = cx.second_project() else { return Ok(()) };
    let foreign = cx.agent_in(second).await?;
    let listed = cx.listed_agents(cx.project()).await?;
    let has_foreign = listed.items.iter().any(|item| item["id"].as_u64() == Some(foreign.id));
    let got = "an agent of the second project";
    cx.expect_got(R::IsolationLists, !has_foreign, &listed.last, "only agents of the project", got);
    Ok(())
}
