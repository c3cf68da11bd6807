//! The programs against a small server that is right, or wrong in one way.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use crate::context::Context;
use crate::generated::RequirementId as R;
use crate::model;
use crate::property::{self, Broken};
use crate::target::{Actor, Project};
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
    GuestCreates,
    AnyProject,
    SharedNames,
}

#[derive(Debug)]
struct Server {
    fault: Fault,
    agents: Vec<Agent>,
    tokens: Vec<Token>,
}

#[derive(Debug)]
struct Agent {
    project: String,
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

struct Asked<'a> {
    method: &'a str,
    path: &'a str,
    is_guest: bool,
    body: Value,
}

impl Server {
    /// Ids begin at 1: an agent's is its place in the list.
    fn answer(&mut self, asked: &Asked<'_>) -> Answer {
        let (path, query) = asked.path.split_once('?').unwrap_or((asked.path, ""));
        let below = path.trim_start_matches("/api/v4/projects/");
        let mut parts = below.split('/').filter(|part| !part.is_empty());
        let project = parts.next().unwrap_or_default();
        let parts: Vec<&str> = parts.skip(1).collect();
        let id = |index: usize| parts.get(index).and_then(|part| part.parse::<usize>().ok());
        let agent = id(0).unwrap_or_default();
        if asked.is_guest && !(self.fault == Fault::GuestCreates && asked.method == "POST") {
            return (403, json!({ "message": "403 Forbidden" }));
        }
        match (asked.method, parts.len()) {
            ("GET", 0) if query.ends_with("&page=1") => (200, self.agents(project)),
            ("GET", 0) => (200, json!([])),
            ("POST", 0) => self.register(project, asked.body["name"].as_str().unwrap_or_default()),
            _ if !self.finds(project, agent, parts.len()) => {
                (404, json!({ "message": "404 Not found" }))
            }
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

    fn finds(&self, project: &str, agent: usize, depth: usize) -> bool {
        let Some(agent) = self.agents.get(agent - 1) else { return false };
        let is_there = agent.is_there || (self.fault == Fault::NoCascade && depth > 1);
        is_there && (agent.project == project || self.fault == Fault::AnyProject)
    }

    fn agents(&self, project: &str) -> Value {
        let listed = |agent: &Agent| agent.is_there || self.fault == Fault::StaysListed;
        let agents = self.agents.iter().enumerate();
        let agents = agents.filter(|(_, agent)| agent.project == project && listed(agent));
        agents.map(|(index, agent)| json!({ "id": index + 1, "name": agent.name })).collect()
    }

    fn register(&mut self, project: &str, name: &str) -> Answer {
        let is_near = |agent: &Agent| agent.project == project || self.fault == Fault::SharedNames;
        let is_taken =
            self.agents.iter().any(|agent| agent.is_there && agent.name == name && is_near(agent));
        if is_taken && self.fault != Fault::NameAgain {
            return (400, json!({ "message": "Name has already been taken" }));
        }
        let (project, name) = (project.to_owned(), name.to_owned());
        self.agents.push(Agent { project, name: name.clone(), is_there: true });
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
            let is_guest = head.contains("a-token-of-the-guest");
            let asked = Asked { method, path, is_guest, body };
            let (status, body) = server.lock().expect("no panic").answer(&asked);
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
    let fixture = Fixture::at(&start(fault).await, seed)
        .with_token(Actor::Guest, "a-token-of-the-guest")
        .with_second_project(Project::Number(21));
    let session = fixture.session();
    let cx = Context::new(&session, testing::check());
    let programs = model::program(false, session.target);
    for turns in property::samples(&cx, "model", 12, programs).expect("programs") {
        if let Some(broken) = model::run(&cx, &turns, false).await.expect("no stop") {
            let again = async |turns: &[_]| model::run(&cx, turns, false).await;
            return Some(model::shortest(turns, broken, again).await.expect("no stop"));
        }
    }
    None
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

#[tokio::test]
async fn a_guest_who_may_create_tokens_is_found_with_the_shortest_program() {
    insta::assert_snapshot!(program(Fault::GuestCreates, R::RoleLowTokenWrites).await);
}

#[tokio::test]
async fn an_agent_that_is_found_in_any_project_is_found_with_the_shortest_program() {
    insta::assert_snapshot!(program(Fault::AnyProject, R::IsolationAgent).await);
}

#[tokio::test]
async fn names_that_are_shared_by_projects_are_found_with_the_shortest_program() {
    insta::assert_snapshot!(program(Fault::SharedNames, R::IsolationNamePerProject).await);
}

/// Which read sees it first depends on the program.
#[tokio::test]
async fn a_revocation_that_takes_the_other_token_along_is_found_for_every_seed() {
    for seed in 0..5 {
        assert!(found(Fault::RevokesBoth, seed).await.is_some(), "seed {seed}");
    }
}
