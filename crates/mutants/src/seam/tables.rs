//! What the loose store holds, and its rules: each slip is where the rule that it breaks is.

use std::time::{Duration, Instant};

use cluster_agents_reference::secret::Digest;
use cluster_agents_reference::store::{
    Agent, AgentKey, NewAgent, NewToken, NewUrlConfiguration, StoreError, Token, UrlConfiguration,
};
use cluster_agents_types::Timestamp;

use super::slip::Slip;

type Result<T> = std::result::Result<T, StoreError>;

/// How many active tokens an agent can have.
const TOKENS: usize = 2;

/// An agent with what a database would know of it.
#[derive(Clone, Debug)]
struct StoredAgent {
    agent: Agent,
    registered: Instant,
    updated_at: Timestamp,
    deleted: Option<Instant>,
}

/// A token, which is kept when it is revoked.
#[derive(Clone, Debug)]
pub(super) struct StoredToken {
    token: Token,
    digest: Digest,
    created: Instant,
    revoked: Option<Instant>,
}

/// A URL configuration.
#[derive(Clone, Debug)]
struct StoredUrl {
    configuration: UrlConfiguration,
    created: Instant,
    updated_at: Timestamp,
    deleted: bool,
}

/// All rows, and one slip.
#[derive(Debug)]
pub(super) struct State {
    slip: Slip,
    agents: Vec<StoredAgent>,
    pub(super) tokens: Vec<StoredToken>,
    urls: Vec<StoredUrl>,
    last_agent: i64,
    last_token: i64,
    last_url: i64,
}

/// Whether it is less than that long ago.
fn within(moment: Instant, millis: u64) -> bool {
    moment.elapsed() < Duration::from_millis(millis)
}

impl StoredAgent {
    fn is_there(&self, slip: Slip) -> bool {
        let late = |moment| matches!(slip, Slip::DeletedLate(ms) if within(moment, ms));
        self.deleted.is_none_or(late)
    }
}

impl StoredToken {
    fn is_active(&self, slip: Slip) -> bool {
        let late = |moment| matches!(slip, Slip::RevokedLate(ms) if within(moment, ms));
        self.revoked.is_none_or(late)
    }
}

impl State {
    pub(super) fn new(slip: Slip) -> Self {
        let (agents, tokens, urls) = (Vec::new(), Vec::new(), Vec::new());
        Self { slip, agents, tokens, urls, last_agent: 0, last_token: 0, last_url: 0 }
    }

    /// The agents of a project by name.
    pub(super) fn listed(&self, project_id: i64) -> Vec<Agent> {
        let slip = self.slip;
        let shown = |row: &&StoredAgent| {
            let here = row.agent.project_id == project_id || slip == Slip::ListAllProjects;
            let there = row.is_there(slip) || slip == Slip::DeletedListed;
            let early = matches!(slip, Slip::ListedLate(ms) if within(row.registered, ms));
            here && there && !early
        };
        let mut agents: Vec<_> =
            self.agents.iter().filter(shown).map(|row| row.agent.clone()).collect();
        if slip != Slip::ListByAge {
            agents.sort_by(|a, b| a.name.cmp(&b.name));
        }
        agents
    }

    /// The agent under its project.
    pub(super) fn agent(&self, key: AgentKey) -> Result<&Agent> {
        self.stored_agent(key, self.slip == Slip::AnyProject).map(|row| &row.agent)
    }

    fn stored_agent(&self, key: AgentKey, any_project: bool) -> Result<&StoredAgent> {
        let slip = self.slip;
        let found = |row: &&StoredAgent| {
            let early = matches!(slip, Slip::FoundLate(ms) if within(row.registered, ms));
            row.agent.id == key.agent_id
                && (row.agent.project_id == key.project_id || any_project)
                && (row.is_there(slip) || slip == Slip::DeletedFound)
                && !early
        };
        self.agents.iter().rfind(found).ok_or(StoreError::NotFound)
    }

