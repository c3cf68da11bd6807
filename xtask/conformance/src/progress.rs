//! What somebody who waits sees, on stderr.

use std::io::{self, IsTerminal, Write};

use cluster_agents_conformance::runner::Event;
use cluster_agents_conformance::{Plan, Target};

/// Shows how far a run is. Only this type draws.
#[derive(Debug)]
pub(crate) struct Progress {
    is_terminal: bool,
    total: std::cell::Cell<usize>,
}

impl Progress {
    /// Says what begins.
    pub(crate) fn new(plan: &Plan, target: &Target) -> Self {
        let line = format!(
            "{:>12} {} with seed {} ({} {}, plan {})",
            "Testing",
            target.base_url,
            plan.seed,
            plan.checks.len(),
            if plan.checks.len() == 1 { "check" } else { "checks" },
            plan.hash()
        );
        let _ = writeln!(io::stderr(), "{line}");
        Self { is_terminal: io::stderr().is_terminal(), total: std::cell::Cell::new(0) }
    }

    /// Draws over what was there before; a file gets nothing of it.
    pub(crate) fn show(&self, event: Event<'_>) {
        let text = match event {
            Event::Started { checks } => {
                self.total.set(checks);
                String::from("the first check")
            }
            Event::Finished { done, check, failures } => {
                let seen =
                    if failures > 0 { format!(", {failures} broken") } else { String::new() };
                format!("{done}/{} {check}{seen}", self.total.get())
            }
            Event::CleaningUp => String::from("removing what was created"),
        };
        if self.is_terminal {
            let _ = write!(io::stderr(), "\r\u{1b}[K{:>12} {text}", "Checking");
        }
    }

    /// Takes the last line away.
    pub(crate) fn clear(&self) {
        if self.is_terminal {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
