//! The programs against a small server that is right, or wrong in one way.

use std::cell::RefCell;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use crate::context::Context;
use crate::generated::RequirementId as R;
use crate::model;
use crate::property::{self, Broken};
use crate::testing::{self, Fixture};

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Fault {
    None,
    ThirdToken,
    RevokedListed,
    NoCascade,
    IdAgain,
    NameAgain,
    ForeignToken,
    StaysListed,
    RevokesBoth,
}

#[derive(Debug)]
struct Server {
    fault: Fault,
    agents: Vec<Agent>,
    tokens: Vec<Token>,
}

#[derive(Debug)]
struct Agent {
    name: String,
    is_there: bool,
}

#[derive(Debug)]
struct Token {
    id: usize,
    agent: usize,
    is_active: bool,
}

type Answer = (u16, Value);

impl Server {
    /// Ids begin at 1: an agent's is its place in the list.
    fn answer(&mut self, method: &str, path: &str, body: &Value) -> Answer {
        let below = path.trim_start_matches("/api/v4/projects/20/cluster_agents");
        let (below, query) = below.split_once('?').unwrap_or((below, ""));
        let parts: Vec<&str> = below.split('/').filter(|part| !part.is_empty()).collect();
        let id = |index: usize| parts.get(index).and_then(|part| part.parse::<usize>().ok());
        let agent = id(0).unwrap_or_default();
        match (method, parts.len()) {
            ("GET", 0) if query.ends_with("&page=1") => (200, self.agents()),
            ("GET", 0) => (200, json!([])),
            ("POST", 0) => self.register(body["name"].as_str().unwrap_or_default()),
            _ if !self.finds(agent, parts.len()) => (404, json!({ "message": "404 Not found" })),
            ("GET", 1) => (200, json!({ "id": agent, "name": self.agents[agent - 1].name })),
            ("DELETE", 1) => {
                self.agents[agent - 1].is_there = false;
                (204, Value::Null)
            }
            ("GET", 2) => (200, self.tokens(agent)),
            ("POST", 2) => self.create(agent),
            (method, _) => self.one(method, agent, id(2).unwrap_or_default()),
        }
    }

    fn finds(&self, agent: usize, depth: usize) -> bool {
        let is_there = self.agents.get(agent - 1).is_some_and(|agent| agent.is_there);
        is_there || (self.fault == Fault::NoCascade && depth > 1)
    }

    fn agents(&self) -> Value {
        let listed = |agent: &Agent| agent.is_there || self.fault == Fault::StaysListed;
        let agents = self.agents.iter().enumerate().filter(|(_, agent)| listed(agent));
        agents.map(|(index, agent)| json!({ "id": index + 1, "name": agent.name })).collect()
    }

    fn register(&mut self, name: &str) -> Answer {
        let is_taken = self.agents.iter().any(|agent| agent.is_there && agent.name == name);
        if is_taken && self.fault != Fault::NameAgain {
            return (400, json!({ "message": "Name has already been taken" }));
        }
        self.agents.push(Agent { name: name.to_owned(), is_there: true });
        (201, json!({ "id": self.agents.len(), "name": name }))
    }

    fn tokens(&self, agent: usize) -> Value {
        let listed = |token: &&Token| token.is_active || self.fault == Fault::RevokedListed;
        let own = self.tokens.iter().filter(|token| token.agent == agent).filter(listed);
        own.map(|token| json!({ "id": token.id })).collect()
    }

    fn create(&mut self, agent: usize) -> Answer {
        let own = self.tokens.iter().filter(|token| token.agent == agent && token.is_active);
        if own.count() >= 2 && self.fault != Fault::ThirdToken {
            return (400, json!({ "message": "An agent can have only two active tokens" }));
        }
        let id = match self.fault {
            Fault::IdAgain => 1 + self.tokens.iter().filter(|token| token.is_active).count(),
            _ => 1 + self.tokens.len(),
        };
        self.tokens.push(Token { id, agent, is_active: true });
        (201, json!({ "id": id, "agent_id": agent }))
    }

    fn one(&mut self, method: &str, agent: usize, id: usize) -> Answer {
        let fault = self.fault;
        let is_own = |token: &&mut Token| token.agent == agent || fault == Fault::ForeignToken;
        let mut found = self.tokens.iter_mut().filter(is_own).filter(|token| token.id == id);
        match (method, found.next()) {
            ("GET", Some(token)) if token.is_active => (200, json!({ "id": id })),
            ("DELETE", Some(token)) => {
                token.is_active = false;
                let others = self.tokens.iter_mut().filter(|token| token.agent == agent);
                others.for_each(|token| token.is_active &= fault != Fault::RevokesBoth);
                (204, Value::Null)
            }
            _ => (404, json!({ "message": "404 Not found" })),
        }
    }
}

