//! How the caller of a receptive agent identifies itself: by a generated key pair or a certificate.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::api;
use crate::check::Check;
use crate::context::{Agent, Context, Outcome, Stop};
use crate::generated::RequirementId as R;
use crate::transport::Exchange;

pub(super) const CHECKS: &[Check] = &[
    Check::new(
        "url-key-pair",
        &[R::UrlCreateJwt, R::UrlPublicKeyEd25519, R::UrlPublicKeyFresh, R::UrlXor],
        |cx| Box::pin(key_pair(cx)),
    )
    .receptive(),
    Check::new("url-certificate", &[R::UrlCreateMtls, R::UrlKeySecret, R::UrlXor], |cx| {
        Box::pin(certificate(cx))
    })
    .receptive(),
    Check::new("url-pair", &[R::UrlPairKey, R::UrlPairCert], |cx| Box::pin(pair(cx))).receptive(),
    Check::new("url-pem", &[R::UrlPem], |cx| Box::pin(pem(cx))).receptive(),
];

pub(super) const CLIENT_CERT: &str = include_str!("../../pem/client.pem");
pub(crate) const CLIENT_KEY: &str = include_str!("../../pem/client-key.pem");
pub(super) const CA_CERT: &str = include_str!("../../pem/ca.pem");
const URL: &str = "grpcs://agent.example.com:4242";

/// How a target wants certificates.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Encoding {
    Pem,
    Base64,
}

impl Encoding {
    pub(super) fn apply(self, pem: &str) -> String {
        match self {
            Self::Pem => pem.to_owned(),
            Self::Base64 => STANDARD.encode(pem),
        }
    }
}

/// Creates a configuration with a certificate, in the encoding that the target takes.
pub(super) async fn with_certificates(
    cx: &Context<'_>,
    agent: &Agent,
    body: &Value,
) -> Result<(Encoding, Exchange), Stop> {
    let mut last = None;
    for encoding in [Encoding::Pem, Encoding::Base64] {
        let mut body = body.clone();
        for key in ["client_cert", "client_key", "ca_cert"] {
            if let Some(pem) = body[key].as_str() {
                body[key] = json!(encoding.apply(pem));
            }
        }
        let answer = cx.send(api::create_url(&agent.project, agent.id, body)).await?;
        if answer.is_success() {
            return Ok((encoding, answer));
        }
        last.get_or_insert(answer);
    }
    last.map(|answer| (Encoding::Pem, answer))
        .ok_or_else(|| Stop::Fault(String::from("nothing was sent")))
}

/// Whether an answer has a certificate that was sent, as PEM or as Base64 of it.
pub(super) fn is_echoed(got: &Value, pem: &str) -> bool {
    let Some(got) = got.as_str() else { return false };
    let squeezed: String = got.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    got.trim() == pem.trim()
        || squeezed == STANDARD.encode(pem)
        || squeezed == STANDARD.encode(pem.trim())
}

async fn key_pair(cx: &Context<'_>) -> Outcome {
    let (agent, other) = (cx.agent().await?, cx.agent().await?);
    let (id, first) = cx.url(&agent).await?;
    jwt(cx, &first);
    let answer = cx.send(api::delete_url(&agent.project, agent.id, id)).await?;
    if !answer.is_success() {
        return Err(cx.blocked("a configuration could not be deleted", &answer));
    }
    let mut keys = vec![first.field("public_key").clone()];
    for agent in [&agent, &other] {
        let (_, answer) = cx.url(agent).await?;
        let key = answer.field("public_key").clone();
        cx.expect_got(
            R::UrlPublicKeyFresh,
            !keys.contains(&key),
            &answer,
            "a new public key",
            "one that was given before",
        );
        keys.push(key);
    }
    Ok(())
}

fn jwt(cx: &Context<'_>, answer: &Exchange) {
    let key = answer.field("public_key").as_str();
    let got = format!("`public_key` {}", answer.field("public_key"));
    if !cx.expect_got(R::UrlCreateJwt, key.is_some(), answer, "a public key", got) {
        return;
    }
    cx.same(R::UrlCreateJwt, answer, "`client_cert`", &Value::Null, answer.field("client_cert"));
    let key = key.unwrap_or_default();
    if key.contains('\n') {
        cx.note(R::UrlCreateJwt, "the public key has a line break");
    }
    let squeezed: String = key.split_ascii_whitespace().collect();
    let bytes = STANDARD.decode(squeezed);
    cx.expect_got(
        R::UrlCreateJwt,
        bytes.is_ok(),
        answer,
        "a public key in Base64",
        "something else",
    );
    let length = bytes.map_or(0, |bytes| bytes.len());
    let got = format!("{length} bytes");
    cx.expect_got(R::UrlPublicKeyEd25519, length == 32, answer, "a public key of 32 bytes", got);
}

