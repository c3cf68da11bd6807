//! Secrets of tokens: of which form they are, and that they cannot be worked out.

use crate::check::Check;
use crate::context::{Context, Outcome};
use crate::generated::RequirementId as R;
use crate::{api, transport::Exchange};

pub(super) const CHECKS: &[Check] = &[
    Check::new("token-secret-form", &[R::TokenSecretForm], |cx| Box::pin(form(cx))),
    Check::new("token-secret-unguessable", &[R::TokenSecretUnguessable], |cx| {
        Box::pin(unguessable(cx))
    }),
    Check::new("token-secret-once", &[R::TokenSecretOnce], |cx| Box::pin(once(cx))),
];

/// How long a secret should be at least.
const SHORTEST: usize = 50;
/// In how many places two random secrets differ at the very least. A counter, a time or an id in
/// an otherwise fixed text differs in fewer.
const DIFFERENT: usize = 12;

async fn form(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let token = cx.token(&agent).await?;
    let Some(secret) = secret(&token.answer) else {
        return Err(cx.blocked("no secret", &token.answer));
    };
    let length = secret.chars().count();
    let expected = format!("at least {SHORTEST} characters");
    let got = format!("{length} characters");
    cx.expect_got(R::TokenSecretForm, length >= SHORTEST, &token.answer, expected, got);
    let odd = secret.chars().find(|c| !c.is_ascii_alphanumeric() && !"_.-".contains(*c));
    let got = odd.map_or_else(String::new, |odd| format!("the character {odd:?}"));
    let expected = "letters, digits, underscore, full stop and hyphen only";
    cx.expect_got(R::TokenSecretForm, odd.is_none(), &token.answer, expected, got);
    Ok(())
}

fn secret(answer: &Exchange) -> Option<&str> {
    answer.field("token").as_str()
}

async fn unguessable(cx: &Context<'_>) -> Outcome {
    let mut answers = Vec::new();
    for _ in 0..3 {
        let agent = cx.agent().await?;
        answers.push(cx.token(&agent).await?.answer);
        answers.push(cx.token(&agent).await?.answer);
    }
    for (index, answer) in answers.iter().enumerate() {
        let Some(this) = secret(answer) else { return Err(cx.blocked("no secret", answer)) };
        for other in answers[..index].iter().filter_map(secret) {
            let places = differences(this, other);
            let expected = format!("secrets that differ in at least {DIFFERENT} places");
            let got = format!("two that differ in {places}");
            cx.expect_got(R::TokenSecretUnguessable, places >= DIFFERENT, answer, expected, got);
        }
    }
    Ok(())
}

fn differences(one: &str, other: &str) -> usize {
    let differ = one.bytes().zip(other.bytes()).filter(|(a, b)| a != b).count();
    differ + one.len().abs_diff(other.len())
}

/// Reads everything that a secret could be in; the oracles look for it.
async fn once(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let token = cx.token(&agent).await?;
    let (project, id) = (&agent.project, agent.id);
    for request in [
        api::get_token(project, id, token.id),
        api::list_tokens(project, id),
        api::get_agent(project, id),
        api::list_agents(project),
        api::get_token(project, id, token.id).head(),
        api::revoke_token(project, id, token.id),
        api::get_token(project, id, token.id),
    ] {
        cx.send(request).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_in_a_fixed_text_differs_in_too_few_places() {
        assert!(
            differences("glagent-secret-0000000000001", "glagent-secret-1700000000002") < DIFFERENT
        );
        assert!(differences("abcdefghijklmnopqrst", "zyxwvutsrqponmlkjihg") >= DIFFERENT);
        assert_eq!(differences("abc", "abcdef"), 3);
    }
}
