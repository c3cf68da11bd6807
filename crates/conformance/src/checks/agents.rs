//! Registering, getting, listing and deleting agents.

use serde_json::{Value, json};

use crate::api;
use crate::check::Check;
use crate::context::{Agent, Context, Outcome, Stop};
use crate::generated::RequirementId as R;
use crate::target::{Actor, Project};
use crate::transport::Exchange;

pub(super) const CHECKS: &[Check] = &[
    Check::new(
        "agent-register",
        &[R::AgentRegister, R::AgentCreatedAt, R::RoleMaintainerAgentWrites],
        |cx| Box::pin(register(cx)),
    ),
    Check::new("agent-get", &[R::AgentGet], |cx| Box::pin(get(cx))),
    Check::new("agent-project", &[R::AgentConfigProject], |cx| Box::pin(config_project(cx))),
    Check::new("agent-creator", &[R::AgentCreator], |cx| Box::pin(creator(cx))),
    Check::new(
        "agent-list",
        &[R::AgentListComplete, R::AgentListOrder, R::ExchangeListMatchesGet],
        |cx| Box::pin(list(cx)),
    )
    .alone(),
    Check::new("agent-delete", &[R::AgentDelete, R::RoleMaintainerAgentWrites], |cx| {
        Box::pin(delete(cx))
    }),
    Check::new("agent-delete-all", &[R::AgentDelete], |cx| Box::pin(delete_all(cx))).alone(),
    Check::new("agent-delete-cascade", &[R::AgentDeleteCascade], |cx| Box::pin(cascade(cx))),
    Check::new("agent-name-again", &[R::AgentNameFreeAgain], |cx| Box::pin(name_again(cx))),
];

/// How far the time of registration may be from the server's own clock, in seconds.
const CLOCK_TOLERANCE: i64 = 300;

/// The documented keys of an agent, which have the same values in all answers.
pub(super) const KEYS: [&str; 5] =
    ["id", "name", "config_project", "created_at", "created_by_user_id"];

async fn register(cx: &Context<'_>) -> Outcome {
    let name = cx.name();
    let answer = cx.send(api::register_agent(cx.project(), &name)).await?;
    cx.adopt(cx.project(), &answer);
    cx.succeeded(R::RoleMaintainerAgentWrites, &answer, "registering an agent");
    if cx.succeeded(R::AgentRegister, &answer, "registering an agent") {
        cx.same(R::AgentRegister, &answer, "`name`", &json!(name), answer.field("name"));
        created_at(cx, &answer);
    }
    Ok(())
}

fn created_at(cx: &Context<'_>, answer: &Exchange) {
    let created = answer.field("created_at").as_str().map(chrono::DateTime::parse_from_rfc3339);
    let now = answer.header("date").map(chrono::DateTime::parse_from_rfc2822);
    match (created, now) {
        (Some(Ok(created)), Some(Ok(now))) => {
            let apart = (now - created).num_seconds().abs();
            let got = format!("{apart} seconds from the header Date");
            let expected =
                format!("`created_at` within {CLOCK_TOLERANCE} seconds of the header Date");
            cx.expect_got(R::AgentCreatedAt, apart <= CLOCK_TOLERANCE, answer, expected, got);
        }
        _ => cx.skip(R::AgentCreatedAt, "the answer has no header Date to compare with"),
    }
}

async fn get(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    for _ in 0..3 {
        let answer = cx.send(api::get_agent(&agent.project, agent.id)).await?;
        if cx.succeeded(R::AgentGet, &answer, "getting a new agent") {
            same_values(
                cx,
                R::AgentGet,
                &answer,
                &agent.body,
                answer.json().unwrap_or(&Value::Null),
                &KEYS,
            );
        }
    }
    Ok(())
}

/// Judges that two views of one thing have the same documented values. A key that is left out is
/// as good as null.
pub(super) fn same_values(
    cx: &Context<'_>,
    requirement: R,
    exchange: &Exchange,
    expected: &Value,
    got: &Value,
    keys: &[&str],
) -> bool {
    keys.iter().all(|key| {
        cx.same(requirement, exchange, &format!("`{key}`"), at(expected, key), at(got, key))
    })
}

fn at<'v>(value: &'v Value, key: &str) -> &'v Value {
    value.get(key).unwrap_or(&Value::Null)
}

