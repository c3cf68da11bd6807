//! Makes calls one after the other.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use cluster_agents_chaos::ID_OFFSET;
use cluster_agents_client::types::{AgentId, ProjectRef};
use cluster_agents_client::{Client, Credential, Error, Retry};
use cluster_agents_reference::demo;
use rand::rngs::StdRng;
use rand::seq::IteratorRandom;
use rand::{Rng, SeedableRng};

use super::{SEED, tokens};

/// An agent that there is not.
const NOBODY: AgentId = AgentId(1 << 30);

/// How a call ended.
pub(super) enum End<T> {
    /// With what was asked for.
    Result(T),
    /// The server refused it.
    Refused(Error),
    /// The network or the server was not fit for it; whether it may be done nevertheless.
    Unlucky { may_be_done: bool },
}

impl<T> From<Result<T, Error>> for End<T> {
    fn from(result: Result<T, Error>) -> Self {
        match result {
            Ok(value) => Self::Result(value),
            Err(error) if is_unlucky(&error) => {
                Self::Unlucky { may_be_done: error.is_outcome_unknown() }
            }
            Err(error) => Self::Refused(error),
        }
    }
}

pub(super) fn is_unlucky(error: &Error) -> bool {
    matches!(error, Error::Transport { .. }) || error.is_rate_limited() || error.is_server_error()
}

/// The name of an end, to be counted.
pub(super) type Name = &'static str;

impl<T> End<T> {
    pub(super) fn name(&self) -> Name {
        match self {
            Self::Result(_) => "result",
            Self::Refused(_) => "refused",
            Self::Unlucky { .. } => "unlucky",
        }
    }

    /// For a call that changes something: the state after it, where `done` is the one it aims at. A
    /// refusal has to be a 400 for a reason that is known.
    #[track_caller]
    pub(super) fn judge<S: PartialEq + std::fmt::Debug>(
        &self,
        before: &S,
        after: &S,
        refusable: bool,
        done: bool,
    ) {
        match self {
            Self::Result(_) => assert!(done && !refusable, "{before:?} → {after:?}"),
            Self::Refused(error) => {
                assert!(error.is_bad_request() && refusable, "{error:?}");
                assert_eq!(before, after);
            }
            Self::Unlucky { may_be_done } => {
                assert!(before == after || (*may_be_done && done), "{before:?} → {after:?}");
            }
        }
    }
}

/// What all workers share.
#[derive(Clone)]
pub(super) struct Clients {
    chaotic: Client,
    truth: Client,
    http: reqwest::Client,
}

impl Clients {
    pub(super) fn new(chaos: SocketAddr, server: SocketAddr) -> Self {
        // The features of others leave reqwest without a provider of its own.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            chaotic: client(chaos, Duration::from_secs(4)),
            truth: client(server, Duration::from_secs(60)),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }
}

/// Somebody with a project of its own.
pub(super) struct Worker {
    pub(super) client: Client,
    /// The same server without the network.
    pub(super) truth: Client,
    /// Of agents that log in.
    pub(super) http: reqwest::Client,
    pub(super) project: ProjectRef,
    pub(super) rng: StdRng,
    /// The agents of the project as the server knows them.
    pub(super) agents: BTreeMap<String, AgentId>,
    pub(super) rotation: tokens::Rotation,
}

/// The number of a worker's project.
pub(super) fn project(worker: usize) -> i64 {
    1000 + i64::try_from(worker).unwrap()
}

fn client(address: SocketAddr, timeout: Duration) -> Client {
    let token = demo::ACTORS.iter().find(|(name, _)| *name == "maintainer").unwrap().1;
    let first_wait = Duration::from_millis(1);
    Client::builder()
        .base_url(format!("http://{address}"))
        .allow_http()
        .no_proxy()
        .credential(Credential::private_token(token))
        .retry(Retry { first_wait, ..Retry::default() })
        .timeout(timeout)
        .build()
        .unwrap()
}

/// The id as the client sees it.
pub(super) fn seen<T: From<i64>>(id: i64) -> T {
    T::from(id + ID_OFFSET)
}

impl Worker {
    pub(super) async fn new(number: usize, clients: Clients) -> Self {
        let project = project(number).into();
        Self {
            client: clients.chaotic,
            rotation: tokens::Rotation::new(&clients.truth, &project).await,
            truth: clients.truth,
            http: clients.http,
            project,
            rng: StdRng::seed_from_u64(SEED + number as u64),
            agents: BTreeMap::new(),
        }
    }

    /// Makes so many calls, and tells how each ended.
    pub(super) async fn call(mut self, calls: usize) -> Vec<Name> {
        self.agents = self.true_agents().await;
        let mut ends = Vec::with_capacity(calls);
        for _ in 0..calls {
            ends.push(self.one_call().await);
        }
        ends
    }

    async fn one_call(&mut self) -> Name {
        // Mostly reads: after each change the truth is asked for, and a configuration makes a key pair.
        match self.rng.random_range(0..40) {
            0 | 1 => self.register().await,
            2 => self.ensure_agent().await,
            3 => self.delete().await,
            4..=7 => self.list().await,
            8..=11 => self.create_token().await,
            12 | 13 => self.list_tokens().await,
            14 => self.revoke_token().await,
            15 => self.rotate().await,
            16 => self.create_configuration().await,
            17 => self.delete_configuration().await,
            18 => self.ensure_configuration().await,
            19 => self.check().await,
            _ => self.get().await,
        }
    }

    async fn check(&self) -> Name {
        let end = End::from(self.client.check().await);
        if let End::Result(server) = &end {
            assert!(server.version.starts_with("18."));
        }
        end.name()
    }

    /// One of the agents; now and then one that there is not.
    pub(super) fn any_agent(&mut self) -> AgentId {
        let found = self.agents.values().copied().choose(&mut self.rng);
        match found {
            Some(agent) if !self.rng.random_ratio(1, 10) => agent,
            _ => NOBODY,
        }
    }

    /// One whose tokens are nobody's, to try things on.
    pub(super) fn any_agent_but_the_rotated_one(&mut self) -> AgentId {
        let agent = self.any_agent();
        if agent == self.rotation.agent { NOBODY } else { agent }
    }

    /// Checks that an agent was not found because there is none.
    #[track_caller]
    pub(super) fn is_missing(&self, agent: AgentId, error: &Error) {
        assert!(error.is_not_found() && !self.exists(agent), "{error:?}");
    }

    pub(super) fn exists(&self, agent: AgentId) -> bool {
        self.agents.values().any(|known| *known == agent)
    }
}
