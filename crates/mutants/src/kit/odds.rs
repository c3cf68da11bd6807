//! Answers at the wrong moment.

use std::sync::atomic::{AtomicU64, Ordering};

use cluster_agents_server::Operation;
use http::Method;
use serde_json::{Value, json};

use crate::seam::call::{Answer, Call, Delivery};
use crate::seam::wire::{Handler, after, around};

/// Whether the answer is this error.
pub(crate) fn says(answer: &Answer, message: &str) -> bool {
    answer.value().get("message").and_then(Value::as_str) == Some(message)
}

/// Whether the answer is an error with this in it.
pub(crate) fn says_part(answer: &Answer, part: &str) -> bool {
    let message = answer.value().get("message").cloned().unwrap_or_default();
    message.as_str().is_some_and(|message| message.contains(part))
}

/// Answers otherwise where something is missing, to those who may know that.
pub(crate) fn missing(operation: Operation, other: fn() -> Answer) -> Handler {
    after(move |call, answer| {
        let may_know = call.by(&["maintainer", "owner", "admin", "developer", "readonly"]);
        if call.is(&[operation]) && says(answer, "404 Not found") && may_know {
            *answer = other();
        }
    })
}

/// Answers with another status where an error has this in it.
pub(crate) fn refused_with(part: &'static str, status: u16) -> Handler {
    after(move |_, answer| {
        if says_part(answer, part) {
            answer.status = status;
        }
    })
}

/// Does what is forbidden, and then says that it is.
pub(crate) fn acts_first(operation: Operation) -> Handler {
    around(move |call, next| async move {
        let answer = next.call(call.clone()).await;
        if call.is(&[operation]) && answer.status == 403 && !call.by(&["readonly"]) {
            let mut allowed = call;
            allowed.set_actor("maintainer");
            next.call(allowed).await;
        }
        answer
    })
}

/// Shows an agent in the answer that refuses to show it.
pub(crate) fn shows_refused() -> Handler {
    around(|call, next| async move {
        let answer = next.call(call.clone()).await;
        if !(call.is(&[Operation::GetAgent]) && call.by(&["guest", "reporter"])) {
            return answer;
        }
        let mut allowed = call;
        allowed.set_actor("maintainer");
        let agent = next.call(allowed).await;
        let body = json!({ "message": "404 Not found", "agent": agent.value() });
        if agent.is_success() { Answer::json(answer.status, &body) } else { answer }
    })
}

/// A second URL configuration deletes the first.
pub(crate) fn second_url_replaces() -> Handler {
    around(|call, next| async move {
        let answer = next.call(call.clone()).await;
        if !says_part(&answer, "already exists") {
            return answer;
        }
        let list = format!("{}/cluster_agents/{}/url_configurations", call.project(), call.agent());
        let found = next.call(call.aside(Method::GET, &list)).await.value();
        let id = found.get(0).and_then(|url| url.get("id")).cloned().unwrap_or_default();
        next.call(call.aside(Method::DELETE, &format!("{list}/{id}"))).await;
        next.call(call).await
    })
}

/// Whether the project of the path is one of the private ones.
pub(crate) fn is_known_project(call: &Call) -> bool {
    matches!(call.project(), "20" | "21" | "23" | "root%2Ftest" | "root%2Fsecond.project")
}

/// Spoils one answer of so many.
pub(crate) fn one_in(
    count: u64,
    operations: &'static [Operation],
    spoil: fn(&mut Answer),
) -> Handler {
    let asked = AtomicU64::new(0);
    after(move |call, answer| {
        if call.is(operations) && asked.fetch_add(1, Ordering::Relaxed) % count == count - 1 {
            spoil(answer);
        }
    })
}

/// Delivers the successes of these operations in a wrong way.
pub(crate) fn delivered(operations: &'static [Operation], delivery: Delivery) -> Handler {
    after(move |call, answer| {
        if call.is(operations) && answer.is_success() {
            answer.delivery = delivery.clone();
        }
    })
}
