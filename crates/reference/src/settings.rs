//! How a server is to run.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

#[cfg(feature = "postgres")]
use cluster_agents_types::SecretString;

use crate::fixture::Fixture;

/// How a server is to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Where to listen; port 0 takes a free one. Default: a free port on loopback.
    pub listen: SocketAddr,
    /// Who and what exists. Default: nobody and nothing.
    pub fixture: Fixture,
    /// Where to keep agents. Default: in memory.
    pub database: Database,
    /// The key that private keys are encrypted with; made if there is none, and only for its owner.
    /// Default: for a database in a file `FILE.key` beside it, for PostgreSQL
    /// `cluster-agents.key` in the working directory, and for one in memory a key in memory.
    pub key_file: Option<PathBuf>,
    /// Whether there are receptive agents, and so URL configurations. Default: yes.
    pub receptive_agents: bool,
    /// The root of links to other pages, as in `https://gitlab.example.com`. Default: the one that
    /// the request names.
    pub external_url: Option<String>,
    /// The largest request body, in bytes. Default: 1 MiB.
    pub max_body_bytes: usize,
    /// The most requests of a user in a minute. Default: no limit.
    pub rate_limit: Option<u32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            fixture: Fixture::default(),
            database: Database::Memory,
            key_file: None,
            receptive_agents: true,
            external_url: None,
            max_body_bytes: 1 << 20,
            rate_limit: None,
        }
    }
}

/// Where agents are kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Database {
    /// `sqlite::memory:`: in memory, gone with the server.
    Memory,
    /// `sqlite:FILE`: in a file, which is made if there is none.
    File(PathBuf),
    /// `postgres://…`: in PostgreSQL, which several servers can share. The address may hold a
    /// password, so it is not shown. All servers need the same [`Settings::key_file`].
    #[cfg(feature = "postgres")]
    Postgres(SecretString),
}

/// The text names no database that there is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("a database is sqlite::memory:, sqlite:FILE or postgres://…")]
pub struct UnknownDatabase;

impl FromStr for Database {
    type Err = UnknownDatabase;

    fn from_str(url: &str) -> Result<Self, UnknownDatabase> {
        #[cfg(feature = "postgres")]
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.into()));
        }
        let name = url.strip_prefix("sqlite:").ok_or(UnknownDatabase)?;
        match name.strip_prefix("//").unwrap_or(name) {
            "" => Err(UnknownDatabase),
            ":memory:" => Ok(Self::Memory),
            file => Ok(Self::File(file.into())),
        }
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => f.write_str("sqlite::memory:"),
            Self::File(path) => write!(f, "sqlite:{}", path.display()),
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_read_from_its_url() {
        let file = |path: &str| Ok(Database::File(path.into()));
        for (url, database) in [
            ("sqlite::memory:", Ok(Database::Memory)),
            ("sqlite://:memory:", Ok(Database::Memory)),
            ("sqlite:agents.db", file("agents.db")),
            ("sqlite:/var/agents.db", file("/var/agents.db")),
            ("sqlite:///var/agents.db", file("/var/agents.db")),
            ("sqlite:", Err(UnknownDatabase)),
            ("agents.db", Err(UnknownDatabase)),
            ("mysql://localhost", Err(UnknownDatabase)),
        ] {
            assert_eq!(url.parse(), database, "{url}");
        }
    }

    #[cfg(feature = "postgres")]
    #[test]
    fn the_address_of_a_postgresql_database_is_not_shown() {
        let database: Database = "postgres://ann:sentinel@localhost/agents".parse().unwrap();
        assert_eq!(database.to_string(), "postgres://…");
        assert!(!format!("{database:?}").contains("sentinel"));
    }

    #[test]
    fn a_database_is_written_as_it_is_read() {
        for url in ["sqlite::memory:", "sqlite:agents.db"] {
            assert_eq!(url.parse::<Database>().unwrap().to_string(), url);
        }
    }
}
