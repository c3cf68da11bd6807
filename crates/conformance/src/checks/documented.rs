//! The exchanges that the documentation shows, compared as a whole with what it shows.

use serde_json::json;

use crate::api;
use crate::check::Check;
use crate::context::{Context, Outcome};
use crate::generated::RequirementId as R;
use crate::golden::{self, Golden};
use crate::transport::Exchange;

pub(super) const CHECKS: &[Check] = &[
    Check::new(
        "documented-exchanges",
        &[R::AgentRegister, R::AgentGet, R::TokenCreate, R::TokenGet, R::TokenListActive],
        |cx| Box::pin(core(cx)),
    ),
    Check::new("documented-url-exchanges", &[R::UrlCreateJwt, R::UrlRead], |cx| Box::pin(urls(cx)))
        .receptive(),
];

async fn core(cx: &Context<'_>) -> Outcome {
    let project = cx.project();
    let registered = cx.send(api::register_agent(project, &cx.name())).await?;
    compare(cx, R::AgentRegister, golden::REGISTER_AGENT, &registered);
    let agent = cx.adopt(project, &registered);
    let agent = agent.ok_or_else(|| cx.blocked("an agent could not be registered", &registered))?;
    let answer = cx.send(api::get_agent(project, agent.id)).await?;
    compare(cx, R::AgentGet, golden::GET_AGENT, &answer);
    let body = json!({ "name": cx.name(), "description": "Some token" });
    let created = cx.send(api::create_token(project, agent.id, body)).await?;
    compare(cx, R::TokenCreate, golden::CREATE_TOKEN, &created);
    let id = created.field("id").as_u64();
    let id = id.ok_or_else(|| cx.blocked("a token could not be created", &created))?;
    let answer = cx.send(api::get_token(project, agent.id, id)).await?;
    compare(cx, R::TokenGet, golden::GET_TOKEN, &answer);
    let answer = cx.send(api::list_tokens(project, agent.id)).await?;
    compare(cx, R::TokenListActive, golden::LIST_TOKENS, &answer);
    Ok(())
}

async fn urls(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let (_, answer) = cx.url(&agent).await?;
    compare(cx, R::UrlCreateJwt, golden::CREATE_URL, &answer);
    let answer = cx.send(api::list_urls(&agent.project, agent.id)).await?;
    compare(cx, R::UrlRead, golden::LIST_URLS, &answer);
    Ok(())
}

fn compare(cx: &Context<'_>, requirement: R, golden: Golden, answer: &Exchange) {
    match golden.difference(answer) {
        None => cx.pass(requirement),
        Some(difference) => {
            let expected = format!("the documented exchange `{}`", golden.name);
            let mut finding = cx.finding(answer, expected, "another one");
            finding.diff = Some(cx.session.redact(&difference));
            cx.report(requirement, finding);
        }
    }
}
