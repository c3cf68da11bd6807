//! The reference model: what exists in the part of a project that one program has made.

use std::collections::BTreeSet;

use crate::generated::RequirementId as R;
use crate::model::access;
use crate::model::step::{Below, NAMES, Place, Step};
use crate::target::Actor;

/// How many active tokens an agent can have.
const TOKENS: usize = 2;

/// Everything that a program has made, numbered in the order of its making.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    agents: Vec<Agent>,
    tokens: Vec<Child>,
    urls: Vec<Child>,
}

#[derive(Clone, Debug)]
struct Agent {
    name: usize,
    is_there: bool,
}

/// A token or a configuration. It is gone with its agent, too.
#[derive(Clone, Debug)]
struct Child {
    agent: usize,
    is_there: bool,
}

/// A request with the numbers of what it is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Action {
    Register { name: usize },
    GetAgent { agent: usize },
    DeleteAgent { agent: usize },
    ListAgents { place: Place },
    CreateToken { agent: usize },
    GetToken { agent: usize, token: usize },
    RevokeToken { agent: usize, token: usize },
    ListTokens { agent: usize },
    CreateUrl { agent: usize },
    GetUrl { agent: usize, url: usize },
    DeleteUrl { agent: usize, url: usize },
    ListUrls { agent: usize },
}

/// An action with who asks for it and by which way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call {
    pub(super) action: Action,
    pub(super) by: Actor,
    /// Whether the agent is looked for in the project where it is not.
    pub(super) astray: bool,
}

/// What must come of an action.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Expected {
    Success(R),
    /// One of the statuses that the ledger accepts for the requirement.
    Refusal(R),
    /// The sources leave it open; the state is what the answer says.
    Either,
}

impl Expected {
    /// What an answer breaks that is not as expected.
    pub(super) fn requirement(self) -> Option<R> {
        match self {
            Self::Success(requirement) | Self::Refusal(requirement) => Some(requirement),
            Self::Either => None,
        }
    }
}

impl State {
    /// The requests of a step: none where it is about nothing, two where its agent comes first.
    pub(super) fn resolve(&self, step: Step) -> Vec<Action> {
        match step {
            Step::RegisterAgain { name } => self.with_agent(name, |_| Action::Register { name }),
            Step::GetAgent { name } => self.with_agent(name, |agent| Action::GetAgent { agent }),
            Step::DeleteAgent { name } => {
                self.with_agent(name, |agent| Action::DeleteAgent { agent })
            }
            Step::CreateToken { name } => {
                self.with_agent(name, |agent| Action::CreateToken { agent })
            }
            Step::ListTokens { name } => {
                self.with_agent(name, |agent| Action::ListTokens { agent })
            }
            Step::CreateUrl { name } => self.with_agent(name, |agent| Action::CreateUrl { agent }),
            Step::GetToken(below) => self
                .with_child(&self.tokens, below, |agent, token| Action::GetToken { agent, token }),
            Step::RevokeToken(below) => self.with_child(&self.tokens, below, |agent, token| {
                Action::RevokeToken { agent, token }
            }),
            Step::GetUrl(below) => {
                self.with_child(&self.urls, below, |agent, url| Action::GetUrl { agent, url })
            }
            Step::DeleteUrl(below) => {
                self.with_child(&self.urls, below, |agent, url| Action::DeleteUrl { agent, url })
            }
        }
    }

    fn with_agent(&self, name: usize, action: impl Fn(usize) -> Action) -> Vec<Action> {
        match self.agents.iter().rposition(|agent| agent.name == name) {
            Some(agent) => vec![action(agent)],
            None => vec![Action::Register { name }, action(self.agents.len())],
        }
    }

    fn with_child(
        &self,
        children: &[Child],
        below: Below,
        action: impl Fn(usize, usize) -> Action,
    ) -> Vec<Action> {
        let Some(number) = below.number.checked_rem(children.len()) else { return Vec::new() };
        match below.through {
            Some(name) => self.with_agent(name, |agent| action(agent, number)),
            None => vec![action(children[number].agent, number)],
        }
    }

