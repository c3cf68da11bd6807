//! What the last answer of a reproduction must show, in a form that programs can check.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::transport::Exchange;

/// What must hold of the last answer.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expectation {
    /// Its status is one of these.
    Status(Vec<u16>),
    /// Its status is less than this.
    StatusBelow(u16),
    /// A value of its body is this one.
    Field {
        /// Where, as a JSON pointer.
        pointer: String,
        /// What.
        equals: Value,
    },
    /// What the suite judges on every exchange holds.
    EveryExchange,
    /// More than one answer has to be looked at; the check of the suite does.
    #[default]
    Check,
}

/// What `a success` means.
const SUCCESS: [u16; 4] = [200, 201, 202, 204];

impl Expectation {
    /// What the words of a finding demand of the status, if they speak of one. All checks say it in
    /// the same words, and a status that was seen cannot be one that was expected.
    pub(crate) fn of_words(expected: &str, seen: u16) -> Self {
        if let Some(limit) = expected.strip_prefix("a status below ") {
            return limit.parse().map_or(Self::Check, Self::StatusBelow);
        }
        let statuses = match expected.rsplit_once("status ") {
            Some((_, list)) if list.starts_with(|c: char| c.is_ascii_digit()) => numbers(list),
            None if expected.ends_with("a success") => SUCCESS.to_vec(),
            _ => Vec::new(),
        };
        match statuses.is_empty() || statuses.contains(&seen) {
            true => Self::Check,
            false => Self::Status(statuses),
        }
    }

    /// That the part of a body that is `got` be `equals`, if there is such a part.
    pub(crate) fn of_values(exchange: &Exchange, equals: &Value, got: &Value) -> Self {
        let body = exchange.json().filter(|_| !got.is_null());
        match body.and_then(|body| pointer_to(body, got)) {
            Some(pointer) => Self::Field { pointer, equals: equals.clone() },
            None => Self::Check,
        }
    }

    /// In words, for people.
    pub(crate) fn told(&self) -> Option<String> {
        match self {
            Self::Status(statuses) => {
                let list: Vec<String> = statuses.iter().map(u16::to_string).collect();
                Some(format!("status {}", list.join(" or ")))
            }
            Self::StatusBelow(limit) => Some(format!("a status below {limit}")),
            Self::Field { pointer, equals } => Some(format!("{pointer} is {equals}")),
            Self::EveryExchange | Self::Check => None,
        }
    }
}

/// The statuses of `400 or 409`, up to the first word that is neither.
fn numbers(list: &str) -> Vec<u16> {
    let words = list.split([' ', ',']).filter(|word| !word.is_empty());
    words
        .take_while(|word| *word == "or" || word.parse::<u16>().is_ok())
        .filter_map(|word| word.parse().ok())
        .collect()
}

/// The only top-level field, or the whole body, that has this value.
fn pointer_to(body: &Value, value: &Value) -> Option<String> {
    if body == value {
        return Some(String::new());
    }
    let fields = body.as_object()?.iter().filter(|(_, field)| *field == value);
    let mut pointers =
        fields.map(|(key, _)| format!("/{}", key.replace('~', "~0").replace('/', "~1")));
    let first = pointers.next()?;
    pointers.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api;
    use crate::oracle::tests::answered;
    use crate::target::Project;

    #[test]
    fn words_about_a_status_can_be_checked() {
        let of = |words: &str, seen| Expectation::of_words(words, seen);
        let status = |list: &[u16]| Expectation::Status(list.to_vec());
        assert_eq!(of("a third token: status 400 or 409", 201), status(&[400, 409]));
        assert_eq!(of("status 404 for a revoked token", 200), status(&[404]));
        assert_eq!(of("creating a token: a success", 500), status(&SUCCESS));
        assert_eq!(of("a status below 500", 502), Expectation::StatusBelow(500));
        for (words, seen) in [("status 404 or 200", 200), ("no body", 200)] {
            assert_eq!(of(words, seen), Expectation::Check, "{words}");
        }
    }

    #[test]
    fn a_value_is_looked_for_where_it_came_from() {
        let request = api::get_agent(&Project::Number(20), 5);
        let answer = answered(request, 200, &[], r#"{"id":5,"name":"b","a/b":"c","d":"c"}"#);
        let of = |got: Value| Expectation::of_values(&answer, &json!("a"), &got);
        let field = Expectation::Field { pointer: String::from("/name"), equals: json!("a") };
        assert_eq!(of(json!("b")), field);
        assert_eq!(of(json!("c")), Expectation::Check, "two fields have it");
        assert_eq!(of(Value::Null), Expectation::Check);
    }
}
