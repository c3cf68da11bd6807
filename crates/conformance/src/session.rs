//! One run against one target: what all checks share.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;

use crate::allowance;
use crate::error::Error;
use crate::finding::Evidence;
use crate::journal::Journal;
use crate::ledger::Ledger;
use crate::oracle::{Memory, Observation, Oracles};
use crate::plan::Plan;
use crate::target::Target;
use crate::transport::{
    self, Body, Exchange, Failure, FailureKind, Guard, Limits, Place, Request, Ruling, Transport,
};
use crate::vault::{Kind, Vault};

/// How much of a body is shown, in characters.
const EXCERPT: usize = 600;
/// How much of a name is written down, in characters; no valid one is longer.
const LONGEST_NAME: usize = 255;
/// What is longer is no secret that a client could use, and too much to look for everywhere.
const LONGEST_SECRET: usize = 4096;

/// The target, the rules, and what happened so far.
///
/// All checks run on one thread, so the parts that change need no locks; none of them is borrowed
/// while waiting for an answer.
#[derive(Debug)]
pub(crate) struct Session<'r> {
    pub(crate) plan: &'r Plan,
    pub(crate) ledger: &'r Ledger,
    pub(crate) target: &'r Target,
    pub(crate) facts: Facts,
    pub(crate) transport: Transport,
    pub(crate) journal: RefCell<Journal>,
    /// Agents that are nobody else's, by project and id as they are in the path.
    looked: RefCell<BTreeSet<(String, String)>>,
    oracles: Oracles,
    vault: RefCell<Vault>,
    memory: RefCell<Memory>,
    served: RefCell<BTreeSet<&'static str>>,
}

/// What the target told of itself before the first check.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// Whether there are receptive agents.
    pub(crate) receptive: bool,
    /// How that is known.
    pub(crate) profile_reason: String,
    /// The agents that a run looks at that may not make any.
    pub(crate) subjects: Vec<u64>,
}

impl<'r> Session<'r> {
    pub(crate) fn open(
        plan: &'r Plan,
        ledger: &'r Ledger,
        target: &'r Target,
    ) -> Result<Self, Error> {
        let mut vault = Vault::default();
        for (actor, token) in target.tokens() {
            vault.keep(Kind::AccessToken, token.expose(), actor.variable());
        }
        let run = plan.run.to_string();
        let journal = plan.journal.as_ref();
        let journal = journal
            .map(|folder| Journal::in_folder(folder, &run, target.base_url.as_str()))
            .transpose()?;
        Ok(Self {
            plan,
            ledger,
            target,
            facts: Facts::default(),
            transport: transport(plan, target)?,
            journal: RefCell::new(journal.unwrap_or_default()),
            looked: RefCell::default(),
            oracles: Oracles::new()?,
            vault: RefCell::new(vault),
            memory: RefCell::default(),
            served: RefCell::default(),
        })
    }

    /// Sends a request and notes what it does to the journal. The oracles look at every answer.
    pub(crate) async fn send(
        &self,
        request: Request,
        id: &str,
    ) -> Result<(Exchange, Vec<Observation>), Failure> {
        self.admit(&request).await?;
        self.announce(&request)?;
        let exchange = self.transport.send(&request, id).await?;
        let seen = self.oracles.observe(
            &exchange,
            self.ledger,
            &self.vault.borrow(),
            &mut self.memory.borrow_mut(),
        );
        self.settle(&exchange);
        Ok((exchange, seen))
    }

    /// Lets a request through if it cannot reach what belongs to others.
    async fn admit(&self, request: &Request) -> Result<(), Failure> {
        match self.rule(request) {
            Ruling::Allowed => Ok(()),
            Ruling::AfterLooking { project, agent } => self.look(project, agent).await,
            Ruling::Forbidden(problem) => Err(Failure::new(FailureKind::Forbidden, &problem)),
        }
    }

    fn rule(&self, request: &Request) -> Ruling {
        let (run, target) = (&self.plan.run, self.target);
        let read_only = self.plan.read_only.is_some();
        Guard { run, target, journal: &self.journal.borrow(), read_only }.rule(request)
    }

    /// Reads an agent that this run has not made in this project: a write may go to one that is not
    /// there, and to one of this run that is reached in another way.
    async fn look(&self, project: String, agent: String) -> Result<(), Failure> {
        let key = (project, agent);
        if self.looked.borrow().contains(&key) {
            return Ok(());
        }
        let request = Request::of("getAgent", &[&key.0, &key.1]);
        let answer = self.transport.send(&request, &self.plan.run.name("guard")).await?;
        let is_ours = answer.field("name").as_str().is_some_and(|name| self.plan.run.owns(name));
        match answer.status {
            200..=299 if !is_ours => {
                let problem = format!("the agent {} was not made by this run", key.1);
                Err(Failure::new(FailureKind::Forbidden, &problem))
            }
            200..=299 | 400..=499 => {
                self.looked.borrow_mut().insert(key);
                Ok(())
            }
            status => {
                let problem =
                    format!("whose the agent {} is cannot be seen: status {status}", key.1);
                Err(Failure::new(FailureKind::Withheld, &problem))
            }
        }
    }

