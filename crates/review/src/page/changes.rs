//! What changed since the last release.

use super::Page;
use super::html::{code, escaped, inline};
use crate::review::{Finding, Review};

impl Page<'_> {
    /// All changes and the version that follows.
    pub(super) fn changes(&self) -> String {
        let content = match self.input.since {
            None => "<p>There is no release to compare with.</p>".to_owned(),
            Some(review) if review.findings.is_empty() => {
                format!("<p>Nothing since {}.</p>", version(review))
            }
            Some(review) => format!(
                "<p>Since {}: {} changes, which ask for a {} version.</p><ul class=\"changes\">{}</ul>",
                version(review),
                review.findings.len(),
                review.bump.name(),
                review
                    .findings
                    .iter()
                    .map(|finding| entry(finding, &operations(finding)))
                    .collect::<String>()
            ),
        };
        format!(
            "<section id=\"changes\" class=\"chapter\"><h2><a href=\"#changes\">Changes</a></h2>{content}</section>\n"
        )
    }

    /// The changes that one operation feels.
    pub(super) fn changes_of(&self, operation: &str) -> String {
        let findings =
            self.input.since.map(|review| review.findings.as_slice()).unwrap_or_default();
        let own = findings
            .iter()
            .filter(|finding| finding.operations.iter().any(|name| name == operation));
        let entries: String = own.map(|finding| entry(finding, "")).collect();
        if entries.is_empty() {
            return String::new();
        }
        format!("<h3>Changed since the last release</h3><ul class=\"changes\">{entries}</ul>")
    }
}

fn version(review: &Review) -> String {
    escaped(review.versions.base.as_deref().unwrap_or("the last release"))
}

fn operations(finding: &Finding) -> String {
    format!("<small>{}</small>", escaped(&finding.operations.join(", ")).replace('/', "/<wbr>"))
}

fn entry(finding: &Finding, operations: &str) -> String {
    let witness = finding.witness.as_ref().map(|witness| {
        let answer = witness.message.response.as_ref().and_then(|response| response.body.as_ref());
        let answer = answer.map(|body| format!("\n{body}")).unwrap_or_default();
        format!(
            "<details><summary>{}</summary>{}</details>",
            inline(&witness.why),
            code(&(witness.curl.clone() + &answer))
        )
    });
    let level = finding.level.name();
    format!(
        "<li><b class=\"level l-{level}\">{level}</b> {}{operations}{}</li>",
        inline(&finding.text),
        witness.unwrap_or_default(),
    )
}
