//! A fixture to try things out with: one user per role, and projects of each kind.
//!
//! Everybody can read its tokens, so a server with it belongs on loopback.

use crate::fixture::{Fixture, Mistakes};

/// The demo fixture as a file.
pub const FIXTURE: &str = include_str!("demo.toml");

/// A project with a member for each role, a private one, by its number.
pub const PROJECT: &str = "20";

/// Another private project. Only the maintainer, the owner and the administrator see it.
pub const SECOND_PROJECT: &str = "21";

/// A public project, of which the outsider is no member either.
pub const PUBLIC_PROJECT: &str = "22";

/// An archived private project.
pub const ARCHIVED_PROJECT: &str = "23";

/// What every demo token begins with.
pub const TOKEN_PREFIX: &str = "demo-";

/// A token for each part that a caller can play. Those from `readonly` on are further tokens of the
/// maintainer.
pub const ACTORS: &[(&str, &str)] = &[
    ("admin", "demo-admin-token"),
    ("owner", "demo-owner-token"),
    ("maintainer", "demo-maintainer-token"),
    ("developer", "demo-developer-token"),
    ("reporter", "demo-reporter-token"),
    ("guest", "demo-guest-token"),
    ("outsider", "demo-outsider-token"),
    ("readonly", "demo-readonly-token"),
    ("expired", "demo-expired-token"),
    ("revoked", "demo-revoked-token"),
];

/// The demo fixture.
///
/// # Errors
///
/// None: a test reads the file.
pub fn fixture() -> Result<Fixture, Mistakes> {
    Fixture::parse(FIXTURE)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::access::{Directory, LoginError, Role};

    fn directory() -> Directory {
        let Fixture { users, tokens, projects, .. } = fixture().unwrap();
        Directory::new(users, tokens, projects)
    }

    #[test]
    fn the_actors_have_the_tokens_of_the_file_and_no_others() {
        let tokens = fixture().unwrap().tokens;
        let of_file: BTreeSet<_> = tokens.iter().map(|token| token.value.expose()).collect();
        assert_eq!(of_file, ACTORS.iter().map(|(_, token)| *token).collect());
        assert!(of_file.iter().all(|token| token.starts_with(TOKEN_PREFIX)));
    }

    #[test]
    fn each_actor_is_what_it_is_called() {
        let directory = directory();
        let project = directory.project(PROJECT).unwrap();
        let today = "2026-01-01".parse().unwrap();
        for (actor, token) in ACTORS {
            let read = directory.log_in(&(*token).into(), true, today);
            let write = directory.log_in(&(*token).into(), false, today);
            let role = read.as_ref().ok().and_then(|user| project.members.get(&user.id));
            match *actor {
                "admin" => assert!(read.unwrap().admin),
                "outsider" => assert!(read.is_ok() && role.is_none()),
                "readonly" => assert_eq!(
                    (role, write),
                    (Some(&Role::Maintainer), Err(LoginError::InsufficientScope))
                ),
                "expired" => assert_eq!(read, Err(LoginError::Expired)),
                "revoked" => assert_eq!(read, Err(LoginError::Revoked)),
                other => assert_eq!(role, other.parse().ok().as_ref(), "{other}"),
            }
        }
    }

    #[test]
    fn the_projects_are_what_they_are_called() {
        use crate::access::Visibility::{Private, Public};
        let directory = directory();
        let kind = |id| {
            let project = directory.project(id).unwrap();
            (project.visibility, project.archived)
        };
        assert_eq!(kind(PROJECT), (Private, false));
        assert_eq!(kind(SECOND_PROJECT), (Private, false));
        assert_eq!(kind(PUBLIC_PROJECT), (Public, false));
        assert_eq!(kind(ARCHIVED_PROJECT), (Private, true));
    }
}
