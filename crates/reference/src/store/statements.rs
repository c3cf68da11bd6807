//! Every statement, as one function on a connection.
//!
//! The same text runs on each database: this file is compiled once for each of them, with
//! `super::Db` saying for which. A rule that is broken is told by what the statement did not do or
//! by the constraint that refused it, never by a look before the write, which another writer could
//! overtake.

use cluster_agents_types::Timestamp;
use sqlx::{Database, Row as _};

use super::Db;
use crate::pagination::{Listing, TOTAL_LIMIT, Window};
use crate::secret::Digest;
use crate::store::{
    Agent, AgentKey, NewAgent, NewToken, NewUrlConfiguration, StoreError, Token, UrlConfiguration,
};

type Connection = <Db as Database>::Connection;
type Row = <Db as Database>::Row;
type Result<T> = std::result::Result<T, StoreError>;

/// Counts and lists in one statement, so that both see the same moment.
pub(super) async fn list_agents(
    connection: &mut Connection,
    project_id: i64,
    window: Window,
) -> Result<Listing<Agent>> {
    const LIST: &str = "
        SELECT id, project_id, name, created_at, created_by, is_receptive, total
        FROM (SELECT count(*) AS total FROM
              (SELECT 1 FROM agents WHERE project_id = $1 LIMIT $2) AS counted) AS counts
        LEFT JOIN
             (SELECT id, project_id, name, created_at, created_by,
                     EXISTS (SELECT 1 FROM url_configurations WHERE agent_id = agents.id) AS is_receptive
              FROM agents WHERE project_id = $1 ORDER BY name LIMIT $3 OFFSET $4) AS page ON TRUE
        ORDER BY name";
    let rows = sqlx::query(LIST)
        .bind(project_id)
        .bind(TOTAL_LIMIT + 1)
        // One more than asked for tells whether there are more.
        .bind(window.limit.saturating_add(1))
        .bind(window.offset)
        .fetch_all(connection)
        .await?;
    let total: i64 = rows.first().map_or(Ok(0), |row| row.try_get("total"))?;
    let mut items = there(&rows)?.into_iter().map(agent_of).collect::<Result<Vec<_>>>()?;
    let limit = usize::try_from(window.limit).unwrap_or_default();
    let more = items.len() > limit;
    items.truncate(limit);
    Ok(Listing { items, total: Some(total).filter(|total| *total <= TOTAL_LIMIT), more })
}

pub(super) async fn agent(connection: &mut Connection, key: AgentKey) -> Result<Agent> {
    const GET: &str = "
        SELECT id, project_id, name, created_at, created_by,
               EXISTS (SELECT 1 FROM url_configurations WHERE agent_id = agents.id) AS is_receptive
        FROM agents WHERE id = $1 AND project_id = $2";
    let row = sqlx::query(GET).bind(key.agent_id).bind(key.project_id);
    row.fetch_optional(connection).await?.map_or(Err(StoreError::NotFound), |row| agent_of(&row))
}

pub(super) async fn register_agent(connection: &mut Connection, new: NewAgent) -> Result<Agent> {
    const INSERT: &str = "
        INSERT INTO agents (project_id, name, created_at, created_by, updated_at)
        VALUES ($1, $2, $3, $4, $3) RETURNING id";
    let inserted = sqlx::query(INSERT)
        .bind(new.project_id)
        .bind(&new.name)
        .bind(new.now.millis())
        .bind(new.created_by)
        .fetch_one(connection)
        .await;
    let row = inserted.map_err(|error| broken(error, StoreError::NameTaken))?;
    Ok(new_agent(row.try_get("id")?, new))
}

fn new_agent(id: i64, new: NewAgent) -> Agent {
    Agent {
        id,
        project_id: new.project_id,
        name: new.name,
        created_at: new.now,
        created_by: new.created_by,
        is_receptive: false,
    }
}

