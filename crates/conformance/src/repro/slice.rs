//! The part of a recording that a failure depends on.
//!
//! A request depends on what made the things that it names, on the writes to the same agent, and,
//! where it speaks of names or of the whole list, on the agents with that name or on all of them.

use std::collections::BTreeSet;

use crate::repro::recording::{Recorded, Recording};
use crate::repro::symbols::{Kind, references};

/// A transcript longer than this helps nobody.
const LONGEST: usize = 60;

/// The exchanges up to the one with this id on which it depends. If its own answer does not show the
/// failure, also those after it. Empty if there are too many.
pub(super) fn of<'r>(
    recording: &'r Recording,
    request_id: &str,
    shows_itself: bool,
) -> Vec<&'r Recorded> {
    let records = recording.in_order();
    let Some(shown) = records.iter().position(|record| record.request_id == request_id) else {
        return Vec::new();
    };
    let slice = Slice { records: &records, shown, shows_itself }.indices();
    match slice.len() > LONGEST {
        true => Vec::new(),
        false => slice.into_iter().map(|index| records[index]).collect(),
    }
}

struct Slice<'s, 'r> {
    records: &'s [&'r Recorded],
    /// The index of the exchange that is the evidence.
    shown: usize,
    shows_itself: bool,
}

impl Slice<'_, '_> {
    fn indices(&self) -> BTreeSet<usize> {
        let mut wanted = BTreeSet::from([self.shown]);
        let agents = self.agents_of(self.shown);
        wanted.extend(self.after(&agents));
        wanted.extend(self.writes_to(&agents));
        if agents.is_empty() {
            wanted.extend(self.registrations());
        }
        wanted.extend(self.simultaneous(&wanted, &agents));
        wanted.extend(self.namesakes(&wanted));
        self.close(&mut wanted);
        wanted
    }

    /// The agents that a request names.
    fn agents_of(&self, index: usize) -> BTreeSet<u64> {
        let named = references(&self.records[index].request);
        named.into_iter().filter(|(kind, _)| *kind == Kind::Agent).map(|(_, id)| id).collect()
    }

    fn touches(&self, index: usize, agents: &BTreeSet<u64>) -> bool {
        !self.agents_of(index).is_disjoint(agents)
    }

    /// What was looked at after the exchange, where that exchange is a write.
    fn after(&self, agents: &BTreeSet<u64>) -> Vec<usize> {
        let has_more = !self.shows_itself && self.records[self.shown].request.is_write();
        let later = self.shown + 1..self.records.len();
        later.filter(|index| has_more && self.touches(*index, agents)).collect()
    }

    /// What met one of the wanted requests on the same agents.
    fn simultaneous(&self, wanted: &BTreeSet<usize>, agents: &BTreeSet<u64>) -> Vec<usize> {
        let meets = |index: &usize| {
            let it = self.records[*index];
            wanted.iter().any(|other| other != index && overlap(it, self.records[*other]))
        };
        let touching = (0..self.records.len()).filter(|index| self.touches(*index, agents));
        touching.filter(meets).collect()
    }

    /// Registrations of the same name that met one of the wanted ones.
    fn namesakes(&self, wanted: &BTreeSet<usize>) -> Vec<usize> {
        let is_namesake = |it: &Recorded, other: &Recorded| {
            let name = it.request.name();
            name.is_some() && name == other.request.name() && overlap(it, other)
        };
        let registrations = (0..self.records.len())
            .filter(|index| Kind::made_by(&self.records[*index].request) == Some(Kind::Agent));
        registrations
            .filter(|index| {
                wanted.iter().any(|other| is_namesake(self.records[*index], self.records[*other]))
            })
            .collect()
    }

    /// Writes that the agents have seen before: those that succeeded, and the last that was refused
    /// where a read shows that it had an effect.
    fn writes_to(&self, agents: &BTreeSet<u64>) -> Vec<usize> {
        let writes = (0..self.shown).filter(|index| {
            self.records[*index].request.is_write() && self.touches(*index, agents)
        });
        let (mut kept, refused): (Vec<usize>, Vec<usize>) =
            writes.partition(|index| self.records[*index].is_success());
        if !self.records[self.shown].request.is_write() {
            kept.extend(refused.last());
        }
        kept
    }

    /// For a request about the project: the agents of the same name, or all, and their deletions.
    fn registrations(&self) -> Vec<usize> {
        let shown = &self.records[self.shown].request;
        let name = shown.name().filter(|_| shown.is_write());
        if shown.is_write() && name.is_none() {
            return Vec::new();
        }
        let is_alike = |record: &Recorded| name.is_none() || record.request.name() == name;
        let made: BTreeSet<u64> = self.records[..self.shown]
            .iter()
            .filter(|record| references(&record.request).is_empty() && is_alike(record))
            .filter_map(|record| record.made)
            .collect();
        let before = 0..self.shown;
        before
            .filter(|index| {
                let record = self.records[*index];
                let deletes = record.is_success() && is_deletion(record);
                record.made.is_some_and(|id| made.contains(&id) && is_registration(record))
                    || (deletes && self.touches(*index, &made))
            })
            .collect()
    }

    /// Adds what made the things that the wanted requests name.
    fn close(&self, wanted: &mut BTreeSet<usize>) {
        let mut open: Vec<usize> = wanted.iter().copied().collect();
        while let Some(index) = open.pop() {
            for maker in self.makers(index) {
                if wanted.insert(maker) {
                    open.push(maker);
                }
            }
        }
    }

    fn makers(&self, index: usize) -> Vec<usize> {
        let request = &self.records[index].request;
        let named = references(request);
        let made = |record: &Recorded| {
            let thing = Kind::made_by(&record.request).zip(record.made);
            thing.is_some_and(|thing| named.contains(&thing))
        };
        let lent = |record: &Recorded| {
            let secret = record.secret.as_ref().map(crate::target::Secret::expose);
            secret.is_some_and(|secret| request.carries(secret))
        };
        let before = self.records.iter().enumerate().take(index);
        before.filter(|(_, record)| made(record) || lent(record)).map(|(at, _)| at).collect()
    }
}

/// Whether both were under way at the same moment.
pub(super) fn overlap(one: &Recorded, other: &Recorded) -> bool {
    one.started < other.ended && other.started < one.ended
}

fn is_registration(record: &Recorded) -> bool {
    Kind::made_by(&record.request) == Some(Kind::Agent)
}

fn is_deletion(record: &Recorded) -> bool {
    record.request.operation_id() == "deleteAgent"
}
