//! Carries a plan out: looks around, runs the checks side by side, cleans up.

use std::any::Any;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::time::Instant;

use futures_util::{FutureExt, StreamExt, stream};
use sha2::{Digest, Sha256};

use crate::allowance::Sent;
use crate::check::Check;
use crate::cleanup::{self, Leftover};
use crate::context::{Context, Stop};
use crate::coverage::Coverage;
use crate::error::Error;
use crate::finding::Tallies;
use crate::fingerprint;
use crate::generated::RequirementId as R;
use crate::ledger::{Ledger, Profile};
use crate::plan::Plan;
use crate::preflight;
use crate::repro;
use crate::session::{Facts, Session};
use crate::target::Target;
use crate::vault::Vault;

/// Everything that a run has seen.
#[derive(Debug)]
pub struct Transcript {
    /// What each check has seen, in the order of the plan.
    pub checks: Vec<CheckRecord>,
    /// Whether the target has receptive agents.
    pub receptive: bool,
    /// Why the target is taken to have none.
    pub profile_reason: String,
    /// The operations that have succeeded at least once.
    pub served: BTreeSet<&'static str>,
    /// Why the run ended before its plan did, if it did.
    pub ended_early: Option<String>,
    /// What could not be removed.
    pub leftovers: Vec<Leftover>,
    /// How many requests were sent.
    pub requests: u64,
    /// How long the run took, in milliseconds.
    pub duration_ms: u64,
    /// The secrets that nothing that is written may have in it.
    pub(crate) vault: Vault,
}

impl Transcript {
    /// A fingerprint of the requests: the same for the same seed and two fresh targets. Ids that the
    /// target gave do not count, nor do checks whose requests depend on who wins a race.
    pub fn hash(&self) -> String {
        let mut digest = Sha256::new();
        for record in self.checks.iter().filter(|record| !record.check.varies) {
            digest.update(format!("{} {}\n", record.check.name, record.requests));
        }
        fingerprint::short(&digest.finalize())
    }

    /// All answers that the checks got.
    pub fn coverage(&self) -> Coverage {
        let mut all = Coverage::default();
        self.checks.iter().for_each(|record| all.merge(&record.coverage));
        all
    }

    /// The checks that have seen something of a requirement.
    pub fn checks_of(&self, id: R) -> Vec<&'static str> {
        let saw = |record: &&CheckRecord| record.tallies.contains_key(&id);
        self.checks.iter().filter(saw).map(|record| record.check.name).collect()
    }
}

/// What one check has seen.
#[derive(Debug)]
pub struct CheckRecord {
    /// The check.
    pub check: &'static Check,
    /// What it and the oracles have seen, by requirement.
    pub tallies: Tallies,
    /// A fingerprint of its requests.
    pub requests: String,
    /// The answers that it got.
    pub coverage: Coverage,
    /// What it has sent.
    pub sent: Sent,
}

/// Something that somebody who waits may like to know.
#[derive(Clone, Copy, Debug)]
pub enum Event<'e> {
    /// The checks begin.
    Started {
        /// How many there are.
        checks: usize,
    },
    /// A check has ended.
    Finished {
        /// How many have ended by now.
        done: usize,
        /// Its name.
        check: &'e str,
        /// How many times it saw a requirement broken.
        failures: u64,
        /// How many requests were sent by now.
        requests: u64,
    },
    /// Checks that saw something broken are run again.
    Confirming {
        /// How many.
        checks: usize,
    },
    /// What the run has created is being removed.
    CleaningUp,
}

