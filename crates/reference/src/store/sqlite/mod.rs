//! SQLite in a file, for one server.
//!
//! The file is what survives; reads are answered from [`Tables`] in memory, which always hold what
//! the file holds. Writes go through one [`Writer`]: it commits those that wait together, then
//! changes the tables, then answers – so nobody sees what might be lost. The file is locked for as
//! long as it is open, because another writer would be overlooked.

#[path = "../statements.rs"]
#[allow(dead_code, reason = "reads are answered from memory")]
mod statements;

mod load;
mod writer;

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use cluster_agents_types::Timestamp;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqliteLockingMode, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, SqlitePool};

use self::writer::Writer;
use super::tables::Tables;
use super::{
    Agent, AgentKey, NewAgent, NewToken, NewUrlConfiguration, Store, StoreError, Token,
    UrlConfiguration, migrate,
};
use crate::pagination::{Listing, Window};
use crate::secret::Digest;

type Db = sqlx::Sqlite;

/// How long to wait for a file that another server is just closing.
const BUSY_TIMEOUT: Duration = Duration::from_secs(1);

/// What the file holds; nothing once it is closed.
type Image = Arc<RwLock<Option<Tables>>>;

/// A store in a SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    image: Image,
    writer: Writer,
}

impl Sqlite {
    /// The store in a file, which is made if there is none. Reads all of it.
    ///
    /// # Errors
    ///
    /// The database cannot be opened, is in use by another server, or was made by a newer version.
    pub async fn in_file(path: &Path) -> Result<Self, StoreError> {
        let pool = open(path).await.map_err(in_use)?;
        migrate::sqlite().run(&pool).await?;
        let tables = load::tables(&mut *pool.acquire().await?).await?;
        let image = Image::new(RwLock::new(Some(tables)));
        Ok(Self { writer: Writer::start(pool, Arc::clone(&image)), image })
    }

    fn read<T>(
        &self,
        read: impl FnOnce(&Tables) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let image = self.image.read().unwrap_or_else(PoisonError::into_inner);
        read(image.as_ref().ok_or(StoreError::GivenUp)?)
    }
}

/// The one connection, which is kept: with it the lock would go.
async fn open(path: &Path) -> Result<SqlitePool, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .foreign_keys(true)
        .locking_mode(SqliteLockingMode::Exclusive)
        .journal_mode(SqliteJournalMode::Wal)
        // An answered write survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT)
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false);
    let pool = pool.connect_with(options).await?;
    // The lock is taken with the first write transaction.
    pool.begin_with("BEGIN IMMEDIATE").await?.commit().await?;
    Ok(pool)
}

/// SQLite's code for a file that somebody else has locked.
const BUSY: &str = "5";

fn in_use(error: sqlx::Error) -> StoreError {
    match error.as_database_error().and_then(|error| error.code()) {
        Some(code) if code == BUSY => StoreError::InUse,
        _ => error.into(),
    }
}

impl Store for Sqlite {
    async fn list_agents(
        &self,
        project_id: i64,
        window: Window,
    ) -> Result<Listing<Agent>, StoreError> {
        self.read(|tables| Ok(tables.list_agents(project_id, window)))
    }

    async fn agent(&self, key: AgentKey) -> Result<Agent, StoreError> {
        self.read(|tables| tables.row(key).map(|row| row.agent.clone()))
    }

    async fn register_agent(&self, new: NewAgent) -> Result<Agent, StoreError> {
        let put = |tables: &mut Tables, agent: &Agent| {
            tables.put_agent(agent.clone(), agent.created_at);
        };
        self.writer.run(|c| Box::pin(statements::register_agent(c, new)), put).await
    }

    async fn register_first_agent(&self, new: NewAgent) -> Result<(), StoreError> {
        let put = |tables: &mut Tables, agent: &Option<Agent>| {
            if let Some(agent) = agent {
                tables.put_agent(agent.clone(), agent.created_at);
            }
        };
        self.writer.run(|c| Box::pin(statements::register_first_agent(c, new)), put).await?;
        Ok(())
    }

    async fn delete_agent(
        &self,
        key: AgentKey,
        unmodified_since: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let remove = move |tables: &mut Tables, (): &()| tables.remove_agent(key.agent_id);
        self.writer
            .run(move |c| Box::pin(statements::delete_agent(c, key, unmodified_since)), remove)
            .await
    }

    async fn active_tokens(&self, key: AgentKey) -> Result<Vec<Token>, StoreError> {
        self.read(|tables| tables.active_tokens(key))
    }

    async fn create_token(&self, new: NewToken) -> Result<Token, StoreError> {
        let digest = new.digest;
        let put = move |tables: &mut Tables, token: &Token| {
            tables.put_token(token.clone(), digest);
        };
        self.writer.run(|c| Box::pin(statements::create_token(c, new)), put).await
    }

    async fn revoke_token(&self, key: AgentKey, token_id: i64) -> Result<(), StoreError> {
        let revoke =
            move |tables: &mut Tables, (): &()| tables.revoke_token(key.agent_id, token_id);
        self.writer.run(move |c| Box::pin(statements::revoke_token(c, key, token_id)), revoke).await
    }

    async fn use_token(&self, digest: Digest, now: Timestamp) -> Result<Agent, StoreError> {
        let note = move |tables: &mut Tables, _: &Agent| {
            // It was found in the file, so it is in the tables.
            let _ = tables.use_token(digest, now);
        };
        self.writer.run(move |c| Box::pin(statements::use_token(c, digest, now)), note).await
    }

    async fn url_configuration(
        &self,
        key: AgentKey,
    ) -> Result<Option<UrlConfiguration>, StoreError> {
        self.read(|tables| tables.url_configuration(key))
    }

    async fn create_url_configuration(
        &self,
        new: NewUrlConfiguration,
    ) -> Result<UrlConfiguration, StoreError> {
        let now = new.now;
        let put = move |tables: &mut Tables, configuration: &UrlConfiguration| {
            tables.put_configuration(configuration.clone(), now);
        };
        self.writer.run(|c| Box::pin(statements::create_url_configuration(c, new)), put).await
    }

    async fn delete_url_configuration(
        &self,
        key: AgentKey,
        configuration_id: i64,
        unmodified_since: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let remove =
            move |tables: &mut Tables, (): &()| tables.remove_configuration(key.agent_id, now);
        self.writer
            .run(
                move |c| {
                    Box::pin(statements::delete_url_configuration(
                        c,
                        key,
                        configuration_id,
                        unmodified_since,
                        now,
                    ))
                },
                remove,
            )
            .await
    }

    async fn ready(&self) -> Result<(), StoreError> {
        self.writer.run(|c| Box::pin(statements::ready(c)), |_, ()| ()).await
    }

    async fn close(&self) {
        self.writer.stop().await;
        *self.image.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
