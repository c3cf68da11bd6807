//! What roles do not allow, and that a refusal changes and tells nothing.

use crate::api;
use crate::check::{Check, Need};
use crate::checks::things::Things;
use crate::context::{Context, Outcome, Stop};
use crate::generated::RequirementId as R;
use crate::target::{Actor, Project};
use crate::transport::{Exchange, Request};

pub(super) const CHECKS: &[Check] = &[
    Check::new("role-guest", LOW, |cx| Box::pin(low(cx, Actor::Guest)))
        .needs(&[Need::Token(Actor::Guest)]),
    // Alone, because every write of another check may empty a cache that should not be.
    Check::new("role-reporter", LOW, |cx| Box::pin(low(cx, Actor::Reporter)))
        .needs(&[Need::Token(Actor::Reporter)])
        .alone(),
    Check::new("role-developer-writes", LOW_WRITES, |cx| Box::pin(developer(cx)))
        .needs(&[Need::Token(Actor::Developer)]),
    Check::new("role-guest-urls", LOW_URLS, |cx| Box::pin(low_urls(cx, Actor::Guest)))
        .receptive()
        .needs(&[Need::Token(Actor::Guest)]),
    Check::new("role-reporter-urls", LOW_URLS, |cx| Box::pin(low_urls(cx, Actor::Reporter)))
        .receptive()
        .needs(&[Need::Token(Actor::Reporter)])
        .alone(),
    Check::new(
        "role-developer-url-writes",
        &[R::RoleUrlWritesLow, R::RoleDeniedWriteNoTrace],
        |cx| Box::pin(developer_urls(cx)),
    )
    .receptive()
    .needs(&[Need::Token(Actor::Developer)]),
    Check::new("role-outsider-public", &[R::RoleOutsiderPublic], |cx| {
        Box::pin(outsider_in_public(cx))
    })
    .needs(&[Need::PublicProject, Need::Token(Actor::Outsider)]),
    Check::new("role-archived", &[R::RoleArchived], |cx| Box::pin(archived(cx)))
        .needs(&[Need::ArchivedProject]),
];

const LOW: &[R] = &[
    R::RoleLowAgentReads,
    R::RoleLowTokenReads,
    R::RoleLowAgentWrites,
    R::RoleLowTokenWrites,
    R::RoleWriteStatus,
    R::RoleDeniedWriteNoTrace,
    R::RoleDeniedReadSilent,
];
const LOW_WRITES: &[R] =
    &[R::RoleLowAgentWrites, R::RoleLowTokenWrites, R::RoleWriteStatus, R::RoleDeniedWriteNoTrace];
const LOW_URLS: &[R] =
    &[R::RoleUrlReadsLow, R::RoleUrlWritesLow, R::RoleDeniedWriteNoTrace, R::RoleDeniedReadSilent];

async fn low(cx: &Context<'_>, actor: Actor) -> Outcome {
    let things = Things::make(cx).await?;
    reads(cx, &things, actor, R::RoleLowAgentReads, things.agent_reads()).await?;
    reads(cx, &things, actor, R::RoleLowTokenReads, things.token_reads()).await?;
    core_writes(cx, &things, actor).await
}

async fn developer(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    core_writes(cx, &things, Actor::Developer).await
}

async fn core_writes(cx: &Context<'_>, things: &Things, actor: Actor) -> Outcome {
    for request in things.token_writes(cx) {
        let answer = write(cx, things, actor, R::RoleLowTokenWrites, request).await?;
        cx.expect(R::RoleWriteStatus, answer.status == 403, &answer, "status 403");
    }
    for request in things.agent_writes(cx) {
        let name = request.name();
        let answer = write(cx, things, actor, R::RoleLowAgentWrites, request).await?;
        cx.expect(R::RoleWriteStatus, answer.status == 403, &answer, "status 403");
        if let Some(name) = name.filter(|_| !answer.is_success()) {
            is_free(cx, &name).await?;
        }
    }
    Ok(())
}

