//! URL configurations: where GitLab reaches a receptive agent.
//!
//! They exist on GitLab Self-Managed with an Ultimate licence and with receptive agents switched on;
//! elsewhere each of these operations ends with 404.

use cluster_agents_types::{
    AgentId, NewUrlConfiguration, ProjectRef, Timestamp, UrlConfiguration, UrlConfigurationId,
};
use progenitor_client::ResponseValue;

use super::precondition;
use crate::client::Client;
use crate::error::Error;

impl Client {
    /// The URL configuration of an agent, as a list of none or one. For the role Maintainer, on some
    /// servers Developer.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// use cluster_agents_client::types::AgentId;
    ///
    /// let configurations = client.list_url_configurations(&project, AgentId(5)).await?;
    /// assert_eq!(configurations[0].url, "grpcs://agent.example.com:4242");
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`]; 404 if there is no such agent or no receptive agents at all.
    pub async fn list_url_configurations(
        &self,
        project: &ProjectRef,
        agent: AgentId,
    ) -> Result<Vec<UrlConfiguration>, Error> {
        let client = self.for_one_call();
        let result = client.list_url_configurations(project, &agent).await;
        client.settle("list_url_configurations", result).map(ResponseValue::into_inner)
    }

    /// One URL configuration. For the role Maintainer, on some servers Developer.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// use cluster_agents_client::types::{AgentId, UrlConfigurationId};
    ///
    /// let id = UrlConfigurationId(1);
    /// let configuration = client.get_url_configuration(&project, AgentId(5), id).await?;
    /// assert!(configuration.public_key.is_some() && configuration.client_cert.is_none());
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`]; 404 if the agent has no such configuration.
    pub async fn get_url_configuration(
        &self,
        project: &ProjectRef,
        agent: AgentId,
        configuration: UrlConfigurationId,
    ) -> Result<UrlConfiguration, Error> {
        let client = self.for_one_call();
        let result = client.get_url_configuration(project, &agent, &configuration).await;
        client.settle("get_url_configuration", result).map(ResponseValue::into_inner)
    }

    /// Makes an agent receptive. With a client certificate and its key, GitLab identifies itself by
    /// mutual TLS; without them by a JWT, and the answer has the public key. For the role Maintainer.
    /// [`ensure_url_configuration`](Self::ensure_url_configuration) can be called again and again.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// use cluster_agents_client::types::{AgentId, NewUrlConfiguration};
    ///
    /// let new = NewUrlConfiguration::new("grpcs://agent.example.com:4242".parse().unwrap());
    /// let created = client.create_url_configuration(&project, AgentId(5), &new).await?;
    /// assert!(created.public_key.is_some());
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`]; 400 if the agent has a configuration already or a certificate is wrong. It is not
    /// sent again when the connection breaks.
    pub async fn create_url_configuration(
        &self,
        project: &ProjectRef,
        agent: AgentId,
        new: &NewUrlConfiguration,
    ) -> Result<UrlConfiguration, Error> {
        let client = self.for_one_call();
        let result = client.create_url_configuration(project, &agent, new).await;
        client.settle("create_url_configuration", result).map(ResponseValue::into_inner)
    }

    /// Makes an agent receptive no longer – with `unmodified_since` only if its configuration was not
    /// changed since then. For the role Maintainer.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// use cluster_agents_client::types::{AgentId, UrlConfigurationId};
    ///
    /// let id = UrlConfigurationId(1);
    /// client.delete_url_configuration(&project, AgentId(5), id, None).await?;
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`]; 404 if the agent has no such configuration, 412 if it was changed.
    pub async fn delete_url_configuration(
        &self,
        project: &ProjectRef,
        agent: AgentId,
        configuration: UrlConfigurationId,
        unmodified_since: Option<Timestamp>,
    ) -> Result<(), Error> {
        let (client, since) = (self.for_one_call(), precondition(unmodified_since));
        let result = client
            .delete_url_configuration(project, &agent, &configuration, since.as_deref())
            .await;
        client.settle("delete_url_configuration", result).map(ResponseValue::into_inner)
    }
}
