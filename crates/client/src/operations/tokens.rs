//! Tokens: create, read, revoke.

use cluster_agents_types::{
    AgentId, AgentToken, AgentTokenDetail, AgentTokenId, CreatedAgentToken, NewAgentToken,
    ProjectRef,
};
use progenitor_client::ResponseValue;

use super::{Answer, numbers};
use crate::client::Client;
use crate::error::Error;
use crate::listing::Listing;
use crate::page::{Page, PageRequest};

impl Client {
    /// All active tokens of an agent: at most two. For the role Developer.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// use cluster_agents_client::types::AgentId;
    ///
    /// let tokens = client.list_agent_tokens(&project, AgentId(5)).all().await?;
    /// assert_eq!(tokens[0].name, "abcd");
    /// # Ok(()) })
    /// ```
    pub fn list_agent_tokens(&self, project: &ProjectRef, agent: AgentId) -> Listing<AgentToken> {
        let project = project.clone();
        self.listing("list_agent_tokens", move |client, request| {
            let project = project.clone();
            async move { client.agent_tokens(&project, agent, request).await }
        })
    }

    /// One page of the active tokens of an agent, the most recently used first and the never used
    /// last. For the role Developer.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// use cluster_agents_client::{PageRequest, types::AgentId};
    ///
    /// let request = PageRequest::default().per_page(1);
    /// let page = client.list_agent_tokens_page(&project, AgentId(5), request).await?;
    /// assert_eq!(page.items.len(), 1);
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`]; 404 if there is no such agent in the project.
    pub async fn list_agent_tokens_page(
        &self,
        project: &ProjectRef,
        agent: AgentId,
        request: PageRequest,
    ) -> Result<Page<AgentToken>, Error> {
        let answer = self.agent_tokens(project, agent, request).await?;
        Ok(self.page("list_agent_tokens", request, answer)?.0)
    }

    async fn agent_tokens(
        &self,
        project: &ProjectRef,
        agent: AgentId,
        request: PageRequest,
    ) -> Answer<AgentToken> {
        let (client, (page, per_page)) = (self.for_one_call(), numbers(request));
        let result = client.list_agent_tokens(project, &agent, page, per_page).await;
        client.settle("list_agent_tokens", result)
    }

    /// One active token with the time of its last use. For the role Developer.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// use cluster_agents_client::types::{AgentId, AgentTokenId};
    ///
    /// let token = client.get_agent_token(&project, AgentId(5), AgentTokenId(1)).await?;
    /// assert_eq!(token.last_used_at, None);
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`]; 404 if the agent has no such token, or it is revoked.
    pub async fn get_agent_token(
        &self,
        project: &ProjectRef,
        agent: AgentId,
        token: AgentTokenId,
    ) -> Result<AgentTokenDetail, Error> {
        let client = self.for_one_call();
        let result = client.get_agent_token(project, &agent, &token).await;
        client.settle("get_agent_token", result).map(ResponseValue::into_inner)
    }

    /// Creates a token. Its secret is in the answer and cannot be read again. For the role Maintainer.
    /// [`rotate_token`](Self::rotate_token) replaces one.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// use cluster_agents_client::types::{AgentId, NewAgentToken};
    ///
    /// let new = NewAgentToken { name: "abcd".parse().unwrap(), description: None };
    /// let token = client.create_agent_token(&project, AgentId(5), &new).await?;
    /// assert!(token.token.expose().len() >= 50);
    /// assert!(!format!("{token:?}").contains(token.token.expose()));
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`]; 400 if the agent has two active tokens. It is not sent again when the connection
    /// breaks: [`Error::is_outcome_unknown`] tells that there may be a token whose secret is lost.
    pub async fn create_agent_token(
        &self,
        project: &ProjectRef,
        agent: AgentId,
        new: &NewAgentToken,
    ) -> Result<CreatedAgentToken, Error> {
        let client = self.for_one_call();
        let result = client.create_agent_token(project, &agent, new).await;
        client.settle("create_agent_token", result).map(ResponseValue::into_inner)
    }

    /// Revokes a token: the agent cannot log in with it any more. For the role Maintainer.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// use cluster_agents_client::types::{AgentId, AgentTokenId};
    ///
    /// client.revoke_agent_token(&project, AgentId(5), AgentTokenId(1)).await?;
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`]; 404 if the agent never had such a token.
    pub async fn revoke_agent_token(
        &self,
        project: &ProjectRef,
        agent: AgentId,
        token: AgentTokenId,
    ) -> Result<(), Error> {
        let client = self.for_one_call();
        let result = client.revoke_agent_token(project, &agent, &token).await;
        client.settle("revoke_agent_token", result).map(ResponseValue::into_inner)
    }
}
