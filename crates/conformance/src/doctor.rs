//! Whether a run would work, found out by reads alone.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::api;
use crate::error::Error;
use crate::ledger::Ledger;
use crate::plan::Plan;
use crate::run_id::RunId;
use crate::session::Session;
use crate::settings::{ReadOnly, Settings};
use crate::target::{Actor, Target};
use crate::transport::{Exchange, Request};

/// How many seconds the clocks may be apart before somebody should know.
const CLOCKS: i64 = 60;

/// What was found, in the order in which it is read best.
#[derive(Debug, Default)]
pub struct Examination {
    /// One fact each.
    pub facts: Vec<Fact>,
}

/// Something that was found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fact {
    /// Whether a run would work with it.
    pub state: State,
    /// What it is about, in a word.
    pub about: String,
    /// What it is, and how to mend it if it is not good.
    pub text: String,
}

/// Whether a run would work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// All is well.
    Good,
    /// A run would work, and less would be judged, or something is odd.
    Note,
    /// A run would not work, or would judge wrongly.
    Bad,
}

impl Examination {
    /// Whether a run would work.
    pub fn is_good(&self) -> bool {
        self.facts.iter().all(|fact| fact.state != State::Bad)
    }

    fn add(&mut self, state: State, about: &str, text: String) {
        self.facts.push(Fact { state, about: about.to_owned(), text });
    }
}

/// Looks at a target as a run with these settings would find it. Only GET is sent.
///
/// # Errors
///
/// A target that does not answer.
pub async fn examine(
    ledger: &Ledger,
    settings: &Settings,
    target: &Target,
) -> Result<Examination, Error> {
    let reading = Settings { read_only: Some(ReadOnly { agent: None }), ..settings.clone() };
    let plan = Plan::build(ledger, &reading, target);
    let session = Session::open(&plan, ledger, target)?;
    let doctor = Doctor { session: &session };
    let mut found = Examination::default();
    let listed = doctor.ask(api::list_agents(&target.project).query("per_page", 100)).await?;
    reached(&listed, target, &mut found);
    clock(&listed, Utc::now(), &mut found);
    for actor in target.actors() {
        doctor.actor(actor, &mut found).await?;
    }
    doctor.projects(&mut found).await?;
    doctor.profile(&listed, &mut found).await?;
    leftovers(&listed, &mut found);
    skipped(&Plan::build(ledger, settings, target), &mut found);
    Ok(found)
}

struct Doctor<'s> {
    session: &'s Session<'s>,
}

impl Doctor<'_> {
    async fn ask(&self, request: Request) -> Result<Exchange, Error> {
        let id = self.session.plan.run.name("doctor");
        let sent = self.session.send(request, &id).await;
        sent.map(|(exchange, _)| exchange).map_err(|failure| Error::Unreachable {
            url: self.session.target.base_url.to_string(),
            problem: self.session.redact(&failure.problem),
        })
    }

    /// What an actor is by what it may read. What it may write, only a run can tell.
    async fn actor(&self, actor: Actor, found: &mut Examination) -> Result<(), Error> {
        let project = &self.session.target.project;
        let status = self.ask(api::list_agents(project).by(actor)).await?.status;
        let seen = match status {
            200..=299 => "may read agents, as Developer and above may",
            401 => "has a token that is not accepted",
            403 | 404 => "may not read agents, as Reporter, Guest and strangers may not",
            _ => "gets an answer that tells nothing",
        };
        let (state, advice) = match (due(actor), status) {
            (Due::Reads, 200..=299) | (Due::Refused, 403 | 404) | (Due::Dead, 401) => {
                (State::Good, String::new())
            }
            (_, 401) => {
                (State::Bad, format!("; set {} to a token that is valid", actor.variable()))
            }
            (Due::Reads, _) => {
                (State::Bad, format!("; give {actor} its role in project {project}"))
            }
            (Due::Refused, _) => {
                (State::Bad, format!("; {actor} needs a smaller role in project {project}"))
            }
            (Due::Dead, _) => {
                (State::Bad, format!("; {} should hold a token that is dead", actor.variable()))
            }
        };
        let writes = match (due(actor), state) {
            (Due::Reads, State::Good) => "; whether it may write is not known without writing",
            _ => "",
        };
        found.add(state, actor.name(), format!("{seen} (status {status}){writes}{advice}"));
        Ok(())
    }

    async fn projects(&self, found: &mut Examination) -> Result<(), Error> {
        let target = self.session.target;
        let others = [
            ("second project", "CONFORMANCE_SECOND_PROJECT", &target.second_project),
            ("public project", "CONFORMANCE_PUBLIC_PROJECT", &target.public_project),
            ("archived project", "CONFORMANCE_ARCHIVED_PROJECT", &target.archived_project),
        ];
        for (about, variable, project) in others {
            let Some(project) = project else { continue };
            let status = self.ask(api::list_agents(project)).await?.status;
            let is_public = variable.contains("PUBLIC");
            match status {
                200..=299 => found.add(State::Good, about, format!("{project}, readable")),
                _ if is_public => {
                    let text = format!("{project}, its agents are not readable (status {status})");
                    found.add(State::Note, about, text);
                }
                _ => {
                    let text = format!(
                        "{project} answers the maintainer {status}; make it Maintainer there, or unset {variable}"
                    );
                    found.add(State::Bad, about, text);
                }
            }
        }
        Ok(())
    }

    async fn profile(&self, listed: &Exchange, found: &mut Examination) -> Result<(), Error> {
        let agent = listed.ids().unwrap_or_default().first().copied();
        let text = match agent {
            None => String::from("not known: there is no agent to look at; a run finds out"),
            Some(id) => {
                let request = api::list_urls(&self.session.target.project, id);
                let status = self.ask(request).await?.status;
                let profile = if status == 404 { "core" } else { "core and receptive" };
                format!("{profile}: listUrlConfigurations of agent {id} answers {status}")
            }
        };
        found.add(State::Note, "profile", text);
        Ok(())
    }
}

