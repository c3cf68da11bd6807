//! One run against one target: what all checks share.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;

use crate::error::Error;
use crate::finding::Evidence;
use crate::journal::Journal;
use crate::ledger::Ledger;
use crate::oracle::{Memory, Observation, Oracles};
use crate::plan::Plan;
use crate::target::Target;
use crate::transport::{self, Body, Exchange, Failure, FailureKind, Limits, Request, Transport};
use crate::vault::{Kind, Vault};

/// How much of a body is shown, in characters.
const EXCERPT: usize = 600;

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
        Ok(Self {
            plan,
            ledger,
            target,
            facts: Facts::default(),
            transport: Transport::new(target.clone(), Limits::default())?,
            journal: RefCell::default(),
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
        let objection = transport::objection(&request, &self.plan.run, &self.journal.borrow());
        if let Some(objection) = objection {
            return Err(Failure::new(FailureKind::Forbidden, &objection));
        }
        self.announce(&request);
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

    pub(crate) fn redact(&self, text: &str) -> String {
        self.vault.borrow().redact(text)
    }

    /// The secrets, for the time after the run.
    pub(crate) fn vault(&self) -> Vault {
        self.vault.take()
    }

    /// Before a request goes out: what it may create, and the secrets in it.
    fn announce(&self, request: &Request) {
        if let Body::Json(body) = &request.body
            && let Some(key) = body.get("client_key").and_then(Value::as_str)
        {
            self.vault.borrow_mut().keep(Kind::PrivateKey, key, "client_key");
        }
        if let Some((project, name)) = registration(request) {
            self.journal.borrow_mut().intend(project, &name);
        }
    }

    /// After an answer: what exists now, and the secret in it.
    fn settle(&self, exchange: &Exchange) {
        let Some(operation) = exchange.request.operation else { return };
        if exchange.is_success() {
            self.served.borrow_mut().insert(operation.id);
        }
        match operation.id {
            "registerAgent" => self.settle_registration(exchange),
            "deleteAgent" if exchange.is_success() => {
                if let Some(id) = exchange.request.agent_segment().and_then(|id| id.parse().ok()) {
                    self.journal.borrow_mut().removed(id);
                }
            }
            "createAgentToken" => self.keep_secret(exchange),
            _ => {}
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
        if let Some(secret) = exchange.field("token").as_str() {
            let id = exchange.field("id").as_u64().unwrap_or_default();
            let label = format!("secret of token {id}");
            self.vault.borrow_mut().keep(Kind::AgentToken, secret, label);
        }
    }
}

/// The project and the name that a registration is for.
fn registration(request: &Request) -> Option<(&str, String)> {
    let is_registration = request.operation.is_some_and(|known| known.id == "registerAgent");
    let project = request.project_segment().filter(|_| is_registration && request.is_write())?;
    Some((project, request.name().unwrap_or_default()))
}

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
