//! Why the database does not do what it was asked for.

use std::sync::Arc;

use sqlx::migrate::MigrateError;

/// Why the database does not do what it was asked for.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such thing, or it belongs to something else.
    #[error("it does not exist")]
    NotFound,
    /// Another agent of the project has the name.
    #[error("the name is taken")]
    NameTaken,
    /// The agent has two active tokens.
    #[error("the agent has two active tokens")]
    TokenLimit,
    /// The agent has a URL configuration.
    #[error("the agent has a URL configuration")]
    AlreadyConfigured,
    /// It changed since the time of the precondition.
    #[error("it has changed")]
    Modified,
    /// The schema cannot be brought to this version; the database may be newer than the server.
    #[error("the schema does not fit this version of the server")]
    Schema(#[source] Arc<MigrateError>),
    /// Another server has the file open; only PostgreSQL is for several.
    #[error("another server has it open; several servers can share a PostgreSQL database")]
    InUse,
    /// The database failed; nothing was changed.
    #[error("the database failed")]
    Database(#[source] Arc<sqlx::Error>),
    /// The write was given up, because the database failed or is closed.
    #[error("the write was given up")]
    GivenUp,
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(Arc::new(error))
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        Self::Schema(Arc::new(error))
    }
}
