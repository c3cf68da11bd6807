//! Breaks that are meant: each with a reason, an owner and an end.

use serde::Deserialize;

use crate::review::{Finding, Review};

/// The approvals of a project, as in `openapi/approvals.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approvals {
    #[serde(default, rename = "approval")]
    list: Vec<Approval>,
}

/// One break that somebody answers for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Approval {
    id: String,
    /// One of the affected operations; absent for the document as a whole.
    operation: Option<String>,
    fingerprint: String,
    reason: String,
    owner: String,
    /// The last day, like `2026-01-31`.
    until: String,
}

impl Approval {
    fn name(&self) -> String {
        format!("approval of {} ({})", self.id, self.fingerprint)
    }

    fn covers(&self, finding: &Finding) -> bool {
        let of_operation = match &self.operation {
            Some(operation) => finding.operations.contains(operation),
            None => finding.operations.is_empty(),
        };
        finding.id == self.id && finding.fingerprint == self.fingerprint && of_operation
    }

    /// What is wrong with it by itself on that day.
    fn flaw(&self, today: &str) -> Option<String> {
        let is_date = self.until.len() == 10 && self.until.split('-').count() == 3;
        let empty = [("reason", &self.reason), ("owner", &self.owner)];
        let empty = empty.iter().find(|(_, text)| text.trim().is_empty());
        match empty {
            Some((what, _)) => Some(format!("{} has no {what}", self.name())),
            None if !is_date => Some(format!("{}: `until` is no date", self.name())),
            None if self.until.as_str() < today => {
                Some(format!("{} expired on {}", self.name(), self.until))
            }
            None => None,
        }
    }
}

impl Approvals {
    /// Reads approvals.
    ///
    /// # Errors
    ///
    /// The text is no TOML of this form.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// Marks the findings that are approved; gives back what is wrong with the approvals: without
    /// reason or owner, expired, or used by nothing.
    pub fn apply(&self, review: &mut Review, today: &str) -> Vec<String> {
        let mut flaws = Vec::new();
        for approval in &self.list {
            if let Some(flaw) = approval.flaw(today) {
                flaws.push(flaw);
            } else if !review.findings.iter().any(|finding| approval.covers(finding)) {
                flaws.push(format!("{} is used by nothing", approval.name()));
            }
        }
        for finding in &mut review.findings {
            finding.approved = self.whole(finding, today);
        }
        flaws
    }

    /// Reason and owner of the approvals of a finding, if they are good for all its operations.
    fn whole(&self, finding: &Finding, today: &str) -> Option<String> {
        let good = self.list.iter().filter(|a| a.flaw(today).is_none() && a.covers(finding));
        let good: Vec<_> = good.collect();
        let is_approved = |operation| good.iter().any(|a| a.operation.as_ref() == Some(operation));
        let first = good.first()?;
        let all = finding.operations.iter().all(is_approved);
        all.then(|| format!("{} ({})", first.reason, first.owner))
    }
}
