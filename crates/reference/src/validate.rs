//! The rules of the resources, and the sentences in which a broken one is told.
//!
//! A rule that the schema of a request has is judged by the stub, which hands over what is broken;
//! here it becomes a sentence. The others – what makes a URL, a certificate, a key – are judged here.

use cluster_agents_server::{Violation, ViolationKind};
use cluster_agents_types::NewUrlConfiguration;

use crate::pem;

const NAME_RULE: &str = "Name can contain only lowercase letters, digits, and '-', \
                         but cannot start or end with '-'";
const BLANK_NAME: &str = "Name can't be blank";
const URL_RULE: &str = "Url is not a valid URL";
const CA_CERT_RULE: &str = "Ca cert must be a valid PEM certificate";
const TLS_HOST_RULE: &str = "Tls host must be a valid hostname!";
const CLIENT_CERT_RULE: &str = "Client cert must be a valid PEM certificate";
const CLIENT_KEY_RULE: &str = "Client key must be a valid PEM private key";

/// What is wrong with an agent to register.
pub(crate) fn agent(violations: &[Violation]) -> Vec<String> {
    let sentences = |violation: &Violation| match violation.kind {
        ViolationKind::TooLong(max) => vec![too_long("Name", max)],
        ViolationKind::Null | ViolationKind::TooShort(_) => {
            vec![BLANK_NAME.to_owned(), NAME_RULE.to_owned()]
        }
        _ => vec![NAME_RULE.to_owned()],
    };
    of("name", violations).map_or_else(Vec::new, sentences)
}

/// What is wrong with a token to create: its description first, as GitLab has it.
pub(crate) fn token(violations: &[Violation]) -> Vec<String> {
    let description = of("description", violations).map(|violation| match violation.kind {
        ViolationKind::TooLong(max) => too_long("Description", max),
        _ => "Description is invalid".to_owned(),
    });
    let name = of("name", violations).map(|violation| match violation.kind {
        ViolationKind::TooLong(max) => too_long("Name", max),
        _ => BLANK_NAME.to_owned(),
    });
    description.into_iter().chain(name).collect()
}

/// What is wrong with a URL configuration to create that breaks its schema.
pub(crate) fn url_configuration_schema(violations: &[Violation]) -> Vec<String> {
    let rules = [
        ("url", "Url", URL_RULE),
        ("ca_cert", "Ca cert", CA_CERT_RULE),
        ("tls_host", "Tls host", TLS_HOST_RULE),
        ("client_cert", "Client cert", CLIENT_CERT_RULE),
        ("client_key", "Client key", CLIENT_KEY_RULE),
    ];
    let sentence = |(field, title, rule): (&str, &str, &str)| {
        of(field, violations).map(|violation| match violation.kind {
            ViolationKind::TooLong(max) => too_long(title, max),
            _ => rule.to_owned(),
        })
    };
    rules.into_iter().filter_map(sentence).collect()
}

/// What is wrong with a URL configuration to create that keeps its schema.
///
/// The documentation has `client_cert` and `client_key` together or not at all. An empty value is
/// none, but for a `client_key`, which says that mutual TLS is meant.
pub(crate) fn url_configuration(new: &NewUrlConfiguration) -> Vec<String> {
    let ca_cert = filled(new.ca_cert.as_ref().map(|cert| cert.as_str()));
    let client_cert = filled(new.client_cert.as_ref().map(|cert| cert.as_str()));
    let client_key = new.client_key.as_ref().map(|key| key.expose());
    let mutual_tls = client_cert.is_some() || client_key.is_some();
    let rules = [
        (is_agent_url(&new.url), URL_RULE),
        (ca_cert.is_none_or(pem::is_certificate), CA_CERT_RULE),
        (!mutual_tls || client_cert.is_some_and(pem::is_certificate), CLIENT_CERT_RULE),
        (!mutual_tls || client_key.is_some_and(pem::is_private_key), CLIENT_KEY_RULE),
    ];
    rules.iter().filter(|(kept, _)| !kept).map(|(_, rule)| (*rule).to_owned()).collect()
}

