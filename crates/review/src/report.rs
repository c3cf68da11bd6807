//! Reviews as text for people and machines.

pub mod terminal;

use crate::review::Review;

/// The formats that a review can be written in, besides the terminal's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Everything, for other programs.
    Json,
}

impl Format {
    /// All formats.
    pub const ALL: &'static [Self] = &[Self::Json];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
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
        }
    }
}

fn json(review: &Review) -> String {
    // Texts, numbers and maps with text keys only: nothing that JSON cannot hold.
    let mut text = serde_json::to_string_pretty(review).unwrap_or_default();
    text.push('\n');
    text
}
