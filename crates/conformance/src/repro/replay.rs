//! Plays a transcript against a target and says whether the failure is still there.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::join_all;
use reqwest::{Method, Url};
use serde_json::Value;

use crate::checks;
use crate::cleanup::{self, Leftover};
use crate::error::Error;
use crate::generated::{OPERATIONS, RequirementId as R};
use crate::ledger::{self, Ledger};
use crate::oracle::Observation;
use crate::plan::Plan;
use crate::repro::artifacts::Reproduction;
use crate::repro::credential;
use crate::repro::expectation::Expectation;
use crate::repro::fill::{self, Values};
use crate::repro::step::{Content, Step};
use crate::run_id::RunId;
use crate::runner::run_check_again;
use crate::session::Session;
use crate::settings::Settings;
use crate::target::Target;
use crate::transport::{Credential, Exchange, Request};

/// What came of a replay.
#[derive(Debug)]
pub struct Replayed {
    /// One line for each step.
    pub steps: Vec<String>,
    /// What became of the failure.
    pub outcome: Outcome,
    /// What could not be removed.
    pub leftovers: Vec<Leftover>,
}

/// Whether a failure is still there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// The requirement holds now.
    Holds,
    /// It is still broken; with what came.
    Broken(String),
    /// The steps did not lead to the same place.
    CannotTell(String),
}

/// The plan of a replay: the choices of the recorded run under a name of its own that is as long.
pub fn plan(
    ledger: &Ledger,
    settings: &Settings,
    target: &Target,
    reproduction: &Reproduction,
) -> Plan {
    let head = &reproduction.head;
    let settings = Settings { seed: head.seed, cases: head.cases, ..settings.clone() };
    let mut plan = Plan::build(ledger, &settings, target);
    plan.run = RunId::random(head.run.len());
    plan
}

/// Plays the steps on new things and removes them.
///
/// # Errors
///
/// A transcript that needs what the settings do not have, or a check that this suite does not have.
pub async fn replay(
    ledger: &Ledger,
    plan: &Plan,
    target: &Target,
    reproduction: &Reproduction,
) -> Result<Replayed, Error> {
    let requirement = ledger::parse_id(&reproduction.head.requirement)?;
    let session = Session::open(plan, ledger, target)?;
    let mut player = Player::new(&session, requirement);
    let played = player.play(reproduction).await;
    let outcome = match played {
        Err(problem) => Outcome::CannotTell(problem),
        Ok(()) => player.judge(reproduction).await,
    };
    let steps = player.lines;
    let leftovers = cleanup::remove_all(&session).await;
    Ok(Replayed { steps, outcome, leftovers })
}

struct Player<'s> {
    session: &'s Session<'s>,
    requirement: R,
    values: Values,
    lines: Vec<String>,
    /// Why the steps lead elsewhere.
    astray: Option<String>,
    judged: Option<(Exchange, Vec<Observation>)>,
}

impl<'s> Player<'s> {
    fn new(session: &'s Session<'s>, requirement: R) -> Self {
        let text = |text: String| Value::String(text);
        let mut values = Values::from([
            (String::from("run"), text(session.plan.run.to_string())),
            (String::from("client_key"), text(checks::CLIENT_KEY.to_owned())),
        ]);
        for (name, project) in session.target.named_projects() {
            values.insert(name.to_owned(), text(project.segment()));
        }
        Self { session, requirement, values, lines: Vec::new(), astray: None, judged: None }
    }

    /// Sends the steps in their order, those that met together.
    async fn play(&mut self, reproduction: &Reproduction) -> Result<(), String> {
        let same = |one: &Step, other: &Step| one.at_once.is_some() && one.at_once == other.at_once;
        for group in reproduction.steps.chunk_by(same) {
            let requests = group.iter().map(|step| self.request(step));
            let requests: Vec<Request> = requests.collect::<Result<_, _>>()?;
            let (session, number) = (self.session, self.lines.len());
            let sent = requests.into_iter().enumerate().map(|(index, request)| async move {
                let id = session.plan.run.name(&format!("replay-{}", number + index + 1));
                session.send(request, &id).await
            });
            let answers = join_all(sent).await;
            for (step, answer) in group.iter().zip(answers) {
                let answer = answer.map_err(|failure| {
                    format!("step {} got no answer: {}", self.lines.len() + 1, failure.problem)
                })?;
                self.take(step, answer);
            }
        }
        Ok(())
    }

