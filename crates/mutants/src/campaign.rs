//! Many trials, a few at a time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use cluster_agents_conformance::Ledger;
use cluster_agents_conformance::ledger::Level;
use tokio::runtime::{Builder, Runtime};

use crate::catalogue::Defect;
use crate::lab::{LabError, Method, Opinion, try_server};
use crate::probe::everything;
use crate::tolerance::Odd;

/// What is put before the suite.
#[derive(Clone, Copy, Debug)]
pub enum Subject {
    /// A server with a defect, which has to be blamed.
    Defect(Defect),
    /// A server that is odd but right, which must not be.
    Odd(Odd),
}

/// One subject before the suite, once.
#[derive(Clone, Copy, Debug)]
pub struct Trial {
    /// The subject.
    pub subject: Subject,
    /// How it is made.
    pub method: Method,
}

/// What came of a trial.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The trial.
    pub trial: Trial,
    /// What the suite said.
    pub opinion: Opinion,
    /// Whether it said what it should: blamed a defect, or did not blame what is right.
    pub good: bool,
}

impl Subject {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Defect(defect) => defect.name,
            Self::Odd(odd) => odd.name,
        }
    }
}

/// The level of the requirement that should catch a defect.
#[must_use]
pub fn level(defect: &Defect, ledger: &Ledger) -> Level {
    ledger.get(defect.requirement).map_or(Level::Must, |requirement| requirement.level)
}

/// Why a campaign ended without a score.
#[derive(Debug, thiserror::Error)]
pub enum CampaignError {
    /// A trial could not be made.
    #[error("{name}")]
    Lab {
        /// The subject.
        name: &'static str,
        /// Why.
        #[source]
        source: LabError,
    },
    /// No runtime could be started.
    #[error("no runtime could be started")]
    Runtime(#[from] std::io::Error),
    /// The suite cannot be used.
    #[error(transparent)]
    Suite(#[from] cluster_agents_conformance::Error),
}

/// Makes all trials, `jobs` at a time, each with a server of its own on the thread of its suite.
///
/// # Errors
///
/// A trial cannot be made at all.
pub fn run(
    trials: &[Trial],
    jobs: usize,
    mut done: impl FnMut(&Outcome),
) -> Result<Vec<Outcome>, CampaignError> {
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    let mut outcomes = Vec::with_capacity(trials.len());
    thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || {
                let worker = || work(trials, next, &send);
                if let Err(error) = worker() {
                    let _ = send.send(Err(error));
                }
            });
        }
        drop(send);
        for outcome in receive {
            let outcome = outcome?;
            done(&outcome);
            outcomes.push(outcome);
        }
        Ok(outcomes)
    })
}

type Sender = mpsc::Sender<Result<Outcome, CampaignError>>;

fn work(trials: &[Trial], next: &AtomicUsize, send: &Sender) -> Result<(), CampaignError> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let ledger = Ledger::embedded()?;
    while let Some(trial) = trials.get(next.fetch_add(1, Ordering::Relaxed)) {
        let name = trial.subject.name();
        let outcome = attempt(&runtime, &ledger, *trial);
        let failed = outcome.is_err();
        let sent = send.send(outcome.map_err(|source| CampaignError::Lab { name, source }));
        if failed || sent.is_err() {
            next.store(trials.len(), Ordering::Relaxed);
        }
    }
    Ok(())
}

fn attempt(runtime: &Runtime, ledger: &Ledger, trial: Trial) -> Result<Outcome, LabError> {
    runtime.block_on(async {
        match trial.subject {
            Subject::Defect(defect) => defective(&defect, ledger, trial).await,
            Subject::Odd(odd) => right(&odd, ledger, trial).await,
        }
    })
}

async fn defective(defect: &Defect, ledger: &Ledger, trial: Trial) -> Result<Outcome, LabError> {
    let level = level(defect, ledger);
    let opinion = try_server(&defect.start().await?, ledger, trial.method).await?;
    // The first complaint may be of a SHOULD where the defect is of a MUST.
    let cut_off = trial.method.cut_short && !opinion.kills(level);
    let opinion = if cut_off {
        let whole = Method { cut_short: false, ..trial.method };
        try_server(&defect.start().await?, ledger, whole).await?
    } else {
        opinion
    };
    Ok(Outcome { trial, good: opinion.kills(level), opinion })
}

/// Also looks at what others have, before and after.
async fn right(odd: &Odd, ledger: &Ledger, trial: Trial) -> Result<Outcome, LabError> {
    let server = odd.start().await?;
    let before = everything(&server).await;
    let mut opinion =
        try_server(&server, ledger, Method { cut_short: false, ..trial.method }).await?;
    if everything(&server).await != before {
        opinion.reasons.push(String::from("the agents in the projects are not what they were"));
    }
    // `reasons` also has what cannot be judged of any server.
    let good = opinion.conformant
        && opinion.complaints.is_empty()
        && opinion.reasons.is_empty()
        && opinion.leftovers == 0;
    Ok(Outcome { trial, good, opinion })
}
