//! Clients of GitLab as people install them, unmodified. Each is installed once for a target folder;
//! where that is not possible, the test says that it was skipped.

use std::fs;
use std::io::{self, Write, stderr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::process::Command;

use crate::server::{Server, token};

/// How long installing a client may take, and then all of its calls.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread")]
async fn python_gitlab_works_unmodified() {
    let mut install = command("python3");
    install.args(["-m", "pip", "install", "--quiet", "python-gitlab==8.6.0", "--target"]);
    let Some(packages) = installed("python-gitlab", install).await else { return };
    let mut python = command("python3");
    // A warning, as about another address than the one that the client was given, is a failure.
    python.args(["-W", "error::UserWarning"]).env("PYTHONPATH", packages);
    works(python, "python_gitlab.py").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn gitbeaker_works_unmodified() {
    let mut install = command("npm");
    install.args(["install", "--silent", "--no-audit", "--no-fund", "@gitbeaker/rest@43.8.0"]);
    install.arg("--prefix");
    let Some(packages) = installed("gitbeaker", install).await else { return };
    let mut node = command("node");
    node.env("NODE_PATH", packages.join("node_modules"));
    works(node, "gitbeaker.cjs").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_documentation_s_calls_with_curl_work() {
    let mut version = command("curl");
    match run(version.arg("--version")).await {
        Ok(_) => works(command("sh"), "curl.sh").await,
        Err(reason) => skipped("curl", &reason),
    }
}

fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.kill_on_drop(true).env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
    command
}

/// The folder with the packages of a client, which `install` is told as its last argument.
async fn installed(client: &str, mut install: Command) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(client);
    if folder.exists() {
        return Some(folder);
    }
    // Elsewhere until all of it is there, so that an install that was cut off is not taken for one.
    let draft = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    match run(install.arg(draft.path())).await {
        Ok(_) => fs::rename(draft.keep(), &folder).unwrap(),
        Err(reason) => {
            skipped(client, &reason);
            return None;
        }
    }
    Some(folder)
}

/// Runs the calls of a client on a server of their own.
async fn works(mut client: Command, script: &str) {
    let server = Server::start().await;
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let folder = tempfile::tempdir().unwrap();
    client.arg(tests.join("clients").join(script)).current_dir(&folder);
    client.env("SERVER", format!("http://{}", server.address())).env("TOKEN", token("maintainer"));
    let result = run(client.env("PEM", tests.join("pem"))).await;
    assert_eq!(result, Ok(()), "{script}");
}

/// What went wrong, if anything.
async fn run(command: &mut Command) -> Result<(), String> {
    let output = tokio::time::timeout(PATIENCE, command.output()).await;
    let output = output.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
    let output = output.map_err(|error| error.to_string())?;
    let shown = [output.stdout, output.stderr].concat();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&shown).into()) }
}

fn skipped(client: &str, reason: &str) {
    // Not by `eprintln!`, which the test harness keeps to itself.
    let reason = reason.trim().lines().last().unwrap_or_default();
    let _ = writeln!(stderr(), "skipped: {client} could not be installed: {reason}");
}