    /// Whether the name can be registered.
    pub(super) fn free(&self, new: &NewAgent) -> Result<()> {
        let taken = self.agents.iter().any(|row| {
            row.agent.name == new.name
                && (row.agent.project_id == new.project_id || self.slip == Slip::NameInInstance)
                && (row.deleted.is_none() || self.slip == Slip::NameStaysTaken)
        });
        if taken && self.slip != Slip::NoNameRule { Err(StoreError::NameTaken) } else { Ok(()) }
    }

    pub(super) fn put_agent(&mut self, new: NewAgent) -> Agent {
        let id = self.next_agent_id();
        let NewAgent { project_id, name, created_by, now } = new;
        if self.slip == Slip::TokensInherited {
            self.inherit(project_id, &name, id);
        }
        let agent =
            Agent { id, project_id, name, created_at: now, created_by, is_receptive: false };
        let registered = Instant::now();
        let row = StoredAgent { agent: agent.clone(), registered, updated_at: now, deleted: None };
        self.agents.push(row);
        agent
    }

    fn next_agent_id(&mut self) -> i64 {
        let last = self.agents.iter().rfind(|row| row.deleted.is_some()).map(|row| row.agent.id);
        if let (Slip::IdsReused, Some(id)) = (self.slip, last) {
            self.agents.retain(|row| row.agent.id != id);
            self.tokens.retain(|stored| stored.token.agent_id != id);
            return id;
        }
        self.last_agent += 1;
        self.last_agent
    }

    fn inherit(&mut self, project_id: i64, name: &str, heir: i64) {
        let namesake = |row: &&StoredAgent| {
            row.deleted.is_some() && row.agent.project_id == project_id && row.agent.name == name
        };
        let Some(dead) = self.agents.iter().rfind(namesake).map(|row| row.agent.id) else { return };
        for stored in self.tokens.iter_mut().filter(|stored| stored.token.agent_id == dead) {
            stored.token.agent_id = heir;
        }
    }

    /// Whether the agent can be deleted, and the tokens that it has now.
    pub(super) fn deletable(&self, key: AgentKey, since: Option<Timestamp>) -> Result<Vec<i64>> {
        let any = matches!(self.slip, Slip::AnyProject | Slip::AnyProjectOnDelete);
        let row = self.stored_agent(key, any)?;
        self.unmodified(row.updated_at, since)?;
        let tokens = self.tokens.iter().filter(|stored| stored.token.agent_id == key.agent_id);
        Ok(tokens.map(|stored| stored.token.id).collect())
    }

    fn unmodified(&self, updated_at: Timestamp, since: Option<Timestamp>) -> Result<()> {
        let modified = since.is_some_and(|since| updated_at > since);
        if modified && self.slip != Slip::NoPrecondition {
            return Err(StoreError::Modified);
        }
        Ok(())
    }

    /// Deletes an agent that had the tokens `before` when it was looked at.
    pub(super) fn remove_agent(&mut self, id: i64, before: &[i64]) {
        if self.slip == Slip::DeleteForgets {
            return;
        }
        let now = Instant::now();
        let born_meanwhile = |stored: &StoredToken| {
            stored.token.agent_id == id && !before.contains(&stored.token.id)
        };
        if matches!(self.slip, Slip::DeleteWindow(_)) && self.tokens.iter().any(born_meanwhile) {
            return;
        }
        let next = self.slip == Slip::DeleteTakesNext;
        for row in &mut self.agents {
            if row.agent.id == id || (next && row.agent.id == id + 1) {
                row.deleted.get_or_insert(now);
            }
        }
        if self.slip == Slip::DeleteRevokesOthers {
            for stored in self.tokens.iter_mut().filter(|stored| stored.token.agent_id != id) {
                stored.revoked.get_or_insert(now);
            }
        }
        for stored in self.urls.iter_mut().filter(|url| url.configuration.agent_id == id) {
            stored.deleted = true;
        }
    }