/// The agent, if this is the first time that it is registered and its name is free.
pub(super) async fn register_first_agent(
    connection: &mut Connection,
    new: NewAgent,
) -> Result<Option<Agent>> {
    const NOTE: &str = "
        INSERT INTO first_agents (project_id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    const INSERT: &str = "
        INSERT INTO agents (project_id, name, created_at, created_by, updated_at)
        VALUES ($1, $2, $3, $4, $3) ON CONFLICT DO NOTHING RETURNING id";
    let note = sqlx::query(NOTE).bind(new.project_id).bind(&new.name);
    if note.execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(None);
    }
    let inserted = sqlx::query(INSERT)
        .bind(new.project_id)
        .bind(&new.name)
        .bind(new.now.millis())
        .bind(new.created_by)
        .fetch_optional(connection)
        .await?;
    inserted.map(|row| Ok(new_agent(row.try_get("id")?, new))).transpose()
}

pub(super) async fn delete_agent(
    connection: &mut Connection,
    key: AgentKey,
    unmodified_since: Option<Timestamp>,
) -> Result<()> {
    const DELETE: &str = "
        DELETE FROM agents WHERE id = $1 AND project_id = $2
        AND (CAST($3 AS BIGINT) IS NULL OR updated_at <= $3)";
    let deleted = sqlx::query(DELETE)
        .bind(key.agent_id)
        .bind(key.project_id)
        .bind(unmodified_since.map(Timestamp::millis))
        .execute(&mut *connection)
        .await?;
    if deleted.rows_affected() > 0 {
        return Ok(());
    }
    agent(connection, key).await?;
    Err(StoreError::Modified)
}

pub(super) async fn active_tokens(
    connection: &mut Connection,
    key: AgentKey,
) -> Result<Vec<Token>> {
    const LIST: &str = "
        SELECT t.id, a.id AS agent_id, t.name, t.description, t.created_at, t.created_by, t.last_used_at
        FROM agents AS a LEFT JOIN agent_tokens AS t ON t.agent_id = a.id AND t.slot IS NOT NULL
        WHERE a.id = $1 AND a.project_id = $2
        ORDER BY t.last_used_at IS NULL, t.last_used_at DESC, t.id DESC";
    let query = sqlx::query(LIST).bind(key.agent_id).bind(key.project_id);
    let rows = query.fetch_all(connection).await?;
    if rows.is_empty() {
        return Err(StoreError::NotFound);
    }
    there(&rows)?.into_iter().map(token_of).collect()
}

/// Takes the first free slot. None is free, or the agent is gone, if nothing is inserted.
pub(super) async fn create_token(connection: &mut Connection, new: NewToken) -> Result<Token> {
    const INSERT: &str = "
        INSERT INTO agent_tokens (agent_id, slot, name, description, digest, created_at, created_by)
        SELECT a.id, s.slot, $3, $4, $5, $6, $7
        FROM agents AS a CROSS JOIN (SELECT 1 AS slot UNION ALL SELECT 2) AS s
        WHERE a.id = $1 AND a.project_id = $2 AND NOT EXISTS
              (SELECT 1 FROM agent_tokens AS t WHERE t.agent_id = a.id AND t.slot = s.slot)
        ORDER BY s.slot LIMIT 1
        RETURNING id";
    let inserted = sqlx::query(INSERT)
        .bind(new.agent.agent_id)
        .bind(new.agent.project_id)
        .bind(&new.name)
        .bind(&new.description)
        .bind(new.digest.as_bytes())
        .bind(new.now.millis())
        .bind(new.created_by)
        .fetch_optional(&mut *connection)
        .await;
    let Some(row) = inserted.map_err(|error| broken(error, StoreError::TokenLimit))? else {
        agent(connection, new.agent).await?;
        return Err(StoreError::TokenLimit);
    };
    Ok(Token {
        id: row.try_get("id")?,
        agent_id: new.agent.agent_id,
        name: new.name,
        description: new.description,
        created_at: new.now,
        created_by: new.created_by,
        last_used_at: None,
    })
}

