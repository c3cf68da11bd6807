//! The policy: one pure function from user, project and action to a verdict.

use super::{Project, Role, User, Visibility};

/// What a caller wants to do in a project.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Action {
    /// List the agents.
    ListAgents,
    /// Read one agent or its tokens.
    Read,
    /// Read URL configurations.
    ReadUrlConfigurations,
    /// Register, create, revoke or delete anything.
    Write,
}

/// How a caller is told no. Each is another answer on the wire.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Refusal {
    /// The caller must not learn that the project exists.
    NoProject,
    /// As if the project had no list of agents.
    NoList,
    /// As if what was asked for did not exist.
    NotFound,
    /// The caller may know that this is not for it.
    Forbidden,
}

/// Whether `user` may know that `project` exists.
#[must_use]
pub fn sees(user: &User, project: &Project) -> bool {
    let member = project.members.contains_key(&user.id);
    user.admin || member || project.visibility != Visibility::Private
}

/// Decides whether `user` may do `action` in `project`.
///
/// # Errors
///
/// How to say no. Nobody may write to an archived project, not even an administrator.
pub fn authorize(user: &User, project: &Project, action: Action) -> Result<(), Refusal> {
    if !sees(user, project) {
        return Err(Refusal::NoProject);
    }
    let role = project.members.get(&user.id).copied();
    let at_least = |least: Role| user.admin || role.is_some_and(|role| role >= least);
    let (allowed, refusal) = match action {
        Action::ListAgents => (at_least(Role::Developer), Refusal::NoList),
        Action::Read => (at_least(Role::Developer), Refusal::NotFound),
        Action::ReadUrlConfigurations => (at_least(Role::Developer), Refusal::Forbidden),
        Action::Write => (at_least(Role::Maintainer) && !project.archived, Refusal::Forbidden),
    };
    if allowed { Ok(()) } else { Err(refusal) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::directory::test::{project, user};

    const ACTIONS: [Action; 4] =
        [Action::ListAgents, Action::Read, Action::ReadUrlConfigurations, Action::Write];

    /// One letter per action: `+` allowed, `P` no project, `L` no list, `N` not found, `F` forbidden.
    fn verdicts(user: &User, project: &Project) -> String {
        let letter = |action| match authorize(user, project, action) {
            Ok(()) => '+',
            Err(Refusal::NoProject) => 'P',
            Err(Refusal::NoList) => 'L',
            Err(Refusal::NotFound) => 'N',
            Err(Refusal::Forbidden) => 'F',
        };
        ACTIONS.map(letter).iter().collect()
    }

    fn as_member(role: Option<Role>, visibility: Visibility, archived: bool) -> String {
        let mut project = project(20, "root/test");
        project.visibility = visibility;
        project.archived = archived;
        project.members.extend(role.map(|role| (1, role)));
        verdicts(&user(1, "member"), &project)
    }

    #[test]
    fn each_role_may_do_what_the_table_says_whoever_else_sees_the_project() {
        for visibility in [Visibility::Private, Visibility::Internal, Visibility::Public] {
            for (role, expected) in [
                (Role::Guest, "LNFF"),
                (Role::Planner, "LNFF"),
                (Role::Reporter, "LNFF"),
                (Role::Developer, "+++F"),
                (Role::Maintainer, "++++"),
                (Role::Owner, "++++"),
            ] {
                let verdicts = as_member(Some(role), visibility, false);
                assert_eq!(verdicts, expected, "{role:?} in {visibility:?}");
            }
        }
    }

    #[test]
    fn a_stranger_learns_of_a_project_only_if_it_is_not_private() {
        for (visibility, expected) in [
            (Visibility::Private, "PPPP"),
            (Visibility::Internal, "LNFF"),
            (Visibility::Public, "LNFF"),
        ] {
            assert_eq!(as_member(None, visibility, false), expected, "{visibility:?}");
        }
    }

    #[test]
    fn an_archived_project_can_be_read_and_not_written() {
        assert_eq!(as_member(Some(Role::Owner), Visibility::Private, true), "+++F");
        assert_eq!(as_member(Some(Role::Developer), Visibility::Private, true), "+++F");
        assert_eq!(as_member(None, Visibility::Private, true), "PPPP");
    }

    #[test]
    fn an_administrator_may_do_everything_but_write_to_an_archived_project() {
        let mut admin = user(1, "admin");
        admin.admin = true;
        let mut project = project(20, "root/test");
        assert_eq!(verdicts(&admin, &project), "++++");
        project.archived = true;
        assert_eq!(verdicts(&admin, &project), "+++F");
    }

    #[test]
    fn an_administrator_with_a_small_role_remains_an_administrator() {
        let mut admin = user(1, "admin");
        admin.admin = true;
        let mut project = project(20, "root/test");
        project.members.insert(1, Role::Guest);
        assert_eq!(verdicts(&admin, &project), "++++");
    }
}
