//! Credentials that count and should not, or the other way round.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "expired-token-accepted",
        R::AuthExpired,
        "The last day of an access token is not looked at.",
        Policy(Pol::credential(|_, given| swap(given, "expired", "maintainer"))),
    ),
    Defect::new(
        "revoked-token-accepted",
        R::AuthRevoked,
        "A revoked access token still works.",
        Policy(Pol::credential(|_, given| swap(given, "revoked", "maintainer"))),
    ),
    Defect::new(
        "read-scope-revokes",
        R::AuthReadScopeWrites,
        "A read-only token may revoke tokens.",
        Policy(Pol::credential(|operation, given| {
            if operation == O::RevokeAgentToken {
                swap(given, "readonly", "maintainer")
            } else {
                given
            }
        })),
    ),
    Defect::new(
        "read-scope-registers",
        R::AuthReadScopeWrites,
        "A read-only token may register agents.",
        Policy(Pol::credential(|operation, given| {
            if operation == O::RegisterAgent {
                swap(given, "readonly", "maintainer")
            } else {
                given
            }
        })),
    ),
    Defect::new(
        "anonymous-reads-public",
        R::AuthRequired,
        "Nobody needs a credential to list the agents of a public project.",
        Wire(|| {
            before(|call| {
                if call.token().is_empty()
                    && call.is(&[O::ListAgents])
                    && call.project() == demo::PUBLIC_PROJECT
                {
                    call.set_actor("maintainer");
                }
            })
        }),
    ),
    Defect::new(
        "token-prefix-accepted",
        R::AuthUnknown,
        "A token whose last character is missing is accepted.",
        Policy(Pol::credential(|_, given| {
            known(given, |token, given| token[..token.len() - 1] == *given)
        })),
    ),
    Defect::new(
        "token-case-ignored",
        R::AuthUnknown,
        "Tokens are compared without regard to case.",
        Policy(Pol::credential(|_, given| {
            known(given, |token, given| token.eq_ignore_ascii_case(given))
        })),
    ),
    Defect::new(
        "agent-secret-accepted",
        R::AuthAgentToken,
        "The secret of an agent is taken for its creator's credential.",
        Wire(agent_secret_accepted),
    ),
    Defect::new(
        "basic-accepted",
        R::AuthWrongPlace,
        "The password of Basic is taken for a token.",
        Wire(|| {
            before(|call| {
                if let Some(password) = basic_password(call) {
                    call.forget_credential();
                    set_token(call, &password);
                }
            })
        }),
    ),
    Defect::new(
        "bearer-refused",
        R::AuthBearer,
        "Only PRIVATE-TOKEN is read.",
        Wire(|| {
            before(|call| {
                call.headers.remove(AUTHORIZATION);
            })
        }),
    ),
    Defect::new(
        "bad-token-answers-403",
        R::AuthStatus,
        "A bad credential is forbidden instead of unauthorized.",
        Wire(|| {
            after(|_, answer| {
                if answer.status == 401 {
                    *answer = Answer::error(403, "403 Forbidden");
                }
            })
        }),
    ),
    Defect::new(
        "read-scope-refused-reads",
        R::AuthReadScopeReads,
        "A read-only token may not read.",
        Wire(|| {
            instead(|call| {
                (call.is(READS) && call.by(&["readonly"]))
                    .then(|| Answer::error(403, "403 Forbidden"))
            })
        }),
    ),
    Defect::new(
        "any-token-accepted",
        R::AuthUnknown,
        "Any token that is not known is a maintainer's.",
        Wire(|| {
            before(|call| {
                if !call.token().is_empty() && call.actor().is_empty() {
                    call.set_actor("maintainer");
                }
            })
        }),
    ),
    Defect::new(
        "empty-token-accepted",
        R::AuthUnknown,
        "An empty token is a maintainer's.",
        Wire(|| {
            before(|call| {
                if call.headers.get("private-token").is_some_and(|token| token.is_empty()) {
                    call.set_actor("maintainer");
                }
            })
        }),
    ),
    Defect::new(
        "lengthened-token-accepted",
        R::AuthUnknown,
        "What comes after a good token is not looked at.",
        Policy(Pol::credential(|_, given| known(given, |token, given| given.starts_with(token)))),
    ),
    Defect::new(
        "first-half-accepted",
        R::AuthUnknown,
        "The first half of a token is enough.",
        Policy(Pol::credential(|_, given| {
            known(given, |token, given| given.len() >= token.len() / 2 && token.starts_with(given))
        })),
    ),
    Defect::new(
        "read-scope-creates-url",
        R::AuthReadScopeWrites,
        "A read-only token may create URL configurations.",
        Policy(Pol::credential(|operation, given| {
            if operation == O::CreateUrlConfiguration {
                swap(given, "readonly", "maintainer")
            } else {
                given
            }
        })),
    ),
    Defect::new(
        "read-scope-deletes",
        R::AuthReadScopeWrites,
        "A read-only token may delete agents.",
        Policy(Pol::credential(|operation, given| {
            if operation == O::DeleteAgent { swap(given, "readonly", "maintainer") } else { given }
        })),
    ),
    Defect::new(
        "revoked-token-reads",
        R::AuthRevoked,
        "A revoked access token may still read.",
        Policy(Pol::credential(|operation, given| {
            if READS.contains(&operation) { swap(given, "revoked", "maintainer") } else { given }
        })),
    ),
    Defect::new(
        "expired-token-deletes",
        R::AuthExpired,
        "An expired access token may still delete.",
        Policy(Pol::credential(|operation, given| {
            if operation == O::DeleteAgent { swap(given, "expired", "maintainer") } else { given }
        })),
    ),
    Defect::new(
        "any-header-accepted",
        R::AuthWrongPlace,
        "A token counts in whatever header it is.",
        Wire(any_header_accepted),
    ),
    Defect::new(
        "any-scheme-accepted",
        R::AuthWrongPlace,
        "What Authorization has is a token under any scheme.",
        Wire(any_scheme_accepted),
    ),
    Defect::new(
        "anonymous-lists-tokens",
        R::AuthRequired,
        "Nobody needs a credential to list tokens.",
        Wire(|| {
            before(|call| {
                if call.token().is_empty() && call.is(&[O::ListAgentTokens]) {
                    call.set_actor("maintainer");
                }
            })
        }),
    ),
    Defect::new(
        "anonymous-deletes-token",
        R::AuthRequired,
        "Nobody needs a credential to revoke a token.",
        Wire(|| {
            before(|call| {
                if call.token().is_empty() && call.is(&[O::RevokeAgentToken]) {
                    call.set_actor("maintainer");
                }
            })
        }),
    ),
    Defect::new(
        "no-credential-answers-400",
        R::AuthStatus,
        "A request without credentials is a 400.",
        Wire(|| {
            after(|call, answer| {
                if answer.status == 401 && call.token().is_empty() {
                    *answer = Answer::error(400, "400 Bad request - no credential");
                }
            })
        }),
    ),
    Defect::new(
        "bearer-is-anybody",
        R::AuthBearer,
        "A Bearer token is always that of a guest.",
        Wire(|| {
            before(|call| {
                if call.headers.contains_key(AUTHORIZATION)
                    && !call.actor().is_empty()
                    && !call.by(&["expired", "revoked", "outsider"])
                {
                    call.set_actor("guest");
                }
            })
        }),
    ),
];
