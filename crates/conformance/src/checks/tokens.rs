//! Creating, getting, listing and revoking tokens.

use serde_json::{Value, json};

use crate::api;
use crate::check::Check;
use crate::checks::agents::same_values;
use crate::context::{Context, Outcome};
use crate::generated::RequirementId as R;
use crate::transport::Exchange;

pub(super) const CHECKS: &[Check] = &[
    Check::new(
        "token-create",
        &[R::TokenCreate, R::RoleMaintainerTokenWrites, R::TokenLastUsed],
        |cx| Box::pin(create(cx)),
    ),
    Check::new("token-get", &[R::TokenGet, R::TokenLastUsed], |cx| Box::pin(get(cx))),
    Check::new("token-creator", &[R::TokenCreator], |cx| Box::pin(creator(cx))),
    Check::new("token-list", &[R::TokenListActive, R::ExchangeListMatchesGet], |cx| {
        Box::pin(list(cx))
    }),
    Check::new(
        "token-revoke",
        &[R::TokenRevoke, R::TokenGetRevoked, R::TokenListActive, R::RoleMaintainerTokenWrites],
        |cx| Box::pin(revoke(cx)),
    ),
    Check::new("token-revoke-again", &[R::TokenRevokeAgain], |cx| Box::pin(revoke_again(cx))),
];

/// The documented keys of a token in a list.
pub(super) const LIST_KEYS: [&str; 7] =
    ["id", "name", "description", "agent_id", "status", "created_at", "created_by_user_id"];

async fn create(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let (name, description) = (cx.name(), "Made to be looked at");
    let body = json!({ "name": name, "description": description });
    let answer = cx.send(api::create_token(&agent.project, agent.id, body)).await?;
    cx.succeeded(R::RoleMaintainerTokenWrites, &answer, "creating a token");
    if !cx.succeeded(R::TokenCreate, &answer, "creating a token") {
        return Ok(());
    }
    let expected = [
        ("name", json!(name)),
        ("description", json!(description)),
        ("agent_id", json!(agent.id)),
        ("status", json!("active")),
    ];
    for (key, value) in expected {
        cx.same(R::TokenCreate, &answer, &format!("`{key}`"), &value, answer.field(key));
    }
    let has_secret = answer.field("token").as_str().is_some_and(|secret| !secret.is_empty());
    cx.expect_got(R::TokenCreate, has_secret, &answer, "`token` with the secret", "none");
    never_used(cx, &answer);
    Ok(())
}

fn never_used(cx: &Context<'_>, answer: &Exchange) {
    cx.same(R::TokenLastUsed, answer, "`last_used_at`", &Value::Null, answer.field("last_used_at"));
    if answer.json().is_some_and(|body| body.get("last_used_at").is_none()) {
        cx.note(R::TokenLastUsed, "last_used_at is left out where it is null");
    }
}

async fn get(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let token = cx.token(&agent).await?;
    let answer = cx.send(api::get_token(&agent.project, agent.id, token.id)).await?;
    if cx.succeeded(R::TokenGet, &answer, "getting a new token") {
        let created = token.answer.json().unwrap_or(&Value::Null);
        same_values(
            cx,
            R::TokenGet,
            &answer,
            created,
            answer.json().unwrap_or(&Value::Null),
            &LIST_KEYS,
        );
        let has_secret = answer.field("token").is_string();
        cx.expect_got(R::TokenGet, !has_secret, &answer, "no `token`", "a `token`");
        never_used(cx, &answer);
    }
    Ok(())
}

async fn creator(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let (one, two) = (cx.token(&agent).await?, cx.token(&agent).await?);
    // A string of digits is as good as the number.
    let id = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let owner = id(&agent.body["created_by_user_id"]);
    for token in [&one, &two] {
        let value = token.answer.field("created_by_user_id");
        if value.is_null() || agent.body["created_by_user_id"].is_null() {
            cx.note(R::TokenCreator, "created_by_user_id is null for a user that exists");
            cx.pass(R::TokenCreator);
            continue;
        }
        if value.is_string() {
            cx.note(R::TokenCreator, "created_by_user_id is a string of digits, as the tables say");
        }
        let (expected, got) = (json!(owner), json!(id(value)));
        cx.same(R::TokenCreator, &token.answer, "`created_by_user_id`", &expected, &got);
    }
    Ok(())
}

