//! An answer in another form that is as legal.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, LINK};
use http::{HeaderName, Response};
use rand::Rng;
use rand::seq::SliceRandom;
use serde_json::{Map, Value, json};

use crate::ids;

/// A field that only some servers have.
const OPTIONAL: &str = "is_receptive";

/// Fields that may be absent instead of null.
const NULLABLE: [&str; 4] = ["public_key", "client_cert", "ca_cert", "tls_host"];

/// Changes an answer's headers and, if it is JSON, its body.
pub(crate) fn disguise(answer: &mut Response<Bytes>, rng: &mut impl Rng) {
    headers(answer.headers_mut(), rng);
    let is_json = answer.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if !is_json {
        return;
    }
    let Ok(mut value) = serde_json::from_slice(answer.body()) else { return };
    if let Value::Array(items) = &mut value {
        items.shuffle(rng);
    }
    change(&mut value, rng);
    let text = if rng.random_ratio(1, 4) { format!("{value:#}\n") } else { value.to_string() };
    *answer.body_mut() = text.into();
}

/// Takes headers away, as proxies do and as GitLab does for large lists.
fn headers(headers: &mut HeaderMap, rng: &mut impl Rng) {
    const TOTALS: [&str; 2] = ["x-total", "x-total-pages"];
    let next = || ["x-next-page", "x-page"].map(HeaderName::from_static).to_vec();
    let totals = || TOTALS.map(HeaderName::from_static).to_vec();
    let gone = match rng.random_range(0..8) {
        0 => totals(),
        1 => next(),
        2 => vec![LINK],
        3 => [totals(), next(), vec![LINK]].concat(),
        _ => Vec::new(),
    };
    for name in gone {
        headers.remove(name);
    }
}

fn change(value: &mut Value, rng: &mut impl Rng) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| change(item, rng)),
        Value::Object(fields) => change_fields(fields, rng),
        _ => {}
    }
}

fn change_fields(fields: &mut Map<String, Value>, rng: &mut impl Rng) {
    for (name, value) in fields.iter_mut() {
        ids::shift(name, value);
        change(value, rng);
    }
    fields.retain(|name, value| {
        let is_null = value.is_null() && NULLABLE.contains(&name.as_str());
        !((is_null || name == OPTIONAL) && rng.random_ratio(1, 4))
    });
    if rng.random_ratio(1, 4) {
        let index = rng.random_range(0..=fields.len());
        fields.shift_insert(index, "x_chaos".to_owned(), further(rng));
    }
}

/// The value of a field that nobody knows.
fn further(rng: &mut impl Rng) -> Value {
    match rng.random_range(0..6) {
        0 => Value::Null,
        1 => json!({"id": "no number", "name": null, "deep": [[[{}]]]}),
        2 => json!(u64::MAX),
        3 => json!(1.5e300),
        4 => json!("\u{202e}\u{0}\"\\ 𝕏 é"),
        _ => json!("long ".repeat(400)),
    }
}

#[cfg(test)]
mod tests {
    use http::header::HeaderValue;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    fn disguised(seed: u64) -> Response<Bytes> {
        let agents = json!([
            {"id": 1, "name": "a", "tls_host": null, "config_project": {"id": 20}},
            {"id": 2, "name": "b", "is_receptive": true},
        ]);
        let mut answer = Response::new(Bytes::from(agents.to_string()));
        let json = HeaderValue::from_static("application/json");
        answer.headers_mut().insert(CONTENT_TYPE, json);
        answer.headers_mut().insert("x-next-page", HeaderValue::from_static("2"));
        disguise(&mut answer, &mut StdRng::seed_from_u64(seed));
        answer
    }

    #[test]
    fn what_a_client_needs_is_never_lost() {
        for seed in 0..200 {
            let answer = disguised(seed);
            let mut agents: Vec<Value> = serde_json::from_slice(answer.body()).unwrap();
            agents.sort_by_key(|agent| agent["id"].as_i64());
            let ids: Vec<_> = agents.iter().map(|agent| agent["id"].as_i64().unwrap()).collect();
            assert_eq!(ids, [ids::ID_OFFSET + 1, ids::ID_OFFSET + 2]);
            assert_eq!((&agents[0]["name"], &agents[1]["name"]), (&json!("a"), &json!("b")));
            assert_eq!(agents[0]["config_project"]["id"], ids::ID_OFFSET + 20);
        }
    }

    #[test]
    fn every_change_happens_to_some_answers_and_none_to_all() {
        let answers: Vec<_> = (0..200).map(disguised).collect();
        let with = |part: &str| {
            let text =
                |answer: &&Response<Bytes>| String::from_utf8_lossy(answer.body()).contains(part);
            answers.iter().filter(text).count()
        };
        let next = answers.iter().filter(|answer| answer.headers().contains_key("x-next-page"));
        for some in [with("x_chaos"), with("tls_host"), with("is_receptive"), next.count()] {
            assert!((1..200).contains(&some), "{some}");
        }
        let first = |answer: &&Response<Bytes>| {
            serde_json::from_slice::<Vec<Value>>(answer.body()).unwrap()[0]["name"] == "a"
        };
        assert!((1..200).contains(&answers.iter().filter(first).count()));
    }

    #[test]
    fn what_is_no_json_stays() {
        let mut answer = Response::new(Bytes::from_static(b"[2, 1"));
        disguise(&mut answer, &mut StdRng::seed_from_u64(7));
        assert_eq!(*answer.body(), "[2, 1");
    }
}
