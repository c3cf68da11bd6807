//! Secrets of agents that get out, or are made badly.

use std::sync::{Arc, Mutex, PoisonError};

use cluster_agents_server::Operation;
use serde_json::{Map, Value};

use super::json::put;
use super::memory::Shared;
use super::rights::set_token;
use crate::seam::call::{Answer, Call};
use crate::seam::wire::{Handler, after, around};

/// The secrets by the number of their token, the newest last.
type Known = Vec<(i64, String)>;

/// The secret in the answer to a create.
fn fresh(call: &Call, answer: &Answer) -> Option<(i64, String)> {
    let value = answer.value();
    let secret = value.get("token").and_then(Value::as_str)?;
    let is_new = call.is(&[Operation::CreateAgentToken]) && answer.is_success();
    is_new.then(|| (answer.id(), secret.to_owned()))
}

/// Changes answers, knowing all secrets that were given out before.
pub(crate) fn secrets(leak: fn(&Call, &mut Answer, &Known)) -> Handler {
    let known = Mutex::new(Known::new());
    after(move |call, answer| {
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        match fresh(call, answer) {
            Some(new) => known.push(new),
            None => leak(call, answer, &known),
        }
    })
}

/// Puts the secret of a token, in some form, into one of its keys.
pub(crate) fn reveal(
    token: &mut Map<String, Value>,
    key: &str,
    known: &Known,
    form: impl Fn(&str) -> String,
) {
    let id = token.get("id").and_then(Value::as_i64);
    if let Some((_, secret)) = known.iter().find(|(known, _)| Some(*known) == id) {
        put(token, key, form(secret));
    }
}

/// Makes new secrets of a number that counts up, the number of the agent, and the right secret.
pub(crate) fn new_secret(make: fn(usize, i64, &str) -> String) -> Handler {
    let count = Mutex::new(0);
    after(move |call, answer| {
        let Some((_, secret)) = fresh(call, answer) else { return };
        let mut count = count.lock().unwrap_or_else(PoisonError::into_inner);
        *count += 1;
        let agent = call.agent().parse().unwrap_or_default();
        answer.each(|token| put(token, "token", make(*count, agent, &secret)));
    })
}

/// Gives all tokens of an agent the secret of its first.
pub(crate) fn one_secret_per_agent() -> Handler {
    let firsts = Shared::<String, String>::default();
    after(move |call, answer| {
        let Some((_, secret)) = fresh(call, answer) else { return };
        let agent = call.agent().to_owned();
        let first = firsts.with(|firsts| firsts.entry(agent).or_insert(secret).clone());
        answer.each(|token| put(token, "token", first.as_str()));
    })
}

/// Takes the secret of an agent for the credential of a maintainer.
pub(crate) fn agent_secret_accepted() -> Handler {
    let known = Arc::new(Mutex::new(Known::new()));
    around(move |mut call, next| {
        let known = Arc::clone(&known);
        async move {
            let is_known = {
                let known = known.lock().unwrap_or_else(PoisonError::into_inner);
                known.iter().any(|(_, secret)| secret == call.token())
            };
            if is_known {
                call.forget_credential();
                set_token(&mut call, "demo-maintainer-token");
            }
            let answer = next.call(call.clone()).await;
            if let Some(new) = fresh(&call, &answer) {
                known.lock().unwrap_or_else(PoisonError::into_inner).push(new);
            }
            answer
        }
    })
}

/// Gives every second token the secret of the one before.
pub(crate) fn every_second_repeats() -> Handler {
    let last = Mutex::new(None::<String>);
    after(move |call, answer| {
        let Some((_, secret)) = fresh(call, answer) else { return };
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        match last.take() {
            Some(again) => answer.each(|token| put(token, "token", again.as_str())),
            None => *last = Some(secret),
        }
    })
}
