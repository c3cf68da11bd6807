//! Nothing is written to somebody else's machine before somebody has agreed to it.

use std::io::{self, BufRead, IsTerminal, Write};

use cluster_agents_conformance::{Error, Settings, Target};

/// Returns if writing to the target was agreed to, on the command line or just now; `what` says what
/// is about to happen.
pub(crate) fn ask(settings: &Settings, target: &Target, what: &str) -> Result<(), Error> {
    if target.is_loopback() || settings.yes || settings.read_only.is_some() {
        return Ok(());
    }
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Err(refused(&format!(
            "this {what} at {}, which is not this machine; agree to it with --yes",
            target.base_url
        )));
    }
    let _ = write!(io::stderr(), "This {what} at {}. Go on? [y/N] ", target.base_url);
    let mut answer = String::new();
    let _ = io::stdin().lock().read_line(&mut answer);
    match matches!(answer.trim(), "y" | "Y" | "yes") {
        true => Ok(()),
        false => Err(refused("nobody agreed, so nothing was sent")),
    }
}

fn refused(problem: &str) -> Error {
    Error::Setting { setting: String::from("--yes"), problem: problem.to_owned() }
}
