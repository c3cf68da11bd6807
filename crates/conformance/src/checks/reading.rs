//! What can be judged of what exists already, by reads alone. Only runs that may change nothing have
//! these checks; all others make things of their own to look at.

use serde_json::Value;

use crate::api;
use crate::check::{Check, Need};
use crate::checks::agents::{self, same_values};
use crate::checks::{pages, tokens, urls};
use crate::context::{Context, Outcome, Stop};
use crate::generated::RequirementId as R;
use crate::target::{Actor, Secret};
use crate::transport::{Credential, Exchange, Request};

pub(super) const CHECKS: &[Check] = &[
    Check::new("reading-agents", &[R::AgentGet, R::ExchangeListMatchesGet], |cx| {
        Box::pin(agents(cx))
    })
    .reads(),
    Check::new("reading-tokens", &[R::TokenGet, R::ExchangeListMatchesGet], |cx| {
        Box::pin(tokens(cx))
    })
    .reads(),
    Check::new("reading-urls", &[R::UrlRead], |cx| Box::pin(urls(cx))).receptive().reads(),
    Check::new("reading-pages", pages::LAWS, |cx| Box::pin(pages::agents_of_the_project(cx)))
        .alone()
        .reads(),
    Check::new("reading-steady", &[R::ExchangeSteady, R::ExchangeHead], |cx| Box::pin(steady(cx)))
        .reads(),
    Check::new("reading-unknown", &[R::ExchangeIdUnknown], |cx| Box::pin(unknown(cx))).reads(),
    Check::new(
        "reading-credentials",
        &[R::AuthPrivateToken, R::AuthBearer, R::AuthRequired, R::AuthUnknown, R::AuthStatus],
        |cx| Box::pin(credentials(cx)),
    )
    .reads(),
    Check::new("reading-isolation", &[R::IsolationAgent], |cx| Box::pin(isolation(cx)))
        .needs(&[Need::SecondProject])
        .reads(),
    Check::new("reading-foreign-tokens", &[R::IsolationToken], |cx| Box::pin(foreign_tokens(cx)))
        .reads(),
];

/// The agents to look at.
fn subjects<'c>(cx: &'c Context<'_>) -> Result<&'c [u64], Stop> {
    let subjects = &cx.session.facts.subjects;
    match subjects.is_empty() {
        false => Ok(subjects),
        true => Err(Stop::Skip(String::from("the project has no agents to look at"))),
    }
}

async fn agents(cx: &Context<'_>) -> Outcome {
    let listed = cx.send(api::list_agents(cx.project()).query("per_page", 100)).await?;
    for id in subjects(cx)? {
        let answer = cx.send(api::get_agent(cx.project(), id)).await?;
        if cx.succeeded(R::AgentGet, &answer, "getting an agent") {
            like_its_entry(cx, &listed, &answer, &agents::KEYS);
        }
    }
    Ok(())
}

async fn tokens(cx: &Context<'_>) -> Outcome {
    let mut seen = 0;
    for agent in subjects(cx)? {
        let listed = cx.send(api::list_tokens(cx.project(), agent)).await?;
        cx.succeeded(R::TokenGet, &listed, "listing the tokens of an agent");
        for token in listed.ids().unwrap_or_default().into_iter().take(2) {
            let answer = cx.send(api::get_token(cx.project(), agent, token)).await?;
            seen += 1;
            if cx.succeeded(R::TokenGet, &answer, "getting a token") {
                like_its_entry(cx, &listed, &answer, &tokens::LIST_KEYS);
            }
        }
    }
    match seen {
        0 => Err(Stop::Skip(String::from("the agents that were looked at have no tokens"))),
        _ => Ok(()),
    }
}

async fn urls(cx: &Context<'_>) -> Outcome {
    for agent in subjects(cx)? {
        let listed = cx.send(api::list_urls(cx.project(), agent)).await?;
        cx.succeeded(R::UrlRead, &listed, "listing the URL configurations of an agent");
        for url in listed.ids().unwrap_or_default() {
            let answer = cx.send(api::get_url(cx.project(), agent, url)).await?;
            if cx.succeeded(R::UrlRead, &answer, "getting a URL configuration") {
                let entry = entry(&listed, &answer);
                let body = answer.json().unwrap_or(&Value::Null);
                same_values(cx, R::UrlRead, &answer, entry, body, &urls::KEYS);
            }
        }
    }
    Ok(())
}

/// Judges that a thing alone is as it was in the list. What has left the list meanwhile, or was on
/// another page, is not compared.
fn like_its_entry(cx: &Context<'_>, listed: &Exchange, answer: &Exchange, keys: &[&str]) {
    let entry = entry(listed, answer);
    if !entry.is_null() {
        let body = answer.json().unwrap_or(&Value::Null);
        same_values(cx, R::ExchangeListMatchesGet, answer, entry, body, keys);
    }
}

