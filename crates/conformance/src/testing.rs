//! What the unit tests share: a session with a target that nobody talks to.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::check::Check;
use crate::finding::Finding;
use crate::generated::RequirementId as R;
use crate::ledger::Ledger;
use crate::plan::Plan;
use crate::session::Session;
use crate::settings::{Given, Settings};
use crate::target::{Actor, Project, Secret, Target};

/// Everything that a session borrows.
pub(crate) struct Fixture {
    ledger: Ledger,
    plan: Plan,
    target: Target,
}

impl Fixture {
    /// A target at an address where nothing listens.
    pub(crate) fn new(seed: u64) -> Self {
        Self::at(&nowhere(), seed)
    }

    pub(crate) fn at(base_url: &str, seed: u64) -> Self {
        let ledger = Ledger::embedded().expect("a ledger");
        let target = Target::new(base_url, Project::Number(20))
            .expect("a good URL")
            .with_token(Actor::Maintainer, Secret::new("a-token-of-the-maintainer"));
        let plan = Plan::build(&ledger, &settings(seed, &[], false), &target);
        Self { ledger, plan, target }
    }

    /// The same with an actor's token. The plan stays as it was.
    pub(crate) fn with_token(mut self, actor: Actor, token: &str) -> Self {
        self.target = self.target.with_token(actor, Secret::new(token));
        self
    }

    /// The same with another project.
    pub(crate) fn with_second_project(mut self, project: Project) -> Self {
        self.target.second_project = Some(project);
        self
    }

    pub(crate) fn parts(&self) -> (&Ledger, &Plan, &Target) {
        (&self.ledger, &self.plan, &self.target)
    }

    pub(crate) fn session(&self) -> Session<'_> {
        Session::open(&self.plan, &self.ledger, &self.target).expect("a session")
    }
}

fn settings(seed: u64, only: &[R], strict: bool) -> Settings {
    let only = only.iter().map(|id| id.as_str().to_owned()).collect();
    let given = Given { seed: Some(seed), only, strict, ..Given::default() };
    Settings::resolve(&given, &|_| None).expect("good settings")
}

/// A plan for some requirements, or for all.
pub(crate) fn plan(only: &[R], strict: bool) -> Plan {
    let fixture = Fixture::new(1);
    Plan::build(&fixture.ledger, &settings(1, only, strict), &fixture.target)
}

/// A check that does nothing.
pub(crate) fn check() -> &'static Check {
    static CHECK: Check = Check::new("test", &[], |_| Box::pin(async { Ok(()) }));
    &CHECK
}

pub(crate) fn finding(got: &str) -> Finding {
    Finding {
        check: "test",
        expected: String::from("something else"),
        got: got.to_owned(),
        ..Finding::default()
    }
}

/// An address at which nothing listens: that of a listener that is gone.
pub(crate) fn nowhere() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    format!("http://{}/api/v4", listener.local_addr().expect("an address"))
}

/// A server on a free loopback port that gives every connection to `answer` with the head of its
/// first request; it ends with the test.
pub(crate) async fn serve<F, A>(answer: F) -> String
where
    F: Fn(String, TcpStream) -> A + Send + Sync + 'static,
    A: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let head = head(&mut stream).await;
            tokio::spawn(answer(head, stream));
        }
    });
    format!("http://{address}/api/v4")
}

async fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// Writes a whole answer and closes the connection.
pub(crate) async fn write(mut stream: TcpStream, answer: &str) {
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}
