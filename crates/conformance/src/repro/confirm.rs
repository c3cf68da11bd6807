//! Was it so again? Every check that saw something broken is run again on things of its own.

use std::collections::BTreeSet;

use futures_util::{StreamExt, stream};
use serde::Serialize;

use crate::check::Check;
use crate::finding::Tallies;
use crate::generated::RequirementId as R;
use crate::plan::Plan;
use crate::runner::{CheckRecord, run_check_again};
use crate::session::Session;

/// How many checks are run again at the same time.
const AT_A_TIME: usize = 4;

/// How often a failure was seen again.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct Reproduced {
    /// How often the same check broke the same requirement again.
    pub times: u32,
    /// How often it was run again.
    pub of: u32,
}

/// Runs again the first check of each requirement of the plan that was seen broken, and notes what
/// came of it in its findings. What a rerun finds beside that is not counted. All reruns together send
/// no more requests than the run has sent before.
pub(crate) async fn confirm(session: &Session<'_>, records: &mut Vec<&mut CheckRecord>) {
    let limit = session.transport.sent() * 2;
    let mut known = BTreeSet::new();
    records.retain(|record| {
        let broken = broken(&record.tallies, record.check, session.plan);
        // Not `any`: all of them are known from now on.
        broken.into_iter().filter(|id| known.insert(*id)).count() > 0
    });
    for alone in [false, true] {
        let due = records.iter_mut().filter(|record| record.check.alone == alone);
        let again = due.map(|record| one(session, record, limit));
        let at_a_time = if alone { 1 } else { AT_A_TIME };
        stream::iter(again).for_each_concurrent(at_a_time, |rerun| rerun).await;
    }
}

async fn one(session: &Session<'_>, record: &mut CheckRecord, limit: u64) {
    let broken = broken(&record.tallies, record.check, session.plan);
    let mut seen = vec![0; broken.len()];
    let mut of = 0;
    let goes_on = || session.transport.stopped().is_none() && session.transport.sent() < limit;
    while of < session.plan.reruns && !broken.is_empty() && goes_on() {
        let again = run_check_again(session, record.check, of + 1).await;
        if session.transport.stopped().is_some() {
            // It may have got no answers.
            break;
        }
        of += 1;
        for (id, times) in broken.iter().zip(&mut seen) {
            let is_broken = again.tallies.get(id).is_some_and(|tally| tally.failures > 0);
            *times += u32::from(is_broken);
        }
    }
    for (id, times) in broken.iter().zip(seen) {
        let findings = record.tallies.get_mut(id).map(|tally| &mut tally.findings);
        for finding in findings.into_iter().flatten() {
            finding.reproduced = (of > 0).then_some(Reproduced { times, of });
        }
    }
}

/// The requirements that somebody will read about. The look around before the first check is none
/// that could be run again.
fn broken(tallies: &Tallies, check: &Check, plan: &Plan) -> Vec<R> {
    let asked = |id: &R| {
        plan.requirements.contains(id) && plan.checks.iter().any(|it| it.name == check.name)
    };
    let failed = tallies.iter().filter(|(_, tally)| tally.failures > 0);
    failed.map(|(id, _)| *id).filter(asked).collect()
}
