//! SQLite, in a file or in memory.
//!
//! Reads run side by side on a pool of connections; writes go through one [`Writer`], which commits
//! those that wait together. A database in memory lives as long as its one connection, which then
//! serves reads and writes alike.

#[allow(clippy::duplicate_mod, reason = "one text of statements, compiled for each database")]
#[path = "../statements.rs"]
mod statements;
mod writer;

use std::path::Path;
use std::time::Duration;

use cluster_agents_types::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqlitePool};

use self::writer::Writer;
use super::{
    Agent, AgentKey, NewAgent, NewToken, NewUrlConfiguration, Store, StoreError, Token,
    UrlConfiguration, migrate,
};
use crate::pagination::{Listing, Window};
use crate::secret::Digest;

type Db = sqlx::Sqlite;

const READERS: u32 = 4;

/// How long a statement waits for another process that writes to the same file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// A store in SQLite.
#[derive(Debug)]
pub struct Sqlite {
    readers: SqlitePool,
    writer: Writer,
}

impl Sqlite {
    /// An empty store in memory, which is gone once it is closed.
    ///
    /// # Errors
    ///
    /// The database cannot be opened.
    pub async fn in_memory() -> Result<Self, StoreError> {
        let options = options().filename(":memory:");
        let pool = pool(1).connect_with(options).await?;
        migrate::sqlite().run(&pool).await?;
        Ok(Self { writer: Writer::start(pool.clone()), readers: pool })
    }

    /// The store in a file, which is made if there is none.
    ///
    /// # Errors
    ///
    /// The database cannot be opened, or was made by a newer version of the server.
    pub async fn in_file(path: &Path) -> Result<Self, StoreError> {
        let options = options().filename(path).journal_mode(SqliteJournalMode::Wal);
        let writer = pool(1).connect_with(options.clone().create_if_missing(true)).await?;
        migrate::sqlite().run(&writer).await?;
        let readers = pool(READERS).connect_with(options.read_only(true)).await?;
        Ok(Self { readers, writer: Writer::start(writer) })
    }
}

fn options() -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .foreign_keys(true)
        // An answered write survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT)
        .disable_statement_logging()
}

/// Connections that are kept: closing the only one of a database in memory would empty it.
fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .min_connections(connections)
        .max_connections(connections)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

impl Store for Sqlite {
    async fn list_agents(
        &self,
        project_id: i64,
        window: Window,
    ) -> Result<Listing<Agent>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        statements::list_agents(&mut connection, project_id, window).await
    }

    async fn agent(&self, key: AgentKey) -> Result<Agent, StoreError> {
        let mut connection = self.readers.acquire().await?;
        statements::agent(&mut connection, key).await
    }

    async fn register_agent(&self, new: NewAgent) -> Result<Agent, StoreError> {
        self.writer.run(|c| Box::pin(statements::register_agent(c, new))).await
    }

    async fn register_first_agent(&self, new: NewAgent) -> Result<(), StoreError> {
        self.writer.run(|c| Box::pin(statements::register_first_agent(c, new))).await
    }

    async fn delete_agent(
        &self,
        key: AgentKey,
        unmodified_since: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        self.writer.run(move |c| Box::pin(statements::delete_agent(c, key, unmodified_since))).await
    }

    async fn active_tokens(&self, key: AgentKey) -> Result<Vec<Token>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        statements::active_tokens(&mut connection, key).await
    }

    async fn create_token(&self, new: NewToken) -> Result<Token, StoreError> {
        self.writer.run(|c| Box::pin(statements::create_token(c, new))).await
    }

    async fn revoke_token(&self, key: AgentKey, token_id: i64) -> Result<(), StoreError> {
        self.writer.run(move |c| Box::pin(statements::revoke_token(c, key, token_id))).await
    }

    async fn use_token(&self, digest: Digest, now: Timestamp) -> Result<Agent, StoreError> {
        self.writer.run(move |c| Box::pin(statements::use_token(c, digest, now))).await
    }

    async fn url_configuration(
        &self,
        key: AgentKey,
    ) -> Result<Option<UrlConfiguration>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        statements::url_configuration(&mut connection, key).await
    }

    async fn create_url_configuration(
        &self,
        new: NewUrlConfiguration,
    ) -> Result<UrlConfiguration, StoreError> {
        self.writer.run(|c| Box::pin(statements::create_url_configuration(c, new))).await
    }

    async fn delete_url_configuration(
        &self,
        key: AgentKey,
        configuration_id: i64,
        unmodified_since: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.writer
            .run(move |c| {
                Box::pin(statements::delete_url_configuration(
                    c,
                    key,
                    configuration_id,
                    unmodified_since,
                    now,
                ))
            })
            .await
    }

    async fn ready(&self) -> Result<(), StoreError> {
        let mut connection = self.readers.acquire().await?;
        statements::ready(&mut connection).await
    }

    async fn close(&self) {
        self.writer.stop().await;
        self.readers.close().await;
    }
}