async fn list(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let answer = cx.send(api::list_tokens(&agent.project, agent.id)).await?;
    let is_empty = answer.is_success() && answer.items().is_some_and(Vec::is_empty);
    cx.expect(R::TokenListActive, is_empty, &answer, "an empty array for an agent without tokens");
    let mut expected = Vec::new();
    for _ in 0..2 {
        let token = cx.token(&agent).await?;
        expected.push(token.id);
        let answer = cx.send(api::list_tokens(&agent.project, agent.id)).await?;
        listed(cx, &answer, &expected);
        entry_matches_get(cx, &answer, token.id).await?;
    }
    Ok(())
}

async fn entry_matches_get(cx: &Context<'_>, list: &Exchange, token: u64) -> Outcome {
    let path = list.request.path.trim_start_matches('/').to_owned();
    let entry = list.items().into_iter().flatten().find(|item| item["id"].as_u64() == Some(token));
    let (Some(entry), Some(agent)) = (entry, list.request.agent_segment()) else { return Ok(()) };
    debug_assert!(path.ends_with("tokens"));
    let answer = cx.send(api::get_token(cx.project(), agent, token)).await?;
    let body = answer.json().unwrap_or(&Value::Null);
    same_values(cx, R::ExchangeListMatchesGet, &answer, entry, body, &LIST_KEYS);
    Ok(())
}

/// Judges that a list has exactly these tokens, all active.
fn listed(cx: &Context<'_>, answer: &Exchange, expected: &[u64]) {
    let mut ids = answer.ids().unwrap_or_default();
    let mut expected = expected.to_vec();
    ids.sort_unstable();
    expected.sort_unstable();
    let got = format!("the tokens {ids:?}");
    cx.expect_got(
        R::TokenListActive,
        ids == expected,
        answer,
        format!("the tokens {expected:?}"),
        got,
    );
    let inactive = answer.items().into_iter().flatten().find(|item| item["status"] != "active");
    let got = inactive.map_or_else(String::new, |item| format!("status {}", item["status"]));
    cx.expect_got(R::TokenListActive, inactive.is_none(), answer, "active tokens only", got);
}

async fn revoke(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let (first, second) = (cx.token(&agent).await?, cx.token(&agent).await?);
    let answer = cx.send(api::revoke_token(&agent.project, agent.id, first.id)).await?;
    cx.succeeded(R::RoleMaintainerTokenWrites, &answer, "revoking a token");
    if !cx.succeeded(R::TokenRevoke, &answer, "revoking an active token") {
        return Ok(());
    }
    let answer = cx.send(api::list_tokens(&agent.project, agent.id)).await?;
    listed(cx, &answer, &[second.id]);
    let is_gone = answer.ids().is_some_and(|ids| !ids.contains(&first.id));
    cx.expect(R::TokenRevoke, is_gone, &answer, "a list without the revoked token");
    let answer = cx.send(api::get_token(&agent.project, agent.id, first.id)).await?;
    cx.expect(R::TokenGetRevoked, answer.status == 404, &answer, "status 404 for a revoked token");
    let answer = cx.send(api::get_token(&agent.project, agent.id, second.id)).await?;
    if cx.succeeded(R::TokenRevoke, &answer, "getting the other token") {
        cx.same(
            R::TokenRevoke,
            &answer,
            "`status` of the other token",
            &json!("active"),
            answer.field("status"),
        );
    }
    Ok(())
}

async fn revoke_again(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let (first, second) = (cx.token(&agent).await?, cx.token(&agent).await?);
    let answer = cx.send(api::revoke_token(&agent.project, agent.id, first.id)).await?;
    if !answer.is_success() {
        return Err(cx.blocked("a token could not be revoked", &answer));
    }
    let answer = cx.send(api::revoke_token(&agent.project, agent.id, first.id)).await?;
    cx.accepted(R::TokenRevokeAgain, &answer, "revoking a revoked token");
    let active = cx.active_tokens(&agent).await?;
    let (expected, got) = (json!([second.id]), json!(active));
    cx.same(R::TokenRevokeAgain, &answer, "the active tokens", &expected, &got);
    Ok(())
}
