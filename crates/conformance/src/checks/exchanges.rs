//! What holds for requests of all operations alike.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::api;
use crate::check::Check;
use crate::checks::agents;
use crate::checks::things::Things;
use crate::checks::tokens;
use crate::context::{Context, Outcome};
use crate::generated::RequirementId as R;
use crate::transport::{Exchange, Request};

pub(super) const CHECKS: &[Check] = &[
    Check::new("exchange-steady", &[R::ExchangeSteady], |cx| Box::pin(steady(cx))),
    Check::new("exchange-head", &[R::ExchangeHead], |cx| Box::pin(head(cx))),
    Check::new("exchange-unknown-route", &[R::ExchangeUnknownRoute], |cx| {
        Box::pin(unknown_route(cx))
    }),
    Check::new("exchange-read-safe", &[R::ExchangeReadSafe], |cx| Box::pin(read_safe(cx))),
];

/// How often the same request is sent, and how many of them at the same time. A fault of one answer
/// in twenty stays unseen in one run of 470.
const REPEATS: usize = 120;
const AT_A_TIME: usize = 8;

/// The headers that HEAD must repeat. Others, like Date, may differ from one answer to the next.
const REPEATED: [&str; 5] = ["x-page", "x-per-page", "x-next-page", "x-prev-page", "x-total"];

async fn steady(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    let requests = [
        api::get_agent(cx.project(), things.agent.id),
        api::list_tokens(cx.project(), things.agent.id),
        api::get_token(cx.project(), things.agent.id, things.token),
    ];
    let rounds = REPEATS / AT_A_TIME / requests.len();
    for request in requests {
        let mut first: Option<Exchange> = None;
        for _ in 0..rounds {
            let same = (0..AT_A_TIME).map(|_| cx.send(request.clone()));
            for answer in join_all(same).await {
                let answer = answer?;
                let first = first.get_or_insert_with(|| answer.clone());
                let holds =
                    first.status == answer.status && documented(first) == documented(&answer);
                let expected = format!("the same as before: status {}", first.status);
                cx.expect(R::ExchangeSteady, holds, &answer, expected);
            }
        }
    }
    Ok(())
}

/// The documented values of an answer; what else it has may change from one to the next.
fn documented(answer: &Exchange) -> Vec<Value> {
    let keys = agents::KEYS.iter().chain(&tokens::LIST_KEYS);
    let values = |object: &Value| {
        keys.clone().map(|key| object.get(key).cloned()).map(|value| json!(value)).collect()
    };
    match answer.json() {
        Some(Value::Array(items)) => items.iter().map(values).collect(),
        Some(object) => vec![values(object)],
        None => Vec::new(),
    }
}

async fn head(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    let missing = api::get_agent(cx.project(), api::NOBODYS);
    for request in things.reads().into_iter().chain([missing]) {
        let what = format!("HEAD of {}", request.operation_id());
        let get = cx.send(request.clone()).await?;
        let head = cx.send(request.head()).await?;
        let not_offered = cx.session.ledger.statuses_of(R::ExchangeHead, "not-offered");
        // What is missing is missing for HEAD, too.
        if head.status != get.status && not_offered.contains(&head.status) {
            cx.note(R::ExchangeHead, format!("HEAD is not offered: status {}", head.status));
            cx.pass(R::ExchangeHead);
            continue;
        }
        let expected = format!("{what}: status {}", get.status);
        cx.expect(R::ExchangeHead, head.status == get.status, &head, expected);
        // Other checks register and delete agents meanwhile.
        let is_own = get.request.operation_id() != "listAgents";
        for name in REPEATED.into_iter().filter(|name| is_own && get.header(name).is_some()) {
            let (expected, got) = (
                get.header(name).unwrap_or_default(),
                head.header(name).unwrap_or("no such header"),
            );
            let (expected, got) = (format!("{what}: {name}: {expected}"), format!("{name}: {got}"));
            cx.expect_got(
                R::ExchangeHead,
                get.header(name) == head.header(name),
                &head,
                expected,
                got,
            );
        }
        cx.expect(R::ExchangeHead, head.body.is_empty(), &head, "no body");
    }
    Ok(())
}

async fn unknown_route(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    let list = format!("/projects/{}/cluster_agents", cx.project().segment());
    let agent = format!("{list}/{}", things.agent.id);
    let tokens = format!("{agent}/tokens");
    let token = format!("{tokens}/{}", things.token);
    let body = json!({ "name": cx.name(), "description": "changed" });
    let requests = [
        (Method::GET, format!("{agent}/secrets")),
        (Method::GET, format!("{token}/secret")),
        (Method::POST, format!("{agent}/secrets")),
        (Method::PUT, list.clone()),
        (Method::PATCH, list),
        (Method::PUT, tokens.clone()),
        (Method::PATCH, tokens.clone()),
        (Method::DELETE, tokens),
    ];
    for (method, path) in requests {
        let what = format!("{method} of an undocumented route");
        let is_write = method != Method::GET;
        let request = Request::undocumented(method, &path);
        let request = if is_write { request.json(body.clone()) } else { request };
        let answer = cx.send(request).await?;
        cx.accepted(R::ExchangeUnknownRoute, &answer, &what);
        if is_write {
            things.are_untouched(cx, R::ExchangeUnknownRoute, &answer).await?;
        }
    }
    Ok(())
}

async fn read_safe(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    for request in things.reads() {
        // The list of all agents is not the check's own.
        if request.operation_id() == "listAgents" {
            continue;
        }
        let first = cx.send(request.clone()).await?;
        let second = cx.send(request).await?;
        let holds = documented(&first) == documented(&second) && first.status == second.status;
        cx.expect_got(R::ExchangeReadSafe, holds, &second, "the same values again", "other values");
        things.are_untouched(cx, R::ExchangeReadSafe, &second).await?;
    }
    Ok(())
}
