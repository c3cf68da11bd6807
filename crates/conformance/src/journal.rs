//! What this run has created, and what became of it.

use std::collections::{BTreeMap, BTreeSet};

/// All agents of the run. Tokens and URL configurations go with their agent.
///
/// An agent is written down before the request that registers it goes out, so that a lost answer
/// leaves a trace here.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: Vec<Entry>,
    by_id: BTreeMap<u64, usize>,
}

/// One agent that the run has made or wanted to make.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The project as it is in the path.
    pub(crate) project: String,
    pub(crate) name: String,
    pub(crate) state: State,
}

/// How far an agent has got.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum State {
    /// The request went out; its answer has not come.
    Intended,
    /// The target refused it.
    Refused,
    /// It exists.
    Exists(u64),
    /// It was deleted.
    Removed(u64),
}

impl Journal {
    /// Notes that an agent is about to be registered.
    pub(crate) fn intend(&mut self, project: &str, name: &str) {
        let (project, name) = (project.to_owned(), name.to_owned());
        self.entries.push(Entry { project, name, state: State::Intended });
    }

    /// Notes that the target has registered an agent.
    pub(crate) fn created(&mut self, project: &str, name: &str, id: u64) {
        let index = self.open(project, name).unwrap_or_else(|| {
            self.intend(project, name);
            self.entries.len() - 1
        });
        self.entries[index].state = State::Exists(id);
        self.by_id.insert(id, index);
    }

    /// Notes that an agent of this run is in a list.
    pub(crate) fn found(&mut self, project: &str, name: &str, id: u64) {
        match self.by_id.get(&id) {
            Some(index) => self.entries[*index].state = State::Exists(id),
            None => self.created(project, name, id),
        }
    }

    /// Notes that the target has refused to register an agent.
    pub(crate) fn refused(&mut self, project: &str, name: &str) {
        if let Some(index) = self.open(project, name) {
            self.entries[index].state = State::Refused;
        }
    }

    /// Notes that an agent is gone.
    pub(crate) fn removed(&mut self, id: u64) {
        if let Some(index) = self.by_id.get(&id) {
            self.entries[*index].state = State::Removed(id);
        }
    }

    /// Whether this run has made the agent, also if it is gone by now.
    pub(crate) fn is_ours(&self, id: u64) -> bool {
        self.by_id.contains_key(&id)
    }

    /// Whether an agent is known to exist.
    pub(crate) fn exists(&self, id: u64) -> bool {
        self.by_id.get(&id).is_some_and(|index| self.entries[*index].state == State::Exists(id))
    }

    /// The projects in which something may have been made.
    pub(crate) fn projects(&self) -> BTreeSet<String> {
        let reached = self.entries.iter().filter(|entry| entry.state != State::Refused);
        reached.map(|entry| entry.project.clone()).collect()
    }

    /// What may still exist.
    pub(crate) fn open_entries(&self) -> Vec<Entry> {
        let may_exist = |entry: &&Entry| matches!(entry.state, State::Intended | State::Exists(_));
        self.entries.iter().filter(may_exist).cloned().collect()
    }

    /// The latest entry of the name that waits for an answer.
    fn open(&self, project: &str, name: &str) -> Option<usize> {
        let waits = |entry: &Entry| {
            entry.state == State::Intended && entry.name == name && entry.project == project
        };
        self.entries.iter().rposition(waits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_exist_is_open() {
        let project = "20";
        let mut journal = Journal::default();
        for name in ["lost", "refused", "kept", "removed"] {
            journal.intend(project, name);
        }
        journal.refused(project, "refused");
        journal.created(project, "kept", 1);
        journal.created(project, "removed", 2);
        journal.removed(2);
        let open: Vec<_> = journal.open_entries().into_iter().map(|entry| entry.name).collect();
        assert_eq!(open, ["lost", "kept"]);
        assert!(journal.is_ours(2) && !journal.is_ours(3));
    }

    #[test]
    fn each_answer_closes_one_of_several_intentions_of_a_name() {
        let project = "20";
        let mut journal = Journal::default();
        journal.intend(project, "twice");
        journal.intend(project, "twice");
        journal.created(project, "twice", 1);
        journal.refused(project, "twice");
        assert_eq!(journal.open_entries().len(), 1);
    }
}
