//! URL configurations: create, list, delete, ensure.

use cluster_agents_chaos::ID_OFFSET;
use cluster_agents_client::types::{AgentId, NewUrlConfiguration, UrlConfigurationId};
use cluster_agents_client::{Change, Ensured};
use rand::Rng;

use super::worker::{End, Name, Worker, seen};

/// The configuration of an agent, if it has one.
type Configuration = Option<(UrlConfigurationId, String)>;

impl Worker {
    async fn true_configuration(&self, agent: AgentId) -> Configuration {
        match self.truth.list_url_configurations(&self.project, agent).await {
            Ok(found) => {
                assert!(found.len() <= 1);
                found.into_iter().next().map(|found| (found.id, found.url))
            }
            Err(error) => {
                self.is_missing(agent, &error);
                None
            }
        }
    }

    fn any_configuration(&mut self) -> NewUrlConfiguration {
        let url = format!("grpcs://agent-{}.example", self.rng.random_range(0..3));
        NewUrlConfiguration::new(url.parse().unwrap())
    }

    pub(super) async fn create_configuration(&mut self) -> Name {
        let (agent, new) = (self.any_agent(), self.any_configuration());
        let before = self.true_configuration(agent).await;
        let call = self.client.create_url_configuration(&self.project, seen(agent.0), &new);
        let end = End::from(call.await);
        let after = self.true_configuration(agent).await;
        match &end {
            End::Refused(error) if error.is_not_found() => assert!(!self.exists(agent)),
            _ => {
                let is_new = after.as_ref().is_some_and(|(_, url)| *url == *new.url);
                end.judge(&before, &after, before.is_some(), before.is_none() && is_new);
            }
        }
        if let End::Result(created) = &end {
            assert_eq!(after.map(|(id, _)| id.0 + ID_OFFSET), Some(created.id.0));
        }
        end.name()
    }

    pub(super) async fn delete_configuration(&mut self) -> Name {
        let agent = self.any_agent();
        let before = self.true_configuration(agent).await;
        let id = before.as_ref().map_or(UrlConfigurationId(1 << 30), |(id, _)| *id);
        let call =
            self.client.delete_url_configuration(&self.project, seen(agent.0), seen(id.0), None);
        let end = End::from(call.await);
        let after = self.true_configuration(agent).await;
        if let End::Refused(error) = &end {
            assert!(error.is_not_found() && before.is_none(), "{error:?}");
        } else {
            end.judge(&before, &after, false, after.is_none());
        }
        end.name()
    }

    pub(super) async fn ensure_configuration(&mut self) -> Name {
        let (agent, wanted) = (self.any_agent(), self.any_configuration());
        let before = self.true_configuration(agent).await;
        let call = self.client.ensure_url_configuration(&self.project, seen(agent.0), &wanted);
        let end = End::from(call.await);
        let after = self.true_configuration(agent).await;
        let is_wanted =
            |found: &Configuration| found.as_ref().is_some_and(|(_, url)| *url == *wanted.url);
        match &end {
            End::Result(Ensured { change, .. }) => {
                assert!(is_wanted(&after));
                assert_eq!(*change == Change::None, is_wanted(&before));
                assert_eq!(*change == Change::Created, before.is_none());
            }
            End::Refused(error) => self.is_missing(agent, error),
            End::Unlucky { .. } => assert!(after == before || after.is_none() || is_wanted(&after)),
        }
        end.name()
    }
}
