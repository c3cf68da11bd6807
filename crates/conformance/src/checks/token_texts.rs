//! Names and descriptions of tokens: which are taken, and that they come back as they were sent.

use proptest::strategy::Strategy;
use serde_json::{Value, json};

use crate::api;
use crate::check::Check;
use crate::context::{Agent, Context, Outcome, Stop};
use crate::document;
use crate::finding::Finding;
use crate::generated::RequirementId as R;
use crate::property;
use crate::transport::Exchange;

pub(super) const CHECKS: &[Check] = &[
    Check::new("token-name-required", &[R::TokenNameRequired], |cx| Box::pin(name_required(cx))),
    Check::new("token-name-kept", &[R::TokenNameKept], |cx| Box::pin(kept(cx))),
    Check::new("token-text-length", &[R::TokenTextLength], |cx| Box::pin(length(cx))),
    Check::new("token-name-shared", &[R::TokenNameShared], |cx| Box::pin(shared(cx))),
    Check::new("token-description", &[R::TokenDescriptionOptional], |cx| Box::pin(optional(cx))),
];

async fn name_required(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    for body in [json!({}), json!({ "name": null }), json!({ "name": "" }), json!({ "name": "  " })]
    {
        let answer = cx.send(api::create_token(&agent.project, agent.id, body.clone())).await?;
        cx.accepted(R::TokenNameRequired, &answer, &format!("creating {body}"));
    }
    let active = cx.active_tokens(&agent).await?;
    if !active.is_empty() {
        return Err(Stop::Blocked(format!("the agent has the tokens {active:?}")));
    }
    Ok(())
}

/// Texts of several scripts with what is often escaped, and white space inside only.
fn text() -> impl Strategy<Value = String> {
    let end = "[A-Za-z0-9<>&\"'%{}$#/\\\\;äßÉжЯλ中日本한🚀🔑]";
    let inner = "[A-Za-z0-9<>&\"'%{}$#/\\\\; \t_äßÉжЯλ中日本한🚀🔑]{0,24}";
    (end, inner, end).prop_map(|(first, inner, last)| format!("{first}{inner}{last}"))
}

async fn kept(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let test = async |(name, description): (String, String)| {
        let body = json!({ "name": name, "description": description });
        let answer = cx.send(api::create_token(&agent.project, agent.id, body.clone())).await?;
        let Some(id) = answer.field("id").as_u64().filter(|_| answer.is_success()) else {
            return Ok(Some(cx.finding(
                &answer,
                format!("{body} is accepted"),
                format!("status {}", answer.status),
            )));
        };
        let read = cx.send(api::get_token(&agent.project, agent.id, id)).await?;
        cx.send(api::revoke_token(&agent.project, agent.id, id)).await?;
        Ok(changed(cx, &answer, &body).or_else(|| changed(cx, &read, &body)))
    };
    property::holds(cx, R::TokenNameKept, (text(), text()), test).await
}

fn changed(cx: &Context<'_>, answer: &Exchange, body: &Value) -> Option<Finding> {
    let key = ["name", "description"].into_iter().find(|key| answer.field(key) != &body[*key])?;
    let (expected, got) =
        (format!("`{key}` {}", body[key]), format!("`{key}` {}", answer.field(key)));
    Some(cx.finding(answer, expected, got))
}

async fn length(cx: &Context<'_>) -> Outcome {
    let limits = [
        ("name", document::max_length("AgentTokenName")),
        ("description", document::max_length("AgentTokenDescription")),
    ];
    for (key, limit) in limits {
        for letter in ["a", "ß", "中", "🚀"] {
            let agent = cx.agent().await?;
            at_the_limit(cx, &agent, key, letter, limit).await?;
            above_the_limit(cx, &agent, key, letter, limit + 1).await?;
        }
    }
    Ok(())
}

fn body(cx: &Context<'_>, key: &str, text: &str) -> Value {
    let mut body = json!({ "name": cx.name() });
    body[key] = json!(text);
    body
}

async fn at_the_limit(
    cx: &Context<'_>,
    agent: &Agent,
    key: &str,
    letter: &str,
    limit: usize,
) -> Outcome {
    let text = letter.repeat(limit);
    let answer = cx.send(api::create_token(&agent.project, agent.id, body(cx, key, &text))).await?;
    let what = format!("a {key} of {limit} times `{letter}`");
    if cx.succeeded(R::TokenTextLength, &answer, &what) {
        let got = answer.field(key).as_str().unwrap_or_default();
        let words = format!("{} characters", got.chars().count());
        cx.expect_got(
            R::TokenTextLength,
            got == text,
            &answer,
            format!("{what}, kept whole"),
            words,
        );
    }
    Ok(())
}

async fn above_the_limit(
    cx: &Context<'_>,
    agent: &Agent,
    key: &str,
    letter: &str,
    length: usize,
) -> Outcome {
    let text = letter.repeat(length);
    let answer = cx.send(api::create_token(&agent.project, agent.id, body(cx, key, &text))).await?;
    cx.accepted(R::TokenTextLength, &answer, &format!("a {key} of {length} times `{letter}`"));
    Ok(())
}

async fn shared(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let body = json!({ "name": cx.name() });
    for _ in 0..2 {
        let answer = cx.send(api::create_token(&agent.project, agent.id, body.clone())).await?;
        cx.succeeded(R::TokenNameShared, &answer, "one name for two tokens");
    }
    Ok(())
}

async fn optional(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    for body in [json!({ "name": cx.name() }), json!({ "name": cx.name(), "description": null })] {
        let answer = cx.send(api::create_token(&agent.project, agent.id, body)).await?;
        if cx.succeeded(R::TokenDescriptionOptional, &answer, "a token without a description") {
            let got = answer.field("description");
            cx.same(R::TokenDescriptionOptional, &answer, "`description`", &Value::Null, got);
        }
    }
    Ok(())
}
