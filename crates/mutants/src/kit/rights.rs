//! Callers and their rights.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cluster_agents_reference::access::{Directory, Role, User, Visibility};
use cluster_agents_reference::demo;
use cluster_agents_server::{Credential, Operation};
use cluster_agents_types::SecretString;
use http::HeaderValue;
use http::header::AUTHORIZATION;

use crate::seam::call::Call;
use crate::seam::policy::{Question, with_all_rights};

/// The user of the demo fixture who is a guest in project 20.
const GUEST: i64 = 45;

static PROJECTS: LazyLock<Directory> = LazyLock::new(|| {
    let projects = demo::fixture().map(|fixture| fixture.projects).unwrap_or_default();
    Directory::new(Vec::new(), Vec::new(), projects)
});

fn role(asked: &Question<'_>, user: &User) -> Option<Role> {
    let members: Option<&BTreeMap<i64, Role>> =
        PROJECTS.project(asked.project).map(|project| &project.members);
    members?.get(&user.id).copied()
}

/// Gives all rights for these operations to members with at least this role.
pub(crate) fn grant(
    asked: &Question<'_>,
    user: User,
    operations: &[Operation],
    least: Role,
) -> User {
    let is_served = asked.is(operations) && role(asked, &user).is_some_and(|role| role >= least);
    if is_served { with_all_rights(user) } else { user }
}

/// Takes members with exactly this role for guests in these operations.
pub(crate) fn deny(
    asked: &Question<'_>,
    user: User,
    operations: &[Operation],
    exactly: Role,
) -> User {
    let is_denied = asked.is(operations) && role(asked, &user) == Some(exactly);
    if is_denied { User { id: GUEST, ..user } } else { user }
}

/// Whether it is about a public project.
pub(crate) fn is_public(asked: &Question<'_>) -> bool {
    let project = PROJECTS.project(asked.project);
    project.is_some_and(|project| project.visibility == Visibility::Public)
}

/// Takes the token of one actor for that of another.
pub(crate) fn swap(given: Credential, from: &str, to: &str) -> Credential {
    let of = |actor: &str| demo::ACTORS.iter().find(|(name, _)| *name == actor);
    let (Some((_, from)), Some((_, to))) = (of(from), of(to)) else { return given };
    change(given, |token| (token == *from).then(|| (*to).to_owned()))
}

/// Takes a token for the first known one that is like it.
pub(crate) fn known(given: Credential, is_like: fn(&str, &str) -> bool) -> Credential {
    change(given, |token| {
        let good =
            demo::ACTORS.iter().filter(|(actor, _)| !matches!(*actor, "expired" | "revoked"));
        let (_, like) = good.clone().find(|(_, known)| is_like(known, token))?;
        Some((*like).to_owned())
    })
}

fn change(given: Credential, other: impl Fn(&str) -> Option<String>) -> Credential {
    let changed = |token: SecretString| match other(token.expose()) {
        Some(other) => other.as_str().into(),
        None => token,
    };
    match given {
        Credential::PrivateToken(token) => Credential::PrivateToken(changed(token)),
        Credential::Bearer(token) => Credential::Bearer(changed(token)),
    }
}

/// The password of the scheme Basic.
pub(crate) fn basic_password(call: &Call) -> Option<String> {
    let value = call.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let decoded = STANDARD.decode(value.strip_prefix("Basic ")?).ok()?;
    let pair = String::from_utf8(decoded).ok()?;
    pair.split_once(':').map(|(_, password)| password.to_owned())
}

/// Sends this token.
pub(crate) fn set_token(call: &mut Call, token: &str) {
    if let Ok(token) = HeaderValue::from_str(token) {
        call.headers.insert("private-token", token);
    }
}
