//! Reads a whole database, once, when it is opened.

use cluster_agents_types::Timestamp;
use futures_util::TryStreamExt;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::statements;
use crate::secret::Digest;
use crate::store::StoreError;
use crate::store::tables::Tables;

/// Everything that the database holds.
pub(super) async fn tables(connection: &mut SqliteConnection) -> Result<Tables, StoreError> {
    let mut tables = Tables::default();
    agents(connection, &mut tables).await?;
    tokens(connection, &mut tables).await?;
    configurations(connection, &mut tables).await?;
    Ok(tables)
}

async fn agents(connection: &mut SqliteConnection, into: &mut Tables) -> Result<(), StoreError> {
    const ALL: &str = "
        SELECT id, project_id, name, created_at, created_by, updated_at, FALSE AS is_receptive
        FROM agents";
    let mut rows = sqlx::query(ALL).fetch(connection);
    while let Some(row) = rows.try_next().await? {
        into.put_agent(statements::agent_of(&row)?, updated_at(&row)?);
    }
    Ok(())
}

async fn tokens(connection: &mut SqliteConnection, into: &mut Tables) -> Result<(), StoreError> {
    const ACTIVE: &str = "
        SELECT id, agent_id, name, description, digest, created_at, created_by, last_used_at
        FROM agent_tokens WHERE slot IS NOT NULL";
    let mut rows = sqlx::query(ACTIVE).fetch(connection);
    while let Some(row) = rows.try_next().await? {
        let digest: Vec<u8> = row.try_get("digest")?;
        let digest = Digest::from_bytes(&digest);
        let damaged = || sqlx::Error::Decode("a digest that has not 32 bytes".into());
        into.put_token(statements::token_of(&row)?, digest.ok_or_else(damaged)?);
    }
    Ok(())
}

async fn configurations(
    connection: &mut SqliteConnection,
    into: &mut Tables,
) -> Result<(), StoreError> {
    const ALL: &str = "
        SELECT id, agent_id, url, public_key, client_cert, ca_cert, tls_host, updated_at
        FROM url_configurations";
    let mut rows = sqlx::query(ALL).fetch(connection);
    while let Some(row) = rows.try_next().await? {
        into.put_configuration(statements::url_configuration_of(&row)?, updated_at(&row)?);
    }
    Ok(())
}

fn updated_at(row: &SqliteRow) -> Result<Timestamp, StoreError> {
    statements::time(row.try_get("updated_at")?)
}
