//! The ids of changes that other tools know as well, with the levels they give them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// How bad a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Level {
    /// Nobody who kept to the old document is hurt.
    Info,
    /// The documents alone cannot decide it.
    Warn,
    /// A client that kept to the old document can fail.
    Err,
}

impl Level {
    /// As reports write it: `ERR`, `WARN` or `INFO`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "INFO",
            Self::Warn => "WARN",
            Self::Err => "ERR",
        }
    }

    /// The level of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Info, Self::Warn, Self::Err].into_iter().find(|level| level.name() == name)
    }
}

static CATALOGUE: LazyLock<BTreeMap<&'static str, Level>> = LazyLock::new(|| {
    let lines = include_str!("../data/catalogue.tsv").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    rows.filter_map(|(id, level)| Some((id, Level::parse(level)?))).collect()
});

/// The level that oasdiff gives a change, if it knows the id.
pub fn level(id: &str) -> Option<Level> {
    CATALOGUE.get(id).copied()
}

/// All ids that oasdiff knows.
pub fn ids() -> impl Iterator<Item = &'static str> {
    CATALOGUE.keys().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_is_read_whole() {
        assert_eq!(ids().count(), 509);
        assert_eq!(level("request-property-became-required"), Some(Level::Err));
        assert_eq!(level("no-such-change"), None);
    }
}
