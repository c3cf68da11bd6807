//! Where agents, tokens and URL configurations are kept.
//!
//! [`Store`] is what the server needs of a database: [`Memory`] forgets, [`Sqlite`] keeps it in a
//! file, and `Postgres` – with the feature of that name – where several servers share it.
//! Whatever runs at the same moment, from one server or several: names are unique in their project,
//! an agent has at most two active tokens and at most one URL configuration. Where there is a
//! schema, it holds these three itself, as constraints; see the folder `migrations`.

mod error;
mod memory;
mod migrate;
#[cfg(feature = "postgres")]
mod postgres;
mod record;
mod sqlite;
mod tables;

pub use error::StoreError;
pub use memory::Memory;
#[cfg(feature = "postgres")]
pub use postgres::Postgres;
pub use record::{
    Agent, AgentKey, NewAgent, NewToken, NewUrlConfiguration, Token, UrlConfiguration,
};
pub use sqlite::Sqlite;

use std::future::Future;

use cluster_agents_types::Timestamp;

use crate::pagination::{Listing, Window};
use crate::secret::Digest;

/// What the server needs of a database. A write that was answered is durable.
///
/// An agent is only found under its project, and what belongs to an agent only under that agent:
/// everything else is [`StoreError::NotFound`].
pub trait Store: Send + Sync + 'static {
    /// A part of the agents of a project, by name.
    fn list_agents(
        &self,
        project_id: i64,
        window: Window,
    ) -> impl Future<Output = Result<Listing<Agent>, StoreError>> + Send;

    /// One agent.
    fn agent(&self, key: AgentKey) -> impl Future<Output = Result<Agent, StoreError>> + Send;

    /// Registers an agent, unless its name is taken in the project.
    fn register_agent(
        &self,
        new: NewAgent,
    ) -> impl Future<Output = Result<Agent, StoreError>> + Send;

    /// Registers an agent that the server begins with, unless it ever did so before.
    fn register_first_agent(
        &self,
        new: NewAgent,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Deletes an agent with everything that belongs to it, unless it changed since that time.
    fn delete_agent(
        &self,
        key: AgentKey,
        unmodified_since: Option<Timestamp>,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The active tokens of an agent – never more than two – the last used first.
    fn active_tokens(
        &self,
        key: AgentKey,
    ) -> impl Future<Output = Result<Vec<Token>, StoreError>> + Send;

    /// Creates a token, unless the agent has two active ones.
    fn create_token(&self, new: NewToken)
    -> impl Future<Output = Result<Token, StoreError>> + Send;

    /// Revokes a token, which may be revoked already.
    fn revoke_token(
        &self,
        key: AgentKey,
        token_id: i64,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Notes that an active token is used at that time, and tells whose it is.
    fn use_token(
        &self,
        digest: Digest,
        now: Timestamp,
    ) -> impl Future<Output = Result<Agent, StoreError>> + Send;

    /// The URL configuration of an agent, if it has one.
    fn url_configuration(
        &self,
        key: AgentKey,
    ) -> impl Future<Output = Result<Option<UrlConfiguration>, StoreError>> + Send;

    /// Creates a URL configuration, unless the agent has one; the agent counts as changed.
    fn create_url_configuration(
        &self,
        new: NewUrlConfiguration,
    ) -> impl Future<Output = Result<UrlConfiguration, StoreError>> + Send;

    /// Deletes a URL configuration, unless it changed since that time; the agent counts as changed.
    fn delete_url_configuration(
        &self,
        key: AgentKey,
        configuration_id: i64,
        unmodified_since: Option<Timestamp>,
        now: Timestamp,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Whether the database answers.
    fn ready(&self) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Ends what is running and closes the database.
    fn close(&self) -> impl Future<Output = ()> + Send;
}