    /// The operations that have succeeded at least once.
    pub(crate) fn served(&self) -> BTreeSet<&'static str> {
        self.served.borrow().clone()
    }

    /// An exchange as it may be shown.
    pub(crate) fn evidence(&self, exchange: &Exchange) -> Evidence {
        let vault = self.vault.borrow();
        let body = vault.redact(&String::from_utf8_lossy(&exchange.body));
        Evidence {
            operation: exchange.request.operation_id(),
            curl: vault.redact(&transport::command(&exchange.request)),
            request_id: exchange.request_id.clone(),
            status: exchange.status,
            body: excerpt(&body),
            took_ms: u64::try_from(exchange.took.as_millis()).unwrap_or(u64::MAX),
        }
    }

    /// A text as it may be shown: a target may put anything into it, and as much as it likes.
    pub(crate) fn shown(&self, text: &str) -> String {
        excerpt(&self.redact(text))
    }

    pub(crate) fn redact(&self, text: &str) -> String {
        self.vault.borrow().redact(text)
    }

    /// The secrets, for the time after the run.
    pub(crate) fn vault(&self) -> Vault {
        self.vault.take()
    }

    /// Before a request goes out: what it may create, and the secrets in it.
    fn announce(&self, request: &Request) -> Result<(), Failure> {
        if let Body::Json(body) = &request.body
            && let Some(key) = body.get("client_key").and_then(Value::as_str)
        {
            self.vault.borrow_mut().keep(Kind::PrivateKey, key, "client_key");
        }
        let Some((project, name)) = registration(request) else { return Ok(()) };
        self.journal.borrow_mut().intend(project, &name).map_err(|error| {
            let problem = format!("the journal cannot be written: {error}");
            self.transport.stop(&problem);
            Failure::new(FailureKind::Stopped, &problem)
        })
    }

    /// After an answer: what exists now, and the secret in it.
    fn settle(&self, exchange: &Exchange) {
        self.settle_registration(exchange);
        let Some(operation) = exchange.request.operation else { return };
        if exchange.is_success() {
            self.served.borrow_mut().insert(operation.id);
        }
        match operation.id {
            "deleteAgent" if exchange.is_success() => self.settle_deletion(&exchange.request),
            "createAgentToken" => self.keep_secret(exchange),
            _ => {}
        }
    }

    fn settle_deletion(&self, request: &Request) {
        if let Some(Place::Agent { project, agent }) = Place::of(&request.path)
            && let Ok(id) = agent.parse()
        {
            self.journal.borrow_mut().removed(project, id);
        }
    }

    fn settle_registration(&self, exchange: &Exchange) {
        let Some((project, name)) = registration(&exchange.request) else { return };
        let mut journal = self.journal.borrow_mut();
        match exchange.field("id").as_u64().filter(|_| exchange.is_success()) {
            Some(id) => journal.created(project, &name, id),
            // A server error leaves open whether the agent exists.
            None if (400..500).contains(&exchange.status) => journal.refused(project, &name),
            None => {}
        }
    }

    fn keep_secret(&self, exchange: &Exchange) {
        let secret = exchange.field("token").as_str();
        if let Some(secret) = secret.filter(|secret| secret.len() <= LONGEST_SECRET) {
            let id = exchange.field("id").as_u64().unwrap_or_default();
            let label = format!("secret of token {id}");
            self.vault.borrow_mut().keep(Kind::AgentToken, secret, label);
        }
    }
}

/// The way to the target. No more requests are sent than the plan tells, unless somebody has said how
/// many.
fn transport(plan: &Plan, target: &Target) -> Result<Transport, Error> {
    let mut target = target.clone();
    target.manners.max_requests.get_or_insert(allowance::bound(plan).requests.at_most);
    let limits = Limits::of(&target.manners);
    Transport::new(target, limits)
}

/// The project and the name of a request that may make an agent, whatever it is meant for.
fn registration(request: &Request) -> Option<(&str, String)> {
    let Some(Place::Agents { project }) = Place::of(&request.path) else { return None };
    let name = request.name().unwrap_or_default();
    request.is_write().then(|| (project, name.chars().take(LONGEST_NAME).collect()))
}

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
