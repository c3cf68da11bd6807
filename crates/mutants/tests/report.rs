//! Reports, as people read them.

#![allow(clippy::unwrap_used)]

use cluster_agents_conformance::Ledger;
use cluster_agents_mutants::campaign::{Outcome, Subject, Trial};
use cluster_agents_mutants::lab::{Complaint, Method, Opinion};
use cluster_agents_mutants::report::{Format, summary};
use cluster_agents_mutants::score::Score;
use cluster_agents_mutants::{defects, odds};

fn complaint() -> Complaint {
    Complaint {
        requirement: "agent-get",
        must: true,
        check: "agent-get",
        expected: String::from("the name a<b"),
        got: String::from("the name A<B"),
        request: Some(String::from("curl \"$BASE_URL/projects/20/cluster_agents/1\"")),
    }
}

/// A defect that is found, one that is not, and an implementation that is wrongly blamed.
fn score() -> Score {
    let found = defects().into_iter().find(|one| one.name == "get-agent-other-name").unwrap();
    let lived = defects().into_iter().find(|one| one.name == "agent-time-zero").unwrap();
    let subjects = [Subject::Defect(found), Subject::Defect(lived), Subject::Odd(odds()[0])];
    let method = Method { seed: 7, cut_short: false };
    let outcome = |subject: Subject, good, complaints: &[Complaint]| Outcome {
        trial: Trial { subject, method },
        opinion: Opinion {
            complaints: complaints.to_vec(),
            requests: 54,
            millis: 1234,
            ..Opinion::default()
        },
        good,
    };
    let outcomes = [
        outcome(subjects[0], true, &[complaint()]),
        outcome(subjects[1], false, &[]),
        outcome(subjects[2], false, &[complaint()]),
    ];
    let mut score = Score::of(&outcomes, &subjects, &Ledger::embedded().unwrap(), 3700);
    // The others would only repeat the ledger.
    score.silent.retain(|id, _| *id == "agent-list-order");
    score
}

#[test]
fn the_summary_names_what_needs_attention() {
    insta::assert_snapshot!(summary(&score()));
}

#[test]
fn a_report_has_a_row_for_each_defect() {
    insta::assert_snapshot!(Format::Markdown.render(&score()));
}

#[test]
fn the_page_has_the_same_and_escapes_what_came_over_the_wire() {
    insta::assert_snapshot!(Format::Html.render(&score()));
}

#[test]
fn the_json_has_the_keys_that_its_readers_know() {
    insta::assert_snapshot!(Format::Json.render(&score()));
}
