//! Is a defect alive? The same requests go to the right server and to one with the defect, straight
//! over a socket, and some answer has to differ.

mod client;
mod corpus;
mod plain;

use futures_util::future::join_all;
use serde_json::Value;

use self::client::send;
use self::corpus::{Line, Step, corpus};
use self::plain::Notes;
use crate::server::{Plant, Server, ServerError};

/// The answers of a right server.
#[derive(Debug)]
pub struct Probe {
    steps: Vec<Step>,
    expected: Vec<String>,
}

/// Where a server differs from the right one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference {
    /// The request, as the corpus has it.
    pub request: String,
    /// What the right server answers.
    pub expected: String,
    /// What this one answers.
    pub got: String,
}

impl Probe {
    /// Asks the right server.
    ///
    /// # Errors
    ///
    /// No port can be listened on.
    pub async fn prepare() -> Result<Self, ServerError> {
        let steps = corpus();
        let server = Server::start(Plant::Nothing).await?;
        let mut player = Player::new(&server);
        let mut expected = Vec::with_capacity(steps.len());
        for step in &steps {
            expected.push(player.play(step).await);
        }
        Ok(Self { steps, expected })
    }

    /// The first difference of a server that has just been started.
    pub async fn difference(&self, server: &Server) -> Option<Difference> {
        let mut player = Player::new(server);
        for (step, expected) in self.steps.iter().zip(&self.expected) {
            let got = player.play(step).await;
            if got != *expected {
                let (request, expected) = (told(step), expected.clone());
                return Some(Difference { request, expected, got });
            }
        }
        None
    }
}

/// All agents of all projects, as their lists have them.
pub(crate) async fn everything(server: &Server) -> Vec<String> {
    let mut player = Player::new(server);
    let mut lists = Vec::new();
    for project in ["20", "21", "22", "23"] {
        for page in 1..=2 {
            let path = format!("{project}/cluster_agents?per_page=100&page={page}");
            let list = Line::read("maintainer", "GET", &path);
            lists.push(player.play(&Step::Alone(list)).await);
        }
    }
    lists
}

fn told(step: &Step) -> String {
    let line = |line: &Line| format!("{} {} {}", line.caller, line.method, line.path);
    match step {
        Step::Alone(one) | Step::Status(one) => line(one),
        Step::Together { lanes, .. } => {
            lanes.iter().flatten().map(line).collect::<Vec<_>>().join(" | ")
        }
    }
}

/// Sends the corpus to one server.
struct Player {
    address: String,
    notes: Notes,
    /// The agent that was registered last, which `@` in a path stands for.
    agent: String,
    /// The token that was created last, which `*` in a path stands for.
    token: String,
}

impl Player {
    fn new(server: &Server) -> Self {
        let address = server.base_url().trim_start_matches("http://");
        let address = address.split('/').next().unwrap_or_default().to_owned();
        Self { address, notes: Notes::default(), agent: String::new(), token: String::new() }
    }

    async fn play(&mut self, step: &Step) -> String {
        match step {
            Step::Alone(line) => {
                let answer = self.ask(line).await;
                self.note(line, &answer);
                self.notes.plain(&answer)
            }
            Step::Status(line) => {
                let answer = self.ask(line).await;
                self.note(line, &answer);
                answer.lines().next().unwrap_or_default().to_owned()
            }
            Step::Together { lanes, compared } => {
                let lane = async |lane: &Vec<Line>| {
                    let mut answers = Vec::new();
                    for line in lane {
                        answers.push(self.ask(line).await);
                    }
                    answers
                };
                let answers: Vec<String> =
                    join_all(lanes.iter().map(lane)).await.into_iter().flatten().collect();
                let mut plain: Vec<_> =
                    answers.iter().map(|answer| self.notes.plain(answer)).collect();
                plain.sort();
                if *compared { plain.join("\n\n") } else { String::new() }
            }
        }
    }

    async fn ask(&self, line: &Line) -> String {
        let path = line.path.replace('@', &self.agent).replace('*', &self.token);
        send(&self.address, line, &path, self.notes.secret()).await
    }

    fn note(&mut self, line: &Line, answer: &str) {
        let body = answer.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
        let body: Value = serde_json::from_str(body).unwrap_or_default();
        let Some(id) = body.get("id").filter(|_| line.method == "POST") else { return };
        match () {
            () if line.path.ends_with("/tokens") => self.token = id.to_string(),
            () if line.path.ends_with("/cluster_agents") => self.agent = id.to_string(),
            () => {}
        }
    }
}
