//! What is checked on every exchange, whichever check sent it.

mod body;
mod caching;
mod fields;
mod leak;
mod nulls;
mod schema;
mod status;
mod time;

use serde_json::Value;

use crate::error::Error;
use crate::generated::{DOCUMENT_JSON, RequirementId as R};
use crate::ledger::Ledger;
use crate::transport::Exchange;
use crate::vault::Vault;

use fields::NewIds;
use nulls::Nulls;
use schema::Schemas;

/// The requirements that the oracles judge. Any exchange may break them.
pub(crate) const REQUIREMENTS: &[R] = &[
    R::ExchangeStatus,
    R::ExchangeSuccessStatus,
    R::ExchangeMediaType,
    R::ExchangeSchema,
    R::ExchangeOneBody,
    R::ExchangeEmpty204,
    R::ExchangeNoServerError,
    R::ExchangeComplete,
    R::ExchangeErrorShape,
    R::ExchangeTimestamps,
    R::ExchangeIds,
    R::ExchangePrivate,
    R::ExchangeCredentialNotRepeated,
    R::TokenSecretOnce,
    R::TokenListNoLastUsed,
    R::IsolationLists,
    R::UrlXor,
    R::UrlKeySecret,
];

/// One thing that an oracle looked at.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Observation {
    pub(crate) requirement: R,
    /// Nothing if the requirement held.
    pub(crate) problem: Option<Problem>,
}

/// In which way a requirement is broken.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Problem {
    pub(crate) expected: String,
    pub(crate) got: String,
}

/// Everything that the oracles know beforehand.
#[derive(Debug)]
pub(crate) struct Oracles {
    schemas: Schemas,
}

/// What the oracles remember of the answers so far.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    ids: NewIds,
    nulls: Nulls,
}

impl Oracles {
    pub(crate) fn new() -> Result<Self, Error> {
        let document: Value = serde_json::from_str(DOCUMENT_JSON)
            .map_err(|error| Error::Document { problem: error.to_string() })?;
        Ok(Self { schemas: Schemas::compile(&document)? })
    }

    /// All that can be said of one exchange by itself and with what is known of the run.
    pub(crate) fn observe(
        &self,
        exchange: &Exchange,
        ledger: &Ledger,
        vault: &Vault,
        memory: &mut Memory,
    ) -> Vec<Observation> {
        let mut seen = status::observe(exchange, ledger);
        seen.extend(body::observe(exchange));
        seen.extend(self.schemas.observe(exchange));
        seen.extend(time::observe(exchange));
        seen.extend(caching::observe(exchange));
        seen.extend(fields::observe(exchange));
        seen.extend(memory.ids.observe(exchange));
        seen.extend(memory.nulls.observe(exchange));
        seen.extend(leak::observe(exchange, vault));
        seen
    }
}

impl Observation {
    pub(crate) fn held(requirement: R) -> Self {
        Self { requirement, problem: None }
    }

    pub(crate) fn broken(
        requirement: R,
        expected: impl Into<String>,
        got: impl Into<String>,
    ) -> Self {
        let problem = Problem { expected: expected.into(), got: got.into() };
        Self { requirement, problem: Some(problem) }
    }

    /// Held or broken, with what was expected and what came if it is broken.
    pub(crate) fn of(
        requirement: R,
        holds: bool,
        expected: impl Into<String>,
        got: impl FnOnce() -> String,
    ) -> Self {
        match holds {
            true => Self::held(requirement),
            false => Self::broken(requirement, expected, got()),
        }
    }
}

/// The objects of an answer: the entries of a list, or the one object that the body is.
fn objects(exchange: &Exchange) -> Vec<&Value> {
    match exchange.json() {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(value @ Value::Object(_)) => vec![value],
        _ => Vec::new(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use super::*;
    use crate::transport::Request;

    /// An answer as an oracle gets it.
    pub(crate) fn answered(
        request: Request,
        status: u16,
        headers: &[(&'static str, &'static str)],
        body: &str,
    ) -> Exchange {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        let answer = (status, headers, body.as_bytes().to_vec());
        let request = (request, String::from("cfm-1-test-1"));
        Exchange::new(request, answer, None, std::time::Instant::now())
    }

    /// The requirements that are broken.
    pub(crate) fn broken(seen: &[Observation]) -> Vec<R> {
        let broken = seen.iter().filter(|observation| observation.problem.is_some());
        broken.map(|observation| observation.requirement).collect()
    }
}
