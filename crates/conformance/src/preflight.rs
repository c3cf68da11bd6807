//! A look around before the first check: whether the settings fit the target, and what it has.

use serde_json::json;

use crate::api;
use crate::check::Check;
use crate::context::{Agent, Context};
use crate::error::Error;
use crate::runner::CheckRecord;
use crate::session::{Facts, Session};
use crate::target::Actor;
use crate::transport::{Exchange, Failure, FailureKind, Request};

/// What the look around is called where checks are named.
static PREFLIGHT: Check = Check::new("preflight", &[], |_| Box::pin(async { Ok(()) }));

/// Asks the target for everything that the checks want to know beforehand.
pub(crate) async fn look_around(session: &Session<'_>) -> Result<(Facts, CheckRecord), Error> {
    let cx = Context::new(session, &PREFLIGHT);
    let listed = listed(&cx).await?;
    tokens_are_known(&cx).await?;
    other_projects_are_there(&cx).await?;
    let facts = match session.plan.read_only {
        Some(read_only) => facts_by_reading(&cx, listed.as_ref(), read_only.agent).await?,
        None => match registered(&cx, listed.as_ref()).await? {
            Some(agent) => facts(&cx, &agent).await?,
            None => Facts::default(),
        },
    };
    let (requests, sent) = (cx.fingerprint(), cx.sent());
    let (tallies, coverage, agents) = cx.into_parts();
    crate::cleanup::remove(session, agents).await;
    Ok((facts, CheckRecord { check: &PREFLIGHT, tallies, requests, coverage, sent }))
}

/// How often something is asked that was not answered in full.
const ATTEMPTS: usize = 2;

/// Asks for what the run cannot do without.
async fn ask(cx: &Context<'_>, request: Request) -> Result<Exchange, Error> {
    let url = cx.session.target.base_url.to_string();
    let problem = format!("its answer to {} ends early", request.operation_id());
    ask_list(cx, request).await?.ok_or(Error::Unreachable { url, problem })
}

/// Asks until there is a whole answer. One that is not is the target's fault, which is told; a list
/// that never comes whole is nothing that keeps the checks from telling more.
async fn ask_list(cx: &Context<'_>, request: Request) -> Result<Option<Exchange>, Error> {
    for _ in 0..ATTEMPTS {
        match cx.try_send(request.clone()).await {
            Ok(answer) => return Ok(Some(answer)),
            Err(failure) if failure.kind == FailureKind::Broken => {
                cx.stopped(&failure, false);
            }
            Err(failure) => return Err(unreachable(cx, &failure)),
        }
    }
    Ok(None)
}

fn unreachable(cx: &Context<'_>, failure: &Failure) -> Error {
    let problem = match failure.kind {
        FailureKind::Slow => format!("no answer in time ({})", failure.problem),
        _ => cx.session.redact(&failure.problem),
    };
    Error::Unreachable { url: cx.session.target.base_url.to_string(), problem }
}

fn rejected(setting: &str, problem: String) -> Error {
    Error::Rejected { setting: setting.to_owned(), problem }
}

async fn listed(cx: &Context<'_>) -> Result<Option<Exchange>, Error> {
    let request = api::list_agents(cx.project()).query("per_page", 100);
    let Some(answer) = ask_list(cx, request).await? else { return Ok(None) };
    if answer.status == 401 {
        let problem = String::from(
            "the token is not known there (status 401); it takes an access token with the scope api",
        );
        return Err(rejected(Actor::Maintainer.variable(), problem));
    }
    let names = answer.items().into_iter().flatten().filter_map(|item| item.get("name")?.as_str());
    let may_make = cx.session.plan.read_only.is_none();
    match names.into_iter().find(|name| may_make && cx.session.plan.run.owns(name)) {
        None => Ok(Some(answer)),
        Some(name) => Err(Error::Setting {
            setting: String::from("--seed"),
            problem: format!(
                "an earlier run with this seed has left the agent `{name}`; take another seed, or remove it by cargo xtask conformance sweep --older-than 1m"
            ),
        }),
    }
}

async fn tokens_are_known(cx: &Context<'_>) -> Result<(), Error> {
    let good = cx
        .session
        .target
        .actors()
        .filter(|actor| !matches!(actor, Actor::Maintainer | Actor::Expired | Actor::Revoked));
    for actor in good {
        let request = api::list_agents(cx.project()).by(actor);
        let Some(answer) = ask_list(cx, request).await? else { return Ok(()) };
        if answer.status == 401 {
            let problem = String::from(
                "the token is not known there (status 401); it takes an access token with the scope api",
            );
            return Err(rejected(actor.variable(), problem));
        }
    }
    Ok(())
}

