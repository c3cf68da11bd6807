//! How figures are shown.

use std::io::{self, Write};

use crate::load::Figures;

/// Two things that took turns, and what is wanted of their ratio.
pub(crate) struct Comparison {
    pub(crate) what: &'static str,
    /// What is judged, one figure per turn.
    pub(crate) ours: Vec<Figures>,
    /// What it is judged by.
    pub(crate) theirs: Vec<Figures>,
    pub(crate) goal: Goal,
}

/// What is wanted of a ratio.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// Requests a second, ours by theirs, at least.
    RateAtLeast(f64),
    /// Median latency, ours by theirs, at most.
    LatencyAtMost(f64),
    /// Requests a second, ours by theirs, whatever they are.
    Rate,
}

impl Comparison {
    /// The median over the turns of ours by theirs.
    pub(crate) fn ratio(&self) -> f64 {
        let turns = self.ours.iter().zip(&self.theirs);
        let ratio = |(ours, theirs): (&Figures, &Figures)| match self.goal {
            Goal::RateAtLeast(_) | Goal::Rate => ours.rate() / theirs.rate(),
            Goal::LatencyAtMost(_) => ours.p50.as_secs_f64() / theirs.p50.as_secs_f64(),
        };
        median(turns.map(ratio).collect())
    }

    fn verdict(&self) -> String {
        let (reached, goal) = match self.goal {
            Goal::RateAtLeast(goal) => (self.ratio() >= goal, format!("≥ {goal:.2}")),
            Goal::LatencyAtMost(goal) => (self.ratio() <= goal, format!("≤ {goal:.2}")),
            Goal::Rate => return "-".to_owned(),
        };
        format!("{goal} {}", if reached { "reached" } else { "MISSED" })
    }

    pub(crate) fn show(&self, out: &mut dyn Write) -> io::Result<()> {
        let (ours, theirs) = (middle(&self.ours), middle(&self.theirs));
        writeln!(
            out,
            "{:<44} {:>9.0}/s {:>7} {:>7}   {:>9.0}/s {:>7} {:>7}   {:>5.2}  {}",
            self.what,
            ours.rate(),
            micros(ours.p50),
            micros(ours.p99),
            theirs.rate(),
            micros(theirs.p50),
            micros(theirs.p99),
            self.ratio(),
            self.verdict(),
        )?;
        out.flush()
    }
}

pub(crate) fn header(out: &mut dyn Write) -> io::Result<()> {
    let (ours, theirs) = ("ours: rate   p50     p99", "theirs: rate   p50     p99");
    writeln!(out, "{:<44} {ours:>27}   {theirs:>27}   ratio  goal", "")
}

fn micros(time: std::time::Duration) -> String {
    if time.is_zero() { "-".to_owned() } else { format!("{}µs", time.as_micros()) }
}

/// The turn in the middle by rate.
fn middle(turns: &[Figures]) -> Figures {
    let mut sorted = turns.to_vec();
    sorted.sort_by(|a, b| a.rate().total_cmp(&b.rate()));
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