async fn config_project(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let registered = &agent.body["config_project"];
    let answer = cx.send(api::get_agent(&agent.project, agent.id)).await?;
    cx.same(
        R::AgentConfigProject,
        &answer,
        "`config_project`",
        registered,
        answer.field("config_project"),
    );
    let listed = cx.find_agent(&agent).await?;
    if let Some((answer, entry)) = listed {
        cx.same(
            R::AgentConfigProject,
            &answer,
            "`config_project`",
            registered,
            at(&entry, "config_project"),
        );
    }
    let told = registered["path_with_namespace"].as_str().unwrap_or_default();
    let segments = told.rsplit_once('/');
    cx.expect_got(
        R::AgentConfigProject,
        segments.is_some_and(|(_, last)| registered["path"] == last),
        &answer,
        "`path_with_namespace` with a namespace before `path`",
        format!("`path_with_namespace` {told}"),
    );
    match &agent.project {
        Project::Number(number) => {
            cx.same(
                R::AgentConfigProject,
                &answer,
                "`config_project.id`",
                &json!(number),
                &registered["id"],
            );
        }
        Project::Path(path) => {
            let told = registered["path_with_namespace"].as_str().unwrap_or_default();
            let holds = told.eq_ignore_ascii_case(path);
            let got = format!("`path_with_namespace` {told}");
            cx.expect_got(R::AgentConfigProject, holds, &answer, format!("the path {path}"), got);
        }
    }
    Ok(())
}

async fn creator(cx: &Context<'_>) -> Outcome {
    let (one, two) = (cx.agent().await?, cx.agent().await?);
    let answer = cx.send(api::get_agent(&two.project, two.id)).await?;
    let (first, second) = (at(&one.body, "created_by_user_id"), answer.field("created_by_user_id"));
    if first.is_null() {
        cx.note(R::AgentCreator, "created_by_user_id is null for a user that exists");
    }
    cx.same(R::AgentCreator, &answer, "`created_by_user_id` of both agents", first, second);
    if cx.has(Actor::Owner) && !first.is_null() {
        let request = api::register_agent(cx.project(), &cx.name()).by(Actor::Owner);
        let answer = cx.send(request).await?;
        if cx.adopt(cx.project(), &answer).is_none() {
            // `role-owner` tells of it.
            return Ok(());
        }
        let other = answer.field("created_by_user_id");
        let got = format!("`created_by_user_id` {other} for both");
        cx.expect_got(
            R::AgentCreator,
            other != first,
            &answer,
            "another user's id for an agent of the owner",
            got,
        );
    }
    Ok(())
}

async fn list(cx: &Context<'_>) -> Outcome {
    // Against the order of their names, and by several users.
    let mut agents = Vec::new();
    for (end, actor) in [("c", Actor::Maintainer), ("a", Actor::Owner), ("b", Actor::Admin)] {
        agents.push(registered_by(cx, actor, &format!("{}-{end}", cx.named("order"))).await?);
    }
    let listed = cx.listed_agents(cx.project()).await?;
    for agent in &agents {
        let entries: Vec<&Value> =
            listed.items.iter().filter(|item| item["id"].as_u64() == Some(agent.id)).collect();
        let got = format!("the agent {} {} times", agent.id, entries.len());
        let expected = "every registered agent exactly once";
        cx.expect_got(R::AgentListComplete, entries.len() == 1, &listed.last, expected, got);
        if let [entry] = entries[..] {
            same_values(cx, R::ExchangeListMatchesGet, &listed.last, &agent.body, entry, &KEYS);
        }
    }
    order(cx, &listed.last, &listed.items);
    Ok(())
}

/// Registers an agent as the actor, or as the maintainer where the actor is absent or may not: that
/// is for other checks to judge.
async fn registered_by(cx: &Context<'_>, actor: Actor, name: &str) -> Result<Agent, Stop> {
    let request = api::register_agent(cx.project(), name);
    if cx.has(actor) {
        let answer = cx.send(request.clone().by(actor)).await?;
        if let Some(agent) = cx.adopt(cx.project(), &answer) {
            return Ok(agent);
        }
    }
    let answer = cx.send(request).await?;
    cx.adopt(cx.project(), &answer)
        .ok_or_else(|| cx.blocked("an agent could not be registered", &answer))
}

