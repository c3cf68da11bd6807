//! What each check may change at most, known before anything is sent and held to while it runs.
//!
//! A check is code, so how much it sends shows only when it runs. What it may send is declared in a
//! table, from what runs against the reference have sent, with room for a target that is broken; a
//! check that wants more than that gets no further.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::plan::Plan;
use crate::settings::DEFAULT_CASES;
use crate::transport::Request;

/// The most that was seen, by the name of the check.
const TABLE: &str = include_str!("allowance/table.json");

/// What a check has sent.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Sent {
    /// All requests.
    pub requests: u32,
    /// Those that may change something, by method and template of the path.
    pub writes: BTreeMap<String, u32>,
}

/// The most that was seen of one check.
#[derive(Debug, Deserialize)]
struct Entry {
    requests: Seen,
    writes: BTreeMap<String, Seen>,
}

/// How often with one input for each property, and with as many as usual.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Seen(u32, u32);

/// What a check may send.
#[derive(Clone, Debug, Default)]
pub(crate) struct Allowance {
    requests: Amount,
    writes: BTreeMap<String, Amount>,
}

/// How many requests of a sort there are.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Amount {
    /// If nothing is broken.
    pub usual: u64,
    /// In any case.
    pub at_most: u64,
}

/// What a run may send.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Bound {
    /// The writes, by method and template of the path.
    pub writes: BTreeMap<String, Amount>,
    /// Writes of any of these kinds beside that, where a target answers otherwise.
    pub spare: u64,
    /// All requests, also those that look for leftovers and remove them.
    pub requests: Amount,
}

/// How many more writes a check may send in all, where a target makes it take another way.
const SPARE: u64 = 10;
/// For a check that only reads: how much depends on what there is, and it is never much.
const READING: Amount = Amount { usual: 10, at_most: 100 };
/// For how many smaller inputs there is room once one has failed.
const SMALLER: u64 = 120;
/// Requests for the look around, for the lists that the cleanup reads, and for lists with many
/// pages. In a project with very many agents a run takes more than that, and has to be allowed it.
const FOR_LISTS: u64 = 1_000;

impl Sent {
    /// Takes note of a request.
    pub(crate) fn note(&mut self, request: &Request) {
        self.requests += 1;
        if request.is_write() {
            *self.writes.entry(kind(request)).or_default() += 1;
        }
    }
}

impl Seen {
    /// What a run with so many inputs for each property sends.
    fn usual(self, cases: u32) -> u64 {
        u64::from(self.fixed()) + u64::from(self.each()) * u64::from(cases)
    }

    /// The same with room for a target that answers otherwise, and for smaller inputs to be tried
    /// once one has failed.
    fn at_most(self, cases: u32) -> u64 {
        let shrinking = u64::from(self.each()) * SMALLER;
        self.usual(cases) + u64::from(self.fixed() / 2) + shrinking
    }

    fn amount(self, cases: u32) -> Amount {
        Amount { usual: self.usual(cases), at_most: self.at_most(cases) }
    }

    fn each(self) -> u32 {
        self.1.saturating_sub(self.0).div_ceil(DEFAULT_CASES - 1)
    }

    fn fixed(self) -> u32 {
        self.0.saturating_sub(self.each())
    }
}

impl Allowance {
    /// Whether a check that has sent this may send it.
    pub(crate) fn covers(&self, sent: &Sent) -> bool {
        let allowed = |kind| self.writes.get(kind).map_or(0, |amount| amount.at_most);
        let kinds = sent.writes.iter();
        let beyond = kinds.map(|(kind, count)| u64::from(*count).saturating_sub(allowed(kind)));
        beyond.sum::<u64>() <= SPARE
    }
}

/// What each check of the table may send with so many inputs for each property.
pub(crate) fn allowances(cases: u32) -> BTreeMap<String, Allowance> {
    let allowance = |entry: Entry| Allowance {
        requests: entry.requests.amount(cases),
        writes: entry.writes.into_iter().map(|(kind, seen)| (kind, seen.amount(cases))).collect(),
    };
    let entries: BTreeMap<String, Entry> = serde_json::from_str(TABLE).unwrap_or_default();
    entries.into_iter().map(|(check, entry)| (check, allowance(entry))).collect()
}