pub(super) async fn revoke_token(
    connection: &mut Connection,
    key: AgentKey,
    token_id: i64,
) -> Result<()> {
    const REVOKE: &str = "
        UPDATE agent_tokens SET slot = NULL WHERE id = $1
        AND agent_id = (SELECT id FROM agents WHERE id = $2 AND project_id = $3)";
    let query = sqlx::query(REVOKE).bind(token_id).bind(key.agent_id).bind(key.project_id);
    found(query.execute(connection).await?.rows_affected())
}

/// The time of the last use never goes back, whatever the clocks of several servers say.
pub(super) async fn use_token(
    connection: &mut Connection,
    digest: Digest,
    now: Timestamp,
) -> Result<Agent> {
    const USE: &str = "
        UPDATE agent_tokens
        SET last_used_at = CASE WHEN last_used_at > $2 THEN last_used_at ELSE $2 END
        WHERE digest = $1 AND slot IS NOT NULL
        RETURNING agent_id, digest, (SELECT project_id FROM agents WHERE id = agent_id) AS project_id";
    let query = sqlx::query(USE).bind(digest.as_bytes()).bind(now.millis());
    let row = query.fetch_optional(&mut *connection).await?.ok_or(StoreError::NotFound)?;
    let stored: Vec<u8> = row.try_get("digest")?;
    if Digest::from_bytes(&stored) != Some(digest) {
        return Err(StoreError::NotFound);
    }
    let key =
        AgentKey { agent_id: row.try_get("agent_id")?, project_id: row.try_get("project_id")? };
    agent(connection, key).await
}

pub(super) async fn url_configuration(
    connection: &mut Connection,
    key: AgentKey,
) -> Result<Option<UrlConfiguration>> {
    const GET: &str = "
        SELECT u.id, a.id AS agent_id, u.url, u.public_key, u.client_cert, u.ca_cert, u.tls_host
        FROM agents AS a LEFT JOIN url_configurations AS u ON u.agent_id = a.id
        WHERE a.id = $1 AND a.project_id = $2";
    let query = sqlx::query(GET).bind(key.agent_id).bind(key.project_id);
    let rows = query.fetch_all(connection).await?;
    if rows.is_empty() {
        return Err(StoreError::NotFound);
    }
    there(&rows)?.first().map(|row| url_configuration_of(row)).transpose()
}

pub(super) async fn create_url_configuration(
    connection: &mut Connection,
    new: NewUrlConfiguration,
) -> Result<UrlConfiguration> {
    const INSERT: &str = "
        INSERT INTO url_configurations
               (agent_id, url, public_key, client_cert, sealed_key, ca_cert, tls_host, updated_at)
        SELECT id, $3, $4, $5, $6, $7, $8, $9 FROM agents WHERE id = $1 AND project_id = $2
        RETURNING id";
    let inserted = sqlx::query(INSERT)
        .bind(new.agent.agent_id)
        .bind(new.agent.project_id)
        .bind(&new.url)
        .bind(&new.public_key)
        .bind(&new.client_cert)
        .bind(&new.sealed_key)
        .bind(&new.ca_cert)
        .bind(&new.tls_host)
        .bind(new.now.millis())
        .fetch_optional(&mut *connection)
        .await;
    let inserted = inserted.map_err(|error| broken(error, StoreError::AlreadyConfigured))?;
    let row = inserted.ok_or(StoreError::NotFound)?;
    touch(connection, new.agent, new.now).await?;
    Ok(UrlConfiguration {
        id: row.try_get("id")?,
        agent_id: new.agent.agent_id,
        url: new.url,
        public_key: new.public_key,
        client_cert: new.client_cert,
        ca_cert: new.ca_cert,
        tls_host: new.tls_host,
    })
}