    fn take(&mut self, step: &Step, (exchange, seen): (Exchange, Vec<Observation>)) {
        let number = self.lines.len() + 1;
        let (status, before) = (exchange.status, step.status);
        let change = if status == before { String::new() } else { format!(" (was {before})") };
        self.lines.push(format!("{number:>3}  {} {}: {status}{change}", step.method, step.path));
        if status / 100 != before / 100 && !step.judged && step.at_once.is_none() {
            self.astray.get_or_insert(format!("step {number} was answered with {before} before"));
        }
        for (name, pointer) in &step.saves {
            if let Some(value) = exchange.json().and_then(|body| body.pointer(pointer)) {
                self.values.insert(name.clone(), value.clone());
            }
        }
        if step.judged {
            self.judged = Some((exchange, seen));
        }
    }

    fn request(&self, step: &Step) -> Result<Request, String> {
        let path = fill::text(&step.path, &self.values)?;
        let method =
            Method::from_bytes(step.method.as_bytes()).map_err(|error| error.to_string())?;
        let (path, query) = path.split_once('?').unwrap_or((&path, ""));
        let mut request = Request::undocumented(method, path);
        request.operation = OPERATIONS.iter().find(|known| known.id == step.operation);
        request.query = pairs(query);
        for header in &step.headers {
            request = request.header(&header.name, fill::text(&header.value, &self.values)?);
        }
        self.with_body(self.with_credential(request, step)?, step.body.as_ref())
    }

    fn with_credential(&self, request: Request, step: &Step) -> Result<Request, String> {
        let Some(header) = &step.credential else { return Ok(request.with(Credential::None)) };
        if let Some(actor) = credential::actor(&header.value).filter(|_| header.is_usual()) {
            return Ok(request.by(actor));
        }
        let filled = fill::text(&header.value, &self.values)?;
        let value = credential::value(&filled, self.session.target).ok_or_else(|| {
            let names: Vec<&str> = credential::variables(&filled).collect();
            format!("{} is not set", names.join(", "))
        })?;
        Ok(request.with(Credential::None).header(&header.name, value))
    }

    fn with_body(&self, request: Request, body: Option<&Content>) -> Result<Request, String> {
        let labelled = |request: Request, media_type: &Option<String>| match media_type {
            Some(media_type) => request.header("content-type", media_type.clone()),
            None => request,
        };
        Ok(match body {
            None => request,
            Some(Content::Json(value)) => request.json(fill::json(value, &self.values)?),
            Some(Content::Text { media_type, text }) => {
                labelled(request, media_type).raw(None, fill::text(text, &self.values)?)
            }
            Some(Content::Base64 { media_type, base64 }) => {
                let bytes = STANDARD.decode(base64).map_err(|error| error.to_string())?;
                labelled(request, media_type).raw(None, bytes)
            }
        })
    }

    async fn judge(&self, reproduction: &Reproduction) -> Outcome {
        if reproduction.expectation == Expectation::Check {
            return self.run_check(&reproduction.head.check).await;
        }
        let Some((exchange, seen)) = &self.judged else {
            return Outcome::CannotTell(String::from("no step is the judged one"));
        };
        let holds = match &reproduction.expectation {
            Expectation::Status(statuses) => statuses.contains(&exchange.status),
            Expectation::StatusBelow(limit) => exchange.status < *limit,
            Expectation::Field { pointer, equals } => {
                let body = exchange.json().and_then(|body| body.pointer(pointer));
                fill::json(equals, &self.values).ok().as_ref() == body
            }
            Expectation::EveryExchange => {
                !seen.iter().any(|it| it.requirement == self.requirement && it.problem.is_some())
            }
            Expectation::Check => false,
        };
        match (holds, &self.astray) {
            (false, _) => Outcome::Broken(self.told(exchange)),
            (true, Some(problem)) => Outcome::CannotTell(problem.clone()),
            (true, None) => Outcome::Holds,
        }
    }

    fn told(&self, exchange: &Exchange) -> String {
        let evidence = self.session.evidence(exchange);
        format!("status {} {}", evidence.status, evidence.body)
    }

    /// Where more than one answer decides, the check itself does.
    async fn run_check(&self, name: &str) -> Outcome {
        let Some(check) = checks::all().find(|check| check.name == name) else {
            return Outcome::CannotTell(format!("this suite has no check `{name}`"));
        };
        // The steps have taken the names of the first run of the check.
        let record = run_check_again(self.session, check, 1).await;
        let Some(tally) = record.tallies.get(&self.requirement) else {
            return Outcome::CannotTell(format!("the check `{name}` did not look at it"));
        };
        match tally.findings.first() {
            Some(finding) => Outcome::Broken(format!("{} (the check {name})", finding.got)),
            None if tally.passes > 0 => Outcome::Holds,
            None => Outcome::CannotTell(tally.blocked.join("; ")),
        }
    }
}

/// The pairs of an encoded query.
fn pairs(query: &str) -> Vec<(String, String)> {
    let url = Url::parse(&format!("http://localhost/?{query}")).ok().filter(|_| !query.is_empty());
    let pairs = url.iter().flat_map(Url::query_pairs);
    pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}
