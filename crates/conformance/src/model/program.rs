//! Carries a program out and compares every answer with the model.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::api;
use crate::context::{Context, Stop};
use crate::generated::RequirementId as R;
use crate::model::state::{Action, Call, Expected, State};
use crate::model::step::{NAMES, Place, Turn};
use crate::model::told::told;
use crate::model::trace::{Known, Traced};
use crate::property::Broken;
use crate::target::{Actor, Project};
use crate::transport::{Exchange, Request};

/// A program under way.
struct Program<'c, 's> {
    cx: &'c Context<'s>,
    state: State,
    /// The ids of what was made, by number.
    agents: Vec<u64>,
    tokens: Vec<u64>,
    urls: Vec<u64>,
    names: BTreeMap<usize, String>,
    /// What was done and what came of it, one line for each request.
    transcript: Vec<String>,
    /// The answers in a form in which two implementations can be compared, if somebody wants that.
    trace: Option<Vec<Traced>>,
}

/// Takes the turns on new agents, then reads everything. Tells the first answer that is wrong.
pub(crate) async fn run(
    cx: &Context<'_>,
    turns: &[Turn],
    urls: bool,
) -> Result<Option<Broken>, Stop> {
    Program::new(cx, None).run(turns, urls).await
}

/// The same with every answer up to the first that is wrong.
pub(crate) async fn trace(
    cx: &Context<'_>,
    turns: &[Turn],
    urls: bool,
) -> Result<Vec<Traced>, Stop> {
    let mut program = Program::new(cx, Some(Vec::new()));
    program.run(turns, urls).await?;
    Ok(program.trace.unwrap_or_default())
}

impl<'c, 's> Program<'c, 's> {
    fn new(cx: &'c Context<'s>, trace: Option<Vec<Traced>>) -> Self {
        cx.begin_program();
        Self {
            cx,
            state: State::default(),
            agents: Vec::new(),
            tokens: Vec::new(),
            urls: Vec::new(),
            names: BTreeMap::new(),
            transcript: Vec::new(),
            trace,
        }
    }

    async fn run(&mut self, turns: &[Turn], urls: bool) -> Result<Option<Broken>, Stop> {
        for turn in turns {
            for call in self.calls(*turn) {
                if let Some(broken) = self.perform(call).await? {
                    return Ok(Some(broken));
                }
            }
        }
        for read in self.state.reads(urls) {
            if let Some(broken) = self.perform(Call::plain(read)).await? {
                return Ok(Some(broken));
            }
        }
        Ok(None)
    }
}

