//! URL configurations of receptive agents.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "key-alone-accepted",
        R::UrlPairKey,
        "A client key without certificate gives a configuration with a generated key pair.",
        Wire(|| {
            before(|call| {
                if call.is(&[O::CreateUrlConfiguration]) && blank(&call.field("client_cert")) {
                    call.edit(|body| take(body, "client_key"));
                }
            })
        }),
    ),
    Defect::new(
        "certificate-alone-kept",
        R::UrlPairCert,
        "A client certificate without key gives a configuration with this certificate.",
        Wire(certificate_alone_kept),
    ),
    Defect::new(
        "any-text-as-certificate",
        R::UrlPem,
        "A CA certificate is not looked at.",
        Wire(|| {
            accepts(O::CreateUrlConfiguration, "ca_cert", |cert| {
                cert.as_str().is_some_and(|cert| !cert.is_empty() && !cert.contains("-----BEGIN"))
            })
        }),
    ),
    Defect::new(
        "both-identifications",
        R::UrlXor,
        "With a client certificate there is a public key as well.",
        Wire(|| {
            items(URLS, |url| {
                if at(url, "client_cert").is_string() {
                    put(url, "public_key", ONE_KEY);
                }
            })
        }),
    ),
    Defect::new(
        "https-accepted",
        R::UrlRefused,
        "An address with https is accepted.",
        Wire(|| {
            accepts(O::CreateUrlConfiguration, "url", |url| {
                url.as_str().is_some_and(|url| url.starts_with("https://"))
            })
        }),
    ),
    Defect::new(
        "address-normalised",
        R::UrlFieldsKept,
        "An address comes back with a slash at its end.",
        Wire(|| {
            items(URLS, |url| edit(url, "url", |url| format!("{}/", url.trim_end_matches('/'))))
        }),
    ),
    Defect::new(
        "tls-host-forgotten",
        R::UrlFieldsKept,
        "The TLS host is not stored.",
        Wire(|| items(URLS, |url| put(url, "tls_host", Value::Null))),
    ),
    Defect::new(
        "recreate-refused",
        R::UrlRecreate,
        "An agent that had a configuration cannot have another.",
        Store(Slip::UrlOnce),
    ),
    Defect::new(
        "url-delete-takes-tokens",
        R::UrlDelete,
        "Deleting a URL configuration revokes the agent's tokens.",
        Store(Slip::UrlDeleteRevokes),
    ),
    Defect::new(
        "get-url-always-missing",
        R::UrlGate,
        "Getting a URL configuration is never found.",
        Wire(|| {
            instead(|call| {
                call.is(&[O::GetUrlConfiguration]).then(|| Answer::error(404, "404 Not Found"))
            })
        }),
    ),
    Defect::new(
        "agent-never-receptive",
        R::UrlIsReceptive,
        "is_receptive is always false.",
        Store(Slip::NeverReceptive),
    ),
];