fn entry<'l>(listed: &'l Exchange, answer: &Exchange) -> &'l Value {
    let items = listed.items().map_or(&[][..], Vec::as_slice);
    items.iter().find(|item| item["id"] == *answer.field("id")).unwrap_or(&Value::Null)
}

async fn steady(cx: &Context<'_>) -> Outcome {
    for id in subjects(cx)? {
        let request = api::get_agent(cx.project(), id);
        let first = cx.send(request.clone()).await?;
        let second = cx.send(request.clone()).await?;
        let expected = format!("the same as before: status {}", first.status);
        cx.expect(R::ExchangeSteady, first.status == second.status, &second, expected);
        let head = cx.send(request.head()).await?;
        let is_offered =
            !cx.session.ledger.statuses_of(R::ExchangeHead, "not-offered").contains(&head.status);
        if is_offered {
            let expected = format!("HEAD as GET: status {}", first.status);
            cx.expect(R::ExchangeHead, head.status == first.status, &head, expected);
        }
    }
    Ok(())
}

async fn unknown(cx: &Context<'_>) -> Outcome {
    let (project, nobodys) = (cx.project(), api::NOBODYS);
    let mut requests = vec![api::get_agent(project, nobodys), api::list_tokens(project, nobodys)];
    if let Ok([agent, ..]) = subjects(cx) {
        requests.push(api::get_token(project, agent, nobodys));
    }
    for request in requests {
        let what = format!("{} with an id that nothing has", request.operation_id());
        let answer = cx.send(request).await?;
        cx.accepted(R::ExchangeIdUnknown, &answer, &what);
    }
    Ok(())
}

async fn credentials(cx: &Context<'_>) -> Outcome {
    let mut reads = vec![api::list_agents(cx.project())];
    for id in subjects(cx).unwrap_or_default() {
        reads.extend([api::get_agent(cx.project(), id), api::list_tokens(cx.project(), id)]);
    }
    for request in reads {
        let what = request.operation_id();
        let answer = cx.send(request.clone()).await?;
        cx.succeeded(R::AuthPrivateToken, &answer, &format!("{what} with PRIVATE-TOKEN"));
        let bearer = request.clone().with(Credential::Bearer(Actor::Maintainer));
        let answer = cx.send(bearer).await?;
        cx.succeeded(R::AuthBearer, &answer, &format!("{what} with Authorization: Bearer"));
        refused(cx, request.clone().with(Credential::None), R::AuthRequired).await?;
        refused(cx, request.with(unknown_token()), R::AuthUnknown).await?;
    }
    Ok(())
}

async fn refused(cx: &Context<'_>, request: Request, requirement: R) -> Outcome {
    let what = format!("{} with a credential of nobody", request.operation_id());
    let answer = cx.send(request).await?;
    cx.accepted(requirement, &answer, &what);
    cx.expect(R::AuthStatus, answer.status == 401, &answer, "status 401");
    Ok(())
}

fn unknown_token() -> Credential {
    let value = Secret::new("nobody-has-this-token-4f9a2c");
    Credential::Made { header: "PRIVATE-TOKEN", value, label: String::from("an unknown token") }
}

/// Agents of the project, through the other one.
async fn isolation(cx: &Context<'_>) -> Outcome {
    let second = cx.second_project()?;
    let own = cx.send(api::list_agents(second).query("per_page", 100)).await?;
    let own = own.ids().unwrap_or_default();
    // Where each project counts for itself, an id can be taken in both.
    for id in subjects(cx)?.iter().filter(|id| !own.contains(id)) {
        for request in [api::get_agent(second, id), api::list_tokens(second, id)] {
            let what = format!("{} for an agent of another project", request.operation_id());
            let answer = cx.send(request).await?;
            cx.accepted(R::IsolationAgent, &answer, &what);
        }
    }
    Ok(())
}

/// Tokens of one agent, through another.
async fn foreign_tokens(cx: &Context<'_>) -> Outcome {
    let [one, two, ..] = subjects(cx)? else {
        return Err(Stop::Skip(String::from("it takes two agents to look at")));
    };
    let tokens = async |agent| {
        let answer = cx.send(api::list_tokens(cx.project(), agent)).await?;
        Ok::<_, Stop>(answer.ids().unwrap_or_default())
    };
    let (of_one, of_two) = (tokens(one).await?, tokens(two).await?);
    let foreign: Vec<u64> = of_one.into_iter().filter(|id| !of_two.contains(id)).collect();
    if foreign.is_empty() {
        return Err(Stop::Skip(String::from("the first agent has no tokens of its own")));
    }
    for token in foreign {
        let answer = cx.send(api::get_token(cx.project(), two, token)).await?;
        cx.accepted(R::IsolationToken, &answer, "getAgentToken through another agent");
    }
    Ok(())
}
