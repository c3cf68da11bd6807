//! What the table of keys cannot say of a ledger.

use serde_json::Value;

use crate::document::Document;
use crate::document::json::{list, text, texts};
use crate::document::pointer;
use crate::document::source::Source;
use crate::finding::Finding;

/// A ledger of the right shape beside its document.
pub(super) struct Review<'a> {
    pub(super) source: &'a Source,
    pub(super) document: &'a Document,
}

impl Review<'_> {
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut findings: Vec<_> = self.version().into_iter().collect();
        let mut ids = Vec::new();
        for (index, requirement) in list(self.source.json(), "requirements").enumerate() {
            let at = format!("/requirements/{index}");
            let id = text(requirement, "id").to_owned();
            findings.extend(self.id(&at, &id, &ids));
            findings.extend(self.operations(&at, requirement));
            findings.extend(self.sentences(&at, requirement));
            findings.extend(self.statuses(&at, requirement));
            ids.push(id);
        }
        findings
    }

    fn version(&self) -> Option<Finding> {
        let version = self.source.at("/version");
        let message = format!("version {version} of the ledger is not known");
        let unknown =
            || self.source.finding("ledger-version", "/version", message, "Write `version: 1`.");
        (version.as_u64() != Some(1)).then(unknown)
    }

    fn id(&self, at: &str, id: &str, taken: &[String]) -> Option<Finding> {
        let at = pointer::join(at, "id");
        if !is_kebab(id) {
            let help = "Write small letters and digits, in words joined by `-`.";
            return Some(self.source.finding(
                "requirement-id",
                &at,
                format!("`{id}` is not in kebab case"),
                help,
            ));
        }
        let help = "Ids are for ever and for one requirement each; take another.";
        let clash = || self.source.finding("requirement-id", &at, format!("`{id}` is taken"), help);
        taken.iter().any(|other| other == id).then(clash)
    }

    fn operations(&self, at: &str, requirement: &Value) -> Vec<Finding> {
        let at = pointer::join(at, "operations");
        let named: Vec<_> = texts(requirement, "operations").collect();
        if named == ["all"] {
            return Vec::new();
        }
        let known: Vec<_> =
            self.document.operations().iter().map(|operation| operation.id.as_str()).collect();
        let help = format!("Write `[all]`, or some of: {}.", known.join(", "));
        let finding =
            |at: &str, message| self.source.finding("requirement-operation", at, message, &*help);
        if named.is_empty() {
            return vec![finding(&at, "the requirement is about no operation".to_owned())];
        }
        let unknown = named.iter().enumerate().filter(|(_, id)| !known.contains(id));
        let finding = |(index, id): (usize, &&str)| {
            finding(&pointer::join(&at, index.to_string()), format!("there is no operation `{id}`"))
        };
        unknown.map(finding).collect()
    }

    fn sentences(&self, at: &str, requirement: &Value) -> Vec<Finding> {
        let empty =
            ["statement", "why"].into_iter().filter(|key| text(requirement, key).is_empty());
        let finding = |key| {
            let message = format!("`{key}` is empty");
            self.source.finding(
                "requirement-text",
                &pointer::join(at, key),
                message,
                "Write one sentence.",
            )
        };
        empty.map(finding).collect()
    }

    fn statuses(&self, at: &str, requirement: &Value) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (outcome, accepted) in list(requirement, "accepts").enumerate() {
            for (index, status) in list(accepted, "status").enumerate() {
                if !status.as_u64().is_some_and(|status| (200..600).contains(&status)) {
                    let at = format!("{at}/accepts/{outcome}/status/{index}");
                    let message = format!("{status} is not the status of an answer");
                    let help = "Write a number from 200 to 599.";
                    findings.push(self.source.finding("requirement-status", &at, message, help));
                }
            }
        }
        findings
    }
}

fn is_kebab(id: &str) -> bool {
    let letters = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    id.starts_with(|first: char| first.is_ascii_lowercase())
        && id.split('-').all(|word| !word.is_empty() && letters(word))
}
