//! What roles allow.

use crate::api;
use crate::check::{Check, Need};
use crate::checks::things::Things;
use crate::context::{Context, Outcome, Stop};
use crate::generated::RequirementId as R;
use crate::target::{Actor, Project};
use crate::transport::Request;

const DEVELOPER: &[Need] = &[Need::Token(Actor::Developer)];

pub(super) const CHECKS: &[Check] = &[
    Check::new(
        "role-developer-reads",
        &[R::RoleDeveloperAgentReads, R::RoleDeveloperTokenReads],
        |cx| Box::pin(developer(cx)),
    )
    .needs(DEVELOPER),
    Check::new("role-developer-url-reads", &[R::RoleUrlReadsDeveloper], |cx| {
        Box::pin(developer_url_reads(cx))
    })
    .receptive()
    .needs(DEVELOPER),
    Check::new("role-maintainer-urls", &[R::RoleUrlMaintainer], |cx| Box::pin(maintainer_urls(cx)))
        .receptive(),
    Check::new("role-owner", &[R::RoleOwner], |cx| {
        Box::pin(everything(cx, cx.project(), Actor::Owner, R::RoleOwner))
    })
    .needs(&[Need::Token(Actor::Owner)]),
    Check::new("role-admin", &[R::RoleAdmin], |cx| Box::pin(admin(cx)))
        .needs(&[Need::Token(Actor::Admin)]),
];

async fn developer(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    let by_subject = [
        (R::RoleDeveloperAgentReads, things.agent_reads()),
        (R::RoleDeveloperTokenReads, things.token_reads()),
    ];
    for (requirement, requests) in by_subject {
        allowed(cx, requirement, Actor::Developer, requests).await?;
    }
    Ok(())
}

async fn allowed(
    cx: &Context<'_>,
    requirement: R,
    actor: Actor,
    requests: Vec<Request>,
) -> Result<(), Stop> {
    for request in requests {
        let what = format!("{} by {actor}", request.operation_id());
        let answer = cx.send(request.by(actor)).await?;
        cx.succeeded(requirement, &answer, &what);
    }
    Ok(())
}

/// Either way is right, but both reads alike.
async fn developer_url_reads(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    let mut outcomes = Vec::new();
    for request in things.url_reads() {
        let what = format!("{} by the developer", request.operation_id());
        let answer = cx.send(request.by(Actor::Developer)).await?;
        cx.accepted(R::RoleUrlReadsDeveloper, &answer, &what);
        outcomes.push(answer.is_success());
        if outcomes.iter().any(|allowed| *allowed != answer.is_success()) {
            let got = "one allowed, the other refused";
            cx.expect_got(R::RoleUrlReadsDeveloper, false, &answer, "both reads alike", got);
        }
    }
    Ok(())
}

async fn maintainer_urls(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    let requests = [things.url_reads(), things.url_writes()].concat();
    allowed(cx, R::RoleUrlMaintainer, Actor::Maintainer, requests).await
}

/// Every operation once, on agents that the maintainer has made and on one of the actor's own.
async fn everything(cx: &Context<'_>, project: &Project, actor: Actor, requirement: R) -> Outcome {
    let things = Things::make_in(cx, project).await?;
    allowed(cx, requirement, actor, things.reads()).await?;
    allowed(cx, requirement, actor, [things.token_writes(cx), things.url_writes()].concat())
        .await?;
    let answer = cx.send(api::register_agent(project, &cx.name()).by(actor)).await?;
    cx.adopt(project, &answer);
    cx.succeeded(requirement, &answer, &format!("registerAgent by {actor}"));
    allowed(cx, requirement, actor, vec![api::delete_agent(project, things.agent.id)]).await
}

async fn admin(cx: &Context<'_>) -> Outcome {
    everything(cx, cx.project(), Actor::Admin, R::RoleAdmin).await?;
    match cx.second_project() {
        Ok(project) => everything(cx, project, Actor::Admin, R::RoleAdmin).await,
        Err(_) => Ok(()),
    }
}
