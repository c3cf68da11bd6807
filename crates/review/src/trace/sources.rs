//! The reviewed file that says where elements come from, and what was decided on contradictions.

use cluster_agents_codegen::Findings;
use cluster_agents_codegen::document::source::{Limits, Source};
use serde::Deserialize;

/// What the documentation says, by section, and what it does not say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    /// The sections of the documentation.
    pub sections: Vec<Section>,
    /// Elements that the documentation does not have.
    #[serde(default)]
    pub inferred: Vec<Inferred>,
    /// What was decided where sources are at odds.
    #[serde(default)]
    pub decisions: Vec<Decision>,
}

/// A section of the documentation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// The attributes in its table of what is sent.
    #[serde(default)]
    pub request: Vec<String>,
    /// The attributes in its table of what is answered.
    #[serde(default)]
    pub response: Vec<String>,
    /// Its sentences.
    #[serde(default)]
    pub sentences: Vec<Sentence>,
}

/// A sentence of the documentation, known by its hash.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// Twelve hexadecimal digits of its SHA-256.
    pub hash: String,
    /// Elements and requirements that say the same; `*` stands for any text.
    #[serde(default)]
    pub covers: Vec<String>,
    /// Why nothing needs to, if `covers` is empty.
    #[serde(default)]
    pub note: String,
    /// What it is at odds with, if with anything.
    pub conflict: Option<String>,
}

/// What was decided on contradictions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Keys of contradictions; `*` stands for any text.
    pub on: Vec<String>,
    /// What was decided, and why.
    pub decision: String,
}

/// Elements that the documentation does not have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inferred {
    /// Names of elements; `*` stands for any text.
    pub elements: Vec<String>,
    /// What they are from instead.
    pub because: String,
}

/// Why a file of sources cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SourcesError {
    /// It is no YAML.
    #[error(transparent)]
    Malformed(#[from] Findings),
    /// A key is unknown or missing, or has another type.
    #[error("{file}: {reason}")]
    Shape {
        /// The name of the file.
        file: String,
        /// What is wrong.
        reason: serde_json::Error,
    },
}

impl Sources {
    /// Reads the file; `file` is only a name for the messages.
    ///
    /// # Errors
    ///
    /// The text is no YAML, or has other keys than it should.
    pub fn parse(file: &str, text: &str) -> Result<Self, SourcesError> {
        let source = Source::read_within(Limits::OWN, file, text)?;
        serde_json::from_value(source.json().clone())
            .map_err(|reason| SourcesError::Shape { file: file.to_owned(), reason })
    }

    /// The section with a heading.
    pub fn section(&self, heading: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.heading == heading)
    }
}