    /// The active tokens, the last used first and the newest before the older ones.
    pub(super) fn active_tokens(&self, key: AgentKey) -> Result<Vec<Token>> {
        let orphaned = self.slip == Slip::TokensOutlive
            && self.tokens.iter().any(|stored| stored.token.agent_id == key.agent_id);
        if !orphaned {
            self.agent(key)?;
        }
        let slip = self.slip;
        let shown = |stored: &&StoredToken| {
            let early = matches!(slip, Slip::TokenLate(ms) if within(stored.created, ms));
            let active = stored.is_active(slip) || slip == Slip::RevokedListed;
            stored.token.agent_id == key.agent_id && active && !early
        };
        let mut tokens: Vec<_> =
            self.tokens.iter().filter(shown).map(|stored| stored.token.clone()).collect();
        tokens.sort_by_key(|token| std::cmp::Reverse((token.last_used_at, token.id)));
        Ok(tokens)
    }

    /// Whether the agent can have one more token.
    pub(super) fn room(&mut self, key: AgentKey) -> Result<()> {
        self.agent(key)?;
        let counted = self.tokens.iter().filter(|stored| {
            (stored.token.agent_id == key.agent_id || self.slip == Slip::LimitPerProject)
                && (stored.revoked.is_none() || self.slip == Slip::RevokedCount)
        });
        let limit = match self.slip {
            Slip::NoTokenLimit => usize::MAX,
            Slip::ThreeTokens => TOKENS + 1,
            Slip::OneToken => TOKENS - 1,
            _ => TOKENS,
        };
        if counted.count() < limit {
            return Ok(());
        }
        if self.slip == Slip::ThirdRevokesFirst {
            self.revoke_first(key.agent_id);
            return Ok(());
        }
        Err(StoreError::TokenLimit)
    }

    fn revoke_first(&mut self, agent_id: i64) {
        let first = self
            .tokens
            .iter_mut()
            .find(|stored| stored.token.agent_id == agent_id && stored.revoked.is_none());
        if let Some(stored) = first {
            stored.revoked = Some(Instant::now());
        }
    }

    /// Forgets what happened to the tokens of an agent since `before`.
    pub(super) fn write_back(&mut self, agent_id: i64, before: &[StoredToken]) {
        for stored in self.tokens.iter_mut().filter(|stored| stored.token.agent_id == agent_id) {
            if let Some(old) = before.iter().find(|old| old.token.id == stored.token.id) {
                stored.revoked = old.revoked;
            }
        }
    }