    /// What must come of a call now.
    pub(super) fn expect(&self, call: Call) -> Expected {
        if call.astray {
            return Expected::Refusal(access::isolation(call.action));
        }
        access::denied(call.by, call.action).unwrap_or_else(|| self.expect_allowed(call.action))
    }

    fn expect_allowed(&self, action: Action) -> Expected {
        use Expected::{Either, Refusal, Success};
        match action {
            Action::ListAgents { .. } => Success(R::AgentListComplete),
            Action::Register { name } => self.expect_register(name),
            Action::GetAgent { agent } if self.has(agent) => Success(R::AgentGet),
            Action::GetAgent { .. } => Refusal(R::AgentDelete),
            Action::DeleteAgent { agent } if self.has(agent) => Success(R::AgentDelete),
            // Deleting again should be refused; another check judges that.
            Action::DeleteAgent { .. } => Either,
            _ if !self.has(action.agent()) => Refusal(R::AgentDeleteCascade),
            Action::ListTokens { .. } => Success(R::TokenListActive),
            Action::ListUrls { .. } => Success(R::UrlRead),
            Action::CreateToken { agent } => self.expect_token(agent),
            Action::CreateUrl { agent } => self.expect_url(agent),
            Action::GetToken { agent, token } => {
                let own = if self.tokens[token].is_there {
                    Success(R::TokenGet)
                } else {
                    Refusal(R::TokenGetRevoked)
                };
                self.expect_own(agent, &self.tokens[token], own, R::IsolationToken)
            }
            Action::RevokeToken { agent, token } => {
                let own =
                    if self.tokens[token].is_there { Success(R::TokenRevoke) } else { Either };
                self.expect_own(agent, &self.tokens[token], own, R::IsolationToken)
            }
            Action::GetUrl { agent, url } => {
                let own = if self.urls[url].is_there {
                    Success(R::UrlRead)
                } else {
                    Refusal(R::UrlDelete)
                };
                self.expect_own(agent, &self.urls[url], own, R::IsolationUrl)
            }
            Action::DeleteUrl { agent, url } => {
                let own = if self.urls[url].is_there { Success(R::UrlDelete) } else { Either };
                self.expect_own(agent, &self.urls[url], own, R::IsolationUrl)
            }
        }
    }

    fn expect_register(&self, name: usize) -> Expected {
        let same: Vec<&Agent> = self.agents.iter().filter(|agent| agent.name == name).collect();
        match same.iter().any(|agent| agent.is_there) {
            true => Expected::Refusal(R::AgentNameUnique),
            false if same.is_empty() && self.is_taken_elsewhere(name) => {
                Expected::Success(R::IsolationNamePerProject)
            }
            false if same.is_empty() => Expected::Success(R::AgentRegister),
            // The name of a deleted agent should be free; another check judges that.
            false => Expected::Either,
        }
    }

    fn is_taken_elsewhere(&self, name: usize) -> bool {
        self.agents.iter().any(|it| it.is_there && it.name % NAMES == name % NAMES)
    }

    fn expect_token(&self, agent: usize) -> Expected {
        let created = self.tokens.iter().filter(|token| token.agent == agent).count();
        match self.active(agent).len() {
            TOKENS => Expected::Refusal(R::TokenLimit),
            active if active < created => Expected::Success(R::TokenLimitFreed),
            _ => Expected::Success(R::TokenCreate),
        }
    }

    fn expect_url(&self, agent: usize) -> Expected {
        let mut own = self.urls.iter().filter(|url| url.agent == agent).peekable();
        match own.peek().is_some() {
            false => Expected::Success(R::UrlCreateJwt),
            true if own.any(|url| url.is_there) => Expected::Refusal(R::UrlLimit),
            true => Expected::Success(R::UrlRecreate),
        }
    }

    /// Through another agent it is not found, whatever it is; once its own agent is deleted, too.
    fn expect_own(&self, agent: usize, child: &Child, own: Expected, isolation: R) -> Expected {
        match child.agent == agent {
            true => own,
            false if self.has(child.agent) => Expected::Refusal(isolation),
            false => Expected::Refusal(R::AgentDeleteCascade),
        }
    }

