//! A callback is called by the server: what it sends is an answer to the client.
#![allow(missing_docs, clippy::unwrap_used)]

use cluster_agents_review::change::Direction;
use cluster_agents_review::{Level, Policy, Review, Spec};

fn with(schema: &str, status: &str) -> Spec {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: 1.0.0}}\npaths: {{/a: {{post: {{responses: {{}}, callbacks: {{done: {{'{{$url}}': {{post: {{requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}, responses: {{'{status}': {{description: ''}}}}}}}}}}}}}}}}}}\n"
    );
    Spec::parse("x", &text).unwrap()
}

fn review(base: &Spec, revision: &Spec) -> Review {
    Review::of(base, revision, Policy::named("gitlab").unwrap(), "2026-01-31").unwrap()
}

#[test]
fn a_callback_that_may_send_more_breaks_its_receiver_and_one_that_sends_less_does_not() {
    let (short, long) =
        (with("{type: string, maxLength: 8}", "200"), with("{type: string, maxLength: 9}", "200"));
    let more = review(&short, &long);
    let finding = &more.findings[0];
    assert_eq!(finding.id, "callback-request-body-max-length-increased");
    assert_eq!((finding.level, finding.direction), (Level::Err, Direction::Response));
    assert_eq!(finding.operations, ["POST /a"]);
    assert!(finding.witness.is_none());
    let less = review(&long, &short);
    let finding = less.findings.iter().find(|f| f.id.starts_with("callback-")).unwrap();
    assert_eq!(finding.level, Level::Info);
}

#[test]
fn a_receiver_whose_answer_is_no_longer_understood_is_broken() {
    let review = review(&with("{}", "200"), &with("{}", "201"));
    let removed = review.findings.iter().find(|f| f.id.ends_with("status-removed")).unwrap();
    assert_eq!((removed.level, removed.direction), (Level::Err, Direction::Request));
}