/// Judges that the registration of a name, which was refused, has not happened.
async fn is_free(cx: &Context<'_>, name: &str) -> Outcome {
    let answer = cx.send(api::register_agent(cx.project(), name)).await?;
    let agent = cx.adopt(cx.project(), &answer);
    let expected = "the name is free after a refused registration";
    cx.expect(R::RoleDeniedWriteNoTrace, agent.is_some(), &answer, expected);
    Ok(())
}

async fn low_urls(cx: &Context<'_>, actor: Actor) -> Outcome {
    let things = Things::make(cx).await?;
    reads(cx, &things, actor, R::RoleUrlReadsLow, things.url_reads()).await?;
    url_writes(cx, &things, actor).await
}

async fn developer_urls(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    url_writes(cx, &things, Actor::Developer).await
}

async fn url_writes(cx: &Context<'_>, things: &Things, actor: Actor) -> Outcome {
    for request in things.url_writes() {
        write(cx, things, actor, R::RoleUrlWritesLow, request).await?;
    }
    Ok(())
}

async fn reads(
    cx: &Context<'_>,
    things: &Things,
    actor: Actor,
    requirement: R,
    requests: Vec<Request>,
) -> Outcome {
    for request in requests {
        let what = format!("{} by {actor}", request.operation_id());
        // What a cache would have for somebody who may.
        cx.send(request.clone()).await?;
        let answer = cx.send(request.by(actor)).await?;
        if cx.accepted(requirement, &answer, &what) {
            let body = String::from_utf8_lossy(&answer.body);
            let tells = body.contains(&things.agent.name);
            let got = "the name of the agent";
            cx.expect_got(
                R::RoleDeniedReadSilent,
                !tells,
                &answer,
                "nothing of what was asked for",
                got,
            );
        }
    }
    Ok(())
}

async fn write(
    cx: &Context<'_>,
    things: &Things,
    actor: Actor,
    requirement: R,
    request: Request,
) -> Result<Exchange, Stop> {
    let what = format!("{} by {actor}", request.operation_id());
    let answer = cx.send(request.by(actor)).await?;
    cx.adopt(&things.agent.project, &answer);
    cx.accepted(requirement, &answer, &what);
    things.are_untouched(cx, R::RoleDeniedWriteNoTrace, &answer).await?;
    Ok(answer)
}

async fn outsider_in_public(cx: &Context<'_>) -> Outcome {
    let Some(project) = &cx.session.target.public_project else { return Ok(()) };
    let requests = match things_of_public(cx, project).await? {
        Some(things) => things.all(cx),
        None => vec![
            api::list_agents(project),
            api::register_agent(project, &cx.name()),
            api::get_agent(project, api::NOBODYS),
            api::delete_agent(project, api::NOBODYS),
            api::list_tokens(project, api::NOBODYS),
        ],
    };
    for request in requests {
        let what = format!("{} of a public project by the outsider", request.operation_id());
        let answer = cx.send(request.by(Actor::Outsider)).await?;
        cx.adopt(project, &answer);
        cx.accepted(R::RoleOutsiderPublic, &answer, &what);
    }
    Ok(())
}

/// Things in the public project, if the maintainer may make some there.
async fn things_of_public(cx: &Context<'_>, project: &Project) -> Result<Option<Things>, Stop> {
    let answer = cx.send(api::register_agent(project, &cx.name())).await?;
    match cx.adopt(project, &answer) {
        Some(_) => Things::make_in(cx, project).await.map(Some),
        None => Ok(None),
    }
}

async fn archived(cx: &Context<'_>) -> Outcome {
    let Some(project) = &cx.session.target.archived_project else { return Ok(()) };
    let answer = cx.send(api::list_agents(project)).await?;
    cx.succeeded(R::RoleArchived, &answer, "listing the agents of an archived project");
    let answer = cx.send(api::register_agent(project, &cx.name())).await?;
    cx.adopt(project, &answer);
    cx.accepted(R::RoleArchived, &answer, "registering an agent with an archived project");
    Ok(())
}
