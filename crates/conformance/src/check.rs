//! A check: a function that talks to the target and cites the requirements that it judges.

use futures_util::future::LocalBoxFuture;

use crate::context::{Context, Outcome};
use crate::generated::RequirementId as R;
use crate::ledger::Profile;
use crate::target::{Actor, Target};

/// Something to try, with everything that the plan has to know of it beforehand.
#[derive(Debug)]
pub struct Check {
    /// A name for people; also a part of the names that the check creates.
    pub name: &'static str,
    /// The requirements that it judges, beside those that are judged on every exchange.
    pub requirements: &'static [R],
    /// The profile that the target must have.
    pub profile: Profile,
    /// What must have been given for the target.
    pub needs: &'static [Need],
    /// Whether nothing else may happen in the project meanwhile.
    pub alone: bool,
    /// Whether it looks at what exists and changes nothing.
    pub reads: bool,
    /// Whether its requests depend on which of several requests at once is served first.
    pub varies: bool,
    pub(crate) run: Run,
}

/// The function of a check.
pub(crate) type Run = for<'c> fn(&'c Context<'c>) -> LocalBoxFuture<'c, Outcome>;

/// Something that a check cannot do without.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// The token of an actor.
    Token(Actor),
    /// Another project of the maintainer.
    SecondProject,
    /// A project that everybody can see.
    PublicProject,
    /// A project that is archived.
    ArchivedProject,
}

impl Check {
    /// A check that every target gets.
    pub(crate) const fn new(name: &'static str, requirements: &'static [R], run: Run) -> Self {
        Self {
            name,
            requirements,
            profile: Profile::Core,
            needs: &[],
            alone: false,
            reads: false,
            varies: false,
            run,
        }
    }

    /// The same for targets with receptive agents only.
    pub(crate) const fn receptive(mut self) -> Self {
        self.profile = Profile::Receptive;
        self
    }

    /// The same where more than the maintainer's token is needed.
    pub(crate) const fn needs(mut self, needs: &'static [Need]) -> Self {
        self.needs = needs;
        self
    }

    /// The same without anything beside it.
    pub(crate) const fn alone(mut self) -> Self {
        self.alone = true;
        self
    }

    /// The same for runs that may change nothing, and only for these.
    pub(crate) const fn reads(mut self) -> Self {
        self.reads = true;
        self
    }

    /// The same where a fingerprint of the requests would say nothing.
    pub(crate) const fn varies(mut self) -> Self {
        self.varies = true;
        self
    }
}

impl Need {
    /// Why the need is not met, if it is not.
    pub(crate) fn unmet(self, target: &Target) -> Option<String> {
        let (is_met, name) = match self {
            Self::Token(actor) => (target.token(actor).is_some(), actor.variable()),
            Self::SecondProject => (target.second_project.is_some(), "CONFORMANCE_SECOND_PROJECT"),
            Self::PublicProject => (target.public_project.is_some(), "CONFORMANCE_PUBLIC_PROJECT"),
            Self::ArchivedProject => {
                (target.archived_project.is_some(), "CONFORMANCE_ARCHIVED_PROJECT")
            }
        };
        (!is_met).then(|| format!("{name} is not set"))
    }
}
