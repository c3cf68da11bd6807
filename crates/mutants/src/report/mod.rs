//! A score, for people and for machines: one file per format.

mod html;
mod markdown;
mod terminal;

use crate::score::Score;

pub use terminal::summary;

/// A format that a report can be written in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    /// One JSON object.
    Json,
    /// Tables for a page of documentation.
    Markdown,
    /// A page that needs nothing else.
    Html,
}

impl Format {
    /// The format of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "json" => Some(Self::Json),
            "markdown" => Some(Self::Markdown),
            "html" => Some(Self::Html),
            _ => None,
        }
    }

    /// The report.
    #[must_use]
    pub fn render(self, score: &Score) -> String {
        match self {
            // The types have nothing that JSON cannot express.
            Self::Json => serde_json::to_string_pretty(score).unwrap_or_default() + "\n",
            Self::Markdown => markdown::render(score),
            Self::Html => html::render(score),
        }
    }
}
