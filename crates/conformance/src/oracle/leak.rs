//! Whether a secret came back in a body or a header.

use serde_json::Value;

use crate::generated::RequirementId as R;
use crate::oracle::{Observation, objects};
use crate::transport::{Credential, Exchange};
use crate::vault::{Kind, Vault};

/// What every private key in PEM has in its first line.
const FRAME: &[u8] = b"PRIVATE KEY";

pub(super) fn observe(exchange: &Exchange, vault: &Vault) -> Vec<Observation> {
    let headers = header_bytes(exchange);
    let places = [&exchange.body, &headers];
    let plain = places.into_iter().find_map(|bytes| vault.find(bytes));
    // Any character may be percent-encoded, also one that need not be.
    let decoded = || places.into_iter().find_map(|bytes| vault.find(&percent_decoded(bytes)?));
    let leak = plain.or_else(decoded);
    let mut seen: Vec<Observation> = judged(exchange)
        .into_iter()
        .filter(|requirement| leak.as_ref().is_none_or(|leak| broken_by(leak.kind) != *requirement))
        .map(Observation::held)
        .collect();
    if let Some(leak) = leak {
        let got = format!("the {}, {}", leak.label, leak.encoding);
        seen.push(Observation::broken(broken_by(leak.kind), "no secret in the answer", got));
    }
    seen.extend(generated_key(exchange));
    seen
}

fn judged(exchange: &Exchange) -> Vec<R> {
    let mut judged = vec![R::TokenSecretOnce];
    if !matches!(exchange.request.credential, Credential::None) {
        judged.push(R::ExchangeCredentialNotRepeated);
    }
    if is_about_urls(exchange) {
        judged.push(R::UrlKeySecret);
    }
    judged
}

fn broken_by(kind: Kind) -> R {
    match kind {
        Kind::AccessToken => R::ExchangeCredentialNotRepeated,
        Kind::AgentToken => R::TokenSecretOnce,
        Kind::PrivateKey => R::UrlKeySecret,
    }
}

/// A private key that the target made itself cannot be known beforehand, but its frame is.
fn generated_key(exchange: &Exchange) -> Option<Observation> {
    let named = |object: &Value| {
        ["private_key", "client_key"]
            .iter()
            .any(|key| object.get(key).is_some_and(Value::is_string))
    };
    let has_key = is_about_urls(exchange)
        && (exchange.body.windows(FRAME.len()).any(|window| window == FRAME)
            || objects(exchange).into_iter().any(named));
    has_key.then(|| {
        Observation::broken(R::UrlKeySecret, "no private key in the answer", "a private key")
    })
}

fn is_about_urls(exchange: &Exchange) -> bool {
    exchange.is_success()
        && exchange.request.operation.is_some_and(|known| known.path.contains("url_configurations"))
}

/// The bytes without percent-encoding, if there is any.
fn percent_decoded(bytes: &[u8]) -> Option<Vec<u8>> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = digit(at + 1).zip(digit(at + 2)).filter(|_| *byte == b'%');
        let value = pair.and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        decoded.push(value.unwrap_or(*byte));
        at += if value.is_some() { 3 } else { 1 };
    }
    (decoded.len() < bytes.len()).then_some(decoded)
}

fn header_bytes(exchange: &Exchange) -> Vec<u8> {
    let mut bytes = Vec::new();
    for value in exchange.headers.values() {
        bytes.extend_from_slice(value.as_bytes());
        bytes.push(b'\n');
    }
    bytes
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api;
    use crate::oracle::tests::{answered, broken};
    use crate::target::Project;

    const SECRET: &str = "0123456789-secret-of-a-token-0123456789";

    fn vault() -> Vault {
        let mut vault = Vault::default();
        vault.keep(Kind::AgentToken, SECRET, "secret of a token");
        vault
    }

    #[test]
    fn a_secret_in_a_body_or_a_header_is_found_and_not_shown() {
        let body = format!(r#"{{"token":"{SECRET}"}}"#);
        let request = api::get_token(&Project::Number(20), 5, 1);
        let exchanges = [
            answered(request.clone(), 200, &[], &body),
            answered(
                request,
                404,
                &[("x-debug", "a 0123456789-secret-of-a-token-0123456789 b")],
                "",
            ),
            answered(
                api::list_agents(&Project::Number(20)),
                200,
                &[("set-cookie", "a=0123456789%2Dsecret%2dof-a-token-01234567%389; b=100%")],
                "[]",
            ),
        ];
        for exchange in exchanges {
            let seen = observe(&exchange, &vault());
            assert_eq!(broken(&seen), [R::TokenSecretOnce]);
            assert!(!format!("{seen:?}").contains(SECRET));
        }
    }

    #[test]
    fn a_generated_private_key_is_recognised_by_its_frame() {
        let request = api::create_url(&Project::Number(20), 5, json!({}));
        let body = r#"{"id":1,"key":"-----BEGIN PRIVATE KEY-----"}"#;
        let seen = observe(&answered(request, 201, &[], body), &vault());
        assert_eq!(broken(&seen), [R::UrlKeySecret]);
    }
}
