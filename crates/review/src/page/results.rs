//! The last results of implementations, from the JSON reports of the conformance suite.

use std::collections::BTreeMap;

use cluster_agents_codegen::ledger::Requirement;
use serde::Deserialize;

use super::html::escaped;

/// What one implementation reached.
#[derive(Debug)]
pub struct Results {
    /// What the implementation is called on the page.
    pub name: String,
    report: Report,
}

/// The part of a report that is shown. What the target is called and where it is stays out.
#[derive(Debug, Deserialize)]
struct Report {
    verdict: String,
    seed: u64,
    counts: BTreeMap<String, u64>,
    requirements: Vec<ResultOf>,
}

/// What came of one requirement.
#[derive(Debug, Deserialize)]
pub(super) struct ResultOf {
    id: String,
    pub(super) verdict: String,
    pub(super) message: String,
}

impl Results {
    /// Reads a report that `cargo xtask conformance --report json=…` wrote.
    ///
    /// # Errors
    ///
    /// The text is no such report.
    pub fn parse(name: &str, text: &str) -> Result<Self, serde_json::Error> {
        Ok(Self { name: name.to_owned(), report: serde_json::from_str(text)? })
    }

    pub(super) fn of(&self, id: &str) -> Option<&ResultOf> {
        self.report.requirements.iter().find(|result| result.id == id)
    }
}

pub(super) fn summary(results: &[Results], requirements: &[Requirement]) -> String {
    let rows = results.iter().map(|results| {
        let known = requirements.iter().filter(|one| results.of(&one.id).is_some()).count();
        let counts = results.report.counts.iter().filter(|(_, count)| **count > 0);
        let counts: Vec<_> = counts.map(|(verdict, count)| format!("{count} {verdict}")).collect();
        format!(
            "<tr><th>{}</th><td class=\"verdict v-{verdict}\">{verdict}</td><td>{}<div class=\"why\">{known} of {} judged, seed {}</div></td></tr>",
            escaped(&results.name),
            escaped(&counts.join(", ")),
            requirements.len(),
            results.report.seed,
            verdict = escaped(&results.report.verdict),
        )
    });
    let rows: String = rows.collect();
    let content = if rows.is_empty() {
        "<p>No report of an implementation was given.</p>".to_owned()
    } else {
        format!(
            "<div class=\"wide\"><table><thead><tr><th>Implementation</th><th>Verdict</th><th>Requirements</th></tr></thead><tbody>{rows}</tbody></table></div>"
        )
    };
    format!(
        "<section id=\"results\" class=\"chapter\"><h2><a href=\"#results\">Results</a></h2>{content}</section>\n"
    )
}
