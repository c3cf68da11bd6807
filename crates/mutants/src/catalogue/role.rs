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
    Defect::new(
        "reporter-gets-token",
        R::RoleLowTokenReads,
        "A Reporter may get a token.",
        Policy(Pol::user(|asked, user| grant(asked, user, &[O::GetAgentToken], Role::Reporter))),
    ),
    Defect::new(
        "guest-gets-agent",
        R::RoleLowAgentReads,
        "Every member may get an agent.",
        Policy(Pol::user(|asked, user| grant(asked, user, &[O::GetAgent], Role::Guest))),
    ),
    Defect::new(
        "guest-registers-agent",
        R::RoleLowAgentWrites,
        "Every member may register agents.",
        Policy(Pol::user(|asked, user| grant(asked, user, &[O::RegisterAgent], Role::Guest))),
    ),
    Defect::new(
        "reporter-creates-token",
        R::RoleLowTokenWrites,
        "A Reporter may create tokens.",
        Policy(Pol::user(|asked, user| grant(asked, user, &[O::CreateAgentToken], Role::Reporter))),
    ),
    Defect::new(
        "developer-deletes-agent",
        R::RoleLowAgentWrites,
        "A Developer may delete agents.",
        Policy(Pol::user(|asked, user| grant(asked, user, &[O::DeleteAgent], Role::Developer))),
    ),
    Defect::new(
        "developer-deletes-url",
        R::RoleUrlWritesLow,
        "A Developer may delete URL configurations.",
        Policy(Pol::user(|asked, user| {
            grant(asked, user, &[O::DeleteUrlConfiguration], Role::Developer)
        })),
    ),
    Defect::new(
        "reporter-gets-url",
        R::RoleUrlReadsLow,
        "A Reporter may get a URL configuration.",
        Policy(Pol::user(|asked, user| {
            grant(asked, user, &[O::GetUrlConfiguration], Role::Reporter)
        })),
    ),
    Defect::new(
        "maintainer-refused-tokens",
        R::RoleMaintainerTokenWrites,
        "A Maintainer may not create tokens.",
        Policy(Pol::user(|asked, user| {
            deny(asked, user, &[O::CreateAgentToken], Role::Maintainer)
        })),
    ),
    Defect::new(
        "maintainer-refused-revoke",
        R::RoleMaintainerTokenWrites,
        "A Maintainer may not revoke tokens.",
        Policy(Pol::user(|asked, user| {
            deny(asked, user, &[O::RevokeAgentToken], Role::Maintainer)
        })),
    ),
    Defect::new(
        "maintainer-refused-delete",
        R::RoleMaintainerAgentWrites,
        "A Maintainer may not delete agents.",
        Policy(Pol::user(|asked, user| deny(asked, user, &[O::DeleteAgent], Role::Maintainer))),
    ),
    Defect::new(
        "maintainer-refused-url",
        R::RoleUrlMaintainer,
        "A Maintainer may not delete URL configurations.",
        Policy(Pol::user(|asked, user| {
            deny(asked, user, &[O::DeleteUrlConfiguration], Role::Maintainer)
        })),
    ),
    Defect::new(
        "developer-refused-tokens",
        R::RoleDeveloperTokenReads,
        "A Developer may not list tokens.",
        Policy(Pol::user(|asked, user| deny(asked, user, &[O::ListAgentTokens], Role::Developer))),
    ),
    Defect::new(
        "developer-refused-get",
        R::RoleDeveloperAgentReads,
        "A Developer may not get an agent.",
        Policy(Pol::user(|asked, user| deny(asked, user, &[O::GetAgent], Role::Developer))),
    ),
    Defect::new(
        "owner-refused-register",
        R::RoleOwner,
        "An Owner may not register agents.",
        Policy(Pol::user(|asked, user| deny(asked, user, &[O::RegisterAgent], Role::Owner))),
    ),
    Defect::new(
        "outsider-registers-public",
        R::RoleOutsiderPublic,
        "Everybody may register agents in a public project.",
        Policy(Pol::user(|asked, user| {
            if asked.is(&[O::RegisterAgent]) && is_public(asked) {
                with_all_rights(user)
            } else {
                user
            }
        })),
    ),
    Defect::new(
        "outsider-lists-tokens-public",
        R::RoleOutsiderPublic,
        "Everybody may list the tokens of a public project.",
        Policy(Pol::user(|asked, user| {
            if asked.is(&[O::ListAgentTokens, O::GetAgentToken]) && is_public(asked) {
                with_all_rights(user)
            } else {
                user
            }
        })),
    ),
    Defect::new(
        "archived-is-writable",
        R::RoleArchived,
        "Agents can be registered in an archived project.",
        Fixture(|fixture| {
            for project in &mut fixture.projects {
                project.archived = false;
            }
        }),
    ),
    Defect::new(
        "denied-read-names-agent",
        R::RoleDeniedReadSilent,
        "The refusal of a read names the agent.",
        Wire(names_refused),
    ),
    Defect::new(
        "denied-revoke-acts",
        R::RoleDeniedWriteNoTrace,
        "A forbidden revocation is refused after it was done.",
        Wire(|| acts_first(O::RevokeAgentToken)),
    ),
    Defect::new(
        "denied-register-acts",
        R::RoleDeniedWriteNoTrace,
        "A forbidden registration is refused after it was done.",
        Wire(|| acts_first(O::RegisterAgent)),
    ),
    Defect::new(
        "denied-url-acts",
        R::RoleDeniedWriteNoTrace,
        "A forbidden URL configuration is refused after it was created.",
        Wire(|| acts_first(O::CreateUrlConfiguration)),
    ),
];