impl<'s> Program<'_, 's> {
    /// The calls of a turn. What has to be there before is made by the maintainer.
    fn calls(&self, turn: Turn) -> Vec<Call> {
        let actions = self.state.resolve(turn.step);
        // The first is about the agent as well, which the others need not find yet.
        let is_first = actions.first().is_some_and(|it| self.state.place_of(*it) == Place::First);
        let mut calls: Vec<Call> = actions.into_iter().map(Call::plain).collect();
        if let Some(last) = calls.last_mut() {
            last.by = if is_first { turn.by } else { Actor::Maintainer };
            let is_below = !matches!(last.action, Action::Register { .. });
            last.astray = turn.astray && is_below && last.by == Actor::Maintainer;
        }
        calls
    }

    async fn perform(&mut self, call: Call) -> Result<Option<Broken>, Stop> {
        let told = told(&self.state, call);
        let before = self.trace.is_some().then(|| self.cx.failures());
        let project = self.project(call)?;
        let (answer, listed) = match call.action {
            Action::ListAgents { .. } => match self.cx.listed_agents(project).await {
                // A project with that many agents is not read to the end.
                Err(Stop::Skip(_)) => return Ok(None),
                read => read.map(|read| {
                    let ids = read.items.iter().filter_map(|item| item["id"].as_u64()).collect();
                    (read.last, Some(ids))
                })?,
            },
            _ => {
                let request = self.request(project, call.action).by(call.by);
                let answer = self.cx.send(request).await?;
                let ids = answer.ids();
                (answer, ids)
            }
        };
        self.transcript.push(format!("{told}: status {}", answer.status));
        let expected = self.state.expect(call);
        let broken = self.judge(call, project, &answer, listed.clone())?;
        if let Some(mut trace) = self.trace.take() {
            let known = Known {
                agents: &self.agents,
                tokens: &self.tokens,
                urls: &self.urls,
                prefix: self.cx.session.plan.run.prefix(),
            };
            let seen = known.answer(call.action, &answer, listed);
            let wrong = broken.as_ref().map(|broken| broken.requirement);
            let odd = newly(&before.unwrap_or_default(), &self.cx.failures());
            trace.push(Traced { told, requirement: expected.requirement(), seen, wrong, odd });
            self.trace = Some(trace);
        }
        Ok(broken)
    }

    /// The project in the path.
    fn project(&self, call: Call) -> Result<&'s Project, Stop> {
        let is_first = self.state.place_of(call.action) == Place::First;
        match is_first != call.astray {
            true => Ok(self.cx.project()),
            false => self.cx.second_project(),
        }
    }

    fn request(&mut self, project: &Project, action: Action) -> Request {
        let url = json!({ "url": "grpcs://agent.example.com:4242" });
        let (agents, tokens, urls) = (&self.agents, &self.tokens, &self.urls);
        match action {
            Action::Register { name } => {
                let name = self.names.entry(name % NAMES).or_insert_with(|| self.cx.name());
                api::register_agent(project, name)
            }
            Action::ListAgents { .. } => api::list_agents(project),
            Action::GetAgent { agent } => api::get_agent(project, agents[agent]),
            Action::DeleteAgent { agent } => api::delete_agent(project, agents[agent]),
            Action::CreateToken { agent } => {
                api::create_token(project, agents[agent], json!({ "name": self.cx.name() }))
            }
            Action::GetToken { agent, token } => {
                api::get_token(project, agents[agent], tokens[token])
            }
            Action::RevokeToken { agent, token } => {
                api::revoke_token(project, agents[agent], tokens[token])
            }
            Action::ListTokens { agent } => api::list_tokens(project, agents[agent]),
            Action::CreateUrl { agent } => api::create_url(project, agents[agent], url),
            Action::GetUrl { agent, url } => api::get_url(project, agents[agent], urls[url]),
            Action::DeleteUrl { agent, url } => api::delete_url(project, agents[agent], urls[url]),
            Action::ListUrls { agent } => api::list_urls(project, agents[agent]),
        }
    }

    fn judge(
        &mut self,
        call: Call,
        project: &Project,
        answer: &Exchange,
        listed: Option<Vec<u64>>,
    ) -> Result<Option<Broken>, Stop> {
        let action = call.action;
        // Whatever was expected: an agent that exists now is to be removed at the end.
        if let Action::Register { .. } = action {
            self.cx.adopt(project, answer);
        }
        let broken = match self.state.expect(call) {
            Expected::Success(requirement) if !answer.is_success() => {
                Some((requirement, String::from("a success"), seen(answer)))
            }
            Expected::Refusal(requirement) => self.refused(requirement, answer),
            Expected::Success(requirement) => {
                self.succeeded(requirement, action, answer, listed)?
            }
            Expected::Either if answer.is_success() => {
                self.succeeded(R::ExchangeIds, action, answer, listed)?
            }
            Expected::Either => None,
        };
        Ok(broken
            .map(|(requirement, expected, got)| self.broken(requirement, answer, &expected, got)))
    }

    fn refused(&self, requirement: R, answer: &Exchange) -> Option<Seen> {
        let mut statuses = self.cx.session.ledger.accepted(requirement);
        if statuses.is_empty() {
            // What the statement says where nothing else is accepted.
            statuses.push(404);
        }
        if statuses.contains(&answer.status) {
            self.cx.pass(requirement);
            return None;
        }
        let list: Vec<String> = statuses.iter().map(u16::to_string).collect();
        Some((requirement, format!("status {}", list.join(" or ")), seen(answer)))
    }

    /// Judges what a success says, and lets the model have it.
    fn succeeded(
        &mut self,
        requirement: R,
        action: Action,
        answer: &Exchange,
        listed: Option<Vec<u64>>,
    ) -> Result<Option<Seen>, Stop> {
        let (kind, made) = match action {
            Action::Register { .. } => ("agent", Some(&mut self.agents)),
            Action::CreateToken { .. } => ("token", Some(&mut self.tokens)),
            Action::CreateUrl { .. } => ("configuration", Some(&mut self.urls)),
            _ => ("", None),
        };
        if let Some(made) = made {
            let id = answer.field("id").as_u64();
            let id = id.ok_or_else(|| self.cx.blocked("something new has no id", answer))?;
            if let Some(before) = made.iter().position(|known| *known == id) {
                let got = format!("the id of {kind} #{}", before + 1);
                return Ok(Some((R::ExchangeIds, String::from("a new id"), got)));
            }
            made.push(id);
        }
        self.state.apply(action);
        if let Some(broken) = self.list(requirement, action, &listed.unwrap_or_default()) {
            return Ok(Some(broken));
        }
        self.cx.pass(requirement);
        Ok(None)
    }

    /// Compares a list with the model. Only agents of the program count among those of the project.
    fn list(&self, requirement: R, action: Action, listed: &[u64]) -> Option<Seen> {
        let expected = self.state.listed(action)?;
        let (kind, made) = match action {
            Action::ListAgents { .. } => ("agent", &self.agents),
            Action::ListTokens { .. } => ("token", &self.tokens),
            _ => ("configuration", &self.urls),
        };
        let found = listed.iter().filter_map(|id| made.iter().position(|known| known == id));
        let found: Vec<usize> = found.collect();
        let is_shared = matches!(action, Action::ListAgents { .. });
        let strangers = !is_shared && found.len() < listed.len();
        let as_set: BTreeSet<usize> = found.iter().copied().collect();
        if as_set == expected && as_set.len() == found.len() && !strangers {
            return None;
        }
        let is_back = is_shared && !as_set.is_subset(&expected);
        let requirement = if is_back { R::AgentDelete } else { requirement };
        let more = if strangers { " and others" } else { "" };
        let got = format!("{}{more}", numbers(kind, found));
        Some((requirement, numbers(kind, expected), got))
    }

    fn broken(&self, requirement: R, answer: &Exchange, expected: &str, got: String) -> Broken {
        let last = self.transcript.last().and_then(|line| line.split(": status").next());
        let expected = format!("{}: {expected}", last.unwrap_or_default());
        let mut finding = self.cx.finding(answer, expected, got);
        finding.program.clone_from(&self.transcript);
        // Once a smaller program runs, these are forgotten.
        self.cx.attach_steps(&mut finding);
        Broken { requirement, finding }
    }
}

/// A requirement that has more failures than before.
fn newly(before: &BTreeMap<R, u64>, after: &BTreeMap<R, u64>) -> Option<R> {
    let mut more = after.iter().filter(|(id, count)| before.get(*id) != Some(*count));
    more.next().map(|(id, _)| *id)
}

/// A requirement that is broken, what was expected and what came.
type Seen = (R, String, String);

fn seen(answer: &Exchange) -> String {
    format!("status {}", answer.status)
}

fn numbers(kind: &str, numbers: impl IntoIterator<Item = usize>) -> String {
    let mut numbers: Vec<usize> = numbers.into_iter().collect();
    numbers.sort_unstable();
    let list: Vec<String> =
        numbers.iter().map(|number| format!("{kind} #{}", number + 1)).collect();
    if list.is_empty() { format!("no {kind}") } else { list.join(", ") }
}
