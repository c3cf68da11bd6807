//! The rules of storage that can be forgotten.

/// What a store does wrongly. Times are in milliseconds.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Slip {
    /// Nothing.
    #[default]
    None,

    /// Tokens are not counted.
    NoTokenLimit,
    /// One token more than the limit.
    ThreeTokens,
    /// One token less than the limit.
    OneToken,
    /// A third token revokes the first.
    ThirdRevokesFirst,
    /// Revoked tokens are counted.
    RevokedCount,
    /// The tokens of all agents of the project are counted.
    LimitPerProject,
    /// Between counting and creating a token.
    TokenWindow(u64),

    /// Names are not compared.
    NoNameRule,
    /// Names of all projects are compared.
    NameInInstance,
    /// The names of deleted agents are compared.
    NameStaysTaken,
    /// Between looking for a name and registering.
    NameWindow(u64),
    /// The id of the last agent that was deleted is given again.
    IdsReused,
    /// The project of an agent is not compared.
    AnyProject,
    /// The project of an agent is not compared when it is deleted.
    AnyProjectOnDelete,
    /// Lists are of all projects.
    ListAllProjects,
    /// Lists are in the order of registration.
    ListByAge,
    /// Deleted agents are listed.
    DeletedListed,
    /// Deleted agents are still found by id.
    DeletedFound,
    /// Deleting answers well and does nothing.
    DeleteForgets,
    /// Deleting an agent deletes the one that was registered after it.
    DeleteTakesNext,
    /// Deleting an agent revokes the tokens of all others.
    DeleteRevokesOthers,
    /// The tokens of deleted agents are still found.
    TokensOutlive,
    /// A new agent of the same name gets the tokens of the deleted one.
    TokensInherited,
    /// Deleting waits between reading and writing, and writes back what was created meanwhile.
    DeleteWindow(u64),

    /// The agent of a token is not compared when it is revoked.
    RevokeById,
    /// All tokens of the agent are revoked.
    RevokeAll,
    /// Revoking answers well and does nothing.
    RevokeForgets,
    /// Revoking deletes the agent's other token instead.
    RevokeOther,
    /// Creating a token writes all tokens back as they were that long ago.
    RevokeLost(u64),
    /// Revoked tokens are listed.
    RevokedListed,
    /// Revoking the last token also deletes the agent.
    LastRevokeDeletes,
    /// Revoking again makes the token active again.
    RevokeToggles,

    /// One configuration is allowed in the whole project.
    UrlPerProject,
    /// An agent can have a configuration once only.
    UrlOnce,
    /// Between looking for a configuration and creating one.
    UrlWindow(u64),
    /// Deleting a configuration revokes the agent's tokens.
    UrlDeleteRevokes,
    /// Deleting a configuration answers well and does nothing.
    UrlDeleteForgets,
    /// The id of a configuration that was deleted is given again.
    UrlIdsReused,
    /// Agents are never receptive.
    NeverReceptive,
    /// An agent stays receptive.
    StaysReceptive,
    /// The conditions of deletes are not looked at.
    NoPrecondition,

    /// A new agent is listed late.
    ListedLate(u64),
    /// A new agent is found late.
    FoundLate(u64),
    /// A revocation takes effect late.
    RevokedLate(u64),
    /// A new token is found late.
    TokenLate(u64),
    /// A deletion takes effect late.
    DeletedLate(u64),
    /// A new URL configuration is found late.
    UrlLate(u64),

    /// The second page begins one item late.
    PageSkips,
    /// Each page begins with the last item of the one before.
    PageOverlaps,
    /// The last page is missing its last item.
    LastItemLost,
}
