//! All users, tokens and projects, as they are looked up.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use cluster_agents_types::{SecretString, Timestamp};

use super::{Role, Scope, Visibility};
use crate::secret::Digest;

/// A user.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct User {
    /// The number of the user.
    pub id: i64,
    /// The name that the user logs in with.
    pub username: String,
    /// The name that people see.
    pub name: String,
    /// Whether the user administers the instance.
    pub admin: bool,
}

/// A personal access token.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AccessToken {
    /// The number of the user that it stands for.
    pub user_id: i64,
    /// The secret.
    pub value: SecretString,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// The first day, in UTC, on which it is no longer good.
    pub expires_at: Option<NaiveDate>,
    /// Whether it was revoked.
    pub revoked: bool,
}

/// A project.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Project {
    /// The number of the project.
    pub id: i64,
    /// The full path, with at least one `/`.
    pub path_with_namespace: String,
    /// The name of the project.
    pub name: String,
    /// The names of its groups and the project, parted by ` / `.
    pub name_with_namespace: String,
    /// What the project says of itself.
    pub description: Option<String>,
    /// Who sees that it exists.
    pub visibility: Visibility,
    /// Whether it can only be read.
    pub archived: bool,
    /// When it was created.
    pub created_at: Timestamp,
    /// The roles of its members, by the number of the user.
    pub members: BTreeMap<i64, Role>,
}

impl Project {
    /// The last segment of the path.
    #[must_use]
    pub fn path(&self) -> &str {
        self.path_with_namespace.rsplit('/').next().unwrap_or_default()
    }
}

/// All users, tokens and projects. Of the tokens it keeps no more than their digests.
#[derive(Debug, Default)]
pub struct Directory {
    users: HashMap<i64, Arc<User>>,
    pub(super) grants: HashMap<Digest, Grant>,
    projects: HashMap<i64, Arc<Project>>,
    paths: HashMap<String, Arc<Project>>,
}

/// What is known of an access token.
#[derive(Debug)]
pub(super) struct Grant {
    pub(super) user: Arc<User>,
    pub(super) scopes: Vec<Scope>,
    pub(super) expires_at: Option<NaiveDate>,
    pub(super) revoked: bool,
}

impl Directory {
    /// Makes a directory. A token of an unknown user is left out, and of two entries with the same
    /// number, path or value the later one counts; a fixture that was read has neither.
    #[must_use]
    pub fn new(users: Vec<User>, tokens: Vec<AccessToken>, projects: Vec<Project>) -> Self {
        let mut directory = Self::default();
        for user in users {
            directory.users.insert(user.id, Arc::new(user));
        }
        for token in tokens {
            directory.add_token(token);
        }
        for project in projects.into_iter().map(Arc::new) {
            let path = project.path_with_namespace.to_lowercase();
            directory.paths.insert(path, Arc::clone(&project));
            directory.projects.insert(project.id, project);
        }
        directory
    }

    fn add_token(&mut self, token: AccessToken) {
        let Some(user) = self.users.get(&token.user_id).cloned() else { return };
        let AccessToken { value, scopes, expires_at, revoked, .. } = token;
        self.grants.insert(Digest::of(&value), Grant { user, scopes, expires_at, revoked });
    }

    /// The user with this number.
    #[must_use]
    pub fn user(&self, id: i64) -> Option<&Arc<User>> {
        self.users.get(&id)
    }

    /// The project with this number or, if there is a `/` in it, this full path in any case.
    #[must_use]
    pub fn project(&self, id_or_path: &str) -> Option<&Arc<Project>> {
        if id_or_path.contains('/') {
            return self.paths.get(&id_or_path.to_lowercase());
        }
        let digits = id_or_path.strip_prefix('-').unwrap_or(id_or_path);
        let number = digits.bytes().all(|byte| byte.is_ascii_digit());
        let id = number.then(|| id_or_path.parse().ok()).flatten()?;
        self.projects.get(&id)
    }

    /// The project with this number.
    #[must_use]
    pub fn project_by_id(&self, id: i64) -> Option<&Arc<Project>> {
        self.projects.get(&id)
    }
}

#[cfg(test)]
pub(crate) mod test {
    use super::*;

    pub(crate) fn user(id: i64, username: &str) -> User {
        User { id, username: username.into(), name: username.into(), admin: false }
    }

    pub(crate) fn project(id: i64, path: &str) -> Project {
        Project {
            id,
            path_with_namespace: path.into(),
            name: "test".into(),
            name_with_namespace: "Administrator / test".into(),
            description: None,
            visibility: Visibility::Private,
            archived: false,
            created_at: "2022-03-20T20:42:40.221Z".parse().unwrap(),
            members: BTreeMap::new(),
        }
    }

    #[test]
    fn a_project_is_found_by_number_or_by_full_path_in_any_case() {
        let projects = vec![project(20, "root/Test.app"), project(21, "a/b/c")];
        let directory = Directory::new(vec![], vec![], projects);
        let find = |text| directory.project(text).map(|project| project.id);
        for (text, id) in [
            ("20", Some(20)),
            ("020", Some(20)),
            ("root/test.APP", Some(20)),
            ("a/b/c", Some(21)),
            ("22", None),
            ("-20", None),
            ("+20", None),
            ("", None),
            ("-", None),
            ("99999999999999999999", None),
            ("root%2Ftest.app", None),
            ("test.app", None),
            ("a/b", None),
        ] {
            assert_eq!(find(text), id, "{text}");
        }
    }

    #[test]
    fn the_path_of_a_project_is_its_last_segment() {
        assert_eq!(project(1, "a/b/c").path(), "c");
    }
}
