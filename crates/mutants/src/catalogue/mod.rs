//! All defects, one file for each class.

mod cache;
mod connection;
mod credential;
mod flaky;
mod isolation;
mod lifecycle;
mod limit;
mod page;
mod prelude;
mod race;
mod receptive;
mod role;
mod secret;
mod shape;
mod stale;
mod status;
mod validation;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cluster_agents_conformance::generated::RequirementId;

use crate::server::{Plant, Server, ServerError};

/// The defects that were written down before anybody looked at the checks of the suite.
pub const BLIND: &str = include_str!("../../blind.txt");

static BLIND_NAMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let lines = BLIND.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split(' ').nth(1)).collect()
});

/// One thing that an implementation does wrongly.
#[derive(Clone, Copy, Debug)]
pub struct Defect {
    /// What it is called, after what it does.
    pub name: &'static str,
    /// The class that it belongs to.
    pub class: &'static str,
    /// The requirement that should catch it.
    pub requirement: RequirementId,
    /// What it does, in one sentence.
    pub does: &'static str,
    pub(crate) plant: Plant,
}

impl Defect {
    /// The class comes from the file, later.
    const fn new(
        name: &'static str,
        requirement: RequirementId,
        does: &'static str,
        plant: Plant,
    ) -> Self {
        Self { name, class: "", requirement, does, plant }
    }

    /// Whether it was written down before anybody looked at the checks of the suite.
    #[must_use]
    pub fn is_blind(&self) -> bool {
        BLIND_NAMES.contains(self.name)
    }

    /// Where it is planted.
    #[must_use]
    pub fn seam(&self) -> &'static str {
        self.plant.seam()
    }

    /// Starts a server that has it.
    ///
    /// # Errors
    ///
    /// No port can be listened on.
    pub async fn start(&self) -> Result<Server, ServerError> {
        Server::start(self.plant).await
    }
}

/// All defects, class by class.
#[must_use]
pub fn defects() -> Vec<Defect> {
    let classes = [
        ("shape", shape::DEFECTS),
        ("status", status::DEFECTS),
        ("role", role::DEFECTS),
        ("credential", credential::DEFECTS),
        ("isolation", isolation::DEFECTS),
        ("lifecycle", lifecycle::DEFECTS),
        ("limit", limit::DEFECTS),
        ("secret", secret::DEFECTS),
        ("page", page::DEFECTS),
        ("validation", validation::DEFECTS),
        ("receptive", receptive::DEFECTS),
        ("race", race::DEFECTS),
        ("stale", stale::DEFECTS),
        ("cache", cache::DEFECTS),
        ("flaky", flaky::DEFECTS),
        ("connection", connection::DEFECTS),
    ];
    let of_class = |(class, defects): (&'static str, &'static [Defect])| {
        defects.iter().map(move |defect| Defect { class, ..*defect })
    };
    classes.into_iter().flat_map(of_class).collect()
}
