//! The URL configuration of an agent as it should be.

use cluster_agents_types::{AgentId, NewUrlConfiguration, ProjectRef, UrlConfiguration};

use super::{Change, Ensured};
use crate::base64;
use crate::client::Client;
use crate::error::Error;

impl Client {
    /// Makes the URL configuration of an agent what is asked for. It can be called again and again: a
    /// configuration that is so already is left alone, with its key pair.
    ///
    /// The API cannot change a configuration. Another one is deleted first, so for a moment the agent
    /// has none, and has a new id and a new key pair then; if that is interrupted, the next call
    /// creates it. The private key cannot be compared, as no answer has it: with the same certificate
    /// it is taken as the same.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// use cluster_agents_client::{Change, types::{AgentId, NewUrlConfiguration}};
    ///
    /// let wanted = NewUrlConfiguration::new("grpcs://agent.example.com:4242".parse().unwrap());
    /// let ensured = client.ensure_url_configuration(&project, AgentId(5), &wanted).await?;
    /// assert_eq!(ensured.change, Change::None);
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`]. If a value is refused after another configuration was deleted, the agent has none.
    pub async fn ensure_url_configuration(
        &self,
        project: &ProjectRef,
        agent: AgentId,
        wanted: &NewUrlConfiguration,
    ) -> Result<Ensured<UrlConfiguration>, Error> {
        let mut change = Change::Created;
        for found in self.list_url_configurations(project, agent).await? {
            if is_as(&found, wanted) {
                return Ok(Ensured { value: found, change: Change::None });
            }
            match self.delete_url_configuration(project, agent, found.id, None).await {
                // Somebody else was faster.
                Err(error) if error.is_not_found() => {}
                result => result?,
            }
            change = Change::Replaced;
        }
        match self.create_url_configuration(project, agent, wanted).await {
            Ok(value) => Ok(Ensured { value, change }),
            // It may have been created: by this request, or by somebody else before it.
            Err(error) if error.is_outcome_unknown() || error.is_bad_request() => {
                let found = self.list_url_configurations(project, agent).await?;
                let same = found.into_iter().find(|found| is_as(found, wanted));
                same.map(|value| Ensured { value, change }).ok_or(error)
            }
            Err(error) => Err(error),
        }
    }
}

/// Whether a configuration is what is wanted. Texts that are absent, null or empty are the same.
fn is_as(found: &UrlConfiguration, wanted: &NewUrlConfiguration) -> bool {
    let mutual_tls = wanted.client_key.is_some();
    let wanted_cert = wanted.client_cert.as_deref().filter(|_| mutual_tls);
    let host = wanted.tls_host.as_deref().map(String::as_str);
    found.url == wanted.url.as_str()
        && same_pem(found.client_cert.as_deref(), wanted_cert.map(String::as_str))
        && same_pem(found.ca_cert.as_deref(), wanted.ca_cert.as_deref().map(String::as_str))
        && found.tls_host.as_deref().unwrap_or_default() == host.unwrap_or_default()
}

/// Whether two certificates are the same text but for white space. Some servers answer with the
/// Base64 of what they were given.
fn same_pem(found: Option<&str>, wanted: Option<&str>) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let (found, wanted) = (found.unwrap_or_default(), wanted.unwrap_or_default());
    plain(found) == plain(wanted) || found == base64::encode(wanted.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEM: &str = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

    fn found(json: &serde_json::Value) -> UrlConfiguration {
        let mut all = serde_json::json!({"id": 1, "agent_id": 5, "url": "grpcs://a.example"});
        all.as_object_mut().unwrap().extend(json.as_object().unwrap().clone());
        serde_json::from_value(all).unwrap()
    }

    fn wanted(json: &serde_json::Value) -> NewUrlConfiguration {
        let mut all = serde_json::json!({"url": "grpcs://a.example"});
        all.as_object_mut().unwrap().extend(json.as_object().unwrap().clone());
        serde_json::from_value(all).unwrap()
    }

    #[test]
    fn what_means_the_same_is_the_same() {
        let mtls = serde_json::json!({"client_cert": PEM, "client_key": "k", "ca_cert": PEM});
        let crlf = PEM.replace('\n', "\r\n");
        for (is, should) in [
            (serde_json::json!({"public_key": "k"}), serde_json::json!({})),
            (serde_json::json!({"tls_host": null}), serde_json::json!({"tls_host": ""})),
            (serde_json::json!({"client_cert": PEM, "ca_cert": crlf}), mtls.clone()),
            (
                serde_json::json!({
                    "client_cert": base64::encode(PEM.as_bytes()),
                    "ca_cert": base64::encode(PEM.as_bytes()),
                }),
                mtls,
            ),
        ] {
            assert!(is_as(&found(&is), &wanted(&should)), "{is} {should}");
        }
    }

    #[test]
    fn every_difference_is_one() {
        let jwt = serde_json::json!({"public_key": "k"});
        for should in [
            serde_json::json!({"url": "grpcs://b.example"}),
            serde_json::json!({"url": "grpc://a.example"}),
            serde_json::json!({"ca_cert": PEM}),
            serde_json::json!({"tls_host": "b.example"}),
            serde_json::json!({"client_cert": PEM, "client_key": "k"}),
        ] {
            assert!(!is_as(&found(&jwt), &wanted(&should)), "{should}");
        }
        let mtls = found(&serde_json::json!({"client_cert": PEM}));
        assert!(!is_as(&mtls, &wanted(&serde_json::json!({}))));
    }
}
