//! Everything that is stored, as it is looked up: what [`Memory`](super::Memory) consists of, and
//! what [`Sqlite`](super::Sqlite) answers reads from.

use std::collections::{BTreeMap, HashMap};

use cluster_agents_types::Timestamp;

use super::{Agent, AgentKey, StoreError, Token, UrlConfiguration};
use crate::pagination::{Listing, TOTAL_LIMIT, Window};
use crate::secret::Digest;

type Result<T> = std::result::Result<T, StoreError>;

/// An agent with everything that belongs to it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) agent: Agent,
    /// When the agent, or its URL configuration, last changed.
    pub(super) updated_at: Timestamp,
    /// The active tokens.
    pub(super) tokens: Vec<(Token, Digest)>,
    /// The numbers of the revoked ones.
    pub(super) revoked: Vec<i64>,
    /// The configuration with the time of its last change.
    pub(super) configuration: Option<(UrlConfiguration, Timestamp)>,
}

/// Agents by number, by name and by the digests of their tokens.
#[derive(Debug, Default)]
pub(super) struct Tables {
    rows: HashMap<i64, Row>,
    /// By project. The order of the bytes is the order of lists.
    names: HashMap<i64, BTreeMap<String, i64>>,
    /// The agents of the active tokens.
    digests: HashMap<Digest, i64>,
}

impl Tables {
    /// The agent with everything that belongs to it, under its project.
    pub(super) fn row(&self, key: AgentKey) -> Result<&Row> {
        let row = self.rows.get(&key.agent_id);
        row.filter(|row| row.agent.project_id == key.project_id).ok_or(StoreError::NotFound)
    }

    /// A part of the agents of a project, by name. Takes no longer in a larger project.
    pub(super) fn list_agents(&self, project_id: i64, window: Window) -> Listing<Agent> {
        let Some(names) = self.names.get(&project_id) else {
            return Listing { items: Vec::new(), total: Some(0), more: false };
        };
        let offset = usize::try_from(window.offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(window.limit).unwrap_or_default();
        let ids = names.values().skip(offset).take(limit);
        let items = ids.filter_map(|id| self.rows.get(id)).map(|row| row.agent.clone()).collect();
        let total = i64::try_from(names.len()).ok().filter(|total| *total <= TOTAL_LIMIT);
        Listing { items, total, more: names.len() > offset.saturating_add(limit) }
    }

    /// Whether an agent of the project has the name.
    pub(super) fn is_taken(&self, project_id: i64, name: &str) -> bool {
        self.names.get(&project_id).is_some_and(|names| names.contains_key(name))
    }

    /// The active tokens of an agent, the last used first and the newest of the never used before
    /// the older ones.
    pub(super) fn active_tokens(&self, key: AgentKey) -> Result<Vec<Token>> {
        let mut tokens: Vec<_> =
            self.row(key)?.tokens.iter().map(|(token, _)| token.clone()).collect();
        tokens.sort_by_key(|token| std::cmp::Reverse((token.last_used_at, token.id)));
        Ok(tokens)
    }

    /// The URL configuration of an agent, if it has one.
    pub(super) fn url_configuration(&self, key: AgentKey) -> Result<Option<UrlConfiguration>> {
        Ok(self.row(key)?.configuration.as_ref().map(|(configuration, _)| configuration.clone()))
    }

    /// Puts in an agent that was registered.
    pub(super) fn put_agent(&mut self, agent: Agent, updated_at: Timestamp) {
        let names = self.names.entry(agent.project_id).or_default();
        names.insert(agent.name.clone(), agent.id);
        let (tokens, revoked, configuration) = (Vec::new(), Vec::new(), None);
        self.rows.insert(agent.id, Row { agent, updated_at, tokens, revoked, configuration });
    }

    /// Takes out an agent with everything that belongs to it.
    pub(super) fn remove_agent(&mut self, id: i64) {
        let Some(row) = self.rows.remove(&id) else { return };
        if let Some(names) = self.names.get_mut(&row.agent.project_id) {
            names.remove(&row.agent.name);
        }
        for (_, digest) in row.tokens {
            self.digests.remove(&digest);
        }
    }

    /// Puts in an active token.
    pub(super) fn put_token(&mut self, token: Token, digest: Digest) {
        if let Some(row) = self.rows.get_mut(&token.agent_id) {
            self.digests.insert(digest, token.agent_id);
            row.tokens.push((token, digest));
        }
    }

    /// Makes a token a revoked one.
    pub(super) fn revoke_token(&mut self, agent_id: i64, token_id: i64) {
        let Some(row) = self.rows.get_mut(&agent_id) else { return };
        if let Some(index) = row.tokens.iter().position(|(token, _)| token.id == token_id) {
            let (token, digest) = row.tokens.swap_remove(index);
            self.digests.remove(&digest);
            row.revoked.push(token.id);
        }
    }

    /// Notes that a token is used and tells whose it is. The time of the last use never goes back.
    pub(super) fn use_token(&mut self, digest: Digest, now: Timestamp) -> Result<Agent> {
        let agent_id = *self.digests.get(&digest).ok_or(StoreError::NotFound)?;
        let row = self.rows.get_mut(&agent_id).ok_or(StoreError::NotFound)?;
        let token = row.tokens.iter_mut().find(|(_, other)| *other == digest);
        let (token, _) = token.ok_or(StoreError::NotFound)?;
        token.last_used_at = token.last_used_at.max(Some(now));
        Ok(row.agent.clone())
    }

    /// Puts in a URL configuration; its agent counts as changed.
    pub(super) fn put_configuration(&mut self, configuration: UrlConfiguration, now: Timestamp) {
        if let Some(row) = self.rows.get_mut(&configuration.agent_id) {
            row.agent.is_receptive = true;
            row.updated_at = row.updated_at.max(now);
            row.configuration = Some((configuration, now));
        }
    }

    /// Takes out the URL configuration of an agent, which counts as changed.
    pub(super) fn remove_configuration(&mut self, agent_id: i64, now: Timestamp) {
        if let Some(row) = self.rows.get_mut(&agent_id) {
            row.agent.is_receptive = false;
            row.updated_at = row.updated_at.max(now);
            row.configuration = None;
        }
    }
}
