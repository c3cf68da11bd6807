//! A new token in the place of the old one, so that the agent is never without one that works.

use std::future::Future;

use cluster_agents_types::{
    AgentId, AgentTokenDetail, AgentTokenId, AgentTokenName, CreatedAgentToken, NewAgentToken,
    ProjectRef,
};

use crate::client::Client;
use crate::error::{BoxError, Error};

/// How many active tokens an agent has at most.
const MOST: usize = 2;

/// A rotation that is complete.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Rotated {
    /// The new token with its secret.
    pub token: CreatedAgentToken,
    /// The tokens that were revoked.
    pub revoked: Vec<AgentTokenId>,
}

/// Why a rotation is not complete, and what there is now.
///
/// ```
/// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
/// # use doctest::example;
/// # example(async |client, project| {
/// use cluster_agents_client::{RotateError, types::{AgentId, CreatedAgentToken}};
///
/// let deploy = async |_: &CreatedAgentToken| Err("the cluster cannot be reached".into());
/// let name = "abcd".parse().unwrap();
/// let error = client.rotate_token(&project, AgentId(5), &name, deploy).await.unwrap_err();
/// assert!(matches!(error, RotateError::NotConfirmed(_)));
/// # Ok(()) })
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RotateError {
    /// A call failed. The old token works as before.
    #[error(transparent)]
    Call(#[from] Error),
    /// There is no room: the agent has two tokens that were both used, and which of them may go is
    /// for a person to say. Nothing was changed.
    #[error("both tokens of the agent are in use: {} and {}", .0[0], .0[1])]
    NoRoom([AgentTokenId; MOST]),
    /// The confirmation failed. The new token was revoked, and the old one works as before.
    #[error("the new token was not confirmed and is revoked")]
    NotConfirmed(#[source] BoxError),
    /// The confirmation failed, and so did revoking the new token, which nobody needs.
    #[error("the new token {token} was not confirmed, and it is not revoked: {error}")]
    NotTakenBack {
        /// The new token.
        token: AgentTokenId,
        /// Why it is not revoked.
        error: Box<Error>,
        /// Why it was not confirmed.
        #[source]
        source: BoxError,
    },
    /// The new token is confirmed and works, but an old one is not revoked.
    #[error("the new token is in use, but the old token {old} is not revoked")]
    OldRemains {
        /// The new token with its secret.
        token: Box<CreatedAgentToken>,
        /// The old token.
        old: AgentTokenId,
        /// Why it is not revoked.
        #[source]
        source: Box<Error>,
    },
}

impl Client {
    /// Replaces the tokens of an agent by a new one. For the role Maintainer.
    ///
    /// 1. If the agent has two tokens, room is made: one that was never used is revoked, the later one
    ///    first – it is what an interrupted rotation leaves. If both were used, nothing is done.
    /// 2. The new token is created, while the old one works.
    /// 3. `confirm` gets it, to hand the secret over and wait until the agent uses it.
    /// 4. When it has confirmed, the old token is revoked; if it fails, the new one is.
    ///
    /// Interrupted anywhere, an agent keeps a token that works, and the next call goes on. Rotate an
    /// agent from one place at a time: two rotations at once take each other's token for a leftover.
    /// If the connection breaks while the token is created, a token that nobody knows may be left; it
    /// is searched for and revoked.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// use cluster_agents_client::types::{AgentId, CreatedAgentToken};
    ///
    /// let deploy = async |token: &CreatedAgentToken| {
    ///     assert!(token.token.expose().len() >= 50); // write it to the Kubernetes secret here
    ///     Ok(())
    /// };
    /// let name = "abcd".parse().unwrap();
    /// let rotated = client.rotate_token(&project, AgentId(5), &name, deploy).await.unwrap();
    /// assert_eq!(rotated.revoked.len(), 1);
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`RotateError`].
    pub async fn rotate_token<F>(
        &self,
        project: &ProjectRef,
        agent: AgentId,
        name: &AgentTokenName,
        confirm: F,
    ) -> Result<Rotated, RotateError>
    where
        F: AsyncFnOnce(&CreatedAgentToken) -> Result<(), BoxError>,
    {
        let agent = OneAgent { client: self, project, agent };
        let (old, made_room) = agent.make_room().await?;
        let token = agent.create(name, &old).await?;
        if let Err(source) = confirm(&token).await {
            return Err(agent.take_back(token.id, source).await);
        }
        let mut revoked: Vec<_> = made_room.into_iter().collect();
        for old in old {
            if let Err(source) = agent.revoke(old).await {
                let (token, source) = (Box::new(token), Box::new(source));
                return Err(RotateError::OldRemains { token, old, source });
            }
            revoked.push(old);
        }
        Ok(Rotated { token, revoked })
    }
}

/// The agent whose token is rotated.
struct OneAgent<'a> {
    client: &'a Client,
    project: &'a ProjectRef,
    agent: AgentId,
}

impl OneAgent<'_> {
    /// The tokens that stay for now, at most one, and the one that was revoked to make room.
    async fn make_room(&self) -> Result<(Vec<AgentTokenId>, Option<AgentTokenId>), RotateError> {
        let mut tokens = self.active().await?;
        if tokens.len() < MOST {
            return Ok((tokens, None));
        }
        let mut details = Vec::new();
        for token in &tokens {
            details.push(self.client.get_agent_token(self.project, self.agent, *token).await?);
        }
        let Some(leftover) = leftover(&details) else {
            return Err(RotateError::NoRoom([tokens[0], tokens[1]]));
        };
        self.revoke(leftover).await?;
        tokens.retain(|token| *token != leftover);
        Ok((tokens, Some(leftover)))
    }

    async fn active(&self) -> Result<Vec<AgentTokenId>, Error> {
        let tokens = self.client.list_agent_tokens(self.project, self.agent).all().await?;
        Ok(tokens.iter().map(|token| token.id).collect())
    }

    /// Creates the token, if need be after a first attempt whose token nobody knows.
    async fn create(
        &self,
        name: &AgentTokenName,
        old: &[AgentTokenId],
    ) -> Result<CreatedAgentToken, Error> {
        match self.create_once(name).await {
            Err(error) if error.is_outcome_unknown() => {
                let unknown = self.active().await?.into_iter().filter(|id| !old.contains(id));
                for token in unknown {
                    self.revoke(token).await?;
                }
                self.create_once(name).await
            }
            result => result,
        }
    }

    fn create_once(
        &self,
        name: &AgentTokenName,
    ) -> impl Future<Output = Result<CreatedAgentToken, Error>> {
        let new = NewAgentToken { name: name.clone(), description: None };
        async move { self.client.create_agent_token(self.project, self.agent, &new).await }
    }

    async fn revoke(&self, token: AgentTokenId) -> Result<(), Error> {
        match self.client.revoke_agent_token(self.project, self.agent, token).await {
            // Somebody else was faster.
            Err(error) if error.is_not_found() => Ok(()),
            result => result,
        }
    }

    async fn take_back(&self, token: AgentTokenId, source: BoxError) -> RotateError {
        match self.revoke(token).await {
            Ok(()) => RotateError::NotConfirmed(source),
            Err(error) => {
                let error = Box::new(error);
                RotateError::NotTakenBack { token, error, source }
            }
        }
    }
}

/// The token that an interrupted rotation left: the latest of those that were never used.
fn leftover(tokens: &[AgentTokenDetail]) -> Option<AgentTokenId> {
    let unused = tokens.iter().filter(|token| token.last_used_at.is_none());
    unused.max_by_key(|token| (token.created_at, token.id)).map(|token| token.id)
}
