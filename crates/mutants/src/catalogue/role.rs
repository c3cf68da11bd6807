//! Rights that are too large or too small.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "guest-lists-agents",
        R::RoleLowAgentReads,
        "Every member may list agents.",
        Policy(Pol::user(|asked, user| grant(asked, user, &[O::ListAgents], Role::Guest))),
    ),
    Defect::new(
        "reporter-gets-agent",
        R::RoleLowAgentReads,
        "A Reporter may get an agent.",
        Policy(Pol::user(|asked, user| grant(asked, user, &[O::GetAgent], Role::Reporter))),
    ),
    Defect::new(
        "reporter-lists-tokens",
        R::RoleLowTokenReads,
        "A Reporter may list tokens.",
        Policy(Pol::user(|asked, user| grant(asked, user, &[O::ListAgentTokens], Role::Reporter))),
    ),
    Defect::new(
        "developer-registers-agent",
        R::RoleLowAgentWrites,
        "A Developer may register agents.",
        Policy(Pol::user(|asked, user| grant(asked, user, &[O::RegisterAgent], Role::Developer))),
    ),
    Defect::new(
        "developer-revokes-token",
        R::RoleLowTokenWrites,
        "A Developer may revoke tokens.",
        Policy(Pol::user(|asked, user| {
            grant(asked, user, &[O::RevokeAgentToken], Role::Developer)
        })),
    ),
    Defect::new(
        "developer-creates-token",
        R::RoleLowTokenWrites,
        "A Developer may create tokens.",
        Policy(Pol::user(|asked, user| {
            grant(asked, user, &[O::CreateAgentToken], Role::Developer)
        })),
    ),
    Defect::new(
        "guest-deletes-agent",
        R::RoleLowAgentWrites,
        "Every member may delete agents.",
        Policy(Pol::user(|asked, user| grant(asked, user, &[O::DeleteAgent], Role::Guest))),
    ),
    Defect::new(
        "developer-creates-url",
        R::RoleUrlWritesLow,
        "A Developer may create URL configurations.",
        Policy(Pol::user(|asked, user| {
            grant(asked, user, &[O::CreateUrlConfiguration], Role::Developer)
        })),
    ),
    Defect::new(
        "guest-reads-url",
        R::RoleUrlReadsLow,
        "Every member may read URL configurations.",
        Policy(Pol::user(|asked, user| {
            grant(asked, user, &[O::ListUrlConfigurations, O::GetUrlConfiguration], Role::Guest)
        })),
    ),
    Defect::new(
        "outsider-reads-public",
        R::RoleOutsiderPublic,
        "Everybody may read the agents of a public project.",
        Policy(Pol::user(|asked, user| {
            if asked.is(&[O::ListAgents, O::GetAgent]) && is_public(asked) {
                with_all_rights(user)
            } else {
                user
            }
        })),
    ),
    Defect::new(
        "denied-delete-acts",
        R::RoleDeniedWriteNoTrace,
        "A forbidden delete is refused after it was done.",
        Wire(|| acts_first(O::DeleteAgent)),
    ),
    Defect::new(
        "denied-token-acts",
        R::RoleDeniedWriteNoTrace,
        "A forbidden creation of a token is refused after it was done.",
        Wire(|| acts_first(O::CreateAgentToken)),
    ),
    Defect::new(
        "denied-read-shows-agent",
        R::RoleDeniedReadSilent,
        "The 404 for a small role has the agent in its body.",
        Wire(shows_refused),
    ),
    Defect::new(
        "developer-refused-list",
        R::RoleDeveloperAgentReads,
        "A Developer may not list agents.",
        Policy(Pol::user(|asked, user| deny(asked, user, &[O::ListAgents], Role::Developer))),
    ),
    Defect::new(
        "owner-refused-delete",
        R::RoleOwner,
        "Only a Maintainer exactly may delete agents.",
        Policy(Pol::user(|asked, user| deny(asked, user, &[O::DeleteAgent], Role::Owner))),
    ),
    Defect::new(
        "admin-without-membership-refused",
        R::RoleAdmin,
        "An administrator who is no member is an outsider.",
        Policy(Pol::user(|_, user| User { admin: false, ..user })),
    ),
];
