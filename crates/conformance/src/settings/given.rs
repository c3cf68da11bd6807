//! What was said, before anybody asks what it means.

use std::path::PathBuf;

/// What was said on the command line, as it was said. Flags win over the environment, and that over
/// a file.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// `--base-url`
    pub base_url: Option<String>,
    /// `--project`
    pub project: Option<String>,
    /// `--second-project`
    pub second_project: Option<String>,
    /// `--public-project`
    pub public_project: Option<String>,
    /// `--archived-project`
    pub archived_project: Option<String>,
    /// `--against`
    pub against: Option<String>,
    /// `--seed`
    pub seed: Option<u64>,
    /// `--cases`
    pub cases: Option<u32>,
    /// `--only`
    pub only: Vec<String>,
    /// `--report`
    pub reports: Vec<String>,
    /// `--strict`
    pub strict: bool,
    /// `--reruns`
    pub reruns: Option<u32>,
    /// `--artifacts`
    pub artifacts: Option<PathBuf>,
    /// `--expect`
    pub expect: Option<PathBuf>,
    /// `--read-only`
    pub read_only: bool,
    /// `--agent-id`
    pub agent_id: Option<u64>,
    /// `--yes`
    pub yes: bool,
    /// `--journal`
    pub journal: Option<PathBuf>,
    /// `--max-rps`
    pub max_rps: Option<u32>,
    /// `--concurrency`
    pub concurrency: Option<u32>,
    /// `--max-requests`
    pub max_requests: Option<u64>,
    /// `--timeout`
    pub timeout: Option<String>,
    /// `--max-time`
    pub max_time: Option<String>,
    /// `--ca-cert`
    pub ca_cert: Option<PathBuf>,
}

impl Given {
    /// Fills what was not said from another place. The target is left to whoever asks the
    /// environment, too.
    pub(super) fn or(self, other: Self) -> Self {
        let first = |one: Vec<String>, two| if one.is_empty() { two } else { one };
        Self {
            seed: self.seed.or(other.seed),
            cases: self.cases.or(other.cases),
            only: first(self.only, other.only),
            reports: first(self.reports, other.reports),
            strict: self.strict || other.strict,
            reruns: self.reruns.or(other.reruns),
            artifacts: self.artifacts.or(other.artifacts),
            expect: self.expect.or(other.expect),
            read_only: self.read_only || other.read_only,
            agent_id: self.agent_id.or(other.agent_id),
            yes: self.yes || other.yes,
            journal: self.journal.or(other.journal),
            max_rps: self.max_rps.or(other.max_rps),
            concurrency: self.concurrency.or(other.concurrency),
            max_requests: self.max_requests.or(other.max_requests),
            timeout: self.timeout.or(other.timeout),
            max_time: self.max_time.or(other.max_time),
            ca_cert: self.ca_cert.or(other.ca_cert),
            ..self
        }
    }
}
