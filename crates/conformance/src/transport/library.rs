//! How the HTTP library is set up: what it must not do, whom it trusts, and what it calls itself.

use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder};

use crate::error::Error;
use crate::manners::Manners;
use crate::target::Target;
use crate::transport::limits::Limits;

/// A library that sends what it is told and nothing else.
pub(super) fn builder(target: &Target, limits: Limits) -> Result<ClientBuilder, Error> {
    let builder = Client::builder()
        .redirect(Policy::none())
        // What is unpacked may be a thousand times as large as what was sent.
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .connect_timeout(limits.connect)
        .timeout(limits.request)
        .user_agent(user_agent(target))
        .tls_certs_merge(certificates(&target.manners)?);
    Ok(match target.is_loopback() {
        true => builder.no_proxy(),
        false => builder,
    })
}

/// What somebody who reads the target's log wants to know.
pub(super) fn user_agent(target: &Target) -> HeaderValue {
    let contact = target.implementation.contact.as_deref();
    let suite = concat!("cluster-agents-conformance/", env!("CARGO_PKG_VERSION"));
    let told = contact.map(|contact| format!("{suite} (API conformance tests; {contact})"));
    let told = told.and_then(|text| HeaderValue::try_from(text).ok());
    told.unwrap_or_else(|| {
        HeaderValue::from_static(concat!(
            "cluster-agents-conformance/",
            env!("CARGO_PKG_VERSION"),
            " (API conformance tests)"
        ))
    })
}

fn certificates(manners: &Manners) -> Result<Vec<Certificate>, Error> {
    let Some(pem) = &manners.ca_cert else { return Ok(Vec::new()) };
    let found = Certificate::from_pem_bundle(pem).unwrap_or_default();
    match found.is_empty() {
        false => Ok(found),
        true => Err(Error::Setting {
            setting: String::from("--ca-cert"),
            problem: String::from("the file has no certificate; it should be PEM"),
        }),
    }
}

/// Whether requests to other hosts take a way that only the library knows. Answers that come that way
/// cannot be read byte by byte.
pub(super) fn has_proxy() -> bool {
    let names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    names.into_iter().any(|name| is_set(name) || is_set(&name.to_ascii_lowercase()))
}
