//! What this run has created, and what became of it.

pub(crate) mod file;
pub(crate) mod record;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use crate::error::Error;
use crate::journal::file::JournalFile;
use crate::journal::record::Record;

/// All agents of the run. Tokens and URL configurations go with their agent.
///
/// An agent is written down before the request that registers it goes out, so that a lost answer
/// leaves a trace here; with a file, so that a lost process does.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: Vec<Entry>,
    by_id: BTreeMap<(String, u64), usize>,
    file: Option<JournalFile>,
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
    Removed,
}

impl Journal {
    /// A journal that is kept on disk as well.
    pub(crate) fn in_folder(folder: &Path, run: &str, base_url: &str) -> Result<Self, Error> {
        let mut file = JournalFile::create(folder, run)?;
        let begun = Record::Begun {
            run: run.to_owned(),
            base_url: base_url.to_owned(),
            time: chrono::Utc::now().to_rfc3339(),
            suite: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let path = file::path(folder, run).display().to_string();
        file.append(&begun).map_err(|source| Error::Journal { path, source })?;
        Ok(Self { file: Some(file), ..Self::default() })
    }

    /// What a file tells of a run that has ended.
    pub(crate) fn replay(records: &[Record]) -> Self {
        let mut journal = Self::default();
        records.iter().for_each(|record| journal.take(record));
        journal
    }

    /// Notes that an agent is about to be registered. The request may go out if that succeeds.
    pub(crate) fn intend(&mut self, project: &str, name: &str) -> io::Result<()> {
        let (project, name) = (project.to_owned(), name.to_owned());
        self.write(&Record::Intended { project, name })
    }

    /// Notes that the target has registered an agent.
    pub(crate) fn created(&mut self, project: &str, name: &str, id: u64) {
        let (project, name) = (project.to_owned(), name.to_owned());
        self.note(&Record::Created { project, name, id });
    }

    /// Notes that the target has refused to register an agent.
    pub(crate) fn refused(&mut self, project: &str, name: &str) {
        let (project, name) = (project.to_owned(), name.to_owned());
        self.note(&Record::Refused { project, name });
    }

    /// Notes that an agent is gone.
    pub(crate) fn removed(&mut self, project: &str, id: u64) {
        if self.is_ours(project, id) {
            self.note(&Record::Removed { project: project.to_owned(), id });
        }
    }

    /// Whether this run has made the agent, also if it is gone by now.
    pub(crate) fn is_ours(&self, project: &str, id: u64) -> bool {
        self.by_id.contains_key(&(project.to_owned(), id))
    }

    /// Whether an agent is known to exist.
    pub(crate) fn exists(&self, project: &str, id: u64) -> bool {
        let index = self.by_id.get(&(project.to_owned(), id));
        index.is_some_and(|index| self.entries[*index].state == State::Exists(id))
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

    /// Forgets the file of a run that has left nothing behind.
    pub(crate) fn close(&mut self) {
        if let Some(file) = self.file.take() {
            file.remove();
        }
    }

    /// Writes down what has happened already. A line that is missing can only make a later sweep
    /// look for something that is gone.
    fn note(&mut self, record: &Record) {
        let _ = self.write(record);
    }

    fn write(&mut self, record: &Record) -> io::Result<()> {
        self.take(record);
        self.file.as_mut().map_or(Ok(()), |file| file.append(record))
    }

    fn take(&mut self, record: &Record) {
        match record {
            Record::Begun { .. } => {}
            Record::Intended { project, name } => self.add(project, name, State::Intended),
            Record::Refused { project, name } => {
                if let Some(index) = self.open(project, name) {
                    self.entries[index].state = State::Refused;
                }
            }
            Record::Created { project, name, id } => self.take_created(project, name, *id),
            Record::Removed { project, id } => {
                if let Some(index) = self.by_id.get(&(project.clone(), *id)) {
                    self.entries[*index].state = State::Removed;
                }
            }
        }
    }

    fn take_created(&mut self, project: &str, name: &str, id: u64) {
        let key = (project.to_owned(), id);
        let known = self.by_id.get(&key).copied().or_else(|| self.open(project, name));
        let index = known.unwrap_or_else(|| {
            self.add(project, name, State::Intended);
            self.entries.len() - 1
        });
        self.entries[index].state = State::Exists(id);
        self.by_id.insert(key, index);
    }

    fn add(&mut self, project: &str, name: &str, state: State) {
        let (project, name) = (project.to_owned(), name.to_owned());
        self.entries.push(Entry { project, name, state });
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

    const PROJECT: &str = "20";

    fn intending(names: &[&str]) -> Journal {
        let mut journal = Journal::default();
        for name in names {
            journal.intend(PROJECT, name).expect("no file");
        }
        journal
    }

    fn open(journal: &Journal) -> Vec<String> {
        journal.open_entries().into_iter().map(|entry| entry.name).collect()
    }

    #[test]
    fn only_what_may_exist_is_open() {
        let mut journal = intending(&["lost", "refused", "kept", "removed"]);
        journal.refused(PROJECT, "refused");
        journal.created(PROJECT, "kept", 1);
        journal.created(PROJECT, "removed", 2);
        journal.removed(PROJECT, 2);
        assert_eq!(open(&journal), ["lost", "kept"]);
        assert!(journal.is_ours(PROJECT, 2) && !journal.is_ours(PROJECT, 3));
    }

    #[test]
    fn an_id_is_ours_in_its_own_project_only() {
        let mut journal = intending(&["a"]);
        journal.created(PROJECT, "a", 1);
        assert!(journal.is_ours(PROJECT, 1) && !journal.is_ours("21", 1));
    }

    #[test]
    fn each_answer_closes_one_of_several_intentions_of_a_name() {
        let mut journal = intending(&["twice", "twice"]);
        journal.created(PROJECT, "twice", 1);
        journal.refused(PROJECT, "twice");
        assert_eq!(journal.open_entries().len(), 1);
    }

    #[test]
    fn a_file_tells_the_same_as_the_journal_that_wrote_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal =
            Journal::in_folder(folder.path(), "1", "http://127.0.0.1/").expect("a file");
        for name in ["lost", "kept", "removed"] {
            journal.intend(PROJECT, name).expect("written");
        }
        journal.created(PROJECT, "kept", 1);
        journal.created(PROJECT, "removed", 2);
        journal.removed(PROJECT, 2);
        let path = file::path(folder.path(), "1");
        assert_eq!(file::read(&path).expect("a file"), None, "its run lives");
        drop(journal);
        let records = file::read(&path).expect("a file").expect("its run has ended");
        let replayed = Journal::replay(&records);
        assert_eq!(open(&replayed), ["lost", "kept"]);
        assert!(replayed.exists(PROJECT, 1) && !replayed.exists(PROJECT, 2));
    }

    #[test]
    fn a_journal_that_is_closed_leaves_no_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal =
            Journal::in_folder(folder.path(), "1", "http://127.0.0.1/").expect("a file");
        assert_eq!(file::files(folder.path()).expect("a folder").len(), 1);
        journal.close();
        assert!(file::files(folder.path()).expect("a folder").is_empty());
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error_before_anything_is_sent() {
        let folder = tempfile::tempdir().expect("a folder");
        let taken = folder.path().join("file");
        std::fs::write(&taken, "").expect("a file");
        let error = Journal::in_folder(&taken, "1", "http://127.0.0.1/").expect_err("no folder");
        assert!(error.to_string().contains("journal"), "{error}");
    }
}
