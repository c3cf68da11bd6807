//! What a run has found, for people and for machines: one file per format.

mod badge;
mod html;
mod json;
mod junit;
mod lines;
mod markdown;
mod sarif;
#[cfg(test)]
mod secrets;
mod terminal;
#[cfg(test)]
mod tests;
mod words;

use std::io;
use std::path::Path;

use crate::error::Error;
use crate::plan::Plan;
use crate::repro::Reproduction;
use crate::runner::Transcript;
use crate::settings::ReadOnly;
use crate::target::Target;
use crate::vault::Leak;
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
    /// One page that needs no network.
    Html,
}

impl Format {
    /// All formats with their names.
    const ALL: [(&str, Self); 6] = [
        ("json", Self::Json),
        ("junit", Self::Junit),
        ("sarif", Self::Sarif),
        ("markdown", Self::Markdown),
        ("badge", Self::Badge),
        ("html", Self::Html),
    ];

    /// All names, for messages.
    pub const NAMES: &str = "json, junit, sarif, markdown, badge, html";

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
    /// The folder in which each broken requirement has one, if there is one.
    pub artifacts: Option<&'r Path>,
}

/// Looks whether a report can be written, before the run that it is about.
///
/// # Errors
///
/// A file that cannot be opened. It is left as it was, and empty if it is new.
pub fn prepare(path: &Path) -> Result<(), Error> {
    std::fs::OpenOptions::new().create(true).append(true).open(path).map(drop).map_err(failed(path))
}

/// Makes a folder for files, before the run that they are about.
///
/// # Errors
///
/// A folder that cannot be made.
pub fn prepare_folder(path: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(path).map_err(failed(path))
}

fn failed(path: &Path) -> impl Fn(io::Error) -> Error {
    let path = path.display().to_string();
    move |source| Error::Report { path: path.clone(), source }
}

/// A secret that was about to be written, in a sentence.
fn fault(place: &str, leak: &Leak) -> String {
    format!("the report {place} had {} in it ({}); it was taken out", leak.label, leak.encoding)
}

impl Report<'_> {
    /// Writes the report into a file. Tells which secrets had to be taken out of it, each a fault of
    /// the suite.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub fn save(&self, format: Format, path: &Path) -> Result<Vec<String>, Error> {
        self.write(path, &self.render(format))
    }

    /// Writes a folder with a transcript, a shell script and a Hurl file for each broken
    /// requirement. Tells which secrets had to be taken out.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub fn save_artifacts(&self) -> Result<Vec<String>, Error> {
        let Some(folder) = self.artifacts else { return Ok(Vec::new()) };
        let mut faults = Vec::new();
        for judged in self.judgement.requirements.iter().filter(|it| words::is_broken(it.verdict)) {
            let Some(reproduction) = Reproduction::of(judged, self.plan) else { continue };
            let folder = folder.join(judged.requirement.id.as_str());
            prepare_folder(&folder)?;
            for (name, text) in reproduction.files() {
                faults.extend(self.write(&folder.join(name), &text)?);
            }
        }
        Ok(faults)
    }

    /// Nothing is written that was not searched for every secret of the run.
    fn write(&self, path: &Path, text: &str) -> Result<Vec<String>, Error> {
        let (clean, leaks) = self.transcript.vault.scrub(text);
        std::fs::write(path, clean).map_err(failed(path))?;
        Ok(leaks.iter().map(|leak| fault(&path.display().to_string(), leak)).collect())
    }

    /// The report in a format, with a line end.
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Json => json::render(self),
            Format::Junit => junit::render(self),
            Format::Sarif => sarif::render(self),
            Format::Markdown => markdown::render(self),
            Format::Badge => badge::render(self),
            Format::Html => html::render(self),
        }
    }

    /// Prints the report for people. Tells which secrets had to be taken out of it.
    ///
    /// # Errors
    ///
    /// What `out` says.
    pub fn print(&self, out: &mut dyn io::Write, style: Style) -> io::Result<Vec<String>> {
        let mut text = Vec::new();
        terminal::print(self, &mut text, style)?;
        let (clean, leaks) = self.transcript.vault.scrub(&String::from_utf8_lossy(&text));
        out.write_all(clean.as_bytes())?;
        Ok(leaks.iter().map(|leak| fault("on the terminal", leak)).collect())
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
        if let Some(ReadOnly { agent }) = self.plan.read_only {
            arguments.push_str(" --read-only");
            arguments.extend(agent.map(|id| format!(" --agent-id {id}")));
        }
        if self.plan.reruns != crate::settings::DEFAULT_RERUNS {
            arguments.push_str(&format!(" --reruns {}", self.plan.reruns));
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
