//! Answers of every kind, read byte by byte: whether each ends where it says.

use serde_json::json;

use crate::api;
use crate::check::Check;
use crate::checks::things::Things;
use crate::context::{Context, Outcome};
use crate::generated::RequirementId as R;
use crate::transport::{Credential, FailureKind, Request};

pub(super) const CHECKS: &[Check] =
    &[Check::new("exchange-framing", &[R::ExchangeOneBody, R::ExchangeEmpty204], |cx| {
        Box::pin(framing(cx))
    })];

async fn framing(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    // Behind a proxy the target may be out of direct reach; then nothing can be said.
    let first = api::get_agent(cx.project(), things.agent.id).byte_by_byte();
    if let Err(failure) = cx.try_send(first).await
        && failure.kind == FailureKind::Connect
    {
        return Ok(());
    }
    for request in requests(cx, &things) {
        let answer = cx.send(request.byte_by_byte()).await?;
        cx.adopt(cx.project(), &answer);
    }
    Ok(())
}

/// Reads, a HEAD, refusals, and writes with and without a body in their answer.
fn requests(cx: &Context<'_>, things: &Things) -> Vec<Request> {
    let (project, agent) = (cx.project(), things.agent.id);
    let mut requests = [things.token_reads(), things.url_reads()].concat();
    requests.extend([
        api::list_agents(project).query("per_page", 1),
        api::get_agent(project, agent).head(),
        api::get_agent(project, api::NOBODYS),
        api::get_agent(project, agent).with(Credential::None),
        api::create_token(project, agent, json!({})),
    ]);
    requests.extend(things.token_writes(cx));
    requests.extend(things.url_writes());
    requests.extend(things.agent_writes(cx));
    requests
}