/// What the answers for an actor should be.
enum Due {
    Reads,
    Refused,
    Dead,
}

fn due(actor: Actor) -> Due {
    match actor {
        Actor::Maintainer | Actor::Owner | Actor::Admin | Actor::Developer | Actor::ReadOnly => {
            Due::Reads
        }
        Actor::Reporter | Actor::Guest | Actor::Outsider => Due::Refused,
        Actor::Expired | Actor::Revoked => Due::Dead,
    }
}

fn reached(listed: &Exchange, target: &Target, found: &mut Examination) {
    let milliseconds = listed.took.as_millis();
    let text = format!("{} answers in {milliseconds} ms", target.base_url);
    match (target.base_url.scheme(), target.is_loopback()) {
        ("https", _) => {
            found.add(State::Good, "target", format!("{text}, its certificate is good"));
        }
        (_, true) => found.add(State::Good, "target", text),
        (_, false) => {
            let text = format!("{text}; without TLS the tokens can be read on the way");
            found.add(State::Note, "target", text);
        }
    }
    if !listed.is_success() && listed.status != 401 {
        let text = format!(
            "listing the agents of {} answers {}; the base URL ends in /api/v4 on GitLab, and the project is a number or a full path",
            target.project, listed.status
        );
        found.add(State::Bad, "project", text);
    }
}

fn clock(listed: &Exchange, now: DateTime<Utc>, found: &mut Examination) {
    let date = listed.header("date").and_then(|date| DateTime::parse_from_rfc2822(date).ok());
    let (state, text) = match date.map(|date| (now - date.to_utc()).num_seconds().abs()) {
        None => (State::Note, String::from("not known: the answers have no header Date")),
        Some(apart) if apart <= CLOCKS => (State::Good, format!("{apart} s apart")),
        Some(apart) => {
            let text = format!("{apart} s apart; expired tokens and ages may be judged wrongly");
            (State::Note, text)
        }
    };
    found.add(state, "clocks", text);
}

fn leftovers(listed: &Exchange, found: &mut Examination) {
    let names = listed.items().into_iter().flatten().filter_map(|item| item.get("name")?.as_str());
    let count = names.filter(|name| RunId::could_be_of_a_run(name)).count();
    if count > 0 {
        let text = format!(
            "{count} agents of other runs; if these have ended: cargo xtask conformance sweep --older-than 1h"
        );
        found.add(State::Note, "leftovers", text);
    }
}

/// What a run would leave out, in a line for each reason.
fn skipped(plan: &Plan, found: &mut Examination) {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (check, reason) in &plan.skipped {
        reasons.entry(reason).or_default().push(check.name);
    }
    for (reason, checks) in reasons {
        found.add(State::Note, "left out", format!("{}: {reason}", checks.join(", ")));
    }
}
