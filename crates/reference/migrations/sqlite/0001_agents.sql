-- Times are milliseconds since 1970-01-01T00:00:00Z. Numbers are never used again.

CREATE TABLE agents (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (project_id, name)
) STRICT;

-- An active token is in one of two slots, a revoked one in none. So no writer, in whatever order
-- its statements are run, can give an agent three active tokens.
CREATE TABLE agent_tokens (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    agent_id     INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    slot         INTEGER CHECK (slot IN (1, 2)),
    name         TEXT    NOT NULL,
    description  TEXT,
    digest       BLOB    NOT NULL UNIQUE CHECK (length(digest) = 32),
    created_at   INTEGER NOT NULL,
    created_by   INTEGER NOT NULL,
    last_used_at INTEGER,
    UNIQUE (agent_id, slot)
) STRICT;

-- The private half belongs to public_key or to client_cert, of which there is exactly one; it is
-- encrypted with a key that is not in the database.
CREATE TABLE url_configurations (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    agent_id    INTEGER NOT NULL UNIQUE REFERENCES agents (id) ON DELETE CASCADE,
    url         TEXT    NOT NULL,
    public_key  TEXT,
    client_cert TEXT,
    sealed_key  BLOB    NOT NULL,
    ca_cert     TEXT,
    tls_host    TEXT,
    updated_at  INTEGER NOT NULL,
    CHECK ((public_key IS NULL) <> (client_cert IS NULL))
) STRICT;

-- Agents of the fixture that were registered once, so that a deleted one stays deleted.
CREATE TABLE first_agents (
    project_id INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    PRIMARY KEY (project_id, name)
) STRICT;
