//! A project by its number or by its path.

use std::fmt;

use crate::ProjectId;

/// A project, by number or by full path: the one way in which this crate names a project.
///
/// It is kept as it was written and encoded once, when a request is made; a path is never encoded by
/// hand (`group%2Fproject` is refused, because it has no `/`).
///
/// ```
/// # use cluster_agents_types::ProjectRef;
/// let by_number = ProjectRef::from(20);
/// let by_path: ProjectRef = "group/sub-group/project".parse()?;
/// assert_eq!((by_number.number(), by_path.number()), (Some(20), None));
/// assert_eq!(by_path.path(), Some("group/sub-group/project"));
/// assert!("project".parse::<ProjectRef>().is_err());
/// assert!("group%2Fproject".parse::<ProjectRef>().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type ProjectRef = ProjectId;

impl ProjectId {
    /// The number, if the project is named by one that fits.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        self.parse().ok()
    }

    /// The full path, if the project is named by it.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.contains('/').then_some(self.as_str())
    }
}

impl fmt::Display for ProjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

macro_rules! from_number {
    ($($number:ty)*) => {$(
        impl From<$number> for ProjectId {
            #[allow(clippy::expect_used, reason = "a number has the form of one")]
            fn from(number: $number) -> Self {
                number.to_string().parse().expect("digits name a project")
            }
        }
    )*};
}

from_number! { i32 u32 i64 u64 }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_is_a_number_or_a_path() {
        assert_eq!(ProjectRef::from(20).to_string(), "20");
        assert_eq!(ProjectRef::from(u64::MAX).number(), None);
        assert_eq!(ProjectRef::from(i64::MIN).number(), Some(i64::MIN));
        let path: ProjectRef = "4/2".parse().unwrap();
        assert_eq!((path.number(), path.path()), (None, Some("4/2")));
        assert_eq!(ProjectRef::from(4).path(), None);
    }
}
