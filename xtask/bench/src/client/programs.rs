//! The programs: how they are built and run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, ensure};

use super::Turn;
use super::canned::Server;
use crate::load::Figures;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// A program that is built.
pub(crate) struct Program {
    path: PathBuf,
}

/// Where a program is built.
pub(crate) fn target(name: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| Path::new(ROOT).join("target")).join("bench").join(name)
}

/// cargo for one of the programs.
pub(crate) fn cargo(name: &str, arguments: &[&str]) -> Command {
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("programs");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments).current_dir(programs).env("CARGO_TARGET_DIR", target(name));
    cargo
}

/// Builds a program, unless it is there already.
pub(crate) fn build(name: &str) -> anyhow::Result<Program> {
    let status = cargo(name, &["build", "--release", "--package", name])
        .status()
        .context("cargo cannot be run")?;
    ensure!(status.success(), "the program `{name}` cannot be built");
    Ok(Program { path: target(name).join("release").join(name) })
}

impl Program {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Runs a turn of a task.
    pub(crate) fn run(&self, task: &str, count: usize, server: &Server) -> anyhow::Result<Turn> {
        let mut command = Command::new(&self.path);
        self.told(command.arg(task).arg(count.to_string()), server)
    }

    /// Runs a command that ends as this program does, and reads what it tells.
    pub(crate) fn told(&self, command: &mut Command, server: &Server) -> anyhow::Result<Turn> {
        let output = command.env("GITLAB_URL", server.url()).output()?;
        let error = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{} failed: {error}", self.path.display());
        let told = String::from_utf8(output.stdout)?;
        let numbers: Result<Vec<u64>, _> = told.split_whitespace().map(str::parse).collect();
        let [count, took, third, fourth] = numbers?[..] else {
            anyhow::bail!("{} told {told:?}", self.path.display());
        };
        let figures = Figures {
            requests: usize::try_from(count)?,
            took: Duration::from_nanos(took),
            p50: Duration::from_nanos(third),
            p99: Duration::from_nanos(fourth),
        };
        Ok(Turn { figures, peak_kib: third })
    }
}
