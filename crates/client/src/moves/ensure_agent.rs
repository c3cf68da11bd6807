//! An agent by its name, registered if need be.

use cluster_agents_types::{Agent, AgentName, ProjectRef};

use super::{Change, Ensured};
use crate::client::Client;
use crate::error::Error;

/// How often registering is tried. It is safe to repeat, because a name is there only once.
const ATTEMPTS: u32 = 3;

impl Client {
    /// The agent of this name, which is registered if there is none. It can be called again and again,
    /// also by several programs at once: there is never a second agent of the name.
    ///
    /// The API cannot look an agent up by its name, so the list is read until the agent is found. If
    /// the outcome of registering is unknown, because the connection broke, it is looked for again.
    ///
    /// ```
    /// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
    /// # use doctest::example;
    /// # example(async |client, project| {
    /// let agent = client.ensure_agent(&project, &"agent-1".parse().unwrap()).await?.value;
    /// println!("{} has the id {}", agent.name, agent.id);
    /// # Ok(()) })
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Error`]; 403 if the role is smaller than Maintainer and there is no such agent.
    pub async fn ensure_agent(
        &self,
        project: &ProjectRef,
        name: &AgentName,
    ) -> Result<Ensured<Agent>, Error> {
        let mut attempt = 1;
        let mut registered = false;
        loop {
            if let Some(value) = self.agent_by_name(project, name).await? {
                let change = if registered { Change::Created } else { Change::None };
                return Ok(Ensured { value, change });
            }
            match self.register_agent(project, name).await {
                Ok(value) => return Ok(Ensured { value, change: Change::Created }),
                // It may have been registered: by this request, or by somebody else before it.
                Err(error) if error.is_outcome_unknown() || error.is_bad_request() => {
                    registered = error.is_outcome_unknown();
                    // A 400 for another reason stays one.
                    if attempt >= ATTEMPTS || (error.is_bad_request() && attempt > 1) {
                        return Err(error);
                    }
                }
                Err(error) => return Err(error),
            }
            attempt += 1;
        }
    }

    /// The agent of a project that has this name.
    async fn agent_by_name(
        &self,
        project: &ProjectRef,
        name: &AgentName,
    ) -> Result<Option<Agent>, Error> {
        let mut agents = self.list_agents(project);
        while let Some(agent) = agents.next().await {
            let agent = agent?;
            if agent.name == name.as_str() {
                return Ok(Some(agent));
            }
        }
        Ok(None)
    }
}