async fn other_projects_are_there(cx: &Context<'_>) -> Result<(), Error> {
    let target = cx.session.target;
    let named = [
        ("CONFORMANCE_SECOND_PROJECT", &target.second_project),
        ("CONFORMANCE_ARCHIVED_PROJECT", &target.archived_project),
    ];
    for (variable, project) in named {
        let Some(project) = project else { continue };
        let Some(answer) = ask_list(cx, api::list_agents(project)).await? else {
            return Ok(());
        };
        if matches!(answer.status, 403 | 404) {
            let problem = format!(
                "the maintainer cannot list agents there (status {}); the role must be Maintainer",
                answer.status
            );
            return Err(rejected(variable, problem));
        }
    }
    Ok(())
}

/// Registers the first agent. Without one there is nothing to test unless the target is at fault,
/// and then the checks will tell.
async fn registered(cx: &Context<'_>, listed: Option<&Exchange>) -> Result<Option<Agent>, Error> {
    let request = api::register_agent(cx.project(), &cx.name());
    let answer = ask(cx, request).await?;
    let was_listed = listed.is_none_or(Exchange::is_success);
    let agent = cx.adopt(cx.project(), &answer);
    match answer.status {
        _ if agent.is_some() => Ok(agent),
        401 | 403 if was_listed => Err(rejected(
            Actor::Maintainer.variable(),
            format!(
                "no agent can be registered (status {}); the role must be Maintainer",
                answer.status
            ),
        )),
        _ => match listed.filter(|listed| is_elsewhere(listed)) {
            Some(listed) => Err(unlisted(cx, listed)),
            None => Ok(None),
        },
    }
}

async fn facts(cx: &Context<'_>, agent: &Agent) -> Result<Facts, Error> {
    let (receptive, profile_reason) = receptive(cx, agent).await?;
    Ok(Facts { receptive, profile_reason, subjects: Vec::new() })
}

/// How many agents are looked at where none was named.
const SUBJECTS: usize = 3;

/// The same where nothing may be made: by the agent that was named, or the first ones of the list.
async fn facts_by_reading(
    cx: &Context<'_>,
    listed: Option<&Exchange>,
    agent: Option<u64>,
) -> Result<Facts, Error> {
    let Some(listed) = listed else { return Ok(Facts::default()) };
    if !listed.is_success() || is_elsewhere(listed) {
        return Err(unlisted(cx, listed));
    }
    if let Some(id) = agent {
        let answer = ask(cx, api::get_agent(cx.project(), id)).await?;
        if matches!(answer.status, 403 | 404) {
            let problem =
                format!("project {} has no agent {id} (status {})", cx.project(), answer.status);
            return Err(rejected("--agent-id", problem));
        }
    }
    let first = || listed.ids().unwrap_or_default().into_iter().take(SUBJECTS).collect();
    let subjects: Vec<u64> = agent.map_or_else(first, |id| vec![id]);
    let (receptive, profile_reason) = match subjects.first() {
        None => (false, String::from("no agent is there whose URL configurations could be listed")),
        Some(id) => {
            let status = ask(cx, api::list_urls(cx.project(), id)).await?.status;
            (status != 404, format!("listUrlConfigurations answers {status}"))
        }
    };
    Ok(Facts { receptive, profile_reason, subjects })
}

/// Whether it was not this API, or not a project of the maintainer, that answered.
fn is_elsewhere(listed: &Exchange) -> bool {
    matches!(listed.status, 301 | 302 | 307 | 308 | 403 | 404)
        || listed.media_type().as_deref() == Some("text/html")
}

fn unlisted(cx: &Context<'_>, listed: &Exchange) -> Error {
    let kind = listed.media_type().filter(|kind| kind == "text/html").map(|_| " with a web page");
    let mend = match (listed.status, kind) {
        (403 | 404, None) => {
            "the base URL ends in /api/v4 on GitLab, and the maintainer's token is Maintainer in the project"
        }
        _ => "the base URL is the root of the API, like https://gitlab.example.com/api/v4",
    };
    let (project, status, kind) = (cx.project(), listed.status, kind.unwrap_or_default());
    let problem = format!("listing the agents of {project} is answered {status}{kind}; {mend}");
    rejected("CONFORMANCE_BASE_URL or CONFORMANCE_PROJECT", problem)
}

/// Receptive agents are there unless every operation says that they are not.
async fn receptive(cx: &Context<'_>, agent: &Agent) -> Result<(bool, String), Error> {
    let (project, id) = (cx.project(), agent.id);
    let body = json!({ "url": "grpcs://agent.example.com:4242" });
    let requests = [
        api::list_urls(project, id),
        api::create_url(project, id, body),
        api::get_url(project, id, 1),
        api::delete_url(project, id, 1),
    ];
    for request in requests {
        let operation = request.operation_id();
        let answer = ask(cx, request).await?;
        if answer.status != 404 {
            return Ok((true, format!("{operation} answers {}", answer.status)));
        }
    }
    let reason = "no receptive agents: all four operations of URL configurations answer 404";
    Ok((false, String::from(reason)))
}
