//! Which names an agent can have.

use serde_json::{Value, json};

use crate::api;
use crate::check::Check;
use crate::context::{Context, Outcome, Stop};
use crate::document;
use crate::finding::Finding;
use crate::generated::RequirementId as R;
use crate::property;
use crate::texts::Text;
use crate::transport::Exchange;

pub(super) const CHECKS: &[Check] = &[
    Check::new("agent-name-required", &[R::AgentNameRequired], |cx| Box::pin(required(cx))),
    Check::new("agent-name-accepted", &[R::AgentNameAccepted], |cx| Box::pin(accepted(cx))),
    Check::new("agent-name-charset", &[R::AgentNameCharset], |cx| Box::pin(charset(cx))),
    Check::new("agent-name-length", &[R::AgentNameLength], |cx| Box::pin(length(cx))),
    Check::new("agent-name-unique", &[R::AgentNameUnique], |cx| Box::pin(unique(cx))),
];

async fn required(cx: &Context<'_>) -> Outcome {
    for body in [json!({}), json!({ "name": null }), json!({ "name": "" }), json!({ "name": "  " })]
    {
        let answer = cx.send(api::register_agent_as(cx.project(), body.clone())).await?;
        cx.adopt(cx.project(), &answer);
        cx.accepted(R::AgentNameRequired, &answer, &format!("registering {body}"));
    }
    Ok(())
}

/// How long a generated end of a name may be: the beginning is the run's, so that nobody else's
/// name is met.
const END: usize = 8;

async fn accepted(cx: &Context<'_>) -> Outcome {
    let test = async |end: String| {
        let name = format!("{}-{end}", cx.name());
        let answer = cx.send(api::register_agent(cx.project(), &name)).await?;
        let agent = cx.adopt(cx.project(), &answer);
        if let Some(agent) = &agent {
            // Soon removed: a property makes many.
            cx.send(api::delete_agent(&agent.project, agent.id)).await?;
        }
        Ok(different_name(cx, &answer, &name))
    };
    let ends = Text::of("AgentName")?.valid(END)?;
    property::holds(cx, R::AgentNameAccepted, ends, test).await
}

fn different_name(cx: &Context<'_>, answer: &Exchange, name: &str) -> Option<Finding> {
    if !answer.is_success() {
        return Some(cx.finding(
            answer,
            format!("`{name}` is accepted"),
            format!("status {}", answer.status),
        ));
    }
    let got = answer.field("name");
    (got != &Value::from(name))
        .then(|| cx.finding(answer, format!("`name` \"{name}\""), format!("`name` {got}")))
}

async fn charset(cx: &Context<'_>) -> Outcome {
    for end in ["-", "A", "_", " ", "\n", ".", "é"] {
        refused(cx, &format!("{}{end}", cx.name())).await?;
    }
    refused(cx, &format!("-{}", cx.name())).await?;
    let test = async |end: String| {
        let name = format!("{}-{end}", cx.name());
        let answer = cx.send(api::register_agent(cx.project(), &name)).await?;
        cx.adopt(cx.project(), &answer);
        let is_refused = cx.session.ledger.accepted(R::AgentNameCharset).contains(&answer.status);
        let finding = || {
            cx.finding(&answer, format!("{name:?} is refused"), format!("status {}", answer.status))
        };
        Ok((!is_refused).then(finding))
    };
    let ends = Text::of("AgentName")?.invalid_behind("a-")?;
    property::holds(cx, R::AgentNameCharset, ends, test).await
}

async fn refused(cx: &Context<'_>, name: &str) -> Result<(), Stop> {
    let answer = cx.send(api::register_agent(cx.project(), name)).await?;
    cx.adopt(cx.project(), &answer);
    cx.accepted(R::AgentNameCharset, &answer, &format!("registering {name:?}"));
    Ok(())
}

async fn length(cx: &Context<'_>) -> Outcome {
    let limit = document::max_length("AgentName");
    let longest = filled(&cx.name(), limit);
    let answer = cx.send(api::register_agent(cx.project(), &longest)).await?;
    cx.adopt(cx.project(), &answer);
    if cx.succeeded(R::AgentNameLength, &answer, &format!("a name of {limit} characters")) {
        cx.same(R::AgentNameLength, &answer, "`name`", &json!(longest), answer.field("name"));
    }
    for length in [limit + 1, 255, 256] {
        let name = filled(&cx.name(), length);
        let answer = cx.send(api::register_agent(cx.project(), &name)).await?;
        cx.adopt(cx.project(), &answer);
        cx.accepted(R::AgentNameLength, &answer, &format!("a name of {length} characters"));
    }
    Ok(())
}

fn filled(name: &str, length: usize) -> String {
    format!("{name}{}", "x".repeat(length.saturating_sub(name.len())))
}

async fn unique(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let answer = cx.send(api::register_agent(&agent.project, &agent.name)).await?;
    cx.adopt(&agent.project, &answer);
    cx.accepted(R::AgentNameUnique, &answer, "registering a name that is taken");
    let answer = cx.send(api::get_agent(&agent.project, agent.id)).await?;
    cx.succeeded(R::AgentNameUnique, &answer, "getting the first agent of the name");
    Ok(())
}
