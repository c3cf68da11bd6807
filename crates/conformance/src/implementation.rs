//! Who made what is tested, as they say.

use serde::{Deserialize, Serialize};

/// The identity of an implementation, for reports.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Implementation {
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Which version was tested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Where it can be read about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who can be asked about it and about the requests of a run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

impl Implementation {
    /// Whether nobody said anything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
