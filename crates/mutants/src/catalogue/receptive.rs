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
    Defect::new(
        "any-text-as-client-certificate",
        R::UrlPem,
        "A client certificate is not looked at.",
        Wire(|| accepts_pem("client_cert")),
    ),
    Defect::new(
        "any-text-as-client-key",
        R::UrlPem,
        "A client key is not looked at.",
        Wire(|| accepts_pem("client_key")),
    ),
    Defect::new(
        "port-refused",
        R::UrlAccepted,
        "An address with a port is refused.",
        Wire(|| {
            refuses(O::CreateUrlConfiguration, "url", |url| {
                url.as_str().is_some_and(|url| url.matches(':').count() > 1)
            })
        }),
    ),
    Defect::new(
        "ip-refused",
        R::UrlAccepted,
        "An address with an IPv4 address is refused.",
        Wire(|| {
            refuses(O::CreateUrlConfiguration, "url", |url| {
                url.as_str().is_some_and(|url| {
                    url.split("//")
                        .nth(1)
                        .is_some_and(|host| host.starts_with(|c: char| c.is_ascii_digit()))
                })
            })
        }),
    ),
    Defect::new(
        "grpc-refused",
        R::UrlAccepted,
        "Only grpcs is accepted.",
        Wire(|| {
            refuses(O::CreateUrlConfiguration, "url", |url| {
                url.as_str().is_some_and(|url| url.starts_with("grpc://"))
            })
        }),
    ),
    Defect::new(
        "address-optional",
        R::UrlRequired,
        "A URL configuration may be without an address.",
        Wire(|| accepts(O::CreateUrlConfiguration, "url", Value::is_null)),
    ),
    Defect::new(
        "empty-address-accepted",
        R::UrlRequired,
        "An address may be empty.",
        Wire(|| accepts(O::CreateUrlConfiguration, "url", |url| url.as_str() == Some(""))),
    ),
    Defect::new(
        "scheme-optional",
        R::UrlRefused,
        "An address without a scheme is accepted.",
        Wire(|| {
            accepts(O::CreateUrlConfiguration, "url", |url| {
                url.as_str().is_some_and(|url| !url.is_empty() && !url.contains("//"))
            })
        }),
    ),
    Defect::new(
        "blanks-in-address-accepted",
        R::UrlRefused,
        "An address with blanks is accepted.",
        Wire(|| {
            accepts(O::CreateUrlConfiguration, "url", |url| {
                url.as_str().is_some_and(|url| url.contains(' '))
            })
        }),
    ),
    Defect::new(
        "tls-host-with-port-accepted",
        R::UrlTlsHost,
        "A TLS host may have a port.",
        Wire(|| {
            accepts(O::CreateUrlConfiguration, "tls_host", |host| {
                host.as_str().is_some_and(|host| host.contains(':') && !host.starts_with('['))
            })
        }),
    ),
    Defect::new(
        "wildcard-refused",
        R::UrlTlsHost,
        "A TLS host may not have a wildcard.",
        Wire(|| {
            refuses(O::CreateUrlConfiguration, "tls_host", |host| {
                host.as_str().is_some_and(|host| host.contains('*'))
            })
        }),
    ),
    Defect::new(
        "ca-forgotten",
        R::UrlFieldsKept,
        "The CA certificate is not stored.",
        Wire(|| items(URLS, |url| put(url, "ca_cert", Value::Null))),
    ),
    Defect::new(
        "certificates-mixed-up",
        R::UrlCreateMtls,
        "Client certificate and CA certificate are mixed up.",
        Wire(|| {
            items(URLS, |url| {
                if at(url, "client_cert").is_string() {
                    let (client, ca) = (at(url, "client_cert"), at(url, "ca_cert"));
                    put(url, "client_cert", ca);
                    put(url, "ca_cert", client);
                }
            })
        }),
    ),
    Defect::new(
        "no-public-key",
        R::UrlCreateJwt,
        "No public key is shown.",
        Wire(|| items(URLS, |url| put(url, "public_key", Value::Null))),
    ),
    Defect::new(
        "key-made-at-reading",
        R::UrlRead,
        "The public key is made anew for each answer.",
        Wire(key_made_at_reading),
    ),
    Defect::new(
        "key-of-31-bytes",
        R::UrlPublicKeyEd25519,
        "The public key lacks its last byte.",
        Wire(|| {
            items(URLS, |url| {
                edit(url, "public_key", |key| {
                    STANDARD.encode(&STANDARD.decode(key).unwrap_or_default()[..31])
                });
            })
        }),
    ),
    Defect::new(
        "stays-receptive",
        R::UrlIsReceptive,
        "An agent stays receptive after its configuration was deleted.",
        Store(Slip::StaysReceptive),
    ),
    Defect::new(
        "url-delete-forgets",
        R::UrlDelete,
        "Deleting a URL configuration answers well and does nothing.",
        Store(Slip::UrlDeleteForgets),
    ),
    Defect::new(
        "url-ids-reused",
        R::UrlRecreate,
        "A new URL configuration gets the id of a deleted one.",
        Store(Slip::UrlIdsReused),
    ),
    Defect::new(
        "list-not-offered",
        R::UrlGate,
        "Only the list of URL configurations is not found.",
        Wire(|| {
            instead(|call| {
                call.is(&[O::ListUrlConfigurations]).then(|| Answer::error(404, "404 Not Found"))
            })
        }),
    ),
    Defect::new(
        "delete-url-not-offered",
        R::UrlGate,
        "Only deleting a URL configuration is not found.",
        Wire(|| {
            instead(|call| {
                call.is(&[O::DeleteUrlConfiguration]).then(|| Answer::error(404, "404 Not Found"))
            })
        }),
    ),
    Defect::new(
        "url-delete-again-204",
        R::ExchangeDeleteAgain,
        "Deleting a missing URL configuration succeeds.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::DeleteUrlConfiguration])
                    && says(answer, "404 Not Found")
                    && call.by(&["maintainer", "owner", "admin"])
                {
                    *answer = Answer::empty(204);
                }
            })
        }),
    ),
    Defect::new(
        "address-lowered",
        R::UrlFieldsKept,
        "The address comes back in lower case.",
        Wire(|| items(URLS, |url| edit(url, "url", str::to_lowercase))),
    ),
];
