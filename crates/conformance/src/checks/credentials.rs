//! Which credentials are accepted, and that all others are not.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::api;
use crate::check::{Check, Need};
use crate::checks::things::Things;
use crate::context::{Context, Outcome, Stop};
use crate::generated::RequirementId as R;
use crate::target::{Actor, Secret};
use crate::transport::{Credential, Request};

const EXPIRED: &[Need] = &[Need::Token(Actor::Expired)];
const REVOKED: &[Need] = &[Need::Token(Actor::Revoked)];
const READ_ONLY: &[Need] = &[Need::Token(Actor::ReadOnly)];

pub(super) const CHECKS: &[Check] = &[
    Check::new("auth-accepted", &[R::AuthPrivateToken, R::AuthBearer], |cx| Box::pin(accepted(cx))),
    Check::new("auth-none", &[R::AuthRequired, R::AuthStatus, R::RoleDeniedWriteNoTrace], |cx| {
        Box::pin(none(cx))
    }),
    Check::new("auth-none-public", &[R::AuthRequired], |cx| Box::pin(none_in_public(cx)))
        .needs(&[Need::PublicProject]),
    Check::new("auth-unknown", &[R::AuthUnknown, R::AuthStatus], |cx| Box::pin(unknown(cx))),
    Check::new("auth-expired", &[R::AuthExpired, R::AuthStatus], |cx| {
        Box::pin(dead(cx, Actor::Expired, R::AuthExpired))
    })
    .needs(EXPIRED),
    Check::new("auth-revoked", &[R::AuthRevoked, R::AuthStatus], |cx| {
        Box::pin(dead(cx, Actor::Revoked, R::AuthRevoked))
    })
    .needs(REVOKED),
    Check::new("auth-agent-token", &[R::AuthAgentToken], |cx| Box::pin(agent_token(cx))),
    Check::new("auth-wrong-place", &[R::AuthWrongPlace], |cx| Box::pin(wrong_place(cx))),
    Check::new("auth-read-scope-reads", &[R::AuthReadScopeReads], |cx| {
        Box::pin(read_scope_reads(cx))
    })
    .needs(READ_ONLY),
    Check::new(
        "auth-read-scope-writes",
        &[R::AuthReadScopeWrites, R::RoleDeniedWriteNoTrace],
        |cx| Box::pin(read_scope_writes(cx)),
    )
    .needs(READ_ONLY),
];

async fn accepted(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    for request in things.reads() {
        let what = format!("{} with PRIVATE-TOKEN", request.operation_id());
        let answer = cx.send(request.clone()).await?;
        cx.succeeded(R::AuthPrivateToken, &answer, &what);
        let answer = cx.send(request.clone().title_case()).await?;
        cx.succeeded(R::AuthPrivateToken, &answer, "the same in another letter case of the name");
        let answer = cx.send(request.with(Credential::Bearer(Actor::Maintainer))).await?;
        cx.succeeded(R::AuthBearer, &answer, "the same with Authorization: Bearer");
    }
    for request in things.token_writes(cx) {
        let answer = cx.send(request.with(Credential::Bearer(Actor::Maintainer))).await?;
        cx.succeeded(R::AuthBearer, &answer, "a write with Authorization: Bearer");
    }
    Ok(())
}

async fn none(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    for request in things.all(cx) {
        let is_write = request.is_write();
        let what = format!("{} without credentials", request.operation_id());
        let answer = cx.send(request.with(Credential::None)).await?;
        cx.adopt(cx.project(), &answer);
        cx.accepted(R::AuthRequired, &answer, &what);
        cx.expect(R::AuthStatus, answer.status == 401, &answer, "status 401");
        if is_write {
            things.are_untouched(cx, R::RoleDeniedWriteNoTrace, &answer).await?;
        }
    }
    Ok(())
}

async fn none_in_public(cx: &Context<'_>) -> Outcome {
    let Some(project) = &cx.session.target.public_project else { return Ok(()) };
    let requests = [
        api::list_agents(project),
        api::get_agent(project, api::NOBODYS),
        api::register_agent(project, &cx.name()),
        api::delete_agent(project, api::NOBODYS),
        api::list_tokens(project, api::NOBODYS),
    ];
    for request in requests {
        let what = format!("{} of a public project without credentials", request.operation_id());
        let answer = cx.send(request.with(Credential::None)).await?;
        cx.adopt(project, &answer);
        cx.accepted(R::AuthRequired, &answer, &what);
    }
    Ok(())
}

