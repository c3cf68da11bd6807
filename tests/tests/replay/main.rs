//! Witnesses of a review, replayed: what a witness says is allowed by one document and not by the
//! other, the server stubs and the types of both documents say as well.
//!
//! `base.rs` and `revision.rs` are generated from `base.yaml` and its edits. They stand here as the
//! crates do: what they have beside them by hand is that of the real ones.
#![allow(missing_docs, clippy::unwrap_used)]

mod golden;
mod stubs;

#[path = "../../../crates/server/src/body.rs"]
#[allow(dead_code)]
mod body;
#[path = "../../../crates/server/src/credential.rs"]
#[allow(dead_code)]
mod credential;
#[path = "../../../crates/server/src/options.rs"]
#[allow(unreachable_pub)]
mod options;
#[path = "../../../crates/server/src/parameters.rs"]
#[allow(dead_code)]
mod parameters;
#[path = "../../../crates/server/src/rejection.rs"]
#[allow(dead_code, unreachable_pub)]
mod rejection;
#[path = "../../../crates/server/src/respond.rs"]
#[allow(dead_code)]
mod respond;

/// Modules of a macro are not looked into by the formatter, which leaves them as they are generated.
macro_rules! generated {
    ($($name:ident = $file:literal;)*) => {
        $(
            #[path = $file]
            #[allow(dead_code, unreachable_pub, clippy::enum_variant_names)]
            mod $name;
        )*
    };
}

generated! {
    base = "base.rs";
    revision = "revision.rs";
}

use cluster_agents_review::change::Direction;
use cluster_agents_review::{Policy, Review, Spec};
#[allow(unused_imports)]
use options::Options;
use rejection::{Rejection, Violation, ViolationKind};

const BASE: &str = include_str!("base.yaml");
const EDITS: &str = include_str!("edits.txt");

/// The base with all edits made.
fn revision_text() -> String {
    let lines: Vec<_> = EDITS.lines().filter(|line| !line.starts_with('#')).collect();
    lines.chunks(2).fold(BASE.to_owned(), |text, pair| {
        let (from, to) = (pair[0].strip_prefix("- ").unwrap(), pair[1].strip_prefix("+ ").unwrap());
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

fn review() -> Review {
    let base = Spec::parse("base.yaml", BASE).unwrap();
    let revision = Spec::parse("revision.yaml", &revision_text()).unwrap();
    Review::of(&base, &revision, Policy::named("strict").unwrap(), "2026-01-31").unwrap()
}

#[tokio::test]
async fn requests_that_a_witness_shows_are_served_by_the_base_and_refused_by_the_revision() {
    let review = review();
    let mut replayed = Vec::new();
    for finding in &review.findings {
        let Some(witness) = &finding.witness else { continue };
        if finding.direction == Direction::Response {
            continue;
        }
        let (base, revision) = stubs::send(&witness.message).await;
        assert_eq!(base, 200, "{}: {}", finding.id, witness.curl);
        assert!([400, 404, 405].contains(&revision), "{}: {revision} {}", finding.id, witness.curl);
        replayed.push(finding.id.as_str());
    }
    replayed.sort_unstable();
    assert_eq!(
        replayed,
        [
            "api-removed-without-deprecation",
            "request-parameter-became-required",
            "request-property-became-not-nullable",
            "request-property-became-required",
            "request-property-enum-value-removed",
            "request-property-max-decreased",
            "request-property-max-length-decreased",
            "request-property-pattern-changed",
        ]
    );
}

#[test]
fn answers_that_a_witness_shows_are_read_by_the_types_of_the_revision_and_not_of_the_base() {
    let review = review();
    let mut replayed = Vec::new();
    for finding in &review.findings {
        let Some(witness) = &finding.witness else { continue };
        if finding.direction != Direction::Response {
            continue;
        }
        let body = witness.message.response.as_ref().unwrap().body.clone().unwrap();
        let text = body.to_string();
        assert!(
            serde_json::from_str::<revision::types::Thing>(&text).is_ok(),
            "{}: {text}",
            finding.id
        );
        assert!(
            serde_json::from_str::<base::types::Thing>(&text).is_err(),
            "{}: {text}",
            finding.id
        );
        replayed.push(finding.id.as_str());
    }
    replayed.sort_unstable();
    assert_eq!(
        replayed,
        [
            "response-property-became-nullable",
            "response-property-became-optional",
            "response-property-enum-value-added",
            "response-property-type-changed",
        ]
    );
}