    pub(super) fn put_token(&mut self, new: NewToken) -> Result<Token> {
        if !matches!(self.slip, Slip::DeleteWindow(_)) {
            self.agent(new.agent)?;
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
        let (digest, created) = (new.digest, Instant::now());
        self.tokens.push(StoredToken { token: token.clone(), digest, created, revoked: None });
        Ok(token)
    }

    pub(super) fn revoke(&mut self, key: AgentKey, token_id: i64) -> Result<()> {
        self.agent(key)?;
        let slip = self.slip;
        let of_agent = |token: &Token| token.agent_id == key.agent_id || slip == Slip::RevokeById;
        let known = |stored: &StoredToken| stored.token.id == token_id && of_agent(&stored.token);
        if !self.tokens.iter().any(known) {
            return Err(StoreError::NotFound);
        }
        let now = Instant::now();
        for stored in self.tokens.iter_mut().filter(|stored| of_agent(&stored.token)) {
            let hit = match slip {
                Slip::RevokeForgets => false,
                Slip::RevokeAll => true,
                Slip::RevokeOther => stored.token.id != token_id,
                _ => stored.token.id == token_id,
            };
            if hit && slip == Slip::RevokeToggles && stored.revoked.is_some() {
                stored.revoked = None;
            } else if hit {
                stored.revoked.get_or_insert(now);
            }
        }
        if slip == Slip::LastRevokeDeletes && self.active_tokens(key)?.is_empty() {
            self.remove_agent(key.agent_id, &[]);
        }
        Ok(())
    }

    pub(super) fn use_token(&mut self, digest: Digest, now: Timestamp) -> Result<Agent> {
        let used = |stored: &&mut StoredToken| stored.digest == digest && stored.revoked.is_none();
        let stored = self.tokens.iter_mut().find(used).ok_or(StoreError::NotFound)?;
        stored.token.last_used_at = stored.token.last_used_at.max(Some(now));
        let id = stored.token.agent_id;
        let row = self.agents.iter().find(|row| row.agent.id == id && row.deleted.is_none());
        row.map(|row| row.agent.clone()).ok_or(StoreError::NotFound)
    }

    /// The configuration of an agent as it is shown.
    pub(super) fn configuration(&self, agent_id: i64) -> Option<UrlConfiguration> {
        let shown = |url: &&StoredUrl| {
            let early = matches!(self.slip, Slip::UrlLate(ms) if within(url.created, ms));
            url.configuration.agent_id == agent_id && !url.deleted && !early
        };
        self.urls.iter().rfind(shown).map(|url| url.configuration.clone())
    }

    /// Whether a configuration can be created.
    pub(super) fn configurable(&self, key: AgentKey) -> Result<()> {
        let project_of = |id| {
            let row = self.agents.iter().find(|row| row.agent.id == id);
            row.map(|row| row.agent.project_id)
        };
        self.agent(key)?;
        let taken = self.urls.iter().any(|url| match self.slip {
            Slip::UrlPerProject => {
                !url.deleted && project_of(url.configuration.agent_id) == Some(key.project_id)
            }
            Slip::UrlOnce => url.configuration.agent_id == key.agent_id,
            _ => url.configuration.agent_id == key.agent_id && !url.deleted,
        });
        if taken { Err(StoreError::AlreadyConfigured) } else { Ok(()) }
    }

    pub(super) fn put_configuration(&mut self, new: NewUrlConfiguration) -> UrlConfiguration {
        let free = self.urls.iter().rposition(|url| url.deleted);
        let id = match (self.slip, free) {
            (Slip::UrlIdsReused, Some(index)) => self.urls.remove(index).configuration.id,
            _ => {
                self.last_url += 1;
                self.last_url
            }
        };
        let configuration = UrlConfiguration {
            id,
            agent_id: new.agent.agent_id,
            url: new.url,
            public_key: new.public_key,
            client_cert: new.client_cert,
            ca_cert: new.ca_cert,
            tls_host: new.tls_host,
        };
        self.urls.push(StoredUrl {
            configuration: configuration.clone(),
            created: Instant::now(),
            updated_at: new.now,
            deleted: false,
        });
        self.touch(new.agent.agent_id, new.now, true);
        configuration
    }

    fn touch(&mut self, agent_id: i64, now: Timestamp, receptive: bool) {
        let stays = self.slip == Slip::StaysReceptive;
        for row in self.agents.iter_mut().filter(|row| row.agent.id == agent_id) {
            row.updated_at = row.updated_at.max(now);
            row.agent.is_receptive = match self.slip {
                Slip::NeverReceptive => false,
                _ => receptive || (stays && row.agent.is_receptive),
            };
        }
    }

    /// `times` are that of the condition and now.
    pub(super) fn remove_configuration(
        &mut self,
        key: AgentKey,
        id: i64,
        times: (Option<Timestamp>, Timestamp),
    ) -> Result<()> {
        self.agent(key)?;
        let found = |url: &StoredUrl| {
            url.configuration.id == id && url.configuration.agent_id == key.agent_id && !url.deleted
        };
        let index = self.urls.iter().position(found).ok_or(StoreError::NotFound)?;
        self.unmodified(self.urls[index].updated_at, times.0)?;
        if self.slip == Slip::UrlDeleteForgets {
            return Ok(());
        }
        self.urls[index].deleted = true;
        if self.slip == Slip::UrlDeleteRevokes {
            for stored in self.tokens.iter_mut().filter(|row| row.token.agent_id == key.agent_id) {
                stored.revoked.get_or_insert_with(Instant::now);
            }
        }
        self.touch(key.agent_id, times.1, false);
        Ok(())
    }
}
