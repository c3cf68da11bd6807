//! At most two active tokens for an agent.

use serde_json::json;

use crate::api;
use crate::check::Check;
use crate::context::{Agent, Context, Outcome};
use crate::generated::RequirementId as R;
use crate::transport::{Exchange, Request};

pub(super) const CHECKS: &[Check] = &[
    Check::new("token-limit", &[R::TokenLimit], |cx| Box::pin(third_is_refused(cx))),
    Check::new("token-limit-freed", &[R::TokenLimitFreed], |cx| Box::pin(freed_by_revoking(cx))),
    Check::new("token-limit-per-agent", &[R::TokenLimitPerAgent], |cx| Box::pin(per_agent(cx))),
];

fn another(cx: &Context<'_>, agent: &Agent) -> Request {
    api::create_token(&agent.project, agent.id, json!({ "name": cx.name() }))
}

async fn third_is_refused(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let mut two = Vec::new();
    for _ in 0..2 {
        let answer = cx.send(another(cx, &agent)).await?;
        cx.succeeded(R::TokenLimit, &answer, "creating one of two tokens");
        two.extend(answer.field("id").as_u64());
    }
    two.sort_unstable();
    for _ in 0..2 {
        let answer = cx.send(another(cx, &agent)).await?;
        cx.accepted(R::TokenLimit, &answer, "creating a third token");
        let (expected, got) = (json!(two), json!(cx.active_tokens(&agent).await?));
        cx.same(R::TokenLimit, &answer, "the active tokens", &expected, &got);
    }
    Ok(())
}

async fn freed_by_revoking(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let mut oldest = cx.token(&agent).await?.id;
    for _ in 0..3 {
        let newest = cx.token(&agent).await?.id;
        let answer = cx.send(api::revoke_token(&agent.project, agent.id, oldest)).await?;
        if !answer.is_success() {
            return Err(cx.blocked("a token could not be revoked", &answer));
        }
        oldest = newest;
        let answer: Exchange = cx.send(another(cx, &agent)).await?;
        cx.succeeded(R::TokenLimitFreed, &answer, "creating a token in the place of a revoked one");
        let Some(id) = answer.field("id").as_u64() else { return Ok(()) };
        cx.send(api::revoke_token(&agent.project, agent.id, id)).await?;
    }
    Ok(())
}

async fn per_agent(cx: &Context<'_>) -> Outcome {
    let (full, empty) = (cx.agent().await?, cx.agent().await?);
    // Agents of other checks have tokens by now, too.
    for _ in 0..2 {
        let answer = cx.send(another(cx, &full)).await?;
        cx.succeeded(R::TokenLimitPerAgent, &answer, "creating one of an agent's first two tokens");
    }
    for _ in 0..2 {
        let answer = cx.send(another(cx, &empty)).await?;
        cx.succeeded(
            R::TokenLimitPerAgent,
            &answer,
            "creating a token while another agent has two",
        );
    }
    Ok(())
}
