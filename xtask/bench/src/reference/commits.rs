//! Raw durable commits: one row each, one after the other, on a connection of its own.

use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

use crate::load::Figures;

/// Commits single rows for a while, as durably as the reference does.
pub(super) async fn commit(path: &Path, time: Duration) -> anyhow::Result<Figures> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging();
    let mut connection = options.connect().await?;
    let table = "CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, name TEXT NOT NULL)";
    sqlx::query(table).execute(&mut connection).await?;
    let (start, mut times) = (Instant::now(), Vec::new());
    while start.elapsed() < time {
        let sent = Instant::now();
        let insert =
            sqlx::query("INSERT INTO rows (name) VALUES ($1)").bind("a-name-of-some-length");
        insert.execute(&mut connection).await?;
        times.push(sent.elapsed());
    }
    let took = start.elapsed();
    connection.close().await?;
    Ok(Figures::of(times, took))
}
