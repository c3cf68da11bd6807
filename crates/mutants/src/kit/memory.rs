//! Servers that remember more than they should.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use cluster_agents_server::Operation;
use http::Method;
use serde_json::{Value, json};

use crate::seam::call::{Answer, Call};
use crate::seam::wire::{Handler, around};

/// A map that requests share.
#[derive(Debug)]
pub(crate) struct Shared<K, V>(Arc<Mutex<HashMap<K, V>>>);

impl<K, V> Clone for Shared<K, V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K, V> Default for Shared<K, V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K, V> Shared<K, V> {
    /// Works with the map.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut HashMap<K, V>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Finds what belongs to an agent by its own id, whatever agent and project the path names.
pub(crate) fn by_id_alone(creates: Operation, finds: Operation) -> Handler {
    let homes = Shared::<String, (String, String)>::default();
    around(move |mut call, next| {
        let homes = homes.clone();
        async move {
            if call.is(&[finds])
                && let Some((project, agent)) = homes.with(|homes| homes.get(call.item()).cloned())
            {
                call.set_segment(0, &project);
                call.set_segment(2, &agent);
            }
            let answer = next.call(call.clone()).await;
            if call.is(&[creates]) && answer.is_success() {
                let home = (call.project().to_owned(), call.agent().to_owned());
                homes.with(|homes| homes.insert(answer.id().to_string(), home));
            }
            answer
        }
    })
}

/// Goes on showing revoked tokens in one operation.
pub(crate) fn remembers_revoked(shows: Operation) -> Handler {
    let revoked = Shared::<String, Value>::default();
    around(move |call, next| {
        let revoked = revoked.clone();
        async move {
            if call.is(&[Operation::RevokeAgentToken]) {
                let path = token_path(&call);
                let token = next.call(call.aside(Method::GET, &path)).await;
                let answer = next.call(call).await;
                if answer.is_success() && token.is_success() {
                    revoked.with(|revoked| revoked.insert(path, token.value()));
                }
                return answer;
            }
            let answer = next.call(call.clone()).await;
            if call.is(&[shows]) { with_revoked(&call, answer, &revoked) } else { answer }
        }
    })
}

fn token_path(call: &Call) -> String {
    format!("{}/cluster_agents/{}/tokens/{}", call.project(), call.agent(), call.item())
}

fn with_revoked(call: &Call, mut answer: Answer, revoked: &Shared<String, Value>) -> Answer {
    let below = token_path(call);
    let found: Vec<Value> = revoked.with(|revoked| {
        let below = revoked.iter().filter(|(path, _)| path.starts_with(&below));
        below.map(|(_, token)| token.clone()).collect()
    });
    match (answer.value(), found.first()) {
        (Value::Array(mut items), _) => {
            for mut token in found {
                token.as_object_mut().map(|token| token.shift_remove("last_used_at"));
                token["status"] = json!("revoked");
                items.push(token);
            }
            answer.set_value(&Value::Array(items));
            answer
        }
        (_, Some(token)) if answer.status == 404 && !call.by(&["guest", "reporter"]) => {
            Answer::json(200, token)
        }
        _ => answer,
    }
}

/// For whom an answer is kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Scope {
    /// For the caller who got it.
    Caller,
    /// For everybody who sends a credential.
    Everybody,
    /// For the caller who got it, whatever the query says.
    Path,
}

/// Keeps the successful answers of one operation for some milliseconds, or until anything is written.
pub(crate) fn cached(
    operation: Operation,
    millis: u64,
    scope: Scope,
    until_written: bool,
) -> Handler {
    let kept = Shared::<(String, String), (Instant, Answer)>::default();
    around(move |call, next| {
        let kept = kept.clone();
        async move {
            if until_written && call.method != Method::GET && call.method != Method::HEAD {
                kept.with(HashMap::clear);
            }
            if !call.is(&[operation]) || call.method != Method::GET || call.token().is_empty() {
                return next.call(call).await;
            }
            let who = if scope == Scope::Everybody { "" } else { call.token() };
            let what = if scope == Scope::Path { call.uri.path() } else { &call.uri.to_string() };
            let key = (what.to_owned(), who.to_owned());
            let fresh = |(at, answer): &(Instant, Answer)| {
                (at.elapsed() < Duration::from_millis(millis)).then(|| answer.clone())
            };
            if let Some(answer) = kept.with(|kept| kept.get(&key).and_then(fresh)) {
                return answer;
            }
            let answer = next.call(call).await;
            if answer.is_success() {
                kept.with(|kept| kept.insert(key, (Instant::now(), answer.clone())));
            }
            answer
        }
    })
}
