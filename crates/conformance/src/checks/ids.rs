//! Ids that nothing has, that nothing can have, and that nothing has any more.

use serde_json::json;

use crate::api;
use crate::check::Check;
use crate::checks::things::Things;
use crate::context::{Context, Outcome};
use crate::generated::RequirementId as R;
use crate::transport::Request;

pub(super) const CHECKS: &[Check] = &[
    Check::new("id-unknown", &[R::ExchangeIdUnknown], |cx| Box::pin(unknown(cx))),
    Check::new("id-malformed", &[R::ExchangeIdMalformed], |cx| Box::pin(malformed(cx))),
    Check::new("id-deleted", &[R::ExchangeDeleteAgain], |cx| Box::pin(delete_again(cx))),
];

/// Every operation that takes an id, with `id` in each place where it can stand.
fn requests(cx: &Context<'_>, things: &Things, id: &str) -> Vec<Request> {
    let (project, agent) = (cx.project(), things.agent.id);
    let body = json!({ "name": cx.name() });
    let mut requests = vec![
        api::get_agent(project, id),
        api::delete_agent(project, id),
        api::list_tokens(project, id),
        api::create_token(project, id, body),
        api::get_token(project, id, things.token),
        api::get_token(project, agent, id),
        api::revoke_token(project, id, things.token),
        api::revoke_token(project, agent, id),
    ];
    if let Some(url) = things.url {
        let body = json!({ "url": "grpcs://agent.example.com:4242" });
        requests.extend([
            api::list_urls(project, id),
            api::create_url(project, id, body),
            api::get_url(project, id, url),
            api::get_url(project, agent, id),
            api::delete_url(project, id, url),
            api::delete_url(project, agent, id),
        ]);
    }
    requests
}

async fn unknown(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    let read = cx.send(api::get_agent(cx.project(), api::NOBODYS)).await?;
    if !cx.accepted(R::ExchangeIdUnknown, &read, "getAgent with an id that nothing has") {
        // Something may have it after all: no write goes there.
        return Ok(());
    }
    for request in requests(cx, &things, &api::NOBODYS.to_string()) {
        let what = format!("{} with an id that nothing has", request.operation_id());
        let answer = cx.send(request).await?;
        cx.accepted(R::ExchangeIdUnknown, &answer, &what);
    }
    Ok(())
}

async fn malformed(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    for id in ["abc", "0", "-1", "99999999999999999999"] {
        for request in requests(cx, &things, id) {
            let what = format!("{} with the id `{id}`", request.operation_id());
            let answer = cx.send(request).await?;
            cx.accepted(R::ExchangeIdMalformed, &answer, &what);
        }
    }
    Ok(())
}

async fn delete_again(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    let (project, id) = (cx.project(), things.agent.id);
    let mut deletes = Vec::new();
    if let Some(url) = things.url {
        deletes.push(api::delete_url(project, id, url));
    }
    deletes.push(api::delete_agent(project, id));
    for delete in deletes {
        let answer = cx.send(delete.clone()).await?;
        if !answer.is_success() {
            return Err(cx.blocked("something could not be deleted", &answer));
        }
        let what = format!("{} for the second time", delete.operation_id());
        let answer = cx.send(delete).await?;
        cx.accepted(R::ExchangeDeleteAgain, &answer, &what);
    }
    Ok(())
}
