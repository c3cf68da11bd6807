//! Agents: register, list, read, delete.

use std::collections::BTreeMap;

use cluster_agents_client::types::{Agent, AgentId, AgentName};
use cluster_agents_client::{Change, Ensured};
use rand::Rng;

use super::worker::{End, Name, Worker, seen};

impl Worker {
    pub(super) async fn true_agents(&self) -> BTreeMap<String, AgentId> {
        let agents = self.truth.list_agents(&self.project).all().await.unwrap();
        let count = agents.len();
        let named: BTreeMap<_, _> =
            agents.into_iter().map(|agent| (agent.name, agent.id)).collect();
        assert_eq!(named.len(), count, "no agent is there twice");
        named
    }

    fn any_name(&mut self) -> AgentName {
        format!("agent-{}", self.rng.random_range(0..8)).parse().unwrap()
    }

    pub(super) async fn register(&mut self) -> Name {
        let name = self.any_name();
        let end = End::from(self.client.register_agent(&self.project, &name).await);
        if let End::Result(agent) = &end {
            assert_eq!(agent.name, *name);
        }
        let is_taken = self.agents.contains_key(name.as_str());
        self.registered(&name, is_taken, &end).await
    }

    pub(super) async fn ensure_agent(&mut self) -> Name {
        let name = self.any_name();
        let was_there = self.agents.contains_key(name.as_str());
        let end = End::from(self.client.ensure_agent(&self.project, &name).await);
        if let End::Result(Ensured { value, change, .. }) = &end {
            assert_eq!(value.name, *name);
            assert_eq!(*change, if was_there { Change::None } else { Change::Created });
        }
        // Not refused for a name that is taken.
        self.registered(&name, false, &end).await
    }

    async fn registered<T>(&mut self, name: &AgentName, refusable: bool, end: &End<T>) -> Name {
        let after = self.true_agents().await;
        let mut aim = self.agents.clone();
        if let Some(id) = after.get(name.as_str()) {
            aim.entry(name.to_string()).or_insert(*id);
        }
        let done = after.contains_key(name.as_str()) && after == aim;
        end.judge(&self.agents, &after, refusable, done);
        self.agents = after;
        end.name()
    }

    pub(super) async fn delete(&mut self) -> Name {
        let agent = self.any_agent_but_the_rotated_one();
        let end = End::from(self.client.delete_agent(&self.project, seen(agent.0), None).await);
        let after = self.true_agents().await;
        if let End::Refused(error) = &end {
            self.is_missing(agent, error);
            assert_eq!(after, self.agents);
        } else {
            let mut aim = self.agents.clone();
            aim.retain(|_, id| *id != agent);
            end.judge(&self.agents, &after, false, after == aim);
        }
        self.agents = after;
        end.name()
    }

    pub(super) async fn get(&mut self) -> Name {
        let agent = self.any_agent();
        let end = End::from(self.client.get_agent(&self.project, seen(agent.0)).await);
        match &end {
            End::Result(found) => assert_eq!(self.agents.get(&found.name), Some(&agent)),
            End::Refused(error) => self.is_missing(agent, error),
            End::Unlucky { .. } => {}
        }
        end.name()
    }

    pub(super) async fn list(&mut self) -> Name {
        let list = self.client.list_agents(&self.project).per_page(self.rng.random_range(1..5));
        let list = if self.rng.random() { list.prefetch() } else { list };
        let end = End::from(list.all().await);
        match &end {
            End::Result(agents) => self.are_all(agents),
            End::Refused(error) => panic!("{error:?}"),
            End::Unlucky { .. } => {}
        }
        end.name()
    }

    fn are_all(&self, agents: &[Agent]) {
        assert_eq!(agents.len(), self.agents.len());
        for agent in agents {
            let known = self.agents.get(&agent.name).map(|id| seen::<AgentId>(id.0));
            assert_eq!(known, Some(agent.id), "{}", agent.name);
        }
    }
}
