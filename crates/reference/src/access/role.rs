//! The words of the policy.

use std::str::FromStr;

/// What a member may do in a project; each role may do all that the ones before it may.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Role {
    /// Sees the project.
    Guest,
    /// Plans work.
    Planner,
    /// Reads code.
    Reporter,
    /// Writes code, and reads agents.
    Developer,
    /// Manages the project and its agents.
    Maintainer,
    /// Owns the project.
    Owner,
}

/// Who sees that a project exists, beside its members and administrators.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Visibility {
    /// Nobody else.
    Private,
    /// Every user.
    Internal,
    /// Everybody.
    Public,
}

/// What an access token may be used for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Scope {
    /// Everything that its user may do.
    Api,
    /// Only what does not change anything: GET and HEAD.
    ReadApi,
}

impl FromStr for Role {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Ok(match word {
            "guest" => Self::Guest,
            "planner" => Self::Planner,
            "reporter" => Self::Reporter,
            "developer" => Self::Developer,
            "maintainer" => Self::Maintainer,
            "owner" => Self::Owner,
            _ => return Err(()),
        })
    }
}

impl FromStr for Visibility {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Ok(match word {
            "private" => Self::Private,
            "internal" => Self::Internal,
            "public" => Self::Public,
            _ => return Err(()),
        })
    }
}

impl Visibility {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Internal => "internal",
            Self::Public => "public",
        }
    }
}

impl FromStr for Scope {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Ok(match word {
            "api" => Self::Api,
            "read_api" => Self::ReadApi,
            _ => return Err(()),
        })
    }
}
