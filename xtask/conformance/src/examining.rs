//! `doctor`: tells whether a run would work.

use std::io::{self, Write};

use cluster_agents_conformance::doctor::{Examination, State, examine};
use cluster_agents_conformance::{Error, Exit, Ledger};

use crate::args::TargetFlags;
use crate::resolved;

/// Looks at the target of the settings.
pub(crate) async fn examined(flags: TargetFlags, ledger: &Ledger) -> anyhow::Result<Exit> {
    let config = flags.config.clone();
    let settings = resolved((config, flags.given()))?;
    let target = settings.target.as_ref().ok_or_else(|| Error::Setting {
        setting: String::from("--base-url (CONFORMANCE_BASE_URL)"),
        problem: String::from("there is no target to look at; cargo xtask conformance init helps"),
    })?;
    let found = examine(ledger, &settings, target).await?;
    // A reader that closed the pipe has seen enough.
    let _ = told(&found, &mut io::stdout().lock());
    Ok(if found.is_good() { Exit::Conformant } else { Exit::Usage })
}

fn told(found: &Examination, out: &mut dyn Write) -> io::Result<()> {
    for fact in &found.facts {
        let mark = match fact.state {
            State::Good => "ok",
            State::Note => "--",
            State::Bad => "!!",
        };
        writeln!(out, "{mark:>4} {:<16} {}", fact.about, fact.text)?;
    }
    let next = match found.is_good() {
        true => "a run would work; what it would change: cargo xtask conformance --plan",
        false => "mend what is marked with !! first",
    };
    writeln!(out, "\n{:>4} {next}", "")
}
