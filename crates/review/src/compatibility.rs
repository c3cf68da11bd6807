//! Three kinds of compatibility, each by experiment, one row per operation.
//!
//! - **source**: does a program that calls the client still compile? The client and its types are
//!   generated from both documents, and what others see of them is compared ([`source`]).
//! - **wire**: do messages still get through? The witnesses of the review show those that do not.
//! - **semantic**: does the server still do what was promised? The requirements of the base's ledger
//!   are looked up in a report of the conformance suite on an implementation of the revision.

pub mod source;

use std::collections::BTreeMap;

use cluster_agents_codegen::ledger::{Level as Binding, Requirement};
use serde::{Deserialize, Serialize};

use crate::catalogue::Level;
use crate::diff::operations;
use crate::review::Review;
use crate::spec::Spec;
use crate::trace::elements::operation_name;
use crate::witness::Grade;
use source::Surfaces;

/// What came of one experiment on one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Nothing breaks.
    Kept,
    /// The experiment could not be made.
    Unknown,
    /// A rule says that something may break; nothing shows it.
    Possible,
    /// Something breaks.
    Broken,
}

/// One cell of the table.
#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    /// What came of it.
    pub outcome: Outcome,
    /// What breaks, or why it is not known.
    pub why: Vec<String>,
}

impl Cell {
    fn kept() -> Self {
        Self { outcome: Outcome::Kept, why: Vec::new() }
    }

    fn unknown(why: &str) -> Self {
        Self { outcome: Outcome::Unknown, why: vec![why.to_owned()] }
    }
}

/// One operation of the base.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its `operationId`, or method and path.
    pub operation: String,
    /// Programs that call it.
    pub source: Cell,
    /// Messages.
    pub wire: Cell,
    /// What it does.
    pub semantic: Cell,
}

/// The table.
#[derive(Debug, Clone, Serialize)]
pub struct Compatibility {
    /// The name of the base.
    pub base: String,
    /// The name of the revision.
    pub revision: String,
    /// One row per operation of the base.
    pub rows: Vec<Row>,
}

/// The part of a report of the conformance suite that is needed here.
#[derive(Debug, Deserialize)]
pub struct Results {
    requirements: Vec<ResultOf>,
}

#[derive(Debug, Deserialize)]
struct ResultOf {
    id: String,
    verdict: String,
    message: String,
}

/// What the three experiments are made with.
#[derive(Debug, Clone, Copy)]
pub struct Experiments<'e> {
    /// The comparison of both documents.
    pub review: &'e Review,
    /// What is generated from both; why not, if a generator refuses one of them.
    pub surfaces: Result<&'e Surfaces, &'e str>,
    /// The requirements of the base.
    pub requirements: &'e [Requirement],
    /// The report on an implementation of the revision.
    pub results: Option<&'e Results>,
}

impl Compatibility {
    /// The table for all operations of the base.
    pub fn of(base: &Spec, experiments: Experiments<'_>) -> Self {
        let rows = operations::all(&base.root()).into_iter().map(|operation| {
            let id = operation_name(&operation);
            Row {
                source: experiments.source(&id),
                wire: experiments.wire(&operation.name()),
                semantic: experiments.semantic(&id),
                operation: id,
            }
        });
        let (base, revision) = (&experiments.review.base, &experiments.review.revision);
        Self { base: base.clone(), revision: revision.clone(), rows: rows.collect() }
    }

    /// Whether anything breaks.
    pub fn is_broken(&self) -> bool {
        self.rows.iter().any(|row| {
            [&row.source, &row.wire, &row.semantic]
                .iter()
                .any(|cell| cell.outcome == Outcome::Broken)
        })
    }
}

impl Experiments<'_> {
    fn source(&self, operation: &str) -> Cell {
        match self.surfaces {
            Err(why) => Cell::unknown(why),
            Ok(surfaces) => {
                let why = surfaces.breaks(operation);
                let outcome = if why.is_empty() { Outcome::Kept } else { Outcome::Broken };
                Cell { outcome, why }
            }
        }
    }

    fn wire(&self, operation: &str) -> Cell {
        let shape = operations::shape(operation);
        let is_here = |name: &String| operations::shape(name) == shape;
        let findings = self.review.findings.iter();
        let breaks = findings.filter(|finding| {
            finding.level == Level::Err && finding.operations.iter().any(is_here)
        });
        let mut cell = Cell::kept();
        for finding in breaks {
            let outcome = match finding.grade {
                Some(Grade::Confirmed) => Outcome::Broken,
                _ => Outcome::Possible,
            };
            cell.outcome = cell.outcome.max(outcome);
            let shown = finding.witness.as_ref().map(|witness| format!(": {}", witness.curl));
            cell.why.push(finding.text.clone() + &shown.unwrap_or_default());
        }
        cell
    }

    /// A requirement that nobody judged is not known to hold; one that is broken and binding breaks.
    fn semantic(&self, operation: &str) -> Cell {
        let Some(results) = self.results else {
            return Cell::unknown("there is no report on an implementation of the revision");
        };
        let results: BTreeMap<_, _> =
            results.requirements.iter().map(|r| (r.id.as_str(), r)).collect();
        let mut cell = Cell::kept();
        let own =
            self.requirements.iter().filter(|one| one.operations.iter().any(|o| o == operation));
        for requirement in own.filter(|requirement| requirement.level != Binding::May) {
            let (outcome, why) = match results.get(requirement.id.as_str()) {
                None => (Outcome::Broken, "it is required no more".to_owned()),
                Some(result) => match result.verdict.as_str() {
                    "fail" => (Outcome::Broken, result.message.clone()),
                    "warn" => (Outcome::Possible, result.message.clone()),
                    "skip" | "untestable" | "error" => (Outcome::Unknown, result.message.clone()),
                    _ => continue,
                },
            };
            cell.outcome = cell.outcome.max(outcome);
            cell.why.push(format!("{}: {why}", requirement.id));
        }
        cell
    }
}

/// The table as text, and below it what breaks.
pub fn render(table: &Compatibility) -> String {
    let name = |cell: &Cell| match cell.outcome {
        Outcome::Kept => "kept",
        Outcome::Unknown => "unknown",
        Outcome::Possible => "possibly broken",
        Outcome::Broken => "broken",
    };
    let width = table.rows.iter().map(|row| row.operation.len()).max().unwrap_or(0).max(9);
    let mut out = format!("{:<width$}  {:<15}  {:<15}  semantic\n", "operation", "source", "wire");
    for row in &table.rows {
        let (source, wire, semantic) = (name(&row.source), name(&row.wire), name(&row.semantic));
        out += &format!("{:<width$}  {source:<15}  {wire:<15}  {semantic}\n", row.operation);
    }
    for row in &table.rows {
        for (kind, cell) in
            [("source", &row.source), ("wire", &row.wire), ("semantic", &row.semantic)]
        {
            if cell.outcome != Outcome::Kept {
                out += &format!("\n{} ({kind}: {})\n", row.operation, name(cell));
                out.extend(cell.why.iter().map(|why| format!("  {}\n", shortened(why))));
            }
        }
    }
    out
}

/// A line of at most 200 characters.
fn shortened(text: &str) -> String {
    if text.chars().count() <= 200 {
        return text.to_owned();
    }
    text.chars().take(199).chain(['…']).collect()
}
