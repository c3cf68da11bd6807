//! What the unit tests share: a session with a target that nobody talks to.

use crate::check::Check;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::plan::Plan;
use crate::session::Session;
use crate::settings::{Given, Settings};
use crate::target::{Actor, Project, Secret, Target};

/// Everything that a session borrows.
pub(crate) struct Fixture {
    ledger: Ledger,
    plan: Plan,
    target: Target,
}

impl Fixture {
    /// A target at an address where nothing listens.
    pub(crate) fn new(seed: u64) -> Self {
        Self::at("http://127.0.0.1:9/api/v4", seed)
    }

    pub(crate) fn at(base_url: &str, seed: u64) -> Self {
        let ledger = Ledger::embedded().expect("a ledger");
        let target = Target::new(base_url, Project::Number(20))
            .expect("a good URL")
            .with_token(Actor::Maintainer, Secret::new("a-token-of-the-maintainer"));
        let given = Given { seed: Some(seed), ..Given::default() };
        let settings = Settings::resolve(&given, &|_| None).expect("good settings");
        let plan = Plan::build(&ledger, &settings, &target);
        Self { ledger, plan, target }
    }

    pub(crate) fn session(&self) -> Session<'_> {
        Session::open(&self.plan, &self.ledger, &self.target).expect("a session")
    }
}

/// A check that does nothing.
pub(crate) fn check() -> &'static Check {
    static CHECK: Check = Check::new("test", &[], |_| Box::pin(async { Ok(()) }));
    &CHECK
}

pub(crate) fn finding(got: &str) -> Finding {
    Finding {
        check: "test",
        expected: String::from("something else"),
        got: got.to_owned(),
        diff: None,
        exchange: None,
    }
}
