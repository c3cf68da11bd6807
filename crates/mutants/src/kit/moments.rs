//! Defects that show only when requests meet, or for a moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cluster_agents_server::Operation as O;
use http::Method;
use serde_json::Value;
use tokio::time::sleep;

use super::URLS;
use super::json::{edit, put};
use super::memory::Shared;
use crate::seam::call::Answer;
use crate::seam::wire::{Handler, after, around};

/// Answers a registration with a server error if another one of its name is under way.
pub(crate) fn name_race_answers_500() -> Handler {
    let under_way = Shared::<String, u32>::default();
    around(move |call, next| {
        let under_way = under_way.clone();
        async move {
            if !call.is(&[O::RegisterAgent]) {
                return next.call(call).await;
            }
            let name = call.field("name").to_string();
            let first = under_way.with(|names| {
                let count = names.entry(name.clone()).or_default();
                *count += 1;
                *count == 1
            });
            sleep(Duration::from_millis(2)).await;
            let answer = next.call(call).await;
            under_way.with(|names| {
                names.entry(name).and_modify(|count| *count -= 1);
            });
            let lost = !first && answer.status == 400;
            if lost { Answer::error(500, "500 Internal Server Error") } else { answer }
        }
    })
}

/// Answers with a server error what comes shortly after an agent was deleted.
pub(crate) fn delete_race_answers_500() -> Handler {
    let deleted = Shared::<String, Instant>::default();
    after(move |call, answer| {
        let agent = call.agent().to_owned();
        let recent = |at: &Instant| at.elapsed() < Duration::from_millis(50);
        if call.is(&[O::DeleteAgent]) && answer.is_success() {
            deleted.with(|deleted| deleted.insert(agent, Instant::now()));
        } else if call.method != Method::GET
            && answer.status == 404
            && deleted.with(|deleted| deleted.get(&agent).is_some_and(recent))
        {
            *answer = Answer::error(500, "500 Internal Server Error");
        }
    })
}

/// Gives reads of agents that are under way together the answer of the first.
pub(crate) fn answers_mixed_up() -> Handler {
    let under_way = Shared::<(), (Instant, Answer)>::default();
    around(move |call, next| {
        let under_way = under_way.clone();
        async move {
            if !call.is(&[O::GetAgent]) || call.token().is_empty() {
                return next.call(call).await;
            }
            let recent = |(at, answer): &(Instant, Answer)| {
                (at.elapsed() < Duration::from_millis(3)).then(|| answer.clone())
            };
            if let Some(answer) = under_way.with(|slot| slot.get(&()).and_then(recent)) {
                return answer;
            }
            let answer = next.call(call).await;
            under_way.with(|slot| slot.insert((), (Instant::now(), answer.clone())));
            sleep(Duration::from_millis(3)).await;
            answer
        }
    })
}

/// Answers every third list of agents from a copy.
pub(crate) fn one_reader_lags() -> Handler {
    let copies = Shared::<(String, String), (Instant, Answer)>::default();
    let asked = Arc::new(AtomicU64::new(0));
    around(move |call, next| {
        let (copies, asked) = (copies.clone(), Arc::clone(&asked));
        async move {
            if !call.is(&[O::ListAgents]) || call.token().is_empty() {
                return next.call(call).await;
            }
            let key = (call.uri.to_string(), call.token().to_owned());
            let lags = asked.fetch_add(1, Ordering::Relaxed) % 3 == 2;
            let fresh = |(at, answer): &(Instant, Answer)| {
                (at.elapsed() < Duration::from_millis(500)).then(|| answer.clone())
            };
            let copy = copies.with(|copies| copies.get(&key).and_then(fresh));
            if let (true, Some(copy)) = (lags, &copy) {
                return copy.clone();
            }
            let answer = next.call(call).await;
            if copy.is_none() {
                copies.with(|copies| copies.insert(key, (Instant::now(), answer.clone())));
            }
            answer
        }
    })
}

/// Gives everybody the refusal that somebody got.
pub(crate) fn refusals_cached() -> Handler {
    let kept = Shared::<String, (Instant, Answer)>::default();
    around(move |call, next| {
        let kept = kept.clone();
        async move {
            let fresh = |(at, answer): &(Instant, Answer)| {
                (at.elapsed() < Duration::from_millis(200)).then(|| answer.clone())
            };
            let key = call.uri.to_string();
            let found = kept.with(|kept| kept.get(&key).and_then(fresh));
            if call.method != Method::GET {
                return next.call(call).await;
            }
            if let Some(answer) = found {
                return answer;
            }
            let answer = next.call(call).await;
            if matches!(answer.status, 403 | 404) {
                kept.with(|kept| kept.insert(key, (Instant::now(), answer.clone())));
            }
            answer
        }
    })
}

/// Shows another public key each time.
pub(crate) fn key_made_at_reading() -> Handler {
    let count = AtomicU64::new(0);
    after(move |call, answer| {
        if call.is(URLS) && answer.is_success() {
            let number = count.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let key = number.to_be_bytes().repeat(4);
            answer.each(|url| edit(url, "public_key", |_| STANDARD.encode(&key)));
        }
    })
}

/// Gives an agent the first public key that it ever had.
pub(crate) fn key_pair_per_agent() -> Handler {
    let keys = Shared::<i64, Value>::default();
    after(move |call, answer| {
        if call.is(URLS) && answer.is_success() {
            answer.each(|url| {
                let agent = url.get("agent_id").and_then(Value::as_i64).unwrap_or_default();
                let key = url.get("public_key").cloned().unwrap_or_default();
                if key.is_string() {
                    put(
                        url,
                        "public_key",
                        keys.with(|keys| keys.entry(agent).or_insert(key).clone()),
                    );
                }
            });
        }
    })
}
