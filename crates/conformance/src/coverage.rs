//! Which answers were seen: by operation, status and caller, and how long they took.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::transport::{Credential, Exchange};

/// What one check, or a whole run, has seen.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    cells: BTreeMap<Cell, u64>,
    /// In microseconds, in the order of the answers.
    latencies: BTreeMap<&'static str, Vec<u64>>,
}

/// One sort of answer.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Cell {
    /// The operation, by its id in the document.
    pub operation: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// Who called: an actor by the end of its variable, `anonymous`, or `other` for credentials
    /// that are nobody's.
    pub actor: &'static str,
}

impl Coverage {
    /// Takes note of an answer.
    pub(crate) fn note(&mut self, exchange: &Exchange) {
        let Some(operation) = exchange.request.operation else { return };
        let actor = actor(&exchange.request.credential);
        let cell = Cell { operation: operation.id, status: exchange.status, actor };
        *self.cells.entry(cell).or_default() += 1;
        let took = u64::try_from(exchange.took.as_micros()).unwrap_or(u64::MAX);
        self.latencies.entry(operation.id).or_default().push(took);
    }

    /// Adds what another check has seen.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (cell, count) in &other.cells {
            *self.cells.entry(*cell).or_default() += count;
        }
        for (operation, took) in &other.latencies {
            self.latencies.entry(operation).or_default().extend(took);
        }
    }

    /// All sorts of answers that were seen, with how often.
    pub fn cells(&self) -> impl Iterator<Item = (&Cell, u64)> {
        self.cells.iter().map(|(cell, count)| (cell, *count))
    }

    /// How long the answers of an operation took, in microseconds, ascending.
    pub fn latencies(&self, operation: &str) -> Vec<u64> {
        let mut took = self.latencies.get(operation).cloned().unwrap_or_default();
        took.sort_unstable();
        took
    }
}

/// The caller in a word.
fn actor(credential: &Credential) -> &'static str {
    match credential {
        Credential::None => "anonymous",
        Credential::PrivateToken(actor) | Credential::Bearer(actor) => actor.name(),
        Credential::Elsewhere { .. } | Credential::Made { .. } => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;
    use crate::oracle::tests::answered;
    use crate::target::{Actor, Project};

    #[test]
    fn answers_are_counted_by_operation_status_and_caller() {
        let project = Project::Number(20);
        let list = || api::list_agents(&project);
        let (mut one, mut other) = (Coverage::default(), Coverage::default());
        for (request, status) in
            [(list(), 200), (list().by(Actor::Guest), 403), (list().with(Credential::None), 401)]
        {
            one.note(&answered(request, status, &[], "[]"));
        }
        other.note(&answered(list(), 200, &[], "[]"));
        one.merge(&other);
        let told: Vec<String> = one
            .cells()
            .map(|(cell, count)| format!("{} {} {count}", cell.status, cell.actor))
            .collect();
        assert_eq!(told, ["200 maintainer 2", "401 anonymous 1", "403 guest 1"]);
        assert_eq!(one.latencies("listAgents").len(), 4);
    }
}
