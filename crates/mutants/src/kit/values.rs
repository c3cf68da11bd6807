//! Values that are taken though they should be refused, and the other way round.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use cluster_agents_server::Operation;
use serde_json::{Map, Value, json};

use super::CREATES;
use super::json::put;
use super::memory::Shared;
use super::{TOKENS, URLS};
use crate::seam::call::Call;
use crate::seam::wire::{Handler, around};

const CERTIFICATE: &str = include_str!("../../pem/certificate.pem");
const KEY: &str = include_str!("../../pem/key.pem");

/// What kind of thing an operation shows: ids are unique within it.
fn kind(call: &Call) -> &'static str {
    match () {
        () if call.is(TOKENS) => "token",
        () if call.is(URLS) => "url",
        () => "agent",
    }
}

/// Shows things with other values than the reference has for them.
type Masks = Shared<(&'static str, i64), Map<String, Value>>;

/// Accepts a value that the reference refuses: another goes in for it, and it comes out again.
pub(crate) fn accepts(
    operation: Operation,
    field: &'static str,
    is_bad: fn(&Value) -> bool,
) -> Handler {
    masked(move |call| {
        let bad = call.field(field);
        if !call.is(&[operation]) || !call.json().is_object() || !is_bad(&bad) {
            return None;
        }
        call.set_field(field, stand_in(field, &bad));
        Some(Map::from_iter([(field.to_owned(), bad)]))
    })
}

/// What the request must not have is taken out of it by `prepare`, and put into every answer.
fn masked(
    prepare: impl Fn(&mut Call) -> Option<Map<String, Value>> + Send + Sync + 'static,
) -> Handler {
    let masks = Masks::default();
    around(move |mut call, next| {
        let mask = prepare(&mut call);
        let masks = masks.clone();
        async move {
            let mut answer = next.call(call.clone()).await;
            let kind = kind(&call);
            if !answer.is_success() {
                return answer;
            }
            if let Some(mask) = mask {
                masks.with(|masks| masks.insert((kind, answer.id()), mask));
            }
            answer.each(|shown| {
                let id = shown.get("id").and_then(Value::as_i64).unwrap_or_default();
                let mask = masks.with(|masks| masks.get(&(kind, id)).cloned());
                shown.extend(mask.into_iter().flatten());
            });
            answer
        }
    })
}

/// A good value, the same one for the same bad one.
fn stand_in(field: &str, bad: &Value) -> Value {
    let mut hasher = DefaultHasher::new();
    bad.to_string().hash(&mut hasher);
    let number = hasher.finish();
    let plain = bad.as_str().unwrap_or_default().chars();
    let plain = plain.filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit()).take(40);
    match field {
        "name" => json!(format!("{}{number:x}", plain.collect::<String>())),
        "url" => json!(format!("grpcs://h{number:x}.example.com")),
        "tls_host" => json!(format!("h{number:x}.example.com")),
        "client_cert" => json!(CERTIFICATE),
        _ => Value::Null,
    }
}

/// Accepts a client certificate or key that is none.
pub(crate) fn accepts_pem(field: &'static str) -> Handler {
    let is_bad = |value: &Value| value.as_str().is_some_and(|text| !text.contains("-----BEGIN"));
    if field == "client_cert" {
        return accepts(Operation::CreateUrlConfiguration, field, is_bad);
    }
    crate::seam::wire::before(move |call| {
        if call.is(&[Operation::CreateUrlConfiguration]) && is_bad(&call.field(field)) {
            call.set_field(field, json!(KEY));
        }
    })
}

/// Takes a field from the body that is the server's to decide.
pub(crate) fn assigned(field: &'static str) -> Handler {
    let sent = move |call: &Call| {
        let value = call.field(field);
        let fits = match field {
            "status" | "token" => call.is(&[Operation::CreateAgentToken]),
            "public_key" => call.is(&[Operation::CreateUrlConfiguration]),
            _ => call.is(CREATES) && !call.is(URLS),
        };
        (fits && !value.is_null()).then_some(value)
    };
    if field == "token" {
        // The secret is shown once, also a wrong one.
        return crate::seam::wire::after(move |call, answer| {
            if let (Some(value), true) = (sent(call), answer.is_success()) {
                answer.each(|shown| put(shown, field, value.clone()));
            }
        });
    }
    masked(move |call| Some(Map::from_iter([(field.to_owned(), sent(call)?)])))
}

/// Keeps a client certificate that came without a key.
pub(crate) fn certificate_alone_kept() -> Handler {
    masked(|call| {
        let cert = call.field("client_cert");
        let is_alone = call.is(&[Operation::CreateUrlConfiguration])
            && !blank(&cert)
            && blank(&call.field("client_key"));
        is_alone.then(|| call.edit(|body| super::json::take(body, "client_cert")))?;
        let mut mask = Map::new();
        put(&mut mask, "client_cert", cert);
        put(&mut mask, "public_key", Value::Null);
        Some(mask)
    })
}

/// Refuses a value that the reference accepts: one that it refuses goes in for it.
pub(crate) fn refuses(
    operation: Operation,
    field: &'static str,
    is_refused: fn(&Value) -> bool,
) -> Handler {
    crate::seam::wire::before(move |call| {
        if call.is(&[operation]) && is_refused(&call.field(field)) {
            call.set_field(field, json!({}));
        }
    })
}

/// Changes a text of the request.
pub(crate) fn change(
    call: &mut Call,
    operation: Operation,
    field: &str,
    change: impl Fn(&str) -> String,
) {
    if call.is(&[operation])
        && let Some(text) = call.field(field).as_str()
    {
        call.set_field(field, json!(change(text)));
    }
}

/// Whether it is null, absent or empty.
pub(crate) fn blank(value: &Value) -> bool {
    value.as_str().is_none_or(str::is_empty)
}

/// How many characters a text has.
pub(crate) fn length(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.chars().count())
}

/// Whether an agent may have this name, but for its length.
pub(crate) fn is_name(name: &str) -> bool {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && name.chars().all(good) && !name.starts_with('-') && !name.ends_with('-')
}

/// Whether the body has a field that is not documented.
pub(crate) fn has_unknown_field(call: &Call) -> bool {
    let known: &[&str] = match call.op() {
        Some(Operation::RegisterAgent) => &["name"],
        Some(Operation::CreateAgentToken) => &["name", "description"],
        _ => &["url", "client_cert", "client_key", "ca_cert", "tls_host"],
    };
    let body = call.json();
    let mut keys = body.as_object().into_iter().flat_map(Map::keys);
    call.is(CREATES) && keys.any(|key| !known.contains(&key.as_str()))
}
