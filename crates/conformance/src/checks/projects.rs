//! The project in the path: by number, by path, unknown, and hidden.

use serde_json::{Value, json};

use crate::api;
use crate::check::{Check, Need};
use crate::checks::agents::{KEYS, same_values};
use crate::checks::things::Things;
use crate::context::{Agent, Context, Outcome, Stop};
use crate::generated::RequirementId as R;
use crate::target::{Actor, Project};
use crate::transport::{Exchange, Request};

pub(super) const CHECKS: &[Check] = &[
    Check::new("project-path", &[R::ProjectPath], |cx| Box::pin(path(cx))),
    Check::new("project-unknown", &[R::ProjectUnknown], |cx| Box::pin(unknown(cx))),
    Check::new("project-hidden", &[R::IsolationProjectHidden], |cx| Box::pin(hidden(cx)))
        .needs(&[Need::Token(Actor::Outsider)]),
    Check::new("project-names", &[R::IsolationNamePerProject], |cx| Box::pin(name_per_project(cx)))
        .needs(&[Need::SecondProject]),
];

async fn path(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    both_ways(cx, &agent).await?;
    // Others are tried as well because their paths may be deeper.
    let target = cx.session.target;
    for project in [&target.second_project, &target.public_project].into_iter().flatten() {
        let answer = cx.send(api::register_agent(project, &cx.name())).await?;
        if let Some(agent) = cx.adopt(project, &answer) {
            both_ways(cx, &agent).await?;
        }
    }
    Ok(())
}

/// The project of an agent by its number and by its path.
async fn both_ways(cx: &Context<'_>, agent: &Agent) -> Outcome {
    let told = &agent.body["config_project"];
    let (number, path) = (told["id"].as_u64(), told["path_with_namespace"].as_str());
    let (Some(number), Some(path)) = (number, path.filter(|path| path.contains('/'))) else {
        return Err(Stop::Blocked(format!("the agent does not tell its project: {told}")));
    };
    for project in [Project::Number(number), Project::Path(path.to_owned())] {
        let answer = cx.send(api::get_agent(&project, agent.id)).await?;
        if cx.succeeded(R::ProjectPath, &answer, &format!("an agent of project {project}")) {
            let body = answer.json().unwrap_or(&Value::Null);
            same_values(cx, R::ProjectPath, &answer, &agent.body, body, &KEYS);
        }
        let answer = cx.send(api::list_agents(&project)).await?;
        cx.succeeded(R::ProjectPath, &answer, &format!("the agents of project {project}"));
        let answer =
            cx.send(api::create_token(&project, agent.id, json!({ "name": cx.name() }))).await?;
        cx.succeeded(R::ProjectPath, &answer, &format!("a token through project {project}"));
    }
    let expected = 2;
    let active = cx.active_tokens(agent).await?.len();
    match active == expected {
        true => Ok(()),
        false => Err(Stop::Blocked(format!("{active} active tokens instead of {expected}"))),
    }
}

/// Every operation that can be tried on a project that is not there, or seems not to be.
fn requests(cx: &Context<'_>, project: &Project, things: &Things) -> Vec<Request> {
    let (agent, token) = (things.agent.id, things.token);
    vec![
        api::list_agents(project),
        api::register_agent(project, &cx.name()),
        api::get_agent(project, agent),
        api::list_tokens(project, agent),
        api::create_token(project, agent, json!({ "name": cx.name() })),
        api::get_token(project, agent, token),
        api::revoke_token(project, agent, token),
        api::delete_agent(project, agent),
    ]
}

fn nowhere(cx: &Context<'_>) -> [Project; 2] {
    [Project::Number(api::NOBODYS), Project::Path(format!("{}/nothing", cx.name()))]
}

async fn unknown(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    for project in nowhere(cx) {
        for request in requests(cx, &project, &things) {
            let what = format!("{} of a project that does not exist", request.operation_id());
            let answer = cx.send(request).await?;
            cx.adopt(&project, &answer);
            cx.accepted(R::ProjectUnknown, &answer, &what);
        }
    }
    let answer = cx.send(api::get_agent(cx.project(), things.agent.id)).await?;
    cx.succeeded(R::ProjectUnknown, &answer, "the agent, through its own project, afterwards");
    Ok(())
}

/// The outsider's answers for the project compared with those for one that does not exist.
async fn hidden(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    let [by_number, by_path] = nowhere(cx);
    let missing = match cx.project() {
        Project::Number(_) => by_number,
        Project::Path(_) => by_path,
    };
    let here = requests(cx, cx.project(), &things);
    let there = requests(cx, &missing, &things);
    for (here, there) in here.into_iter().zip(there) {
        let what = format!("{} by the outsider", here.operation_id());
        let answer = cx.send(here.by(Actor::Outsider)).await?;
        cx.adopt(cx.project(), &answer);
        let reference = cx.send(there.by(Actor::Outsider)).await?;
        if cx.accepted(R::IsolationProjectHidden, &answer, &what) {
            same_refusal(cx, R::IsolationProjectHidden, &answer, &reference);
        }
    }
    Ok(())
}

/// Judges that two refusals cannot be told apart, but for the identifiers that they repeat.
pub(super) fn same_refusal(
    cx: &Context<'_>,
    requirement: R,
    answer: &Exchange,
    reference: &Exchange,
) {
    let (expected, got) = (refusal(reference), refusal(answer));
    cx.expect_got(
        requirement,
        expected == got,
        answer,
        format!("the same as for what does not exist: {expected}"),
        got,
    );
}

fn refusal(answer: &Exchange) -> String {
    let reason: Vec<String> = ["message", "error", "error_description"]
        .iter()
        .map(|key| without_ids(answer, answer.field(key)))
        .collect();
    format!("status {} {}", answer.status, reason.join(" ").trim())
}

/// A text with every segment of the path, and every number, replaced.
fn without_ids(answer: &Exchange, value: &Value) -> String {
    let mut text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    for segment in answer.request.path.split('/').filter(|segment| segment.len() > 3) {
        text = text.replace(&segment.replace("%2F", "/"), "…").replace(segment, "…");
    }
    let digits = text.split(|c: char| c.is_ascii_digit()).collect::<Vec<_>>();
    // The status is a part of many messages and is compared by itself.
    digits.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("#")
}

async fn name_per_project(cx: &Context<'_>) -> Outcome {
    let (agent, second) = (cx.agent().await?, cx.second_project()?);
    let answer = cx.send(api::register_agent(second, &agent.name)).await?;
    cx.adopt(second, &answer);
    cx.succeeded(
        R::IsolationNamePerProject,
        &answer,
        "registering in another project a name of this one",
    );
    Ok(())
}
