//! Constructors, most of them for whoever produces answers: servers, and mocks in tests.

use crate::{
    Agent, AgentId, AgentToken, AgentTokenDetail, AgentTokenId, AgentTokenName, AgentTokenStatus,
    AgentUrl, ConfigProject, CreatedAgentToken, NewAgent, NewAgentToken, NewUrlConfiguration,
    SecretString, Timestamp, UrlConfiguration, UrlConfigurationId,
};

impl ConfigProject {
    /// A project without a description whose groups and project are named like their paths.
    ///
    /// ```
    /// # use cluster_agents_types::{ConfigProject, Timestamp};
    /// let project = ConfigProject::new(20, "root/test", Timestamp::now());
    /// assert_eq!(project.name_with_namespace, "root / test");
    /// assert_eq!(project.path, "test");
    /// ```
    #[must_use]
    pub fn new(id: i64, path_with_namespace: &str, created_at: Timestamp) -> Self {
        let path = path_with_namespace.rsplit('/').next().unwrap_or_default();
        Self {
            id,
            description: None,
            name: path.to_owned(),
            name_with_namespace: path_with_namespace.replace('/', " / "),
            path: path.to_owned(),
            path_with_namespace: path_with_namespace.to_owned(),
            created_at,
        }
    }
}

impl NewAgentToken {
    /// A token without a description.
    ///
    /// ```
    /// # use cluster_agents_types::NewAgentToken;
    /// let new = NewAgentToken::new("production".parse()?);
    /// assert_eq!(serde_json::to_string(&new)?, r#"{"name":"production"}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(name: AgentTokenName) -> Self {
        Self { name, description: None }
    }
}

impl NewUrlConfiguration {
    /// A configuration with which GitLab identifies itself by a JWT, and trusts the system's
    /// certificate authorities.
    ///
    /// ```
    /// # use cluster_agents_types::NewUrlConfiguration;
    /// let new = NewUrlConfiguration::new("grpcs://agent.example.com:4242".parse()?);
    /// assert_eq!(serde_json::to_string(&new)?, r#"{"url":"grpcs://agent.example.com:4242"}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(url: AgentUrl) -> Self {
        Self { url, client_cert: None, client_key: None, ca_cert: None, tls_host: None }
    }
}

impl Agent {
    /// An agent that was registered just now, where no receptive agents exist.
    #[must_use]
    pub fn new(id: AgentId, new: NewAgent, config_project: ConfigProject, creator: i64) -> Self {
        Self {
            id,
            name: new.name.into(),
            config_project,
            created_at: Timestamp::now(),
            created_by_user_id: Some(creator),
            is_receptive: None,
        }
    }
}

impl AgentTokenDetail {
    /// An active token that was created just now and never used.
    #[must_use]
    pub fn new(id: AgentTokenId, agent_id: AgentId, new: NewAgentToken, creator: i64) -> Self {
        Self {
            id,
            name: new.name.into(),
            description: new.description.map(String::from),
            agent_id,
            status: AgentTokenStatus::Active,
            created_at: Timestamp::now(),
            created_by_user_id: Some(creator),
            last_used_at: None,
        }
    }

    /// The answer to creating the token: with its secret, which is shown this once.
    #[must_use]
    pub fn with_secret(self, token: SecretString) -> CreatedAgentToken {
        let Self { id, name, description, agent_id, status, created_at, .. } = self;
        let Self { created_by_user_id, last_used_at, .. } = self;
        CreatedAgentToken {
            id,
            name,
            description,
            agent_id,
            status,
            created_at,
            created_by_user_id,
            last_used_at,
            token,
        }
    }
}

impl From<AgentTokenDetail> for AgentToken {
    /// The token as lists show it: without the time of its last use.
    fn from(detail: AgentTokenDetail) -> Self {
        let AgentTokenDetail { id, name, description, agent_id, status, .. } = detail;
        let AgentTokenDetail { created_at, created_by_user_id, .. } = detail;
        Self { id, name, description, agent_id, status, created_at, created_by_user_id }
    }
}

impl UrlConfiguration {
    /// The configuration that a request asks for: for mutual TLS with the certificate of the request
    /// if it has a key, else for JWT with `public_key`. The key of the request is dropped.
    #[must_use]
    pub fn new(
        id: UrlConfigurationId,
        agent_id: AgentId,
        new: NewUrlConfiguration,
        public_key: String,
    ) -> Self {
        let mutual_tls = new.client_key.is_some();
        Self {
            id,
            agent_id,
            url: new.url.into(),
            public_key: (!mutual_tls).then_some(public_key),
            client_cert: new.client_cert.filter(|_| mutual_tls).map(String::from),
            ca_cert: new.ca_cert.map(String::from),
            tls_host: new.tls_host.map(String::from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn configuration(json: serde_json::Value) -> UrlConfiguration {
        let new = serde_json::from_value(json).unwrap();
        UrlConfiguration::new(1.into(), 5.into(), new, "key".to_owned())
    }

    #[test]
    fn a_configuration_has_a_public_key_or_a_certificate_and_never_both() {
        let jwt = configuration(serde_json::json!({"url": "grpc://a", "client_cert": "c"}));
        assert_eq!((jwt.public_key.as_deref(), jwt.client_cert), (Some("key"), None));
        let mtls = serde_json::json!({"url": "grpc://a", "client_cert": "c", "client_key": "k"});
        let mtls = configuration(mtls);
        assert_eq!((mtls.public_key, mtls.client_cert.as_deref()), (None, Some("c")));
    }

    #[test]
    fn a_listed_token_has_neither_its_secret_nor_its_last_use() {
        let new: NewAgentToken = serde_json::from_str(r#"{"name":"a","description":"b"}"#).unwrap();
        let token = AgentTokenDetail::new(1.into(), 5.into(), new, 42);
        let created = serde_json::to_value(token.clone().with_secret("s".into())).unwrap();
        assert_eq!((&created["token"], &created["last_used_at"]), (&"s".into(), &().into()));
        let listed = serde_json::to_value(AgentToken::from(token)).unwrap();
        assert!(listed.get("token").is_none() && listed.get("last_used_at").is_none());
        assert_eq!(listed["description"], "b");
    }
}
