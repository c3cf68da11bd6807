//! How far it is, on a terminal.

use cluster_agents_mutants::campaign::{Outcome, Subject};
use indicatif::{ProgressBar, ProgressStyle};

/// A line that counts trials. Where there is no terminal it stays silent.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    pub(crate) fn new(trials: usize) -> Self {
        let bar = ProgressBar::new(u64::try_from(trials).unwrap_or(u64::MAX));
        let style = ProgressStyle::with_template("{prefix:>12.bold} {pos}/{len} {wide_bar} {msg}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.set_prefix("Planting");
        Self(bar)
    }

    /// Counts a trial, and says at once what did not go as it should.
    pub(crate) fn step(&self, outcome: &Outcome) {
        let name = outcome.trial.subject.name();
        self.0.set_message(name);
        self.0.inc(1);
        if !outcome.good {
            let problem = match outcome.trial.subject {
                Subject::Defect(_) => "Survived",
                Subject::Odd(_) => "Blamed",
            };
            self.0.println(format!("{problem:>12} {name} (seed {})", outcome.trial.method.seed));
        }
    }

    pub(crate) fn end(self) {
        self.0.finish_and_clear();
    }
}