async fn certificate(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let body = json!({ "url": URL, "client_cert": CLIENT_CERT, "client_key": CLIENT_KEY });
    let (encoding, answer) = with_certificates(cx, &agent, &body).await?;
    if !cx.succeeded(R::UrlCreateMtls, &answer, "a configuration with certificate and key") {
        return Ok(());
    }
    if encoding == Encoding::Base64 {
        cx.note(R::UrlCreateMtls, "certificates are taken as Base64 of the PEM");
    }
    let (list, id) = (api::list_urls(&agent.project, agent.id), answer.field("id").to_string());
    let read = cx.send(api::get_url(&agent.project, agent.id, id)).await?;
    for answer in [&answer, &read] {
        let got = format!("`client_cert` {}", answer.field("client_cert"));
        let holds = is_echoed(answer.field("client_cert"), CLIENT_CERT);
        cx.expect_got(R::UrlCreateMtls, holds, answer, "the certificate that was sent", got);
        cx.same(R::UrlCreateMtls, answer, "`public_key`", &Value::Null, answer.field("public_key"));
    }
    cx.send(list).await?;
    cx.send(api::get_agent(&agent.project, agent.id)).await?;
    Ok(())
}

async fn pair(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    for key in [CLIENT_KEY.to_owned(), Encoding::Base64.apply(CLIENT_KEY)] {
        let body = json!({ "url": URL, "client_key": key });
        let answer = cx.send(api::create_url(&agent.project, agent.id, body)).await?;
        cx.accepted(R::UrlPairKey, &answer, "a client key without a certificate");
    }
    let other = cx.agent().await?;
    let body = json!({ "url": URL, "client_cert": CLIENT_CERT });
    let answer = cx.send(api::create_url(&other.project, other.id, body)).await?;
    if cx.accepted(R::UrlPairCert, &answer, "a client certificate without a key")
        && answer.is_success()
    {
        let got = answer.field("client_cert");
        cx.same(R::UrlPairCert, &answer, "`client_cert`", &Value::Null, got);
    }
    Ok(())
}

async fn pem(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let junk = "no PEM at all";
    let cut: String = CLIENT_CERT.lines().take(2).collect::<Vec<_>>().join("\n");
    let bodies = [
        json!({ "url": URL, "client_cert": junk, "client_key": junk }),
        json!({ "url": URL, "client_cert": junk, "client_key": CLIENT_KEY }),
        json!({ "url": URL, "client_cert": CLIENT_CERT, "client_key": junk }),
        json!({ "url": URL, "client_cert": cut, "client_key": CLIENT_KEY }),
        json!({ "url": URL, "ca_cert": junk }),
        json!({ "url": URL, "ca_cert": cut }),
    ];
    for body in bodies {
        let answer = cx.send(api::create_url(&agent.project, agent.id, body)).await?;
        cx.accepted(R::UrlPem, &answer, "a certificate or key that is no PEM");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::{Kind, Vault};

    #[test]
    fn a_certificate_is_recognised_as_pem_and_as_base64_of_it() {
        assert!(is_echoed(&json!(CLIENT_CERT), CLIENT_CERT));
        assert!(is_echoed(&json!(CLIENT_CERT.trim()), CLIENT_CERT));
        assert!(is_echoed(&json!(STANDARD.encode(CLIENT_CERT)), CLIENT_CERT));
        assert!(!is_echoed(&json!(CA_CERT), CLIENT_CERT));
        assert!(!is_echoed(&Value::Null, CLIENT_CERT));
    }

    #[test]
    fn the_certificate_is_not_taken_for_its_key() {
        let mut vault = Vault::default();
        vault.keep(Kind::PrivateKey, CLIENT_KEY, "client_key");
        for text in
            [CLIENT_CERT.to_owned(), STANDARD.encode(CLIENT_CERT), json!(CLIENT_CERT).to_string()]
        {
            assert_eq!(vault.find(text.as_bytes()), None);
        }
        for text in
            [CLIENT_KEY.to_owned(), STANDARD.encode(CLIENT_KEY), json!(CLIENT_KEY).to_string()]
        {
            assert!(vault.find(text.as_bytes()).is_some());
        }
    }
}
