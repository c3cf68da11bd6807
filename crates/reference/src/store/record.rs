//! What is stored, and what is needed to store it.

use cluster_agents_types::Timestamp;

use crate::secret::Digest;

/// An agent under its project.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct AgentKey {
    /// The number of the project.
    pub project_id: i64,
    /// The number of the agent.
    pub agent_id: i64,
}

/// A registered agent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Agent {
    /// Its number.
    pub id: i64,
    /// The number of its project.
    pub project_id: i64,
    /// Its name.
    pub name: String,
    /// When it was registered.
    pub created_at: Timestamp,
    /// The number of the user who registered it.
    pub created_by: i64,
    /// Whether it has a URL configuration.
    pub is_receptive: bool,
}

/// An agent to register.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewAgent {
    /// The number of its project.
    pub project_id: i64,
    /// Its name.
    pub name: String,
    /// The number of the user who registers it.
    pub created_by: i64,
    /// When.
    pub now: Timestamp,
}

/// An active token.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Token {
    /// Its number.
    pub id: i64,
    /// The number of its agent.
    pub agent_id: i64,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// The number of the user who created it.
    pub created_by: i64,
    /// When an agent last logged in with it.
    pub last_used_at: Option<Timestamp>,
}

/// A token to create.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewToken {
    /// Its agent.
    pub agent: AgentKey,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The digest of its secret.
    pub digest: Digest,
    /// The number of the user who creates it.
    pub created_by: i64,
    /// When.
    pub now: Timestamp,
}

/// A URL configuration, without its private half.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UrlConfiguration {
    /// Its number.
    pub id: i64,
    /// The number of its agent.
    pub agent_id: i64,
    /// Where the agent listens.
    pub url: String,
    /// The public key, if JWT is used.
    pub public_key: Option<String>,
    /// The client certificate, if mutual TLS is used.
    pub client_cert: Option<String>,
    /// The CA certificate of the agent.
    pub ca_cert: Option<String>,
    /// The name that the certificate of the agent must be for.
    pub tls_host: Option<String>,
}

/// A URL configuration to create; exactly one of `public_key` and `client_cert` is set.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewUrlConfiguration {
    /// Its agent.
    pub agent: AgentKey,
    /// Where the agent listens.
    pub url: String,
    /// The public key, if JWT is used.
    pub public_key: Option<String>,
    /// The client certificate, if mutual TLS is used.
    pub client_cert: Option<String>,
    /// The private half of either, encrypted.
    pub sealed_key: Vec<u8>,
    /// The CA certificate of the agent.
    pub ca_cert: Option<String>,
    /// The name that the certificate of the agent must be for.
    pub tls_host: Option<String>,
    /// When.
    pub now: Timestamp,
}