/// Runs the plan against the target until it is done or `interrupt` is ready, and removes what was
/// created in either case.
///
/// # Errors
///
/// Only what makes a run impossible: a target that does not answer, or settings that do not fit it.
pub async fn run(
    ledger: &Ledger,
    plan: &Plan,
    target: &Target,
    events: &dyn Fn(Event<'_>),
    interrupt: impl Future<Output = ()>,
) -> Result<Transcript, Error> {
    let started = Instant::now();
    let mut interrupt = pin!(interrupt);
    let mut session = Session::open(plan, ledger, target)?;
    let looked = AssertUnwindSafe(preflight::look_around(&session)).catch_unwind();
    let looked = until(looked, &session, interrupt.as_mut()).await;
    let (facts, first) = match look_ended(&session, looked) {
        Ok(looked) => looked,
        Err(error) => {
            cleanup::remove_all(&session).await;
            return Err(error);
        }
    };
    session.facts = facts;
    let records = RefCell::new(BTreeMap::new());
    let checks = async {
        run_checks(&session, &records, events).await;
        confirm(&session, &records, events).await;
    };
    let done = until(AssertUnwindSafe(checks).catch_unwind(), &session, interrupt).await;
    let fault = |panic: Box<dyn Any + Send>| format!("a fault of the suite: {}", message(&*panic));
    let fault = done.err().map(fault);
    let ended_early = fault.or_else(|| session.transport.stopped()).or_else(|| lost(&session));
    events(Event::CleaningUp);
    let leftovers = cleanup::remove_all(&session).await;
    Ok(Transcript {
        vault: session.vault(),
        checks: std::iter::once(first).chain(records.into_inner().into_values()).collect(),
        receptive: session.facts.receptive,
        profile_reason: session.facts.profile_reason.clone(),
        served: session.served(),
        ended_early,
        leftovers,
        requests: session.transport.sent(),
        duration_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    })
}

/// What the look around has ended with: what it saw, or whatever kept it from seeing.
fn look_ended(session: &Session<'_>, looked: Caught<Looked>) -> Looked {
    match (session.transport.stopped(), looked) {
        (Some(reason), _) => Err(Error::Interrupted { reason }),
        (None, Ok(looked)) => looked,
        (None, Err(panic)) => Err(Error::Fault { problem: message(panic.as_ref()) }),
    }
}

type Looked = Result<(Facts, CheckRecord), Error>;
type Caught<T> = Result<T, Box<dyn Any + Send>>;

/// Does the work to its end. An interrupted work soon ends by itself because it gets no more
/// answers; what it had sent by then is still answered.
async fn until<T>(
    work: impl Future<Output = T>,
    session: &Session<'_>,
    interrupt: Pin<&mut impl Future<Output = ()>>,
) -> T {
    let mut work = pin!(work);
    tokio::select! {
        done = &mut work => done,
        () = interrupt => {
            session.transport.stop("the run was interrupted");
            work.await
        }
    }
}

fn lost(session: &Session<'_>) -> Option<String> {
    session.transport.is_lost().then(|| String::from("the target stopped answering"))
}

type Records = RefCell<BTreeMap<usize, CheckRecord>>;

/// Runs again what saw something broken, if that was asked for.
async fn confirm(session: &Session<'_>, records: &Records, events: &dyn Fn(Event<'_>)) {
    let mut taken = records.take();
    let is_broken =
        |record: &&mut CheckRecord| record.tallies.values().any(|tally| !tally.findings.is_empty());
    let mut broken: Vec<&mut CheckRecord> = taken.values_mut().filter(is_broken).collect();
    if session.plan.reruns > 0 && !broken.is_empty() {
        events(Event::Confirming { checks: broken.len() });
        repro::confirm(session, &mut broken).await;
    }
    records.replace(taken);
}

