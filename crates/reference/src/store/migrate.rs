//! The versions of the schema.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Brings a SQLite database to the newest version.
pub(super) fn sqlite() -> Migrator {
    migrator(&[(1, "agents", include_str!("../../migrations/sqlite/0001_agents.sql"))])
}

/// Brings a PostgreSQL database to the newest version.
#[cfg(feature = "postgres")]
pub(super) fn postgres() -> Migrator {
    migrator(&[(1, "agents", include_str!("../../migrations/postgres/0001_agents.sql"))])
}

/// Each version with its name and text. A text that was released never changes.
fn migrator(versions: &[(i64, &'static str, &'static str)]) -> Migrator {
    let migration = |&(version, name, text): &(i64, &'static str, &'static str)| {
        Migration::new(version, name.into(), MigrationType::Simple, text.into_sql_str(), false)
    };
    Migrator::with_migrations(versions.iter().map(migration).collect())
}
