//! Whether the body is what its label says, and there is one exactly where there should be.

use serde_json::Value;

use crate::generated::RequirementId as R;
use crate::oracle::Observation;
use crate::transport::Exchange;

pub(super) fn observe(exchange: &Exchange) -> Vec<Observation> {
    let mut seen: Vec<Observation> = bounds(exchange).into_iter().collect();
    if !exchange.may_have_body() {
        seen.extend(empty(exchange));
        return seen;
    }
    seen.extend(one_value(exchange));
    seen.extend(label(exchange));
    seen.extend(error_shape(exchange));
    seen
}

/// Whether nothing is behind the answer, where it was read byte by byte.
fn bounds(exchange: &Exchange) -> Option<Observation> {
    let framing = exchange.framing.as_ref()?;
    let requirement = if exchange.status == 204 { R::ExchangeEmpty204 } else { R::ExchangeOneBody };
    let got = || framing.problem.clone().unwrap_or_default();
    let expected = "an answer that ends where its head says";
    Some(Observation::of(requirement, framing.problem.is_none(), expected, got))
}

/// A client stops reading at the head of a 204, so its headers have to tell about a body, too.
fn empty(exchange: &Exchange) -> Option<Observation> {
    (exchange.status == 204).then(|| {
        let announced = exchange.header("content-length").filter(|length| length.trim() != "0");
        let announced = announced.or(exchange.header("transfer-encoding"));
        let got = || match announced {
            Some(announced) => format!("a head that announces a body ({announced})"),
            None => format!("{} bytes", exchange.body.len()),
        };
        let holds = exchange.body.is_empty() && announced.is_none();
        Observation::of(R::ExchangeEmpty204, holds, "no body behind 204", got)
    })
}

/// Whether something that should be JSON is exactly one value.
fn one_value(exchange: &Exchange) -> Option<Observation> {
    let has_document = exchange.request.operation.is_some_and(|known| known.success != 204);
    let is_due = exchange.is_success() && has_document;
    let is_labelled = exchange.media_type().is_some_and(|label| label.ends_with("json"));
    let claims = is_due || (is_labelled && !exchange.body.is_empty());
    claims.then(|| {
        let got = || problem(exchange);
        Observation::of(R::ExchangeOneBody, exchange.json().is_some(), "one JSON value", got)
    })
}

fn problem(exchange: &Exchange) -> String {
    match serde_json::from_slice::<Value>(&exchange.body) {
        _ if exchange.body.is_empty() => String::from("an empty body"),
        Ok(_) => String::from("one JSON value"),
        // The message of the parser has a place and no content.
        Err(error) => format!("no JSON: {error}"),
    }
}

fn label(exchange: &Exchange) -> Option<Observation> {
    let is_json = matches!(exchange.json(), Some(Value::Object(_) | Value::Array(_)));
    is_json.then(|| {
        let label = exchange.media_type();
        let got = || match &label {
            Some(label) => format!("Content-Type: {label}"),
            None => String::from("no Content-Type"),
        };
        let holds = label.as_deref() == Some("application/json");
        Observation::of(R::ExchangeMediaType, holds, "Content-Type: application/json", got)
    })
}

fn error_shape(exchange: &Exchange) -> Option<Observation> {
    let is_judged = (400..500).contains(&exchange.status) && exchange.status != 429;
    is_judged.then(|| {
        let body = exchange.json().and_then(Value::as_object);
        let holds =
            body.is_some_and(|body| body.contains_key("message") || body.contains_key("error"));
        let got = || match body {
            Some(_) => String::from("a JSON object with neither"),
            None => String::from("no JSON object"),
        };
        let expected = "a JSON object with `message` or `error`";
        Observation::of(R::ExchangeErrorShape, holds, expected, got)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;
    use crate::oracle::tests::{answered, broken};
    use crate::target::Project;

    const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");

    fn judge(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Vec<R> {
        let request = api::get_agent(&Project::Number(20), 5);
        broken(&observe(&answered(request, status, headers, body)))
    }

    #[test]
    fn a_labelled_object_is_right() {
        assert_eq!(judge(200, &[JSON], "{}"), []);
        assert_eq!(judge(404, &[JSON], r#"{"message":"404"}"#), []);
        assert_eq!(judge(404, &[JSON], r#"{"error":"404","more":1}"#), []);
    }

    #[test]
    fn bytes_after_the_value_are_found() {
        assert_eq!(judge(200, &[JSON], "{}{}"), [R::ExchangeOneBody]);
        assert_eq!(judge(200, &[JSON], ""), [R::ExchangeOneBody]);
    }

    #[test]
    fn a_wrong_or_missing_label_is_found() {
        assert_eq!(judge(200, &[("content-type", "text/plain")], "{}"), [R::ExchangeMediaType]);
        assert_eq!(judge(200, &[], "{}"), [R::ExchangeMediaType]);
    }

    #[test]
    fn an_error_needs_a_reason_where_tools_look_for_it() {
        assert_eq!(judge(404, &[JSON], r#"{"reason":"404"}"#), [R::ExchangeErrorShape]);
        assert_eq!(judge(404, &[("content-type", "text/html")], "<p>"), [R::ExchangeErrorShape]);
        assert_eq!(judge(429, &[("content-type", "text/plain")], "Retry later"), []);
    }

    #[test]
    fn nothing_follows_a_204() {
        let request = api::delete_agent(&Project::Number(20), 5);
        for (headers, body, holds) in [
            (&[][..], "", true),
            (&[("content-length", "0")][..], "", true),
            (&[("content-length", "2")][..], "", false),
            (&[][..], "x", false),
        ] {
            let seen = observe(&answered(request.clone(), 204, headers, body));
            assert_eq!(broken(&seen).is_empty(), holds, "{headers:?} {body}");
        }
    }
}