/// What a run of the plan may send, its reruns and its cleanup included.
pub fn bound(plan: &Plan) -> Bound {
    let mut bound = Bound::default();
    let look_around = ["preflight"].into_iter().filter(|_| plan.read_only.is_none());
    for name in plan.checks.iter().map(|check| check.name).chain(look_around) {
        let Some(allowance) = plan.allowances.get(name) else { continue };
        let times = if name == "preflight" { 1 } else { 1 + u64::from(plan.reruns) };
        bound.requests.add(allowance.requests, 1);
        bound.requests.at_most += SPARE;
        bound.spare += SPARE * times;
        for (kind, amount) in &allowance.writes {
            bound.writes.entry(kind.clone()).or_default().add(*amount, times);
        }
    }
    let reading = plan.checks.iter().filter(|check| check.reads);
    reading.for_each(|_| bound.requests.add(READING, 1));
    // All reruns together send no more than the checks before them.
    bound.requests.at_most *= if plan.reruns > 0 { 2 } else { 1 };
    bound.requests.at_most += FOR_LISTS;
    bound.add_cleanup();
    bound
}

impl Amount {
    fn add(&mut self, other: Self, times: u64) {
        self.usual += other.usual;
        self.at_most += other.at_most * times;
    }
}

impl Bound {
    /// Every agent is deleted, once more if that seems to have failed.
    fn add_cleanup(&mut self) {
        let registration = "POST /projects/{id}/cluster_agents";
        let Some(made) = self.writes.get(registration).copied() else { return };
        let deletion = String::from("DELETE /projects/{id}/cluster_agents/{agent_id}");
        let most = 2 * (made.at_most + self.spare);
        let deletions = Amount { usual: made.usual, at_most: most };
        self.writes.entry(deletion).or_default().add(deletions, 1);
        self.requests.add(deletions, 1);
    }
}

/// A write as the plan tells it. A path that the document does not have is told with its ids left
/// out as well.
fn kind(request: &Request) -> String {
    let path = match request.operation {
        Some(operation) => operation.path.to_owned(),
        None => template(&request.path),
    };
    format!("{} {path}", request.method)
}

fn template(path: &str) -> String {
    let segments = path.split('/').enumerate().map(|(index, segment)| match index {
        2 => "{id}",
        4 => "{agent_id}",
        6 => "{token_id}",
        _ => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks;
    use crate::testing;

    #[test]
    fn every_check_has_an_allowance() {
        let table = allowances(DEFAULT_CASES);
        for check in checks::all().filter(|check| !check.reads) {
            let is_there = table.contains_key(check.name);
            assert!(
                is_there,
                "{}: ALLOWANCE=write cargo test -p xtask-conformance --test allowance",
                check.name
            );
        }
    }

    #[test]
    fn what_grows_with_the_inputs_is_allowed_for_these_and_for_shrinking() {
        assert_eq!(Seen(10, 10).at_most(16), 15);
        assert_eq!(Seen(10, 25).usual(16), 25);
        assert_eq!(Seen(10, 25).at_most(16), 25 + 4 + 120);
        assert_eq!(Seen(10, 25).usual(100), 109);
    }

    #[test]
    fn a_check_that_wants_more_than_it_may_gets_no_further() {
        let kind = String::from("POST /a");
        let allowance = Allowance {
            writes: BTreeMap::from([(kind.clone(), Amount { usual: 1, at_most: 2 })]),
            ..Allowance::default()
        };
        let sent = |kind: &str, count| {
            let writes = BTreeMap::from([(kind.to_owned(), count)]);
            Sent { requests: count, writes }
        };
        assert!(allowance.covers(&sent(&kind, 12)) && !allowance.covers(&sent(&kind, 13)));
        let other = |count| allowance.covers(&sent("DELETE /a", count));
        assert!(other(10) && !other(11));
    }

    #[test]
    fn a_plan_for_less_may_send_less() {
        let (whole, part) = (bound(&testing::plan(&[], false)), {
            bound(&testing::plan(&[crate::generated::RequirementId::TokenLimit], false))
        });
        assert!(part.requests.at_most < whole.requests.at_most);
        assert!(part.requests.usual < whole.requests.usual);
    }
}
