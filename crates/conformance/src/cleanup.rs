//! Removes what the run has created, and says what it could not remove.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, stream};
use serde::Serialize;
use serde_json::Value;

use crate::context::Agent;
use crate::journal::{Entry, State};
use crate::session::Session;
use crate::sweep::Orphan;
use crate::transport::{Exchange, Request};

/// How many agents are deleted at the same time.
const AT_A_TIME: usize = 4;
/// The size of a page of the last look at the list.
const PAGE: usize = 100;
/// How many pages are looked at. The names of a run sort together, and projects are smaller.
const PAGES: usize = 50;

/// An agent of the run that may still exist.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Leftover {
    /// The project, as it is in the path of requests.
    pub project: String,
    /// The id, if the target has told it.
    pub id: Option<u64>,
    /// The name.
    pub name: String,
    /// What happened when it was to be removed.
    pub problem: String,
}

/// Deletes the agents of one check. What fails here is tried again at the end.
pub(crate) async fn remove(session: &Session<'_>, agents: Vec<Agent>) {
    for agent in agents {
        let project = agent.project.segment();
        let exists = session.journal.borrow().exists(&project, agent.id);
        if exists {
            let _ = delete(session, &project, agent.id).await;
        }
    }
}

/// Deletes everything that may exist, and looks whether it is really gone.
pub(crate) async fn remove_all(session: &Session<'_>) -> Vec<Leftover> {
    session.transport.resume();
    if session.transport.is_lost() {
        session.transport.give_another_chance();
    }
    let open = session.journal.borrow().open_entries();
    let left: Vec<Option<Leftover>> = stream::iter(open)
        .map(|entry| remove_entry(session, entry))
        .buffered(AT_A_TIME)
        .collect()
        .await;
    let mut leftovers: Vec<Leftover> = left.into_iter().flatten().collect();
    let projects = session.journal.borrow().projects();
    for project in projects {
        sweep(session, &project, &mut leftovers).await;
    }
    leftovers.sort();
    leftovers.dedup_by(|a, b| a.project == b.project && a.id == b.id && a.name == b.name);
    if leftovers.is_empty() {
        session.journal.borrow_mut().close();
    }
    leftovers
}

async fn remove_entry(session: &Session<'_>, entry: Entry) -> Option<Leftover> {
    // One whose id is not known may be found in the list.
    let State::Exists(id) = entry.state else { return None };
    let problem = delete(session, &entry.project, id).await.err()?;
    Some(Leftover { project: entry.project, id: Some(id), name: entry.name, problem })
}

async fn delete(session: &Session<'_>, project: &str, id: u64) -> Result<(), String> {
    let request = Request::of("deleteAgent", &[project, &id.to_string()]);
    let answer = send(session, request).await?;
    match answer.status {
        200 | 202 | 204 | 404 | 410 => {
            session.journal.borrow_mut().removed(project, id);
            Ok(())
        }
        status => Err(format!("deleting it was answered with status {status}")),
    }
}

/// Looks for agents of this run in the list of a project: those whose id never became known, and
/// those that were deleted without effect. What is not in the list is gone after all.
async fn sweep(session: &Session<'_>, project: &str, leftovers: &mut Vec<Leftover>) {
    let found = match listed(session, project).await {
        Ok(found) => found,
        Err(problem) => {
            leftovers.extend(unknown(session, project, &problem));
            return;
        }
    };
    let mut problems = BTreeMap::new();
    for (id, name) in &found {
        session.journal.borrow_mut().created(project, name, *id);
        let problem = delete(session, project, *id).await.err();
        problems.insert(
            *id,
            problem.unwrap_or_else(|| String::from("it is listed after its deletion")),
        );
    }
    let remaining =
        if found.is_empty() { found } else { listed(session, project).await.unwrap_or(found) };
    leftovers.retain(|left| left.project != project);
    leftovers.extend(remaining.into_iter().map(|(id, name)| Leftover {
        project: project.to_owned(),
        id: Some(id),
        name,
        problem:
            problems.remove(&id).unwrap_or_else(|| String::from("it came to light at the end")),
    }));
}

/// The agents of the run in the list.
async fn listed(session: &Session<'_>, project: &str) -> Result<Vec<(u64, String)>, String> {
    let items = whole_list(session, project).await.map_err(|failure| failure.to_string())?;
    let journal = session.journal.borrow();
    let is_ours = |listed: &Listed| {
        journal.is_ours(project, listed.id) || session.plan.run.owns(&listed.name)
    };
    let ours = items.into_iter().filter(is_ours).map(|listed| (listed.id, listed.name));
    let mut found: Vec<(u64, String)> = ours.collect();
    found.sort();
    found.dedup();
    Ok(found)
}

/// Why a list could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ListFailure {
    #[error("{0}")]
    NoAnswer(String),
    #[error("the list was answered with status {0}")]
    Status(u16),
}

/// An agent in a list, as far as it matters whose it is.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) created: Option<DateTime<Utc>>,
}

impl Listed {
    fn of(item: &Value) -> Option<Self> {
        let time = item.get("created_at").and_then(Value::as_str);
        let time = time.and_then(|time| DateTime::parse_from_rfc3339(time).ok());
        let (id, name) = (item.get("id")?.as_u64()?, item.get("name")?.as_str()?);
        Some(Self { id, name: name.to_owned(), created: time.map(|time| time.to_utc()) })
    }
}

/// All agents of a project, page by page.
pub(crate) async fn whole_list(
    session: &Session<'_>,
    project: &str,
) -> Result<Vec<Listed>, ListFailure> {
    let mut found = Vec::new();
    for page in 1..=PAGES {
        let request =
            Request::of("listAgents", &[project]).query("per_page", PAGE).query("page", page);
        let answer = send(session, request).await.map_err(ListFailure::NoAnswer)?;
        let items = answer.items().filter(|_| answer.is_success());
        let items = items.ok_or(ListFailure::Status(answer.status))?;
        found.extend(items.iter().filter_map(Listed::of));
        if items.len() < PAGE || found.len() > PAGE * PAGES {
            break;
        }
    }
    Ok(found)
}

/// Deletes agents of earlier runs, one after the other.
pub(crate) async fn remove_orphans(session: &Session<'_>, orphans: &[Orphan]) -> Vec<Leftover> {
    let mut leftovers = Vec::new();
    for Orphan { project, id, name, .. } in orphans {
        session.journal.borrow_mut().created(project, name, *id);
        if let Err(problem) = delete(session, project, *id).await {
            let (project, name) = (project.clone(), name.clone());
            leftovers.push(Leftover { project, id: Some(*id), name, problem });
        }
    }
    leftovers
}

/// What was asked for and never answered, when the list cannot tell either.
fn unknown(session: &Session<'_>, project: &str, problem: &str) -> Vec<Leftover> {
    let open = session.journal.borrow().open_entries();
    let lost =
        open.into_iter().filter(|entry| entry.project == project && entry.state == State::Intended);
    lost.map(|entry| Leftover {
        project: entry.project,
        id: None,
        name: entry.name,
        problem: format!("nobody knows whether it was registered: {problem}"),
    })
    .collect()
}

async fn send(session: &Session<'_>, request: Request) -> Result<Exchange, String> {
    let id = session.plan.run.name("cleanup");
    let sent = session.send(request, &id).await;
    sent.map(|(exchange, _)| exchange).map_err(|failure| failure.problem)
}
