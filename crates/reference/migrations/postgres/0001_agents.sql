-- Times are milliseconds since 1970-01-01T00:00:00Z. Numbers are never used again.

CREATE TABLE agents (
    id         BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    project_id BIGINT NOT NULL,
    -- Sorted by its bytes, as SQLite does, whatever the locale of the database.
    name       TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (project_id, name)
);

-- An active token is in one of two slots, a revoked one in none. So no writer, in whatever order
-- its statements are run, can give an agent three active tokens.
CREATE TABLE agent_tokens (
    id           BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    agent_id     BIGINT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    slot         SMALLINT CHECK (slot IN (1, 2)),
    name         TEXT NOT NULL,
    description  TEXT,
    digest       BYTEA NOT NULL UNIQUE CHECK (length(digest) = 32),
    created_at   BIGINT NOT NULL,
    created_by   BIGINT NOT NULL,
    last_used_at BIGINT,
    UNIQUE (agent_id, slot)
);

-- The private half belongs to public_key or to client_cert, of which there is exactly one; it is
-- encrypted with a key that is not in the database.
CREATE TABLE url_configurations (
    id          BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    agent_id    BIGINT NOT NULL UNIQUE REFERENCES agents (id) ON DELETE CASCADE,
    url         TEXT NOT NULL,
    public_key  TEXT,
    client_cert TEXT,
    sealed_key  BYTEA NOT NULL,
    ca_cert     TEXT,
    tls_host    TEXT,
    updated_at  BIGINT NOT NULL,
    CHECK ((public_key IS NULL) <> (client_cert IS NULL))
);

-- Agents of the fixture that were registered once, so that a deleted one stays deleted.
CREATE TABLE first_agents (
    project_id BIGINT NOT NULL,
    name       TEXT NOT NULL,
    PRIMARY KEY (project_id, name)
);
