//! A failure as something that others can see again: the requests that lead to it from an empty
//! state, with names in the place of ids and secrets.
//!
//! The way of the data: `recording` (what a check has sent) → `slice` (the part that a failure
//! depends on) → `symbols` (names for what the target gave) → [`Step`]s with an [`Expectation`] →
//! `confirm` (was it so again?) → [`artifacts`]: a transcript, which [`mod@replay`] plays, a shell
//! `script` and a `hurl` file.

pub mod artifacts;
pub(crate) mod confirm;
mod credential;
pub mod expectation;
mod fill;
mod hurl;
mod quoting;
pub(crate) mod recording;
pub mod replay;
mod script;
mod slice;
pub mod step;
mod symbols;
#[cfg(test)]
mod tests;

pub use artifacts::Reproduction;
pub use confirm::Reproduced;
pub(crate) use confirm::confirm;
pub use expectation::Expectation;
pub use replay::{Replayed, replay};
pub use step::Step;

pub(crate) use recording::Recording;

use crate::finding::Finding;
use crate::repro::recording::Recorded;
use crate::repro::symbols::Symbols;
use crate::session::Session;

/// Gives a finding the steps that lead to its exchange, if there are not too many.
pub(crate) fn attach(session: &Session<'_>, recording: &Recording, finding: &mut Finding) {
    let Some(exchange) = &finding.exchange else { return };
    let shows_itself = finding.expectation != Expectation::Check;
    let records = slice::of(recording, &exchange.request_id, shows_itself);
    let symbols = Symbols::of(&records, session.target, session.plan.run.prefix());
    let redact = |text: &str| session.redact(text);
    let mut steps: Vec<Step> = records.iter().map(|record| symbols.step(record, &redact)).collect();
    for (step, record) in steps.iter_mut().zip(&records) {
        step.judged = record.request_id == exchange.request_id;
    }
    number_groups(&mut steps, &records);
    name_refused_agents(&mut steps);
    finding.expectation = symbols.expectation(&finding.expectation, &redact);
    finding.steps = steps;
}

/// A registration that was refused here may succeed elsewhere, and then is to be removed as well.
fn name_refused_agents(steps: &mut [Step]) {
    let mut number = steps.iter().filter(|step| step.agent().is_some()).count();
    for step in steps.iter_mut().filter(|step| step.agent().is_none() && step.registers()) {
        number += 1;
        step.saves.insert(format!("agent_{number}"), String::from("/id"));
    }
}

/// Numbers the requests that met.
fn number_groups(steps: &mut [Step], records: &[&Recorded]) {
    let mut group = 0;
    for index in 1..records.len() {
        if slice::overlap(records[index - 1], records[index]) {
            if steps[index - 1].at_once.is_none() {
                group += 1;
                steps[index - 1].at_once = Some(group);
            }
            steps[index].at_once = steps[index - 1].at_once;
        }
    }
}
