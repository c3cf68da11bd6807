//! What a check works with: requests on behalf of actors, things of its own, and a place for what it sees.

mod judging;

use std::cell::{Cell, RefCell};

use serde_json::json;

use crate::allowance::Sent;
use crate::api;
use crate::check::Check;
use crate::coverage::Coverage;
use crate::finding::{Finding, Tallies};
use crate::fingerprint::Requests;
use crate::generated::RequirementId as R;
use crate::oracle::Observation;
use crate::repro::{Expectation, Recording};
use crate::session::Session;
use crate::target::{Actor, Project};
use crate::transport::{Exchange, Failure, FailureKind, Kept, Request};

/// How a check ends. What it judged is in its context.
pub(crate) type Outcome = Result<(), Stop>;

/// Why a check ended before it had judged everything.
#[derive(Clone, Debug)]
pub(crate) enum Stop {
    /// Something was not given for the target, or the target does not have it.
    Skip(String),
    /// Something that the check builds on did not work.
    Blocked(String),
    /// The suite made a mistake.
    Fault(String),
}

/// One check in one run.
#[derive(Debug)]
pub(crate) struct Context<'s> {
    pub(crate) session: &'s Session<'s>,
    pub(crate) check: &'static Check,
    names: Cell<u32>,
    numbers: Cell<u32>,
    /// How often the check was run before.
    attempt: u32,
    sent: RefCell<Sent>,
    requests: RefCell<Requests>,
    recording: RefCell<Recording>,
    coverage: RefCell<Coverage>,
    tallies: RefCell<Tallies>,
    agents: RefCell<Vec<Agent>>,
}

/// An agent of a check.
#[derive(Clone, Debug)]
pub(crate) struct Agent {
    pub(crate) project: Project,
    pub(crate) id: u64,
    pub(crate) name: String,
    /// The answer that it was registered with.
    pub(crate) body: Kept,
}

/// A token of an agent of a check. Its secret is in the vault only.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) id: u64,
    /// The answer that it was created with.
    pub(crate) answer: Exchange,
}

impl<'s> Context<'s> {
    pub(crate) fn new(session: &'s Session<'s>, check: &'static Check) -> Self {
        Self::again(session, check, 0)
    }

    /// The same for a check that was run before: its things have other names.
    pub(crate) fn again(session: &'s Session<'s>, check: &'static Check, attempt: u32) -> Self {
        Self {
            session,
            check,
            names: Cell::new(0),
            numbers: Cell::new(0),
            attempt,
            sent: RefCell::default(),
            requests: RefCell::default(),
            recording: RefCell::default(),
            coverage: RefCell::default(),
            tallies: RefCell::default(),
            agents: RefCell::default(),
        }
    }

    /// What was sent so far.
    pub(crate) fn sent(&self) -> Sent {
        self.sent.borrow().clone()
    }

    /// A fingerprint of the requests so far.
    pub(crate) fn fingerprint(&self) -> String {
        self.requests.borrow().hash()
    }

    /// What was seen, and the agents that the check has made.
    pub(crate) fn into_parts(self) -> (Tallies, Coverage, Vec<Agent>) {
        (self.tallies.into_inner(), self.coverage.into_inner(), self.agents.into_inner())
    }

    /// Says that what comes does not depend on what was.
    pub(crate) fn begin_program(&self) {
        self.recording.borrow_mut().begin();
    }

