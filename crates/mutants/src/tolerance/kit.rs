//! The tools that odd implementations are made with.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, FixedOffset, SecondsFormat, Utc};
use cluster_agents_server::Operation as O;
use http::Method;
use serde_json::{Map, Value, json};

use crate::kit::*;
use crate::seam::call::{Answer, Call};
use crate::seam::wire::{Handler, after, around, items};

/// Removes every null, also within objects.
pub(super) fn without_nulls(object: &mut Map<String, Value>) {
    object.retain(|_, value| !value.is_null());
    object.values_mut().filter_map(Value::as_object_mut).for_each(without_nulls);
}

/// The keys in reverse order, also within objects.
pub(super) fn reversed(object: &mut Map<String, Value>) {
    object.values_mut().filter_map(Value::as_object_mut).for_each(reversed);
    let entries: Vec<_> = std::mem::take(object).into_iter().collect();
    object.extend(entries.into_iter().rev());
}

/// Changes every error body.
pub(super) fn errors(change: fn(&str) -> Value) -> Handler {
    after(move |_, answer| {
        if answer.status >= 400 {
            let body = answer.value();
            let text = body.get("message").or_else(|| body.get("error")).and_then(Value::as_str);
            answer.set_value(&change(text.unwrap_or("refused")));
        }
    })
}

/// Gives one status for another where an error has this in it.
pub(super) fn error_status(part: &'static str, from: u16, to: u16) -> Handler {
    after(move |_, answer| {
        let says = String::from_utf8_lossy(&answer.body).contains(part);
        if answer.status == from && says {
            answer.status = to;
        }
    })
}

/// Writes every time in another form.
pub(super) fn times(form: fn(DateTime<Utc>) -> String) -> Handler {
    let write = move |time: &str| match time.parse() {
        Ok(time) => form(time),
        Err(_) => time.to_owned(),
    };
    items(AGENTS_AND_TOKENS, move |object| {
        edit(object, "created_at", write);
        edit(object, "last_used_at", write);
        inside(object, "config_project", |project| edit(project, "created_at", write));
    })
}

/// Two hours east.
pub(super) fn with_offset(time: DateTime<Utc>) -> String {
    let east = FixedOffset::east_opt(7200).map(|east| time.with_timezone(&east));
    east.map_or_else(String::new, |time| time.to_rfc3339_opts(SecondsFormat::Millis, false))
}

/// A clock that is five minutes ahead, and says so in `Date`.
pub(super) fn clock_ahead() -> Handler {
    let ahead = Duration::minutes(5);
    let date = after(move |_, answer| {
        let now = (Utc::now() + ahead).format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        answer.set_header("date", &now);
    });
    let shifted = times(|time| (time + Duration::minutes(5)).to_rfc3339());
    crate::seam::wire::both(date, shifted)
}

/// Gives other numbers to everything. `to` and `from` undo each other.
pub(super) fn renumbered(to: fn(i64) -> i64, from: fn(i64) -> i64) -> Handler {
    around(move |mut call, next| async move {
        for index in [2, 4] {
            let sent = if index == 2 { call.agent() } else { call.item() };
            if let Some(id) = sent.parse::<i64>().ok().filter(|id| *id > 0) {
                // What is no number of this server is none of the other either.
                let id =
                    Some(from(id)).filter(|own| *own > 0 && to(*own) == id).unwrap_or(i64::MAX);
                call.set_segment(index, &id.to_string());
            }
        }
        let mut answer = next.call(call.clone()).await;
        if answer.is_success() {
            answer.each(|object| {
                for key in ["id", "agent_id"] {
                    if let Some(id) = object.get(key).and_then(Value::as_i64) {
                        put(object, key, to(id));
                    }
                }
            });
        }
        // The links repeat the path.
        let (sent, shown) = (format!("agent_id={}", call.agent()), call.agent().parse().map(to));
        if let Ok(shown) = shown
            && !answer.header("link").is_empty()
        {
            let own = format!("cluster_agents/{}/", call.agent());
            let link = answer.header("link").replace(&sent, &format!("agent_id={shown}"));
            let link = link.replace(&own, &format!("cluster_agents/{shown}/"));
            answer.set_header("link", &link);
        }
        answer
    })
}

/// Says of what was deleted that it is gone.
pub(super) fn gone() -> Handler {
    let deleted = Mutex::new(HashMap::<String, ()>::new());
    after(move |call, answer| {
        let mut deleted = deleted.lock().unwrap_or_else(PoisonError::into_inner);
        let path = call.uri.path().to_owned();
        if call.is(&[O::DeleteAgent, O::DeleteUrlConfiguration]) && answer.is_success() {
            deleted.insert(path, ());
        } else if call.is(&[O::GetAgent, O::GetUrlConfiguration])
            && says_part(answer, "404 Not")
            && deleted.contains_key(&path)
            && call.by(&["maintainer", "owner", "admin"])
        {
            *answer = Answer::error(410, "410 Gone");
        }
    })
}

/// Says of a revoked token that there is none.
pub(super) fn revoke_again_missing() -> Handler {
    around(|call, next| async move {
        if call.is(&[O::RevokeAgentToken]) && call.by(&["maintainer", "owner", "admin"]) {
            let mut look = call.clone();
            look.method = Method::GET;
            let seen = next.call(look).await;
            if seen.status == 404 {
                return seen;
            }
        }
        next.call(call).await
    })
}

/// Takes certificates as PEM or Base64 of it, and gives them as Base64.
pub(super) fn base64_certificates() -> Handler {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    around(|mut call, next| async move {
        for field in ["client_cert", "client_key", "ca_cert"] {
            let decoded = call.field(field).as_str().and_then(|text| STANDARD.decode(text).ok());
            let pem = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
            if let Some(pem) = pem.filter(|pem| pem.contains("-----BEGIN")) {
                call.set_field(field, json!(pem));
            }
        }
        let mut answer = next.call(call.clone()).await;
        if call.is(URLS) && answer.is_success() {
            answer.each(|url| {
                edit(url, "client_cert", |pem| STANDARD.encode(pem));
                edit(url, "ca_cert", |pem| STANDARD.encode(pem));
            });
        }
        answer
    })
}

/// Bytes beyond ASCII as escapes.
pub(super) fn escaped(answer: &mut Answer) {
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            escaped.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    answer.body = escaped.into();
}

/// Whether the body has what the server decides.
pub(super) fn forges(call: &Call) -> bool {
    const DECIDED: &[&str] =
        &["id", "agent_id", "status", "created_at", "created_by_user_id", "token", "public_key"];
    call.is(CREATES) && DECIDED.iter().any(|key| !call.field(key).is_null())
}
