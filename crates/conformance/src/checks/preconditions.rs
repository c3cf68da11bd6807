//! Deleting only what has not changed.

use crate::api;
use crate::check::Check;
use crate::checks::things::Things;
use crate::context::{Context, Outcome};
use crate::generated::RequirementId as R;
use crate::transport::Request;

pub(super) const CHECKS: &[Check] =
    &[Check::new("if-unmodified-since", &[R::ExchangeIfUnmodifiedSince], |cx| {
        Box::pin(if_unmodified_since(cx))
    })];

const LONG_AGO: &str = "Wed, 03 Jan 2001 04:05:06 GMT";
const FAR_AHEAD: &str = "Fri, 01 Jan 2100 00:00:00 GMT";

async fn if_unmodified_since(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    let (project, id) = (cx.project(), things.agent.id);
    if let Some(url) = things.url {
        let read = api::get_url(project, id, url);
        both_times(cx, api::delete_url(project, id, url), read).await?;
    }
    both_times(cx, api::delete_agent(project, id), api::get_agent(project, id)).await
}

async fn both_times(cx: &Context<'_>, delete: Request, read: Request) -> Outcome {
    let what = delete.operation_id();
    let refused = cx.send(delete.clone().header("If-Unmodified-Since", LONG_AGO)).await?;
    let expected = format!("{what} with a time before the creation: status 412");
    if !cx.expect(R::ExchangeIfUnmodifiedSince, refused.status == 412, &refused, expected) {
        return Ok(());
    }
    let answer = cx.send(read).await?;
    cx.succeeded(R::ExchangeIfUnmodifiedSince, &answer, "what was not deleted is still there");
    let answer = cx.send(delete.header("If-Unmodified-Since", FAR_AHEAD)).await?;
    cx.succeeded(
        R::ExchangeIfUnmodifiedSince,
        &answer,
        &format!("{what} with a time after the last change"),
    );
    Ok(())
}
