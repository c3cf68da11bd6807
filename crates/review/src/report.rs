//! Reviews as text for people and machines.

mod machine;
mod markdown;
pub mod terminal;

use crate::review::Review;

/// What the JSON report looks like, as a JSON Schema. Keys are added to it, never changed.
pub const SCHEMA: &str = include_str!("../schema/review.schema.json");

/// The formats that a review can be written in, besides the terminal's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Everything, for other programs.
    Json,
    /// One comment of a merge request.
    Markdown,
    /// SARIF 2.1.0.
    Sarif,
    /// GitLab Code Quality.
    CodeQuality,
    /// Annotations of GitHub.
    Github,
    /// JUnit XML.
    Junit,
}

impl Format {
    /// All formats.
    pub const ALL: &'static [Self] =
        &[Self::Json, Self::Markdown, Self::Sarif, Self::CodeQuality, Self::Github, Self::Junit];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Sarif => "sarif",
            Self::CodeQuality => "codequality",
            Self::Github => "github",
            Self::Junit => "junit",
        }
    }

    /// The format of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// The review as text in this format.
    pub fn render(self, review: &Review) -> String {
        match self {
            Self::Json => json(review),
            Self::Markdown => markdown::render(review),
            Self::Sarif => machine::sarif(review),
            Self::CodeQuality => machine::code_quality(review),
            Self::Github => machine::github(review),
            Self::Junit => machine::junit(review),
        }
    }
}

fn json(review: &Review) -> String {
    // Texts, numbers and maps with text keys only: nothing that JSON cannot hold.
    let mut text = serde_json::to_string_pretty(review).unwrap_or_default();
    text.push('\n');
    text
}
