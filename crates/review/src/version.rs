//! The version that follows from the changes, and whether the document has it.

use serde::Serialize;

use crate::catalogue::Level;

/// Which part of a version must grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// Nothing changed.
    None,
    /// Only prose and extensions.
    Patch,
    /// Compatible changes.
    Minor,
    /// Breaking changes.
    Major,
}

impl Bump {
    /// What one change asks for.
    pub fn of(id: &str, level: Level) -> Self {
        let prose = ["documentation-changed", "extension-changed", "server-added"];
        match level {
            Level::Err => Self::Major,
            Level::Info if prose.contains(&id) => Self::Patch,
            Level::Warn | Level::Info => Self::Minor,
        }
    }

    /// As reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// What the versions of the two documents say about the changes between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Versions {
    /// `info.version` of the base.
    pub base: Option<String>,
    /// `info.version` of the revision.
    pub revision: Option<String>,
    /// The smallest version that the revision may have; absent if the base's is no `x.y.z`.
    pub required: Option<String>,
    /// The id of what is wrong, if anything.
    pub problem: Option<&'static str>,
}

type Version = (u64, u64, u64);

fn parse(text: &str) -> Option<Version> {
    let core = text.trim_start_matches('v').split(['-', '+']).next()?;
    let mut numbers = core.split('.').map(|part| part.parse().ok());
    let version = (numbers.next()??, numbers.next()??, numbers.next().unwrap_or(Some(0))?);
    numbers.next().is_none().then_some(version)
}

/// Below 1.0.0 the minor version plays the part of the major one.
fn next((major, minor, patch): Version, bump: Bump) -> Version {
    match (bump, major) {
        (Bump::None, _) => (major, minor, patch),
        (Bump::Major, 1..) => (major + 1, 0, 0),
        (Bump::Minor, 1..) | (Bump::Major, 0) => (major, minor + 1, 0),
        (Bump::Patch, _) | (Bump::Minor, 0) => (major, minor, patch + 1),
    }
}

/// Holds two versions against what the changes ask for.
pub fn compare(base: Option<&str>, revision: Option<&str>, bump: Bump) -> Versions {
    let (old, new) = (base.and_then(parse), revision.and_then(parse));
    let required = old.map(|old| next(old, bump));
    let problem = match (old, new, required) {
        (Some(old), Some(new), _) if new < old => Some("api-version-decreased"),
        (Some(old), Some(new), _) if new == old && bump > Bump::None => {
            Some("api-version-not-bumped")
        }
        (_, Some(new), Some(required)) if new < required && bump == Bump::Major => {
            Some("api-major-version-not-bumped")
        }
        (_, Some(new), Some(required)) if new < required => Some("api-version-not-bumped"),
        _ => None,
    };
    let text = |(major, minor, patch): Version| format!("{major}.{minor}.{patch}");
    Versions {
        base: base.map(str::to_owned),
        revision: revision.map(str::to_owned),
        required: required.map(text),
        problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breaking_change_needs_the_next_major_version() {
        let versions = compare(Some("1.2.3"), Some("1.3.0"), Bump::Major);
        assert_eq!(versions.required.as_deref(), Some("2.0.0"));
        assert_eq!(versions.problem, Some("api-major-version-not-bumped"));
        assert_eq!(compare(Some("1.2.3"), Some("2.0.0"), Bump::Major).problem, None);
    }

    #[test]
    fn below_one_the_minor_version_is_enough() {
        assert_eq!(compare(Some("0.2.3"), Some("0.3.0"), Bump::Major).problem, None);
    }

    #[test]
    fn a_version_never_goes_back() {
        let versions = compare(Some("1.2.3"), Some("1.2.2"), Bump::None);
        assert_eq!(versions.problem, Some("api-version-decreased"));
    }

    #[test]
    fn a_version_that_is_no_number_is_left_alone() {
        assert_eq!(compare(Some("tomorrow"), Some("today"), Bump::Major).problem, None);
    }
}
