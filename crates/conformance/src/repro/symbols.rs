//! Names for what a target gave: agents, tokens, configurations and secrets, in their order.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::repro::credential;
use crate::repro::expectation::Expectation;
use crate::repro::recording::Recorded;
use crate::repro::step::{Content, Header, Step};
use crate::target::Target;
use crate::transport::{Body, Request};

/// What an id belongs to.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Kind {
    Agent,
    Token,
    Url,
}

impl Kind {
    /// By the segment of the path that comes before an id.
    fn of_segment(segment: &str) -> Option<Self> {
        match segment {
            "cluster_agents" => Some(Self::Agent),
            "tokens" => Some(Self::Token),
            "url_configurations" => Some(Self::Url),
            _ => None,
        }
    }

    /// What a request makes if it succeeds.
    pub(super) fn made_by(request: &Request) -> Option<Self> {
        let is_create = request.method == reqwest::Method::POST;
        Self::of_segment(request.path.rsplit('/').next()?).filter(|_| is_create)
    }

    fn word(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Token => "token",
            Self::Url => "url",
        }
    }
}

/// The ids in the path of a request, and the agent in its body.
pub(super) fn references(request: &Request) -> Vec<(Kind, u64)> {
    let mut found = Vec::new();
    let mut kind = None;
    for segment in request.path.split('/') {
        found.extend(kind.zip(segment.parse().ok()));
        kind = Kind::of_segment(segment);
    }
    if let Body::Json(body) = &request.body {
        found.extend(body.get("agent_id").and_then(Value::as_u64).map(|id| (Kind::Agent, id)));
    }
    found
}

/// The names of one reproduction.
pub(super) struct Symbols<'t> {
    target: &'t Target,
    /// What the names of the run begin with.
    prefix: String,
    things: BTreeMap<(Kind, u64), String>,
    secrets: Vec<(String, String)>,
}

impl<'t> Symbols<'t> {
    /// Names everything that the records made.
    pub(super) fn of(records: &[&Recorded], target: &'t Target, prefix: String) -> Self {
        let mut symbols = Self { target, prefix, things: BTreeMap::new(), secrets: Vec::new() };
        for record in records {
            let Some(thing) = Kind::made_by(&record.request).zip(record.made) else { continue };
            let number = symbols.things.keys().filter(|(kind, _)| *kind == thing.0).count() + 1;
            let name = format!("{}_{number}", thing.0.word());
            if let Some(secret) = &record.secret {
                symbols.secrets.push((secret.expose().to_owned(), format!("{name}_secret")));
            }
            symbols.things.entry(thing).or_insert(name);
        }
        symbols
    }

    /// A record as a step. `redact` takes what is left of secrets out of it.
    pub(super) fn step(&self, record: &Recorded, redact: &dyn Fn(&str) -> String) -> Step {
        let request = &record.request;
        let clean = |text: &str| redact(&self.named(text)).replace("<client_key>", "{client_key}");
        let headers = request.headers.iter();
        Step {
            operation: request.operation_id().to_owned(),
            method: request.method.to_string(),
            path: clean(&self.path(request)),
            credential: credential::template(&request.credential, self.target, &self.secrets),
            headers: headers
                .map(|(name, value)| Header { name: name.clone(), value: clean(value) })
                .collect(),
            body: self.content(&request.body, &clean),
            saves: self.saves(record),
            at_once: None,
            judged: false,
            status: record.status,
            answer: excerpt(&record.shown_answer(&clean)),
        }
    }

    /// A name of the run becomes one of any run.
    fn named(&self, text: &str) -> String {
        text.replace(&self.prefix, "cfm-{run}-")
    }

    fn path(&self, request: &Request) -> String {
        let mut before = "";
        let segments = request.path.split('/').map(|segment| {
            let symbol = self.segment(before, segment);
            before = segment;
            symbol.unwrap_or_else(|| segment.to_owned())
        });
        let path = segments.collect::<Vec<_>>().join("/");
        let sent = request.path_and_query();
        format!("{path}{}", sent.strip_prefix(request.path.as_str()).unwrap_or_default())
    }

    fn segment(&self, before: &str, segment: &str) -> Option<String> {
        if before == "projects" {
            let (name, _) = self.target.named_projects().find(|(_, it)| it.segment() == segment)?;
            return Some(format!("{{{name}}}"));
        }
        let thing = Kind::of_segment(before).zip(segment.parse().ok())?;
        Some(format!("{{{}}}", self.things.get(&thing)?))
    }

    fn content(&self, body: &Body, clean: &dyn Fn(&str) -> String) -> Option<Content> {
        match body {
            Body::None => None,
            Body::Json(value) => {
                let text = clean(&self.with_agent(value.clone()).to_string());
                Some(Content::Json(serde_json::from_str(&text).unwrap_or(Value::String(text))))
            }
            Body::Raw { media_type, bytes } => {
                let media_type = media_type.map(str::to_owned);
                Some(match std::str::from_utf8(bytes) {
                    Ok(text) => Content::Text { media_type, text: clean(text) },
                    Err(_) => Content::Base64 { media_type, base64: STANDARD.encode(bytes) },
                })
            }
        }
    }

    fn with_agent(&self, mut body: Value) -> Value {
        if let Some(agent) = body.get_mut("agent_id")
            && let Some(id) = agent.as_u64()
            && let Some(name) = self.things.get(&(Kind::Agent, id))
        {
            *agent = format!("{{{name}}}").into();
        }
        body
    }

    fn saves(&self, record: &Recorded) -> BTreeMap<String, String> {
        let mut saves = BTreeMap::new();
        let thing = Kind::made_by(&record.request).zip(record.made);
        if let Some(name) = thing.and_then(|thing| self.things.get(&thing)) {
            saves.insert(name.clone(), String::from("/id"));
            if record.secret.is_some() {
                saves.insert(format!("{name}_secret"), String::from("/token"));
            }
        }
        saves
    }

    /// What a finding expects, with names for ids and for the run.
    pub(super) fn expectation(
        &self,
        expectation: &Expectation,
        redact: &dyn Fn(&str) -> String,
    ) -> Expectation {
        let Expectation::Field { pointer, equals } = expectation else {
            return expectation.clone();
        };
        let kind = pointer.ends_with("/agent_id").then_some(Kind::Agent);
        let thing = kind.zip(equals.as_u64()).and_then(|thing| self.things.get(&thing));
        let equals = match thing {
            Some(name) => Value::from(format!("{{{name}}}")),
            None => {
                let text = redact(&self.named(&equals.to_string()));
                serde_json::from_str(&text).unwrap_or_default()
            }
        };
        Expectation::Field { pointer: pointer.clone(), equals }
    }
}

/// How many characters of an answer a step shows.
const EXCERPT: usize = 300;

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
