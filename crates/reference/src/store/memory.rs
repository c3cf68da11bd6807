//! In memory, gone with the server.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use cluster_agents_types::Timestamp;

use super::tables::{Row, Tables};
use super::{
    Agent, AgentKey, NewAgent, NewToken, NewUrlConfiguration, Store, StoreError, Token,
    UrlConfiguration,
};
use crate::pagination::{Listing, Window};
use crate::secret::Digest;

type Result<T> = std::result::Result<T, StoreError>;

/// How many tokens of an agent are active at a time.
const TOKENS: usize = 2;

/// A store in memory.
#[derive(Debug)]
pub struct Memory(Mutex<Option<State>>);

#[derive(Debug, Default)]
struct State {
    tables: Tables,
    /// The numbers that were given out last; none is given out again.
    last_agent: i64,
    last_token: i64,
    last_configuration: i64,
    first_agents: HashSet<(i64, String)>,
}

impl Default for Memory {
    fn default() -> Self {
        Self(Mutex::new(Some(State::default())))
    }
}

impl Memory {
    /// Nothing in here waits, so a lock is held for some microseconds at most.
    fn state<T>(&self, act: impl FnOnce(&mut State) -> Result<T>) -> Result<T> {
        act(self.lock().as_mut().ok_or(StoreError::GivenUp)?)
    }

    fn lock(&self) -> MutexGuard<'_, Option<State>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn register_agent(&mut self, new: NewAgent) -> Result<Agent> {
        if self.tables.is_taken(new.project_id, &new.name) {
            return Err(StoreError::NameTaken);
        }
        self.last_agent += 1;
        let agent = Agent {
            id: self.last_agent,
            project_id: new.project_id,
            name: new.name,
            created_at: new.now,
            created_by: new.created_by,
            is_receptive: false,
        };
        self.tables.put_agent(agent.clone(), new.now);
        Ok(agent)
    }

    fn create_token(&mut self, new: NewToken) -> Result<Token> {
        if self.tables.row(new.agent)?.tokens.len() >= TOKENS {
            return Err(StoreError::TokenLimit);
        }
        self.last_token += 1;
        let token = Token {
            id: self.last_token,
            agent_id: new.agent.agent_id,
            name: new.name,
            description: new.description,
            created_at: new.now,
            created_by: new.created_by,
            last_used_at: None,
        };
        self.tables.put_token(token.clone(), new.digest);
        Ok(token)
    }

    fn create_url_configuration(&mut self, new: NewUrlConfiguration) -> Result<UrlConfiguration> {
        if self.tables.row(new.agent)?.configuration.is_some() {
            return Err(StoreError::AlreadyConfigured);
        }
        self.last_configuration += 1;
        let configuration = UrlConfiguration {
            id: self.last_configuration,
            agent_id: new.agent.agent_id,
            url: new.url,
            public_key: new.public_key,
            client_cert: new.client_cert,
            ca_cert: new.ca_cert,
            tls_host: new.tls_host,
        };
        self.tables.put_configuration(configuration.clone(), new.now);
        Ok(configuration)
    }
}

impl Store for Memory {
    async fn list_agents(&self, project_id: i64, window: Window) -> Result<Listing<Agent>> {
        self.state(|state| Ok(state.tables.list_agents(project_id, window)))
    }

    async fn agent(&self, key: AgentKey) -> Result<Agent> {
        self.state(|state| state.tables.row(key).map(|row| row.agent.clone()))
    }

    async fn register_agent(&self, new: NewAgent) -> Result<Agent> {
        self.state(|state| state.register_agent(new))
    }

    async fn register_first_agent(&self, new: NewAgent) -> Result<()> {
        self.state(|state| {
            let is_first = state.first_agents.insert((new.project_id, new.name.clone()));
            match is_first.then(|| state.register_agent(new)) {
                Some(Err(error)) if !matches!(error, StoreError::NameTaken) => Err(error),
                _ => Ok(()),
            }
        })
    }

    async fn delete_agent(&self, key: AgentKey, since: Option<Timestamp>) -> Result<()> {
        self.state(|state| {
            unmodified(state.tables.row(key)?.updated_at, since)?;
            state.tables.remove_agent(key.agent_id);
            Ok(())
        })
    }

    async fn active_tokens(&self, key: AgentKey) -> Result<Vec<Token>> {
        self.state(|state| state.tables.active_tokens(key))
    }

    async fn create_token(&self, new: NewToken) -> Result<Token> {
        self.state(|state| state.create_token(new))
    }

    async fn revoke_token(&self, key: AgentKey, token_id: i64) -> Result<()> {
        self.state(|state| {
            let Row { tokens, revoked, .. } = state.tables.row(key)?;
            let is_active = tokens.iter().any(|(token, _)| token.id == token_id);
            if !is_active && !revoked.contains(&token_id) {
                return Err(StoreError::NotFound);
            }
            state.tables.revoke_token(key.agent_id, token_id);
            Ok(())
        })
    }

    async fn use_token(&self, digest: Digest, now: Timestamp) -> Result<Agent> {
        self.state(|state| state.tables.use_token(digest, now))
    }

    async fn url_configuration(&self, key: AgentKey) -> Result<Option<UrlConfiguration>> {
        self.state(|state| state.tables.url_configuration(key))
    }

    async fn create_url_configuration(&self, new: NewUrlConfiguration) -> Result<UrlConfiguration> {
        self.state(|state| state.create_url_configuration(new))
    }

    async fn delete_url_configuration(
        &self,
        key: AgentKey,
        configuration_id: i64,
        since: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<()> {
        self.state(|state| {
            let configuration = state.tables.row(key)?.configuration.as_ref();
            let found = configuration.filter(|(found, _)| found.id == configuration_id);
            let (_, updated_at) = found.ok_or(StoreError::NotFound)?;
            unmodified(*updated_at, since)?;
            state.tables.remove_configuration(key.agent_id, now);
            Ok(())
        })
    }

    async fn ready(&self) -> Result<()> {
        self.state(|_| Ok(()))
    }

    async fn close(&self) {
        *self.lock() = None;
    }
}

fn unmodified(updated_at: Timestamp, since: Option<Timestamp>) -> Result<()> {
    if since.is_some_and(|since| updated_at > since) { Err(StoreError::Modified) } else { Ok(()) }
}
