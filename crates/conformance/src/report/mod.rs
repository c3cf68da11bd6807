//! What a run has found, for people and for machines: one file per format.

mod badge;
mod json;
mod junit;
mod lines;
mod markdown;
mod sarif;
mod terminal;
#[cfg(test)]
mod tests;
mod words;

use std::io;
use std::path::Path;

use crate::error::Error;
use crate::plan::Plan;
use crate::runner::Transcript;
use crate::target::Target;
use crate::verdict::Judgement;

pub use terminal::Style;

/// What the JSON report looks like, as a JSON Schema. Keys are added to it, never changed.
pub const SCHEMA: &str = include_str!("../../schema/report.schema.json");

/// A format that a report can be written in, beside the one on the terminal.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    /// One JSON object, as [`SCHEMA`] describes it.
    Json,
    /// JUnit XML with a case for each requirement.
    Junit,
    /// SARIF 2.1.0, located in the document and the ledger.
    Sarif,
    /// A comment for a merge request.
    Markdown,
    /// The verdict for an endpoint badge of shields.io.
    Badge,
}

impl Format {
    /// All formats with their names.
    const ALL: [(&str, Self); 5] = [
        ("json", Self::Json),
        ("junit", Self::Junit),
        ("sarif", Self::Sarif),
        ("markdown", Self::Markdown),
        ("badge", Self::Badge),
    ];

    /// All names, for messages.
    pub const NAMES: &str = "json, junit, sarif, markdown, badge";

    /// The format of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
    }
}

/// Everything that a report is made of.
#[derive(Clone, Copy, Debug)]
pub struct Report<'r> {
    /// What was asked for.
    pub plan: &'r Plan,
    /// What was tested.
    pub target: &'r Target,
    /// Whether the target is the reference that comes with the suite.
    pub is_reference: bool,
    /// What was seen.
    pub transcript: &'r Transcript,
    /// What follows from it.
    pub judgement: &'r Judgement<'r>,
}

/// Looks whether a report can be written, before the run that it is about.
///
/// # Errors
///
/// A file that cannot be opened. It is left as it was, and empty if it is new.
pub fn prepare(path: &Path) -> Result<(), Error> {
    let fail = |source: io::Error| Error::Report { path: path.display().to_string(), source };
    std::fs::OpenOptions::new().create(true).append(true).open(path).map(drop).map_err(fail)
}

impl Report<'_> {
    /// Writes the report into a file.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub fn save(&self, format: Format, path: &Path) -> Result<(), Error> {
        let text = self.render(format);
        let fail = |source: io::Error| Error::Report { path: path.display().to_string(), source };
        std::fs::write(path, text).map_err(fail)
    }

    /// The report in a format, with a line end.
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Json => json::render(self),
            Format::Junit => junit::render(self),
            Format::Sarif => sarif::render(self),
            Format::Markdown => markdown::render(self),
            Format::Badge => badge::render(self),
        }
    }

    /// Prints the report for people.
    ///
    /// # Errors
    ///
    /// What `out` says.
    pub fn print(&self, out: &mut dyn io::Write, style: Style) -> io::Result<()> {
        terminal::print(self, out, style)
    }

    /// The arguments that repeat the run, or a part of it. Tokens come from the environment.
    fn arguments(&self, only: &[&str]) -> String {
        let mut arguments = format!("--seed {}", self.plan.seed);
        if self.plan.cases != crate::settings::DEFAULT_CASES {
            arguments.push_str(&format!(" --cases {}", self.plan.cases));
        }
        if self.plan.strict {
            arguments.push_str(" --strict");
        }
        if !self.is_reference {
            arguments.push_str(&self.target_arguments());
        }
        if !only.is_empty() {
            arguments.push_str(&format!(" --only {}", only.join(" ")));
        }
        arguments
    }

    fn target_arguments(&self) -> String {
        let target = self.target;
        let mut arguments = format!(" --base-url {} --project {}", target.base_url, target.project);
        let others = [
            ("--second-project", &target.second_project),
            ("--public-project", &target.public_project),
            ("--archived-project", &target.archived_project),
        ];
        for (flag, project) in others {
            if let Some(project) = project {
                arguments.push_str(&format!(" {flag} {project}"));
            }
        }
        arguments
    }

    /// The ids that the run was restricted to.
    fn only(&self) -> Vec<&'static str> {
        let ids = self.plan.requirements.iter().map(|id| id.as_str());
        ids.filter(|_| self.plan.is_partial).collect()
    }
}
