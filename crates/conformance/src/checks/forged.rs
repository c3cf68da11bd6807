//! Fields of a create that only the server may set, or the path.

use serde_json::{Value, json};

use crate::api;
use crate::check::Check;
use crate::context::{Agent, Context, Outcome};
use crate::generated::RequirementId as R;
use crate::target::Project;

pub(super) const CHECKS: &[Check] = &[
    Check::new("forged-fields", &[R::ExchangeNoMassAssignment], |cx| Box::pin(mass_assignment(cx))),
    Check::new("forged-url-fields", &[R::ExchangeNoMassAssignment], |cx| Box::pin(forged_url(cx)))
        .receptive(),
];

/// What a caller must not be able to set.
const FORGED_TIME: &str = "2001-02-03T04:05:06.000Z";
const FORGED_USER: u64 = 987_654;

async fn mass_assignment(cx: &Context<'_>) -> Outcome {
    let (plain, other) = (cx.agent().await?, cx.agent().await?);
    forged_agent(cx, &plain).await?;
    forged_token(cx, &plain, &other).await
}

async fn forged_agent(cx: &Context<'_>, plain: &Agent) -> Outcome {
    let project: &Project = &plain.project;
    let body = json!({
        "name": cx.name(), "id": api::NOBODYS, "agent_id": api::NOBODYS, "project_id": 1,
        "created_at": FORGED_TIME, "created_by_user_id": FORGED_USER,
        "config_project": { "id": 1 },
    });
    let answer = cx.send(api::register_agent_as(project, body)).await?;
    cx.adopt(project, &answer);
    if !answer.is_success() {
        cx.outcome(
            R::ExchangeNoMassAssignment,
            "refused",
            &answer,
            "registering with forged fields",
        );
        return Ok(());
    }
    let forged = [("id", json!(api::NOBODYS)), ("created_at", json!(FORGED_TIME))];
    for (key, value) in forged {
        let got = format!("`{key}` {value}");
        let expected = format!("`{key}` of the server");
        cx.expect_got(
            R::ExchangeNoMassAssignment,
            answer.field(key) != &value,
            &answer,
            expected,
            got,
        );
    }
    for key in ["config_project", "created_by_user_id"] {
        let expected = plain.body.get(key).unwrap_or(&Value::Null);
        cx.same(
            R::ExchangeNoMassAssignment,
            &answer,
            &format!("`{key}`"),
            expected,
            answer.field(key),
        );
    }
    Ok(())
}

async fn forged_token(cx: &Context<'_>, plain: &Agent, other: &Agent) -> Outcome {
    let usual = cx.token(plain).await?;
    let forged_secret = "forged-secret-forged-secret-forged-secret-forged-secret";
    let body = json!({
        "name": cx.name(), "id": api::NOBODYS, "agent_id": other.id, "status": "revoked",
        "created_at": FORGED_TIME, "created_by_user_id": FORGED_USER, "token": forged_secret,
        "last_used_at": FORGED_TIME,
    });
    let answer = cx.send(api::create_token(&plain.project, plain.id, body)).await?;
    if !answer.is_success() {
        cx.outcome(
            R::ExchangeNoMassAssignment,
            "refused",
            &answer,
            "creating a token with forged fields",
        );
        return Ok(());
    }
    let same = ["agent_id", "status", "created_by_user_id", "last_used_at"];
    for key in same {
        let expected = usual.answer.field(key);
        cx.same(
            R::ExchangeNoMassAssignment,
            &answer,
            &format!("`{key}`"),
            expected,
            answer.field(key),
        );
    }
    for (key, value) in [("token", json!(forged_secret)), ("created_at", json!(FORGED_TIME))] {
        let is_own = answer.field(key) != &value;
        cx.expect_got(
            R::ExchangeNoMassAssignment,
            is_own,
            &answer,
            format!("`{key}` of the server"),
            "the one sent",
        );
    }
    let active = cx.active_tokens(other).await?;
    cx.same(
        R::ExchangeNoMassAssignment,
        &answer,
        "the other agent's tokens",
        &json!([]),
        &json!(active),
    );
    Ok(())
}

async fn forged_url(cx: &Context<'_>) -> Outcome {
    let (plain, other) = (cx.agent().await?, cx.agent().await?);
    let forged_key = "Zm9yZ2VkLWtleS1mb3JnZWQta2V5LWZvcmdlZC1rZXk=";
    let body = json!({
        "url": "grpcs://agent.example.com:4242", "id": api::NOBODYS, "agent_id": other.id,
        "public_key": forged_key,
    });
    let answer = cx.send(api::create_url(&plain.project, plain.id, body)).await?;
    if !answer.is_success() {
        let what = "creating a URL configuration with forged fields";
        cx.outcome(R::ExchangeNoMassAssignment, "refused", &answer, what);
        return Ok(());
    }
    let agent_id = answer.field("agent_id");
    cx.same(R::ExchangeNoMassAssignment, &answer, "`agent_id`", &json!(plain.id), agent_id);
    for (key, value) in [("public_key", json!(forged_key)), ("id", json!(api::NOBODYS))] {
        let is_own = answer.field(key) != &value;
        let expected = format!("`{key}` of the server");
        cx.expect_got(R::ExchangeNoMassAssignment, is_own, &answer, expected, "the one sent");
    }
    Ok(())
}
