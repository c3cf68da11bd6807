//! Puts one server before the suite, and tells what the suite said.

use std::cell::Cell;
use std::time::{Duration, Instant};

use cluster_agents_conformance::generated::RequirementId;
use cluster_agents_conformance::ledger::Level;
use cluster_agents_conformance::runner::{Event, Transcript};
use cluster_agents_conformance::settings::Given;
use cluster_agents_conformance::verdict::{Judged, Judgement, RunVerdict, Verdict};
use cluster_agents_conformance::{Error, Ledger, Plan, Settings, judge, run};
use serde::Serialize;
use tokio::sync::Notify;

use crate::server::{Server, ServerError};
use crate::target::target;

/// How a trial is made.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// The seed of the suite.
    pub seed: u64,
    /// Whether it ends as soon as the suite has something to complain of.
    pub cut_short: bool,
}

/// What the suite said of one server.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Opinion {
    /// The requirements that it saw broken, in the order of the ledger.
    pub complaints: Vec<Complaint>,
    /// Whether its verdict is that the server is conformant.
    pub conformant: bool,
    /// Why there is no verdict, or why it is not what it could be.
    pub reasons: Vec<String>,
    /// What was left behind.
    pub leftovers: usize,
    /// How many requests the server got until the first complaint, or else to the end.
    pub requests: u64,
    /// How long that took, in milliseconds.
    pub millis: u64,
}

/// A requirement that was seen broken.
#[derive(Clone, Debug, Serialize)]
pub struct Complaint {
    /// The requirement.
    pub requirement: &'static str,
    /// Whether it is a MUST.
    pub must: bool,
    /// The check that saw it.
    pub check: &'static str,
    /// What should have happened.
    pub expected: String,
    /// What happened.
    pub got: String,
    /// The request that showed it, as a command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

/// Why a trial could not be made.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// The server could not be started.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// The suite cannot be used.
    #[error(transparent)]
    Suite(#[from] Error),
}

/// What happens while the suite is at work.
struct Watch {
    started: Instant,
    first: Cell<Option<(Duration, u64)>>,
    complained: Notify,
}

/// Puts a server before the suite.
///
/// # Errors
///
/// The suite itself cannot be used. A server that it cannot talk to is an opinion without complaint.
pub async fn try_server(
    server: &Server,
    ledger: &Ledger,
    method: Method,
) -> Result<Opinion, LabError> {
    let given = Given { seed: Some(method.seed), ..Given::default() };
    let settings = Settings::resolve(&given, &|_| None)?;
    let target = target(server.base_url())?;
    let plan = Plan::build(ledger, &settings, &target);
    let watch =
        Watch { started: Instant::now(), first: Cell::new(None), complained: Notify::new() };
    let events = |event: Event<'_>| watch.see(event, server);
    let interrupt = async {
        watch.complained.notified().await;
        if !method.cut_short {
            std::future::pending::<()>().await;
        }
    };
    let transcript = match run(ledger, &plan, &target, &events, interrupt).await {
        Ok(transcript) => transcript,
        Err(error) => return Ok(watch.without_verdict(&error, server)),
    };
    Ok(watch.opinion(&judge(ledger, &plan, &transcript), &transcript, server))
}

impl Watch {
    fn see(&self, event: Event<'_>, server: &Server) {
        let Event::Finished { failures: 1.., .. } = event else { return };
        if self.first.get().is_none() {
            self.first.set(Some((self.started.elapsed(), server.requests())));
        }
        self.complained.notify_one();
    }

    fn costs(&self, server: &Server) -> (u64, u64) {
        let (took, requests) =
            self.first.get().unwrap_or((self.started.elapsed(), server.requests()));
        (requests, u64::try_from(took.as_millis()).unwrap_or(u64::MAX))
    }

    fn without_verdict(&self, error: &Error, server: &Server) -> Opinion {
        let (requests, millis) = self.costs(server);
        Opinion { reasons: vec![error.to_string()], requests, millis, ..Opinion::default() }
    }

    fn opinion(
        &self,
        judgement: &Judgement<'_>,
        transcript: &Transcript,
        server: &Server,
    ) -> Opinion {
        let (requests, millis) = self.costs(server);
        let not_clean =
            |judged: &&Judged<'_>| matches!(judged.verdict, Verdict::Untestable | Verdict::Error);
        let unclear = judgement.requirements.iter().filter(not_clean);
        let mut reasons = judgement.reasons.clone();
        reasons.extend(unclear.map(|judged| {
            format!("{} {}: {}", judged.verdict.as_str(), judged.requirement.id, judged.message)
        }));
        Opinion {
            complaints: judgement.requirements.iter().filter_map(complaint).collect(),
            conformant: judgement.verdict == RunVerdict::Conformant,
            reasons,
            leftovers: transcript.leftovers.len(),
            requests,
            millis,
        }
    }
}

fn complaint(judged: &Judged<'_>) -> Option<Complaint> {
    let must = match judged.verdict {
        Verdict::Fail => true,
        Verdict::Warn => false,
        _ => return None,
    };
    let finding = judged.findings.first();
    let told = |part: fn(&_) -> &String| finding.map(|finding| part(finding).clone());
    Some(Complaint {
        requirement: judged.requirement.id.as_str(),
        must,
        check: finding.map_or("", |finding| finding.check),
        expected: told(|finding: &cluster_agents_conformance::finding::Finding| &finding.expected)
            .unwrap_or_default(),
        got: told(|finding| &finding.got).unwrap_or_default(),
        request: finding
            .and_then(|finding| finding.exchange.as_ref())
            .map(|seen| seen.curl.clone()),
    })
}

impl Opinion {
    /// Whether the suite caught a defect of this level. A broken MUST has to be called one.
    #[must_use]
    pub fn kills(&self, level: Level) -> bool {
        match level {
            Level::Must => self.complaints.iter().any(|complaint| complaint.must),
            Level::Should | Level::May => !self.complaints.is_empty(),
        }
    }

    /// Whether the requirement that should catch it did.
    #[must_use]
    pub fn names(&self, requirement: RequirementId) -> bool {
        self.complaints.iter().any(|complaint| complaint.requirement == requirement.as_str())
    }
}