/// Collations differ about hyphens, so only pairs count on which all of them agree.
fn order(cx: &Context<'_>, exchange: &Exchange, items: &[Value]) {
    let names: Vec<&str> = items.iter().filter_map(|item| item["name"].as_str()).collect();
    let bare = |name: &str| name.replace('-', "");
    let wrong = names.windows(2).find(|pair| pair[0] > pair[1] && bare(pair[0]) > bare(pair[1]));
    let got = wrong.map_or_else(String::new, |pair| format!("`{}` before `{}`", pair[0], pair[1]));
    cx.expect_got(R::AgentListOrder, wrong.is_none(), exchange, "names in ascending order", got);
}

async fn delete(cx: &Context<'_>) -> Outcome {
    let (agent, other) = (cx.agent().await?, cx.agent().await?);
    let answer = cx.send(api::delete_agent(&agent.project, agent.id)).await?;
    cx.succeeded(R::RoleMaintainerAgentWrites, &answer, "deleting an agent");
    if !cx.succeeded(R::AgentDelete, &answer, "deleting an agent") {
        return Ok(());
    }
    let answer = cx.send(api::get_agent(&agent.project, agent.id)).await?;
    cx.accepted(R::AgentDelete, &answer, "getting a deleted agent");
    let found = cx.find_agent(&agent).await?;
    if let Some((answer, _)) = found {
        cx.expect_got(R::AgentDelete, false, &answer, "a list without the agent", "a list with it");
    }
    let answer = cx.send(api::get_agent(&other.project, other.id)).await?;
    cx.succeeded(R::AgentDelete, &answer, "getting another agent");
    Ok(())
}

/// The agents of all checks that ran side by side are deleted by now: none may be left of those
/// whose delete succeeded.
async fn delete_all(cx: &Context<'_>) -> Outcome {
    let (project, segment) = (cx.project(), cx.project().segment());
    let listed = cx.listed_agents(project).await?;
    let journal = cx.session.journal.borrow();
    let ids = listed.items.iter().filter_map(|item| item["id"].as_u64());
    let left: Vec<u64> =
        ids.filter(|id| journal.is_ours(&segment, *id) && !journal.exists(&segment, *id)).collect();
    let got = format!("the deleted agents {left:?} in the list");
    cx.expect_got(R::AgentDelete, left.is_empty(), &listed.last, "no deleted agent is listed", got);
    Ok(())
}

async fn cascade(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let token = cx.token(&agent).await?;
    let url = if cx.session.facts.receptive { Some(cx.url(&agent).await?.0) } else { None };
    deleted(cx, &agent).await?;
    let (project, id) = (&agent.project, agent.id);
    let mut requests = vec![
        api::list_tokens(project, id),
        api::get_token(project, id, token.id),
        api::create_token(project, id, json!({ "name": cx.name() })),
        api::revoke_token(project, id, token.id),
    ];
    if let Some(url) = url {
        requests.extend([api::list_urls(project, id), api::get_url(project, id, url)]);
    }
    for request in requests {
        let what = format!("{} below a deleted agent", request.operation_id());
        let answer = cx.send(request).await?;
        cx.accepted(R::AgentDeleteCascade, &answer, &what);
    }
    Ok(())
}

async fn deleted(cx: &Context<'_>, agent: &Agent) -> Result<(), Stop> {
    let answer = cx.send(api::delete_agent(&agent.project, agent.id)).await?;
    match answer.is_success() {
        true => Ok(()),
        false => Err(cx.blocked("an agent could not be deleted", &answer)),
    }
}

async fn name_again(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let token = cx.token(&agent).await?;
    deleted(cx, &agent).await?;
    let answer = cx.send(api::register_agent(&agent.project, &agent.name)).await?;
    if !cx.succeeded(R::AgentNameFreeAgain, &answer, "registering the name of a deleted agent") {
        return Ok(());
    }
    let again = cx.adopt(&agent.project, &answer).ok_or_else(|| cx.blocked("no id", &answer))?;
    let answer = cx.send(api::list_tokens(&again.project, again.id)).await?;
    let has_none = answer.items().is_some_and(Vec::is_empty);
    cx.expect(R::AgentNameFreeAgain, has_none, &answer, "an agent without tokens");
    let answer = cx.send(api::get_token(&again.project, again.id, token.id)).await?;
    cx.expect(R::AgentNameFreeAgain, !answer.is_success(), &answer, "no token of the old agent");
    Ok(())
}
