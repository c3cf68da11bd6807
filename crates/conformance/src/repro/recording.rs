//! What one check has sent and got, cut to what a reproduction can need.

use std::time::Instant;

use crate::target::Secret;
use crate::transport::{Body, Exchange, Request};

/// How many bytes of an answer are kept.
const ANSWER: usize = 2_000;
/// No form of a secret is longer.
const MARGIN: usize = 500;
/// How many bytes a body may have that is kept as it is, and how many otherwise.
const BODY: usize = 4_000;

/// The exchanges of one check since its beginning, or since the beginning of its latest program.
#[derive(Debug, Default)]
pub(crate) struct Recording {
    records: Vec<Recorded>,
}

/// One exchange.
#[derive(Debug)]
pub(crate) struct Recorded {
    pub(super) request: Request,
    pub(super) request_id: String,
    pub(super) status: u16,
    /// The beginning of the body.
    pub(super) answer: Vec<u8>,
    /// The id of what it made.
    pub(super) made: Option<u64>,
    /// The secret of the token that it made.
    pub(super) secret: Option<Secret>,
    pub(super) started: Instant,
    pub(super) ended: Instant,
}

impl Recording {
    /// Takes note of an exchange.
    pub(crate) fn note(&mut self, exchange: &Exchange) {
        let is_create = exchange.request.method == reqwest::Method::POST && exchange.is_success();
        let made = exchange.field("id").as_u64().filter(|_| is_create);
        let secret = exchange.field("token").as_str();
        let secret = secret.filter(|secret| is_create && secret.len() <= BODY);
        self.records.push(Recorded {
            request: short(&exchange.request),
            request_id: exchange.request_id.clone(),
            status: exchange.status,
            answer: exchange.body.iter().take(ANSWER).copied().collect(),
            made,
            secret: secret.map(Secret::new),
            started: exchange.started,
            ended: exchange.started + exchange.took,
        });
    }

    /// Forgets what was, because what comes does not depend on it.
    pub(crate) fn begin(&mut self) {
        self.records.clear();
    }

    /// In the order in which the requests went out.
    pub(super) fn in_order(&self) -> Vec<&Recorded> {
        let mut records: Vec<&Recorded> = self.records.iter().collect();
        records.sort_by_key(|record| record.started);
        records
    }
}

impl Recorded {
    /// The beginning of the body, without secrets. Where it was cut, its end is left out: that may be
    /// the beginning of a secret.
    pub(super) fn shown_answer(&self, clean: &dyn Fn(&str) -> String) -> String {
        let mut text = clean(&String::from_utf8_lossy(&self.answer));
        if self.answer.len() >= ANSWER {
            let kept = text.chars().count().saturating_sub(MARGIN);
            text = text.chars().take(kept).collect();
        }
        text
    }

    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// The request with a body that costs little: runs of a character become their length.
fn short(request: &Request) -> Request {
    match &request.body {
        Body::Raw { media_type, bytes } if bytes.len() > BODY => {
            let text = squeezed(&String::from_utf8_lossy(bytes));
            Request {
                body: Body::Raw { media_type: *media_type, bytes: text.into_bytes() },
                ..request.clone()
            }
        }
        Body::Json(value) => {
            let text = value.to_string();
            match text.len() > BODY {
                true => {
                    let value = serde_json::from_str(&squeezed(&text)).unwrap_or_default();
                    Request { body: Body::Json(value), ..request.clone() }
                }
                false => request.clone(),
            }
        }
        Body::None | Body::Raw { .. } => request.clone(),
    }
}

/// A letter or digit that comes many times in a row is written as `{x*5000}`.
fn squeezed(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches(first).len();
        let count = run / first.len_utf8();
        match first.is_ascii_alphanumeric() && count >= 100 {
            true => out.push_str(&format!("{{{first}*{count}}}")),
            false => out.push_str(&rest[..run]),
        }
        rest = &rest[run..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_of_one_letter_becomes_its_length() {
        let text = format!("a{}b{}", "x".repeat(5_000), "y".repeat(99));
        assert_eq!(squeezed(&text), format!("a{{x*5000}}b{}", "y".repeat(99)));
    }
}