    /// The numbers that a list must have.
    pub(super) fn listed(&self, action: Action) -> Option<BTreeSet<usize>> {
        match action {
            Action::ListAgents { place } => {
                let is_in = |it: &usize| self.has(*it) && self.place(*it) == place;
                Some((0..self.agents.len()).filter(is_in).collect())
            }
            Action::ListTokens { agent } => Some(self.active(agent)),
            Action::ListUrls { agent } => Some(of(&self.urls, agent)),
            _ => None,
        }
    }

    /// Takes note of an action that succeeded.
    pub(super) fn apply(&mut self, action: Action) {
        match action {
            Action::Register { name } => self.agents.push(Agent { name, is_there: true }),
            Action::DeleteAgent { agent } => self.agents[agent].is_there = false,
            Action::CreateToken { agent } => self.tokens.push(Child { agent, is_there: true }),
            Action::RevokeToken { token, .. } => self.tokens[token].is_there = false,
            Action::CreateUrl { agent } => self.urls.push(Child { agent, is_there: true }),
            Action::DeleteUrl { url, .. } => self.urls[url].is_there = false,
            _ => {}
        }
    }

    /// The requests that read everything: all lists, and everything that was ever made by its id.
    pub(super) fn reads(&self, urls: bool) -> Vec<Action> {
        let mut reads: Vec<Action> = Vec::new();
        for agent in 0..self.agents.len() {
            reads.extend([Action::GetAgent { agent }, Action::ListTokens { agent }]);
            reads.extend(urls.then_some(Action::ListUrls { agent }));
        }
        let tokens = self.tokens.iter().enumerate();
        reads.extend(tokens.map(|(token, it)| Action::GetToken { agent: it.agent, token }));
        let urls = self.urls.iter().enumerate();
        reads.extend(urls.map(|(url, it)| Action::GetUrl { agent: it.agent, url }));
        let is_used = |place: &Place| (0..self.agents.len()).any(|it| self.place(it) == *place);
        let places = [Place::First, Place::Second].into_iter().filter(is_used);
        reads.extend(places.map(|place| Action::ListAgents { place }));
        reads
    }

    /// The project of what an action is about.
    pub(super) fn place_of(&self, action: Action) -> Place {
        match action {
            Action::Register { name } => place(name),
            Action::ListAgents { place } => place,
            _ => self.place(action.agent()),
        }
    }

    fn place(&self, agent: usize) -> Place {
        place(self.agents[agent].name)
    }

    /// The first agent that was registered with a name, in either project.
    pub(super) fn first_named(&self, name: usize) -> Option<usize> {
        self.agents.iter().position(|agent| agent.name % NAMES == name % NAMES)
    }

    /// The numbers of the next agent, token and configuration.
    pub(super) fn next(&self) -> [usize; 3] {
        [self.agents.len(), self.tokens.len(), self.urls.len()]
    }

    fn has(&self, agent: usize) -> bool {
        self.agents[agent].is_there
    }

    fn active(&self, agent: usize) -> BTreeSet<usize> {
        of(&self.tokens, agent)
    }
}

fn place(name: usize) -> Place {
    if name < NAMES { Place::First } else { Place::Second }
}

fn of(children: &[Child], agent: usize) -> BTreeSet<usize> {
    let own = children.iter().enumerate().filter(|(_, it)| it.agent == agent && it.is_there);
    own.map(|(number, _)| number).collect()
}

impl Call {
    /// By the maintainer, straight.
    pub(super) fn plain(action: Action) -> Self {
        Self { action, by: Actor::Maintainer, astray: false }
    }
}

impl Action {
    /// The agent in the path; the first where there is none.
    fn agent(self) -> usize {
        match self {
            Self::Register { .. } | Self::ListAgents { .. } => 0,
            Self::GetAgent { agent }
            | Self::DeleteAgent { agent }
            | Self::CreateToken { agent }
            | Self::GetToken { agent, .. }
            | Self::RevokeToken { agent, .. }
            | Self::ListTokens { agent }
            | Self::CreateUrl { agent }
            | Self::GetUrl { agent, .. }
            | Self::DeleteUrl { agent, .. }
            | Self::ListUrls { agent } => agent,
        }
    }
}
