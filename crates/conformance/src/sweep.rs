//! Removes what runs have left that could not do it themselves.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Utc;

use crate::cleanup::{self, Leftover, ListFailure, Listed};
use crate::error::Error;
use crate::journal::record::{self, Record};
use crate::journal::{Journal, State, file};
use crate::ledger::Ledger;
use crate::plan::Plan;
use crate::run_id::RunId;
use crate::session::Session;
use crate::target::{Project, Target};

/// The way to a target on which something may have been left.
#[derive(Debug)]
pub struct Sweeper<'s> {
    session: Session<'s>,
}

/// What may be removed, found before anything is.
#[derive(Debug, Default)]
pub struct Found {
    /// The agents.
    pub agents: Vec<Orphan>,
    /// What the user should know of journals and projects that were left out.
    pub notes: Vec<String>,
    journals: Vec<PathBuf>,
    is_incomplete: bool,
}

/// An agent that a run has left.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Orphan {
    /// The project, as it is in the path of requests.
    pub project: String,
    /// The id.
    pub id: u64,
    /// The name.
    pub name: String,
    /// How it is known that a run has made it.
    pub because: String,
}

/// The agents that a run under way would leave if it ended now, by its journal.
pub fn open_in(journal: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(journal).unwrap_or_default();
    let entries = Journal::replay(&record::read(&text)).open_entries();
    entries
        .into_iter()
        .map(|entry| format!("{} in project {}", entry.name, entry.project))
        .collect()
}

impl<'s> Sweeper<'s> {
    /// Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// What makes a client impossible.
    pub fn new(ledger: &'s Ledger, plan: &'s Plan, target: &'s Target) -> Result<Self, Error> {
        Ok(Self { session: Session::open(plan, ledger, target)? })
    }

    /// Looks for agents of earlier runs: those in the journals of a folder, and, with an age, those
    /// whose names begin as names of runs do and that are older.
    ///
    /// # Errors
    ///
    /// Journals that cannot be read, and a project whose list the target does not give.
    pub async fn find(&self, folder: &Path, older_than: Option<Duration>) -> Result<Found, Error> {
        let mut found = Found::default();
        let journals = self.journals(folder, &mut found)?;
        let given = self.session.target.projects().map(Project::segment);
        let mut projects: BTreeSet<String> = given.filter(|_| older_than.is_some()).collect();
        projects.extend(journals.iter().flat_map(|(_, journal)| journal.projects()));
        // Whether the settings fit the target shows before anything is taken for gone.
        let own = self.session.target.project.segment();
        self.listed(&own).await.map_err(|failure| self.unfit(&failure))?;
        for project in projects {
            match self.listed(&project).await {
                Ok(listed) => found.take(&project, listed, &journals, older_than),
                Err(failure) => {
                    found.is_incomplete = true;
                    found.notes.push(format!("project {project}: {failure}"));
                }
            }
        }
        found.agents.sort();
        Ok(found)
    }

    /// Removes what was found, and the journals in which nothing is left; what could not be removed
    /// is returned.
    pub async fn remove(&self, found: &Found) -> Vec<Leftover> {
        let leftovers = cleanup::remove_orphans(&self.session, &found.agents).await;
        if leftovers.is_empty() && !found.is_incomplete {
            for path in &found.journals {
                let _ = std::fs::remove_file(path);
            }
        }
        leftovers
    }

    /// The journals of runs against the target that have ended, each with the name of its run.
    fn journals(&self, folder: &Path, found: &mut Found) -> Result<Vec<(String, Journal)>, Error> {
        let fail =
            |path: &Path, source| Error::Journal { path: path.display().to_string(), source };
        let mut journals = Vec::new();
        for path in file::files(folder).map_err(|error| fail(folder, error))? {
            let records = file::read(&path).map_err(|error| fail(&path, error))?;
            match self.journal(records.as_deref()) {
                Ok(journal) => {
                    journals.push(journal);
                    found.journals.push(path);
                }
                Err(reason) => found.notes.push(format!("{}: {reason}", path.display())),
            }
        }
        Ok(journals)
    }

    fn journal(&self, records: Option<&[Record]>) -> Result<(String, Journal), String> {
        let records = records.ok_or("its run is still under way")?;
        let Some(Record::Begun { run, base_url, .. }) = records.first() else {
            return Err(String::from("it does not begin as journals do"));
        };
        match base_url == self.session.target.base_url.as_str() {
            true => Ok((run.clone(), Journal::replay(records))),
            false => Err(format!("it is about {base_url}")),
        }
    }

    async fn listed(&self, project: &str) -> Result<Vec<Listed>, ListFailure> {
        cleanup::whole_list(&self.session, project).await
    }

    fn unfit(&self, failure: &ListFailure) -> Error {
        let target = self.session.target;
        match failure {
            ListFailure::NoAnswer(problem) => Error::Unreachable {
                url: target.base_url.to_string(),
                problem: self.session.redact(problem),
            },
            ListFailure::Status(status) => Error::Rejected {
                setting: String::from("base URL, project or the maintainer's token"),
                problem: format!("listing the agents of {} answers {status}", target.project),
            },
        }
    }
}

impl Found {
    fn take(
        &mut self,
        project: &str,
        listed: Vec<Listed>,
        journals: &[(String, Journal)],
        older_than: Option<Duration>,
    ) {
        for listed in listed {
            let known = journals.iter().find(|(_, journal)| is_in(&listed, project, journal));
            let known = known.map(|(run, _)| format!("in the journal of run {run}"));
            if let Some(because) = known.or_else(|| is_older(&listed, older_than?)) {
                let (id, name) = (listed.id, listed.name);
                self.agents.push(Orphan { project: project.to_owned(), id, name, because });
            }
        }
    }
}

/// Whether a run has written down that it made this very agent. A name that was never answered is
/// enough: no two runs have the same names.
fn is_in(listed: &Listed, project: &str, journal: &Journal) -> bool {
    let mut entries = journal.open_entries().into_iter();
    entries.any(|entry| {
        let is_meant =
            matches!(entry.state, State::Intended) || entry.state == State::Exists(listed.id);
        is_meant && entry.project == project && entry.name == listed.name
    })
}

fn is_older(listed: &Listed, age: Duration) -> Option<String> {
    let passed = Utc::now().signed_duration_since(listed.created?).to_std().ok()?;
    (RunId::could_be_of_a_run(&listed.name) && passed >= age)
        .then(|| format!("named like one of a run, {} minutes old", passed.as_secs() / 60))
}