/// First what can run side by side, then what must be alone.
async fn run_checks(session: &Session<'_>, records: &Records, events: &dyn Fn(Event<'_>)) {
    let due = |check: &Check| check.profile == Profile::Core || session.facts.receptive;
    let checks: Vec<(usize, &'static Check)> =
        session.plan.checks.iter().copied().enumerate().filter(|(_, check)| due(check)).collect();
    events(Event::Started { checks: checks.len() });
    let (alone, together): (Vec<_>, Vec<_>) =
        checks.into_iter().partition(|(_, check)| check.alone);
    for (group, at_a_time) in [(together, session.target.manners.concurrency), (alone, 1)] {
        let one = async |(index, check): (usize, &'static Check)| {
            let record = run_check(session, check).await;
            let failures = record.tallies.values().map(|tally| tally.failures).sum();
            records.borrow_mut().insert(index, record);
            let done = records.borrow().len();
            let requests = session.transport.sent();
            events(Event::Finished { done, check: check.name, failures, requests });
        };
        stream::iter(group).for_each_concurrent(at_a_time, one).await;
    }
}

pub(crate) async fn run_check(session: &Session<'_>, check: &'static Check) -> CheckRecord {
    run_check_again(session, check, 0).await
}

/// Runs a check that was run so many times before.
pub(crate) async fn run_check_again(
    session: &Session<'_>,
    check: &'static Check,
    attempt: u32,
) -> CheckRecord {
    let cx = Context::again(session, check, attempt);
    let outcome = AssertUnwindSafe((check.run)(&cx)).catch_unwind().await;
    let (requests, sent) = (cx.fingerprint(), cx.sent());
    let (mut tallies, coverage, agents) = cx.into_parts();
    cleanup::remove(session, agents).await;
    match outcome {
        Ok(Ok(())) => {}
        Ok(Err(stop)) => spread(&mut tallies, check, &stop),
        Err(panic) => spread(&mut tallies, check, &Stop::Fault(message(panic.as_ref()))),
    }
    CheckRecord { check, tallies, requests, coverage, sent }
}

/// Tells every requirement of a check why the check ended early.
fn spread(tallies: &mut Tallies, check: &Check, stop: &Stop) {
    for requirement in check.requirements {
        let tally = tallies.entry(*requirement).or_default();
        match stop {
            Stop::Skip(reason) => tally.skip(reason.clone()),
            Stop::Blocked(reason) => tally.block(format!("{}: {reason}", check.name)),
            Stop::Fault(fault) => tally.fault(format!("{}: {fault}", check.name)),
        }
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
    format!("it panicked: {text}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{self, Fixture};

    #[tokio::test]
    async fn a_check_that_panics_is_a_fault_of_the_suite() {
        static PANICS: Check =
            Check::new("panics", &[R::AgentGet], |_| Box::pin(async { panic!("out of ideas") }));
        let fixture = Fixture::new(1);
        let record = run_check(&fixture.session(), &PANICS).await;
        let tally = &record.tallies[&R::AgentGet];
        assert_eq!(tally.faults, ["panics: it panicked: out of ideas"]);
        assert_eq!((tally.passes, tally.failures), (0, 0));
    }

    #[tokio::test]
    async fn a_check_that_reaches_for_what_is_not_ours_is_a_fault_of_the_suite() {
        static REACHES: Check = Check::new("reaches", &[R::AgentDelete], |cx| {
            Box::pin(async {
                let request = crate::api::delete_agent(cx.project(), 5);
                cx.send(request).await.map(drop)
            })
        });
        let (sender, mut heads) = tokio::sync::mpsc::unbounded_channel();
        let url = testing::serve(move |head, stream| {
            let _ = sender.send(head);
            testing::write(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-length: 17\r\n\r\n{\"name\":\"theirs\"}",
            )
        })
        .await;
        let fixture = Fixture::at(&url, 1);
        let record = run_check(&fixture.session(), &REACHES).await;
        assert_eq!(
            record.tallies[&R::AgentDelete].faults,
            ["reaches: the agent 5 was not made by this run"]
        );
        let head = heads.recv().await.expect("a look");
        assert!(head.starts_with("GET ") && heads.try_recv().is_err(), "{head}");
    }

    #[tokio::test]
    async fn a_target_that_is_not_there_is_said_to_be_unreachable() {
        let fixture = Fixture::new(1);
        let (ledger, plan, target) = fixture.parts();
        let ran = run(ledger, plan, target, &|_| {}, std::future::pending()).await;
        assert!(matches!(ran, Err(Error::Unreachable { .. })), "{ran:?}");
    }
}
