//! The binary, as people run it.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::server::{client, token};

/// A running `serve`, killed when it is dropped.
pub(crate) struct Binary {
    process: Child,
    pub(crate) base_url: String,
}

pub(crate) fn serve(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cluster-agents-reference"));
    // A backtrace of whoever runs the tests would be part of what is told.
    command.env_remove("RUST_BACKTRACE").env_remove("RUST_LIB_BACKTRACE");
    command.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments);
    command
}

impl Binary {
    /// Starts it; a log that is piped has to be read before the pipe is full.
    pub(crate) fn start(arguments: &[&str], log: Stdio) -> Self {
        let mut command = serve(arguments);
        let mut process = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let base_url = line.trim_end().strip_prefix("listening on ").unwrap().to_owned();
        Self { process, base_url }
    }

    /// The end of the process without any chance to tidy up.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    #[cfg(unix)]
    fn terminate(mut self) -> (Option<i32>, String) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
        let code = self.process.wait().unwrap().code();
        let mut log = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        (code, log)
    }
}

impl Drop for Binary {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn failing(arguments: &[&str]) -> String {
    let Output { status, stderr, .. } = serve(arguments).output().unwrap();
    assert!(!status.success());
    String::from_utf8(stderr).unwrap()
}

#[cfg(unix)]
#[tokio::test]
async fn it_prints_its_address_logs_each_request_and_ends_when_asked_to() {
    let binary = Binary::start(&["--database", "sqlite::memory:"], Stdio::piped());
    let url = format!("{}/projects/20/cluster_agents?private_token=sentinel", binary.base_url);
    let client = client();
    let request = client.get(url).header("PRIVATE-TOKEN", token("developer"));
    let response = request.send().await.unwrap();
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    drop((response, client));
    let (code, log) = binary.terminate();
    assert_eq!(code, Some(0), "{log}");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let line = lines.iter().find(|line| line["request_id"] == id.as_str()).unwrap();
    assert_eq!((&line["status"], &line["method"]), (&200.into(), &"GET".into()));
    assert_eq!(line["path"], "/api/v4/projects/20/cluster_agents");
    assert!(line["micros"].is_u64(), "{line}");
    assert!(!log.contains("sentinel") && !log.contains(token("developer")), "{log}");
}

#[test]
fn a_wrong_fixture_is_answered_with_every_mistake() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("wrong.toml"), "[[users]]\nid = 0\n\n[[agents]]\n").unwrap();
    let path = folder.path().join("wrong.toml");
    let shown = failing(&["--fixture", path.to_str().unwrap()]);
    insta::assert_snapshot!(shown.replace(folder.path().to_str().unwrap(), "[folder]"), @"
    error: cannot use [folder]/wrong.toml
      5 mistakes in the fixture
        line 1: `username` is missing; it must be a text that is not empty
        line 2: `id` must be a whole number from 1
        line 4: `created_by` is missing; it must be a text that is not empty
        line 4: `name` is missing; it must be a text that is not empty
        line 4: `project` is missing; it must be a text that is not empty
    ");
}

#[test]
fn what_cannot_be_used_is_named() {
    assert!(failing(&["--database", "mysql://localhost"]).contains("sqlite::memory:, sqlite:FILE"));
    assert!(failing(&["--fixture", "/nowhere/f.toml"]).contains("cannot read /nowhere/f.toml"));
    let missing = Path::new("/nowhere/agents.db");
    let shown = failing(&["--database", &format!("sqlite:{}", missing.display())]);
    assert!(shown.contains("cannot use the key file /nowhere/agents.db.key"), "{shown}");
}

#[test]
fn its_options_are_told() {
    let output = serve(&["--help"]).output().unwrap();
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap());
}