pub(crate) async fn start(fault: Fault) -> String {
    let server = Server { fault, agents: Vec::new(), tokens: Vec::new() };
    let server = Arc::new(Mutex::new(server));
    testing::serve(move |head, mut stream| {
        let server = Arc::clone(&server);
        async move {
            let lower = head.to_ascii_lowercase();
            let length =
                lower.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
            let length = length.and_then(|length| length.parse().ok()).unwrap_or(0);
            let mut body = vec![0; length];
            stream.read_exact(&mut body).await.expect("a whole body");
            let body = serde_json::from_slice(&body).unwrap_or_default();
            let mut words = head.split(' ');
            let (method, path) = (words.next().expect("a method"), words.next().expect("a path"));
            let (status, body) = server.lock().expect("no panic").answer(method, path, &body);
            testing::write(stream, &text(status, &body)).await;
        }
    })
    .await
}

fn text(status: u16, body: &Value) -> String {
    let body = if status == 204 { String::new() } else { body.to_string() };
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\nconnection: close\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
}

/// The smallest program that a server fails, of as many as a run tries by default.
async fn found(fault: Fault, seed: u64) -> Option<Broken> {
    let fixture = Fixture::at(&start(fault).await, seed);
    let session = fixture.session();
    let cx = Context::new(&session, testing::check());
    let smallest = RefCell::new(None::<Broken>);
    let test = async |steps: Vec<_>| {
        let broken = model::run(&cx, &steps, false).await?;
        if let Some(broken) = &broken {
            let mut smallest = smallest.borrow_mut();
            if smallest.as_ref().is_none_or(|it| it.requirement == broken.requirement) {
                *smallest = Some(broken.clone());
            }
        }
        Ok(broken)
    };
    property::search(&cx, "model", 6, model::program(false), test).await.expect("no stop");
    smallest.into_inner()
}

#[tokio::test]
async fn a_server_that_does_as_the_model_is_not_blamed() {
    for seed in 0..5 {
        assert!(found(Fault::None, seed).await.is_none());
    }
}

/// The program in one text, with the request that is judged at its end.
async fn program(fault: Fault, requirement: R) -> String {
    let Broken { requirement: seen, finding } = found(fault, 1).await.expect("a finding");
    assert_eq!(seen, requirement, "{finding:?}");
    format!("{}\n=> {}; got {}", finding.program.join("\n"), finding.expected, finding.got)
}

#[tokio::test]
async fn a_third_token_is_found_with_the_shortest_program() {
    insta::assert_snapshot!(program(Fault::ThirdToken, R::TokenLimit).await);
}

#[tokio::test]
async fn a_revoked_token_in_the_list_is_found_with_the_shortest_program() {
    insta::assert_snapshot!(program(Fault::RevokedListed, R::TokenListActive).await);
}

#[tokio::test]
async fn tokens_that_outlive_their_agent_are_found_with_the_shortest_program() {
    insta::assert_snapshot!(program(Fault::NoCascade, R::AgentDeleteCascade).await);
}

#[tokio::test]
async fn an_id_that_is_used_again_is_found_with_the_shortest_program() {
    insta::assert_snapshot!(program(Fault::IdAgain, R::ExchangeIds).await);
}

#[tokio::test]
async fn a_name_that_is_given_twice_is_found_with_the_shortest_program() {
    insta::assert_snapshot!(program(Fault::NameAgain, R::AgentNameUnique).await);
}

#[tokio::test]
async fn a_token_that_another_agent_reaches_is_found_with_the_shortest_program() {
    insta::assert_snapshot!(program(Fault::ForeignToken, R::IsolationToken).await);
}

#[tokio::test]
async fn a_deleted_agent_in_the_list_is_found_with_the_shortest_program() {
    insta::assert_snapshot!(program(Fault::StaysListed, R::AgentDelete).await);
}

/// Which read sees it first depends on the program.
#[tokio::test]
async fn a_revocation_that_takes_the_other_token_along_is_found_for_every_seed() {
    for seed in 0..5 {
        assert!(found(Fault::RevokesBoth, seed).await.is_some(), "seed {seed}");
    }
}