/// A value that is there and not empty.
pub(crate) fn filled(value: Option<&str>) -> Option<&str> {
    value.filter(|value| !value.is_empty())
}

/// The pattern of the schema knows the scheme; whether the rest is an address is known here.
fn is_agent_url(url: &str) -> bool {
    let uri: Result<http::Uri, _> = url.parse();
    uri.is_ok_and(|uri| uri.host().is_some_and(|host| !host.is_empty()))
}

fn of<'v>(field: &str, violations: &'v [Violation]) -> Option<&'v Violation> {
    violations.iter().find(|violation| violation.field == field)
}

fn too_long(title: &str, max: usize) -> String {
    format!("{title} is too long (maximum is {max} characters)")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CERTIFICATE: &str = include_str!("../tests/pem/certificate.pem");
    const KEY: &str = include_str!("../tests/pem/ed25519.key.pem");

    fn configuration(fields: &serde_json::Value) -> Vec<String> {
        let mut body = serde_json::json!({"url": "grpcs://agent.example.com:4242"});
        body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        url_configuration(&serde_json::from_value(body).unwrap())
    }

    #[test]
    fn a_url_needs_a_host() {
        for url in ["grpc://h", "grpcs://h:4242/a?b", "grpc://u:p@1.2.3.4", "grpc://[::1]:80"] {
            assert!(is_agent_url(url), "{url}");
        }
        for url in ["grpc://", "grpc:///a", "grpc://:80", "grpc://[::1", "grpc://a b"] {
            assert!(!is_agent_url(url), "{url}");
        }
    }

    #[test]
    fn certificate_and_key_go_together() {
        assert!(configuration(&serde_json::json!({})).is_empty());
        let both = serde_json::json!({"client_cert": CERTIFICATE, "client_key": KEY});
        assert!(configuration(&both).is_empty());
        let certificate = configuration(&serde_json::json!({"client_cert": CERTIFICATE}));
        assert_eq!(certificate, [CLIENT_KEY_RULE]);
        assert_eq!(configuration(&serde_json::json!({"client_key": KEY})), [CLIENT_CERT_RULE]);
    }

    #[test]
    fn an_empty_value_is_none_but_an_empty_key_still_means_mutual_tls() {
        let empty = serde_json::json!({"client_cert": "", "ca_cert": "", "tls_host": ""});
        assert!(configuration(&empty).is_empty());
        let empty = configuration(&serde_json::json!({"client_cert": "", "client_key": ""}));
        assert_eq!(empty, [CLIENT_CERT_RULE, CLIENT_KEY_RULE]);
    }

    #[test]
    fn everything_that_is_wrong_is_told_in_order() {
        let wrong = serde_json::json!({
            "url": "grpc://:1", "ca_cert": "a", "client_cert": "b", "client_key": "c",
        });
        let expected = [URL_RULE, CA_CERT_RULE, CLIENT_CERT_RULE, CLIENT_KEY_RULE];
        assert_eq!(configuration(&wrong), expected);
    }

    #[test]
    fn each_broken_schema_has_its_sentence() {
        let violation = |field, kind| Violation { field, kind };
        let name = |kind| agent(&[violation("name", kind)]);
        assert_eq!(name(ViolationKind::Null), [BLANK_NAME, NAME_RULE]);
        assert_eq!(name(ViolationKind::TooShort(1)), [BLANK_NAME, NAME_RULE]);
        assert_eq!(name(ViolationKind::Pattern), [NAME_RULE]);
        assert_eq!(
            name(ViolationKind::TooLong(63)),
            ["Name is too long (maximum is 63 characters)"]
        );
        assert_eq!(
            token(&[
                violation("name", ViolationKind::Null),
                violation("description", ViolationKind::TooLong(1024))
            ]),
            ["Description is too long (maximum is 1024 characters)", BLANK_NAME]
        );
        assert_eq!(
            url_configuration_schema(&[
                violation("url", ViolationKind::Pattern),
                violation("tls_host", ViolationKind::Pattern),
                violation("ca_cert", ViolationKind::TooLong(16384))
            ]),
            [URL_RULE, "Ca cert is too long (maximum is 16384 characters)", TLS_HOST_RULE]
        );
    }
}
