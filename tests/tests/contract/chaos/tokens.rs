//! Tokens: create, list, revoke, rotate.

use std::collections::BTreeSet;

use cluster_agents_client::types::{
    AgentId, AgentTokenId, CreatedAgentToken, NewAgentToken, ProjectRef, SecretString,
};
use cluster_agents_client::{Client, Error, RotateError, Rotated};
use rand::Rng;
use rand::seq::IteratorRandom;

use super::worker::{End, Name, Worker, is_unlucky, seen};
use cluster_agents_chaos::ID_OFFSET;

type Tokens = BTreeSet<AgentTokenId>;

/// An agent whose tokens nothing but rotations touch.
pub(super) struct Rotation {
    pub(super) agent: AgentId,
    /// The token that the agent has.
    deployed: Option<AgentTokenId>,
}

impl Rotation {
    pub(super) async fn new(truth: &Client, project: &ProjectRef) -> Self {
        let agent = truth.register_agent(project, &"rotated".parse().unwrap()).await.unwrap();
        Self { agent: agent.id, deployed: None }
    }
}

/// The id as the server knows it.
fn own(token: AgentTokenId) -> AgentTokenId {
    AgentTokenId(token.0 - ID_OFFSET)
}

impl Worker {
    async fn true_tokens(&self, agent: AgentId) -> Tokens {
        let tokens = self.truth.list_agent_tokens(&self.project, agent).all().await;
        match tokens {
            Ok(tokens) => tokens.iter().map(|token| token.id).collect(),
            Err(error) => {
                self.is_missing(agent, &error);
                Tokens::new()
            }
        }
    }

    pub(super) async fn create_token(&mut self) -> Name {
        let agent = self.any_agent_but_the_rotated_one();
        let before = self.true_tokens(agent).await;
        let new = NewAgentToken::new("chaos".parse().unwrap());
        let end =
            End::from(self.client.create_agent_token(&self.project, seen(agent.0), &new).await);
        let after = self.true_tokens(agent).await;
        match &end {
            End::Result(token) => {
                assert_eq!(after.difference(&before).collect::<Vec<_>>(), [&own(token.id)]);
                assert!(self.can_log_in(&token.token).await);
            }
            End::Refused(error) if !self.exists(agent) => {
                assert!(error.is_not_found(), "{error:?}");
                return end.name();
            }
            _ => {}
        }
        let one_more = before.is_subset(&after) && after.len() == before.len() + 1;
        end.judge(&before, &after, before.len() == 2, one_more);
        end.name()
    }

    pub(super) async fn list_tokens(&mut self) -> Name {
        let agent = self.any_agent();
        let known = self.true_tokens(agent).await;
        let list = self.client.list_agent_tokens(&self.project, seen(agent.0)).per_page(1);
        let end = End::from(list.all().await);
        match &end {
            End::Result(tokens) => {
                assert!(tokens.iter().all(|token| token.agent_id == seen(agent.0)));
                assert_eq!(tokens.len(), known.len());
                assert_eq!(tokens.iter().map(|token| own(token.id)).collect::<Tokens>(), known);
            }
            End::Refused(error) => self.is_missing(agent, error),
            End::Unlucky { .. } => {}
        }
        end.name()
    }

    pub(super) async fn revoke_token(&mut self) -> Name {
        let agent = self.any_agent_but_the_rotated_one();
        let before = self.true_tokens(agent).await;
        let token = before.iter().choose(&mut self.rng).copied().unwrap_or(AgentTokenId(1 << 30));
        let call = self.client.revoke_agent_token(&self.project, seen(agent.0), seen(token.0));
        let end = End::from(call.await);
        let after = self.true_tokens(agent).await;
        if let End::Refused(error) = &end {
            assert!(error.is_not_found() && before.is_empty(), "{error:?}");
        } else {
            let mut aim = before.clone();
            aim.remove(&token);
            end.judge(&before, &after, false, after == aim);
        }
        end.name()
    }

    pub(super) async fn rotate(&mut self) -> Name {
        let arrives = !self.rng.random_ratio(1, 6);
        let Rotation { agent, deployed } = self.rotation;
        let confirm = async |token: &CreatedAgentToken| {
            // What is used counts as deployed.
            if arrives && self.can_log_in(&token.token).await { Ok(()) } else { Err("lost".into()) }
        };
        let name = "rotated".parse().unwrap();
        let result = self.client.rotate_token(&self.project, seen(agent.0), &name, confirm).await;
        let after = self.true_tokens(agent).await;
        assert!(after.len() <= 2);
        self.rotation.deployed = match &result {
            Ok(Rotated { token, .. }) => {
                assert!(arrives);
                assert_eq!(after, Tokens::from([own(token.id)]));
                Some(own(token.id))
            }
            Err(RotateError::OldRemains { token, .. }) => Some(own(token.id)),
            Err(_) => deployed,
        };
        if let Some(deployed) = self.rotation.deployed {
            assert!(after.contains(&deployed), "the agent has a token that works: {result:?}");
        }
        self.settle(result.map(drop), after, arrives).await
    }

    /// What a rotation ended in, and what a person would do then.
    async fn settle(&self, result: Result<(), RotateError>, tokens: Tokens, arrives: bool) -> Name {
        match result {
            Ok(()) => "result",
            Err(RotateError::NotConfirmed(_)) => {
                assert!(!arrives);
                "refused"
            }
            Err(RotateError::NoRoom(_)) => {
                assert_eq!(tokens.len(), 2);
                self.revoke_all_but_the_deployed(tokens).await;
                "refused"
            }
            Err(RotateError::OldRemains { source, .. }) => unlucky(&source),
            Err(RotateError::NotTakenBack { error, .. }) => unlucky(&error),
            Err(RotateError::Call(error)) => unlucky(&error),
            Err(error) => panic!("{error:?}"),
        }
    }

    async fn revoke_all_but_the_deployed(&self, tokens: Tokens) {
        for token in tokens.into_iter().filter(|token| Some(*token) != self.rotation.deployed) {
            let agent = self.rotation.agent;
            self.truth.revoke_agent_token(&self.project, agent, token).await.unwrap();
        }
    }

    /// Whether an agent can log in with this token.
    async fn can_log_in(&self, token: &SecretString) -> bool {
        let url = format!("{}/internal/kubernetes/agent_info", self.truth.base_url());
        let answer = self.http.get(url).bearer_auth(token.expose()).send().await.unwrap();
        answer.status() == 200
    }
}

#[track_caller]
fn unlucky(error: &Error) -> Name {
    assert!(is_unlucky(error), "{error:?}");
    "unlucky"
}