pub(super) async fn delete_url_configuration(
    connection: &mut Connection,
    key: AgentKey,
    configuration_id: i64,
    unmodified_since: Option<Timestamp>,
    now: Timestamp,
) -> Result<()> {
    const DELETE: &str = "
        DELETE FROM url_configurations WHERE id = $1
        AND agent_id = (SELECT id FROM agents WHERE id = $2 AND project_id = $3)
        AND (CAST($4 AS BIGINT) IS NULL OR updated_at <= $4)";
    let deleted = sqlx::query(DELETE)
        .bind(configuration_id)
        .bind(key.agent_id)
        .bind(key.project_id)
        .bind(unmodified_since.map(Timestamp::millis))
        .execute(&mut *connection)
        .await?;
    if deleted.rows_affected() > 0 {
        return touch(connection, key, now).await;
    }
    let left = url_configuration(connection, key).await?;
    let unchanged = left.filter(|configuration| configuration.id == configuration_id);
    Err(unchanged.map_or(StoreError::NotFound, |_| StoreError::Modified))
}

pub(super) async fn ready(connection: &mut Connection) -> Result<()> {
    sqlx::query("SELECT 1").execute(connection).await?;
    Ok(())
}

async fn touch(connection: &mut Connection, key: AgentKey, now: Timestamp) -> Result<()> {
    const TOUCH: &str = "UPDATE agents SET updated_at = $2 WHERE id = $1 AND updated_at < $2";
    sqlx::query(TOUCH).bind(key.agent_id).bind(now.millis()).execute(connection).await?;
    Ok(())
}

/// The rule behind a constraint that refused a statement.
fn broken(error: sqlx::Error, unique: StoreError) -> StoreError {
    match error.as_database_error() {
        Some(refused) if refused.is_unique_violation() => unique,
        // The agent was deleted between the two halves of the statement.
        Some(refused) if refused.is_foreign_key_violation() => StoreError::NotFound,
        _ => error.into(),
    }
}

fn found(rows: u64) -> Result<()> {
    if rows == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// The rows in which the right side of a left join is there.
fn there(rows: &[Row]) -> Result<Vec<&Row>> {
    let mut there = Vec::with_capacity(rows.len());
    for row in rows {
        if row.try_get::<Option<i64>, _>("id")?.is_some() {
            there.push(row);
        }
    }
    Ok(there)
}

pub(super) fn agent_of(row: &Row) -> Result<Agent> {
    Ok(Agent {
        id: row.try_get("id")?,
        project_id: row.try_get("project_id")?,
        name: row.try_get("name")?,
        created_at: time(row.try_get("created_at")?)?,
        created_by: row.try_get("created_by")?,
        is_receptive: row.try_get("is_receptive")?,
    })
}

pub(super) fn token_of(row: &Row) -> Result<Token> {
    let last_used_at: Option<i64> = row.try_get("last_used_at")?;
    Ok(Token {
        id: row.try_get("id")?,
        agent_id: row.try_get("agent_id")?,
        name: row.try_get("name")?,
        description: row.try_get("description")?,
        created_at: time(row.try_get("created_at")?)?,
        created_by: row.try_get("created_by")?,
        last_used_at: last_used_at.map(time).transpose()?,
    })
}

pub(super) fn url_configuration_of(row: &Row) -> Result<UrlConfiguration> {
    Ok(UrlConfiguration {
        id: row.try_get("id")?,
        agent_id: row.try_get("agent_id")?,
        url: row.try_get("url")?,
        public_key: row.try_get("public_key")?,
        client_cert: row.try_get("client_cert")?,
        ca_cert: row.try_get("ca_cert")?,
        tls_host: row.try_get("tls_host")?,
    })
}

pub(super) fn time(millis: i64) -> Result<Timestamp> {
    let unreadable = || sqlx::Error::Decode("a time beyond the calendar".into());
    Timestamp::from_millis(millis).ok_or_else(|| unreadable().into())
}
