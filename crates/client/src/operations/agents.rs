//! Agents: register, read, delete.

use cluster_agents_types::{Agent, AgentId, AgentName, NewAgent, ProjectRef, Timestamp};
use progenitor_client::ResponseValue;

use super::{Answer, numbers, precondition};
use crate::client::Client;
use crate::error::Error;
use crate::listing::Listing;
use crate::page::{Page, PageRequest};

impl Client {
    /// All agents of a project, by name. For the role Developer.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// let agents = client.list_agents(&project).all().await?;
    /// assert_eq!(agents.len(), 3);
    /// # Ok(()) })
    /// ```
    pub fn list_agents(&self, project: &ProjectRef) -> Listing<Agent> {
        let project = project.clone();
        self.listing("list_agents", move |client, request| {
            let project = project.clone();
            async move { client.agents(&project, request).await }
        })
    }

    /// One page of the agents of a project, by name. For the role Developer.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// use cluster_agents_client::PageRequest;
    ///
    /// let page = client.list_agents_page(&project, PageRequest::default().per_page(2)).await?;
    /// println!("{} of {:?} agents", page.items.len(), page.total);
    /// # assert_eq!((page.items.len(), page.total), (2, Some(3)));
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`]; 404 if the role is smaller or the project is not to be seen.
    pub async fn list_agents_page(
        &self,
        project: &ProjectRef,
        request: PageRequest,
    ) -> Result<Page<Agent>, Error> {
        let answer = self.agents(project, request).await?;
        Ok(self.page("list_agents", request, answer)?.0)
    }

    async fn agents(&self, project: &ProjectRef, request: PageRequest) -> Answer<Agent> {
        let (client, (page, per_page)) = (self.for_one_call(), numbers(request));
        client.settle("list_agents", client.list_agents(project, page, per_page).await)
    }

    /// One agent. For the role Developer.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// use cluster_agents_client::types::AgentId;
    ///
    /// let agent = client.get_agent(&project, AgentId(5)).await?;
    /// assert_eq!(agent.name, "agent-1");
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`]; 404 if there is no such agent in the project.
    pub async fn get_agent(&self, project: &ProjectRef, agent: AgentId) -> Result<Agent, Error> {
        let client = self.for_one_call();
        let result = client.get_agent(project, &agent).await;
        client.settle("get_agent", result).map(ResponseValue::into_inner)
    }

    /// Registers an agent. For the role Maintainer. [`ensure_agent`](Self::ensure_agent) can be called
    /// again and again.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// let agent = client.register_agent(&project, &"agent-1".parse().unwrap()).await?;
    /// assert_eq!(agent.created_by_user_id, Some(42));
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`]; 400 if the name is taken, 403 if the role is smaller. It is not sent again when
    /// the connection breaks; [`Error::is_outcome_unknown`] tells that.
    pub async fn register_agent(
        &self,
        project: &ProjectRef,
        name: &AgentName,
    ) -> Result<Agent, Error> {
        let (client, new) = (self.for_one_call(), NewAgent { name: name.clone() });
        let result = client.register_agent(project, &new).await;
        client.settle("register_agent", result).map(ResponseValue::into_inner)
    }

    /// Deletes an agent with its tokens and its URL configuration – with `unmodified_since` only if it
    /// was not changed since then. For the role Maintainer.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// use cluster_agents_client::types::AgentId;
    ///
    /// client.delete_agent(&project, AgentId(5), None).await?;
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`]; 404 if there is no such agent in the project, 412 if it was changed.
    pub async fn delete_agent(
        &self,
        project: &ProjectRef,
        agent: AgentId,
        unmodified_since: Option<Timestamp>,
    ) -> Result<(), Error> {
        let (client, since) = (self.for_one_call(), precondition(unmodified_since));
        let result = client.delete_agent(project, &agent, since.as_deref()).await;
        client.settle("delete_agent", result).map(ResponseValue::into_inner)
    }
}
