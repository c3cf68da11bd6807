//! Hands the secret of a new token over, and finds out whether it arrived.

use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};
use cluster_agents_client::BoxError;
use cluster_agents_client::types::CreatedAgentToken;

use crate::arguments::HandOver;
use crate::print::Format;

impl HandOver {
    /// Refuses what could not be confirmed, before anything is changed.
    pub(crate) fn check(&self) -> Result<()> {
        if self.command.is_empty() && !self.yes && !io::stdin().is_terminal() {
            bail!(
                "nobody can confirm that the secret arrived: give a command behind `--`, or `--yes`"
            );
        }
        Ok(())
    }

    pub(crate) fn confirm(
        &self,
        token: &CreatedAgentToken,
        format: Format,
        out: &mut impl Write,
    ) -> Result<(), BoxError> {
        match self.command.split_first() {
            Some((program, arguments)) => run(program, arguments, token),
            None => {
                format.write(std::slice::from_ref(token), out)?;
                out.flush()?;
                if self.yes { Ok(()) } else { ask() }
            }
        }
    }
}

fn run(program: &str, arguments: &[String], token: &CreatedAgentToken) -> Result<(), BoxError> {
    let failed = |error: io::Error| format!("`{program}` cannot be run: {error}");
    let mut child =
        Command::new(program).args(arguments).stdin(Stdio::piped()).spawn().map_err(failed)?;
    // Dropped after it is written, so that the command finds its end.
    let written =
        child.stdin.take().map(|mut stdin| stdin.write_all(token.token.expose().as_bytes()));
    let status = child.wait().map_err(failed)?;
    if !status.success() {
        return Err(format!("`{program}` ended with {status}").into());
    }
    written.transpose().map_err(|error| format!("`{program}` did not read the secret: {error}"))?;
    Ok(())
}

fn ask() -> Result<(), BoxError> {
    write!(io::stderr(), "Is the new token in use, so that the old one can be revoked? [y/N] ")?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    match answer.trim() {
        "y" | "Y" | "yes" => Ok(()),
        _ => Err("you did not confirm it".into()),
    }
}
