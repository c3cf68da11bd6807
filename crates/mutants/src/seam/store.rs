//! A store that is as simple as can be, so that each of its rules can be forgotten.
//!
//! With [`Slip::None`] it is right. The reference's own stores hold their rules within one lock or
//! one statement, where no decorator gets between; here looking and writing are two steps.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cluster_agents_reference::pagination::{Listing, Window};
use cluster_agents_reference::secret::Digest;
use cluster_agents_reference::store::{
    Agent, AgentKey, NewAgent, NewToken, NewUrlConfiguration, Store, StoreError, Token,
    UrlConfiguration,
};
use cluster_agents_types::Timestamp;
use tokio::time::sleep;

use super::slip::Slip;
use super::tables::{State, StoredToken};

type Result<T> = std::result::Result<T, StoreError>;

/// The store.
#[derive(Debug)]
pub(crate) struct Loose {
    slip: Slip,
    state: Mutex<State>,
}

impl Loose {
    pub(crate) fn new(slip: Slip) -> Self {
        Self { slip, state: Mutex::new(State::new(slip)) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits between looking and writing, if that is the slip.
    async fn window(&self, of: fn(Slip) -> Option<u64>) {
        if let Some(millis) = of(self.slip) {
            sleep(Duration::from_millis(millis)).await;
        }
    }
}

impl Store for Loose {
    async fn list_agents(&self, project_id: i64, mut window: Window) -> Result<Listing<Agent>> {
        let agents = self.state().listed(project_id);
        match self.slip {
            Slip::PageSkips if window.offset > 0 => window.offset += 1,
            Slip::PageOverlaps if window.offset > 0 => window.offset -= 1,
            _ => {}
        }
        let mut listing = Listing::of(agents, window);
        if self.slip == Slip::LastItemLost && !listing.more && window.offset > 0 {
            listing.items.pop();
        }
        Ok(listing)
    }

    async fn agent(&self, key: AgentKey) -> Result<Agent> {
        Ok(self.state().agent(key)?.clone())
    }

    async fn register_agent(&self, new: NewAgent) -> Result<Agent> {
        self.state().free(&new)?;
        self.window(|slip| if let Slip::NameWindow(millis) = slip { Some(millis) } else { None })
            .await;
        Ok(self.state().put_agent(new))
    }

    async fn register_first_agent(&self, new: NewAgent) -> Result<()> {
        self.state().put_agent(new);
        Ok(())
    }

    async fn delete_agent(&self, key: AgentKey, since: Option<Timestamp>) -> Result<()> {
        let before = self.state().deletable(key, since)?;
        self.window(|slip| if let Slip::DeleteWindow(millis) = slip { Some(millis) } else { None })
            .await;
        self.state().remove_agent(key.agent_id, &before);
        Ok(())
    }

    async fn active_tokens(&self, key: AgentKey) -> Result<Vec<Token>> {
        self.state().active_tokens(key)
    }

    async fn create_token(&self, new: NewToken) -> Result<Token> {
        let before: Vec<StoredToken> = {
            let mut state = self.state();
            state.room(new.agent)?;
            state.tokens.clone()
        };
        self.window(|slip| match slip {
            Slip::TokenWindow(millis) | Slip::RevokeLost(millis) => Some(millis),
            _ => None,
        })
        .await;
        let mut state = self.state();
        if matches!(self.slip, Slip::RevokeLost(_)) {
            state.write_back(new.agent.agent_id, &before);
        }
        state.put_token(new)
    }

    async fn revoke_token(&self, key: AgentKey, token_id: i64) -> Result<()> {
        self.state().revoke(key, token_id)
    }

    async fn use_token(&self, digest: Digest, now: Timestamp) -> Result<Agent> {
        self.state().use_token(digest, now)
    }

    async fn url_configuration(&self, key: AgentKey) -> Result<Option<UrlConfiguration>> {
        let state = self.state();
        state.agent(key)?;
        Ok(state.configuration(key.agent_id))
    }

    async fn create_url_configuration(&self, new: NewUrlConfiguration) -> Result<UrlConfiguration> {
        self.state().configurable(new.agent)?;
        self.window(|slip| if let Slip::UrlWindow(millis) = slip { Some(millis) } else { None })
            .await;
        Ok(self.state().put_configuration(new))
    }

    async fn delete_url_configuration(
        &self,
        key: AgentKey,
        configuration_id: i64,
        since: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<()> {
        self.state().remove_configuration(key, configuration_id, (since, now))
    }

    async fn ready(&self) -> Result<()> {
        Ok(())
    }

    async fn close(&self) {}
}