async fn unknown(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    for request in things.all(cx) {
        let what = format!("{} with an unknown token", request.operation_id());
        let made = made("PRIVATE-TOKEN", "", "nobody-has-this-token-4f9a2c", "an unknown token");
        let answer = cx.send(request.with(made)).await?;
        cx.adopt(cx.project(), &answer);
        cx.accepted(R::AuthUnknown, &answer, &what);
        cx.expect(R::AuthStatus, answer.status == 401, &answer, "status 401");
    }
    let token = cx.session.target.token(Actor::Maintainer).map(Secret::expose).unwrap_or_default();
    for (value, label) in near(token) {
        for (header, before) in [("PRIVATE-TOKEN", ""), ("Authorization", "Bearer ")] {
            let request = api::list_agents(cx.project()).with(made(header, before, &value, label));
            let answer = cx.send(request).await?;
            cx.accepted(R::AuthUnknown, &answer, &format!("{label} in {header}"));
        }
    }
    Ok(())
}

/// What a careless comparison would take for the token.
fn near(token: &str) -> Vec<(String, &'static str)> {
    let swapped: String =
        token
            .chars()
            .map(|c| {
                if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }
            })
            .collect();
    let cut = token.get(..token.len().saturating_sub(1)).unwrap_or_default();
    let mut near = vec![
        (String::new(), "an empty token"),
        (cut.to_owned(), "a token without its last character"),
        (format!("{token}x"), "a token with one more character"),
    ];
    if swapped != token {
        near.push((swapped, "a token in the other letter case"));
    }
    near
}

fn made(header: &'static str, before: &str, value: &str, label: &str) -> Credential {
    let value = Secret::new(format!("{before}{value}"));
    Credential::Made { header, value, label: label.to_owned() }
}

/// A token that was good once.
async fn dead(cx: &Context<'_>, actor: Actor, requirement: R) -> Outcome {
    let things = Things::make(cx).await?;
    for request in things.all(cx) {
        let what = format!("{} with {actor}", request.operation_id());
        for way in [Credential::PrivateToken(actor), Credential::Bearer(actor)] {
            let answer = cx.send(request.clone().with(way)).await?;
            cx.adopt(cx.project(), &answer);
            cx.accepted(requirement, &answer, &what);
            cx.expect(R::AuthStatus, answer.status == 401, &answer, "status 401");
        }
    }
    Ok(())
}

async fn agent_token(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    let answer = cx.token(&things.bare).await?.answer;
    let Some(secret) = answer.field("token").as_str() else {
        return Err(cx.blocked("no secret", &answer));
    };
    for (header, before) in [("PRIVATE-TOKEN", ""), ("Authorization", "Bearer ")] {
        for request in [things.reads(), things.token_writes(cx)].concat() {
            let what = format!("{} with the secret of an agent token", request.operation_id());
            let credential = made(header, before, secret, "secret of an agent token");
            let answer = cx.send(request.with(credential)).await?;
            cx.accepted(R::AuthAgentToken, &answer, &what);
        }
    }
    Ok(())
}

async fn wrong_place(cx: &Context<'_>) -> Outcome {
    let actor = Actor::Maintainer;
    let token = cx.session.target.token(actor).map(Secret::expose).unwrap_or_default();
    let basic = STANDARD.encode(format!("maintainer:{token}"));
    let ways = [
        made("Authorization", "Basic ", &basic, "Basic with a good token as password"),
        Credential::Elsewhere { header: "Authorization", before: "Token ", actor },
        Credential::Elsewhere { header: "X-Access-Token", before: "", actor },
        Credential::Elsewhere { header: "Cookie", before: "token=", actor },
    ];
    for way in ways {
        for request in
            [api::list_agents(cx.project()), api::register_agent(cx.project(), &cx.name())]
        {
            let answer = cx.send(request.with(way.clone())).await?;
            cx.adopt(cx.project(), &answer);
            cx.accepted(R::AuthWrongPlace, &answer, "a good token in a wrong place");
        }
    }
    Ok(())
}

async fn read_scope_reads(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    for request in things.reads() {
        let what = format!("{} with a read-only token", request.operation_id());
        let answer = cx.send(request.by(Actor::ReadOnly)).await?;
        cx.succeeded(R::AuthReadScopeReads, &answer, &what);
    }
    Ok(())
}

async fn read_scope_writes(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    for request in things.writes(cx) {
        refused(cx, &things, request.by(Actor::ReadOnly)).await?;
    }
    Ok(())
}

async fn refused(cx: &Context<'_>, things: &Things, request: Request) -> Result<(), Stop> {
    let what = format!("{} with a read-only token", request.operation_id());
    let answer = cx.send(request).await?;
    cx.adopt(cx.project(), &answer);
    cx.accepted(R::AuthReadScopeWrites, &answer, &what);
    things.are_untouched(cx, R::RoleDeniedWriteNoTrace, &answer).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_near_token_is_the_token() {
        for token in ["abcDEF", "12345", "x", ""] {
            assert!(
                near(token).iter().all(|(near, _)| near != token || token.is_empty()),
                "{token}"
            );
        }
    }
}
