//! Saying what an exchange shows of a requirement.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::context::Context;
use crate::finding::Finding;
use crate::generated::RequirementId as R;
use crate::repro::{self, Expectation};
use crate::transport::Exchange;

impl Context<'_> {
    pub(crate) fn pass(&self, requirement: R) {
        self.tallies.borrow_mut().entry(requirement).or_default().passes += 1;
    }

    pub(crate) fn note(&self, requirement: R, note: impl Into<String>) {
        self.tallies.borrow_mut().entry(requirement).or_default().note(note.into());
    }

    pub(crate) fn skip(&self, requirement: R, reason: impl Into<String>) {
        self.tallies.borrow_mut().entry(requirement).or_default().skip(reason.into());
    }

    /// Judges a requirement by something that an exchange shows.
    pub(crate) fn expect(
        &self,
        requirement: R,
        holds: bool,
        exchange: &Exchange,
        expected: impl Into<String>,
    ) -> bool {
        let got = format!("status {}", exchange.status);
        self.expect_got(requirement, holds, exchange, expected, got)
    }

    /// The same with words for what was seen.
    pub(crate) fn expect_got(
        &self,
        requirement: R,
        holds: bool,
        exchange: &Exchange,
        expected: impl Into<String>,
        got: impl Into<String>,
    ) -> bool {
        match holds {
            true => self.pass(requirement),
            false => self.report(requirement, self.finding(exchange, expected, got)),
        }
        holds
    }

    /// Judges by the statuses that the ledger accepts for the requirement. One that is right but
    /// not the usual one is noted.
    pub(crate) fn accepted(&self, requirement: R, exchange: &Exchange, what: &str) -> bool {
        let accepted = self.session.ledger.accepted(requirement);
        let holds = accepted.contains(&exchange.status);
        if let Some(because) = self.session.ledger.because(requirement, exchange.status) {
            self.note(requirement, format!("status {}: {because}", exchange.status));
        }
        let list: Vec<String> = accepted.iter().map(u16::to_string).collect();
        let expected = format!("{what}: status {}", list.join(" or "));
        self.expect(requirement, holds, exchange, expected)
    }

    /// Judges by the statuses of one outcome, where a requirement accepts others elsewhere.
    pub(crate) fn outcome(
        &self,
        requirement: R,
        outcome: &str,
        exchange: &Exchange,
        what: &str,
    ) -> bool {
        let statuses = self.session.ledger.statuses_of(requirement, outcome);
        let list: Vec<String> = statuses.iter().map(u16::to_string).collect();
        let expected = format!("{what}: status {}", list.join(" or "));
        self.expect(requirement, statuses.contains(&exchange.status), exchange, expected)
    }

    /// Judges that a request succeeded.
    pub(crate) fn succeeded(&self, requirement: R, exchange: &Exchange, what: &str) -> bool {
        self.expect(requirement, exchange.is_success(), exchange, format!("{what}: a success"))
    }

    /// Judges that a value is what it should be.
    pub(crate) fn same(
        &self,
        requirement: R,
        exchange: &Exchange,
        what: &str,
        expected: &Value,
        got: &Value,
    ) -> bool {
        let (wanted, seen) = (format!("{what} {expected}"), format!("{what} {got}"));
        if expected == got {
            self.pass(requirement);
            return true;
        }
        let mut finding = self.finding(exchange, wanted, seen);
        finding.expectation = Expectation::of_values(exchange, expected, got);
        self.report(requirement, finding);
        false
    }

    /// How often each requirement was broken so far.
    pub(crate) fn failures(&self) -> BTreeMap<R, u64> {
        let tallies = self.tallies.borrow();
        let broken = tallies.iter().filter(|(_, tally)| tally.failures > 0);
        broken.map(|(id, tally)| (*id, tally.failures)).collect()
    }

    /// Counts a failure. One that is told gets the steps that lead to it.
    pub(crate) fn report(&self, requirement: R, mut finding: Finding) {
        let mut tallies = self.tallies.borrow_mut();
        let tally = tallies.entry(requirement).or_default();
        if tally.has_room() && finding.steps.is_empty() {
            self.attach_steps(&mut finding);
        }
        tally.fail(finding);
    }

    /// Gives a finding the steps that lead to it.
    pub(crate) fn attach_steps(&self, finding: &mut Finding) {
        repro::attach(self.session, &self.recording.borrow(), finding);
    }

    pub(crate) fn finding(
        &self,
        exchange: &Exchange,
        expected: impl Into<String>,
        got: impl Into<String>,
    ) -> Finding {
        let (expected, got) = (expected.into(), got.into());
        Finding {
            check: self.check.name,
            expectation: Expectation::of_words(&expected, exchange.status),
            expected: self.session.shown(&expected),
            got: self.session.shown(&got),
            exchange: Some(self.session.evidence(exchange)),
            ..Finding::default()
        }
    }
}
