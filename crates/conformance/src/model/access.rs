//! Who may do what: the part of the model that knows actors and projects.

use crate::generated::RequirementId as R;
use crate::model::state::{Action, Expected};
use crate::target::Actor;

/// What an action is about.
enum Subject {
    Agent,
    Token,
    Url,
}

/// What must come of an action of somebody who may do less than the maintainer; nothing where the
/// caller may do it.
pub(super) fn denied(by: Actor, action: Action) -> Option<Expected> {
    if by == Actor::Maintainer {
        return None;
    }
    let refusal = match (subject(action), is_write(action)) {
        (Subject::Agent, true) => R::RoleLowAgentWrites,
        (Subject::Token, true) => R::RoleLowTokenWrites,
        (Subject::Url, true) => R::RoleUrlWritesLow,
        // The sources differ about what developers may read of configurations.
        (Subject::Url, false) if by == Actor::Developer => return Some(Expected::Either),
        (_, false) if by == Actor::Developer => return None,
        (Subject::Agent, false) => R::RoleLowAgentReads,
        (Subject::Token, false) => R::RoleLowTokenReads,
        (Subject::Url, false) => R::RoleUrlReadsLow,
    };
    Some(Expected::Refusal(refusal))
}

/// What an action breaks that succeeds through a project where its agent is not.
pub(super) fn isolation(action: Action) -> R {
    match subject(action) {
        Subject::Agent | Subject::Token => R::IsolationAgent,
        Subject::Url => R::IsolationUrl,
    }
}

fn subject(action: Action) -> Subject {
    match action {
        Action::Register { .. }
        | Action::GetAgent { .. }
        | Action::DeleteAgent { .. }
        | Action::ListAgents { .. } => Subject::Agent,
        Action::CreateToken { .. }
        | Action::GetToken { .. }
        | Action::RevokeToken { .. }
        | Action::ListTokens { .. } => Subject::Token,
        Action::CreateUrl { .. }
        | Action::GetUrl { .. }
        | Action::DeleteUrl { .. }
        | Action::ListUrls { .. } => Subject::Url,
    }
}

fn is_write(action: Action) -> bool {
    matches!(
        action,
        Action::Register { .. }
            | Action::DeleteAgent { .. }
            | Action::CreateToken { .. }
            | Action::RevokeToken { .. }
            | Action::CreateUrl { .. }
            | Action::DeleteUrl { .. }
    )
}
