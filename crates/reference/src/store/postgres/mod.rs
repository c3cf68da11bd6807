//! PostgreSQL, for several servers on one database.
//!
//! A write that depends on what an agent has locks the agent first, so that the writes of all
//! servers to one agent come one after the other; writes to different agents do not wait.

#[allow(clippy::duplicate_mod, reason = "one text of statements, compiled for each database")]
#[path = "../statements.rs"]
mod statements;

use std::time::Duration;

use cluster_agents_types::{SecretString, Timestamp};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, PgPool, Transaction};

use super::{
    Agent, AgentKey, NewAgent, NewToken, NewUrlConfiguration, Store, StoreError, Token,
    UrlConfiguration, migrate,
};
use crate::pagination::{Listing, Window};
use crate::secret::Digest;

type Db = sqlx::Postgres;

const CONNECTIONS: u32 = 16;

/// How long a request waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);

/// A store in PostgreSQL.
#[derive(Debug)]
pub struct Postgres {
    pool: PgPool,
}

impl Postgres {
    /// The store in the database at `url`, whose schema is made if there is none.
    ///
    /// # Errors
    ///
    /// The database cannot be reached, or was made by a newer version of the server.
    pub async fn connect(url: &SecretString) -> Result<Self, StoreError> {
        let options: PgConnectOptions = url.expose().parse()?;
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options.disable_statement_logging())
            .await?;
        migrate::postgres().run(&pool).await?;
        Ok(Self { pool })
    }

    /// A transaction in which nobody else writes to what belongs to the agent. The lock leaves
    /// alone those who only refer to the agent.
    async fn lock(&self, key: AgentKey) -> Result<Transaction<'static, Db>, StoreError> {
        const LOCK: &str = "SELECT id FROM agents WHERE id = $1 FOR NO KEY UPDATE";
        let mut transaction = self.pool.begin().await?;
        sqlx::query(LOCK).bind(key.agent_id).execute(&mut *transaction).await?;
        Ok(transaction)
    }
}

impl Store for Postgres {
    async fn list_agents(
        &self,
        project_id: i64,
        window: Window,
    ) -> Result<Listing<Agent>, StoreError> {
        let mut connection = self.pool.acquire().await?;
        statements::list_agents(&mut connection, project_id, window).await
    }

    async fn agent(&self, key: AgentKey) -> Result<Agent, StoreError> {
        let mut connection = self.pool.acquire().await?;
        statements::agent(&mut connection, key).await
    }

    async fn register_agent(&self, new: NewAgent) -> Result<Agent, StoreError> {
        let mut connection = self.pool.acquire().await?;
        statements::register_agent(&mut connection, new).await
    }

    async fn register_first_agent(&self, new: NewAgent) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        statements::register_first_agent(&mut transaction, new).await?;
        Ok(transaction.commit().await?)
    }

    async fn delete_agent(
        &self,
        key: AgentKey,
        unmodified_since: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let mut connection = self.pool.acquire().await?;
        statements::delete_agent(&mut connection, key, unmodified_since).await
    }

    async fn active_tokens(&self, key: AgentKey) -> Result<Vec<Token>, StoreError> {
        let mut connection = self.pool.acquire().await?;
        statements::active_tokens(&mut connection, key).await
    }

    async fn create_token(&self, new: NewToken) -> Result<Token, StoreError> {
        let mut transaction = self.lock(new.agent).await?;
        let token = statements::create_token(&mut transaction, new).await?;
        transaction.commit().await?;
        Ok(token)
    }

    async fn revoke_token(&self, key: AgentKey, token_id: i64) -> Result<(), StoreError> {
        let mut connection = self.pool.acquire().await?;
        statements::revoke_token(&mut connection, key, token_id).await
    }

    async fn use_token(&self, digest: Digest, now: Timestamp) -> Result<Agent, StoreError> {
        let mut connection = self.pool.acquire().await?;
        statements::use_token(&mut connection, digest, now).await
    }

    async fn url_configuration(
        &self,
        key: AgentKey,
    ) -> Result<Option<UrlConfiguration>, StoreError> {
        let mut connection = self.pool.acquire().await?;
        statements::url_configuration(&mut connection, key).await
    }

    async fn create_url_configuration(
        &self,
        new: NewUrlConfiguration,
    ) -> Result<UrlConfiguration, StoreError> {
        let mut transaction = self.lock(new.agent).await?;
        let created = statements::create_url_configuration(&mut transaction, new).await?;
        transaction.commit().await?;
        Ok(created)
    }

    async fn delete_url_configuration(
        &self,
        key: AgentKey,
        id: i64,
        unmodified_since: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.lock(key).await?;
        statements::delete_url_configuration(&mut transaction, key, id, unmodified_since, now)
            .await?;
        Ok(transaction.commit().await?)
    }

    async fn ready(&self) -> Result<(), StoreError> {
        let mut connection = self.pool.acquire().await?;
        statements::ready(&mut connection).await
    }

    async fn close(&self) {
        self.pool.close().await;
    }
}
