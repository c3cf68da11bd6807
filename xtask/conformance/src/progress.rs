//! What somebody who waits sees, on stderr.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use cluster_agents_conformance::runner::Event;
use cluster_agents_conformance::{Plan, Target};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How often the time is drawn while nothing else happens.
const TICK: Duration = Duration::from_millis(250);

/// Shows how far a run is. Only this type draws; a file gets nothing but the first line.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    failures: Cell<u64>,
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
        Self { bar: bar("Looking", 1), failures: Cell::new(0) }
    }

    /// Draws over what was there before.
    pub(crate) fn show(&self, event: Event<'_>) {
        match event {
            Event::Started { checks } => {
                self.bar.set_length(u64::try_from(checks).unwrap_or_default());
                self.phase("Checking");
            }
            Event::Finished { done, check, failures, requests } => {
                self.failures.set(self.failures.get() + failures);
                self.bar.set_position(u64::try_from(done).unwrap_or_default());
                self.bar.set_message(self.told(requests, check));
            }
            Event::Confirming { checks } => {
                self.phase("Confirming");
                self.bar.set_message(format!("{checks} with failures, run again"));
            }
            Event::CleaningUp => {
                self.phase("Removing");
                self.bar.set_message("what was created");
            }
        }
    }

    /// Takes the last line away.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }

    fn phase(&self, name: &'static str) {
        self.bar.set_prefix(name);
        self.bar.tick();
    }

    fn told(&self, requests: u64, check: &str) -> String {
        let millis = u64::try_from(self.bar.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let rate = requests * 1000 / millis;
        let failures = match self.failures.get() {
            0 => String::new(),
            1 => String::from(", 1 failure"),
            many => format!(", {many} failures"),
        };
        format!("{requests} requests, {rate}/s{failures}; {check}")
    }
}

/// A bar on stderr if that is a terminal, and one that draws nothing otherwise.
pub(crate) fn bar(prefix: &'static str, length: u64) -> ProgressBar {
    let is_terminal = io::stderr().is_terminal();
    let target = match is_terminal {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    };
    let bar = ProgressBar::with_draw_target(Some(length), target).with_prefix(prefix);
    let style = "{prefix:>12} [{bar:20}] {pos}/{len} {elapsed} {wide_msg}";
    if let Ok(style) = ProgressStyle::with_template(style) {
        bar.set_style(style.progress_chars("=> "));
    }
    if is_terminal {
        bar.enable_steady_tick(TICK);
    }
    bar
}