    pub(crate) fn project(&self) -> &'s Project {
        &self.session.target.project
    }

    /// The other project of the maintainer.
    pub(crate) fn second_project(&self) -> Result<&'s Project, Stop> {
        let project = self.session.target.second_project.as_ref();
        project.ok_or_else(|| Stop::Skip(String::from("CONFORMANCE_SECOND_PROJECT is not set")))
    }

    pub(crate) fn has(&self, actor: Actor) -> bool {
        self.session.target.token(actor).is_some()
    }

    /// A name that nothing else of the run has.
    pub(crate) fn name(&self) -> String {
        let number = self.names.get() + 1;
        self.names.set(number);
        self.named(&number.to_string())
    }

    /// A name of the check's own choice, which it uses once.
    pub(crate) fn named(&self, name: &str) -> String {
        let check = self.check.name;
        match self.attempt {
            0 => self.session.plan.run.name(&format!("{check}-{name}")),
            attempt => self.session.plan.run.name(&format!("{check}-r{attempt}-{name}")),
        }
    }

    /// Sends a request. Every oracle has seen the answer when it is returned.
    pub(crate) async fn send(&self, request: Request) -> Result<Exchange, Stop> {
        let may_be_cut = request.may_be_cut;
        match self.try_send(request).await {
            Ok(exchange) => Ok(exchange),
            Err(failure) => Err(self.stopped(&failure, may_be_cut)),
        }
    }

    /// The same where a missing answer is something to look at.
    pub(crate) async fn try_send(&self, request: Request) -> Result<Exchange, Failure> {
        let number = self.numbers.get() + 1;
        self.numbers.set(number);
        self.take_leave(&request)?;
        self.requests.borrow_mut().sent(number, &request);
        let id = self.named(&number.to_string());
        let (exchange, seen) = self.session.send(request, &id).await?;
        self.requests.borrow_mut().answered(number, &exchange);
        self.recording.borrow_mut().note(&exchange);
        self.coverage.borrow_mut().note(&exchange);
        self.count(&exchange, seen);
        Ok(exchange)
    }

    /// Counts a request against what the check may send.
    fn take_leave(&self, request: &Request) -> Result<(), Failure> {
        let mut sent = self.sent.borrow_mut();
        sent.note(request);
        let allowance = self.session.plan.allowances.get(self.check.name);
        match allowance.is_none_or(|allowance| allowance.covers(&sent)) {
            true => Ok(()),
            false => {
                let problem = "the check has sent all that it may, see --plan";
                Err(Failure::new(FailureKind::Withheld, problem))
            }
        }
    }

    /// Registers an agent in the project of the run.
    pub(crate) async fn agent(&self) -> Result<Agent, Stop> {
        self.agent_in(self.project()).await
    }

    pub(crate) async fn agent_in(&self, project: &Project) -> Result<Agent, Stop> {
        let name = self.name();
        let answer = self.send(api::register_agent(project, &name)).await?;
        self.adopt(project, &answer)
            .ok_or_else(|| self.blocked("an agent could not be registered", &answer))
    }

    /// Takes an agent that a request of this check has registered; it is deleted with the others.
    pub(crate) fn adopt(&self, project: &Project, answer: &Exchange) -> Option<Agent> {
        // What else has an id has the number of somebody else's agent.
        let registers = answer.request.operation_id() == "registerAgent";
        let id = answer.field("id").as_u64().filter(|_| answer.is_success() && registers)?;
        let name = answer.request.name().unwrap_or_default();
        let body = answer.kept_json()?;
        let agent = Agent { project: project.clone(), id, name, body };
        self.agents.borrow_mut().push(agent.clone());
        Some(agent)
    }

    /// Creates a token for an agent.
    pub(crate) async fn token(&self, agent: &Agent) -> Result<Token, Stop> {
        let body = json!({ "name": self.name() });
        let answer = self.send(api::create_token(&agent.project, agent.id, body)).await?;
        match answer.field("id").as_u64().filter(|_| answer.is_success()) {
            Some(id) => Ok(Token { id, answer }),
            None => Err(self.blocked("a token could not be created", &answer)),
        }
    }

    /// The ids of the active tokens of an agent, ascending.
    pub(crate) async fn active_tokens(&self, agent: &Agent) -> Result<Vec<u64>, Stop> {
        let answer = self.send(api::list_tokens(&agent.project, agent.id)).await?;
        let ids = answer.ids().filter(|_| answer.is_success());
        let mut ids = ids.ok_or_else(|| self.blocked("the tokens could not be listed", &answer))?;
        ids.sort_unstable();
        Ok(ids)
    }

    /// Creates a URL configuration with a generated key pair for an agent.
    pub(crate) async fn url(&self, agent: &Agent) -> Result<(u64, Exchange), Stop> {
        let body = json!({ "url": "grpcs://agent.example.com:4242" });
        let answer = self.send(api::create_url(&agent.project, agent.id, body)).await?;
        match answer.field("id").as_u64().filter(|_| answer.is_success()) {
            Some(id) => Ok((id, answer)),
            None => Err(self.blocked("a URL configuration could not be created", &answer)),
        }
    }

    /// The end of a check because of an answer that it cannot build on.
    pub(crate) fn blocked(&self, what: &str, exchange: &Exchange) -> Stop {
        let evidence = self.session.evidence(exchange);
        Stop::Blocked(format!("{what}: status {} {}", evidence.status, evidence.body))
    }

    fn count(&self, exchange: &Exchange, seen: Vec<Observation>) {
        self.pass(R::ExchangeComplete);
        for Observation { requirement, problem } in seen {
            match problem {
                None => self.pass(requirement),
                Some(problem) => {
                    let mut finding = self.finding(exchange, problem.expected, problem.got);
                    if finding.expectation == Expectation::Check {
                        finding.expectation = Expectation::EveryExchange;
                    }
                    self.report(requirement, finding);
                }
            }
        }
    }

    /// Tells of a request that was not answered, and why a check cannot go on after it.
    pub(crate) fn stopped(&self, failure: &Failure, may_be_cut: bool) -> Stop {
        let problem = self.session.redact(&failure.problem);
        match failure.kind {
            FailureKind::Forbidden | FailureKind::NoToken => Stop::Fault(problem),
            FailureKind::Lost
            | FailureKind::Stopped
            | FailureKind::Standstill
            | FailureKind::Withheld
            | FailureKind::Full
            | FailureKind::Connect => Stop::Blocked(problem),
            FailureKind::Slow | FailureKind::Broken | FailureKind::TooLarge => {
                if !may_be_cut {
                    self.report(R::ExchangeComplete, self.no_answer(failure.kind, &problem));
                }
                Stop::Blocked(format!("no complete answer: {problem}"))
            }
        }
    }

    fn no_answer(&self, kind: FailureKind, problem: &str) -> Finding {
        let got = match kind {
            FailureKind::Slow => format!("no complete answer within the time limit ({problem})"),
            FailureKind::TooLarge => String::from("a body above the size limit"),
            _ => format!("a connection that ended before its answer ({problem})"),
        };
        self.unanswered(String::from("a complete answer within the time limit"), got)
    }

    /// Something that shows without an exchange.
    pub(crate) fn unanswered(&self, expected: String, got: String) -> Finding {
        Finding { check: self.check.name, expected, got, ..Finding::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::tests::answered;
    use crate::testing::{self, Fixture};

    #[test]
    fn only_what_was_registered_is_adopted() {
        let fixture = Fixture::new(1);
        let session = fixture.session();
        let cx = Context::new(&session, testing::check());
        let project = Project::Number(20);
        let token = api::create_token(&project, 5, json!({ "name": "t" }));
        let agent = api::register_agent(&project, "cfm-1-a");
        let header = ("content-type", "application/json");
        let adopted = |request| {
            let answer = answered(request, 201, &[header], r#"{ "id": 7 }"#);
            cx.adopt(&project, &answer).map(|agent| agent.id)
        };
        assert_eq!(adopted(token), None);
        assert_eq!(adopted(agent), Some(7));
    }
}
