//! No check sends more than it declares, on a target where nothing is broken. With ALLOWANCE=write in
//! the environment the declaration is written anew, from what was seen.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use cluster_agents_conformance::allowance::{Sent, bound};
use cluster_agents_conformance::runner::Transcript;
use cluster_agents_conformance::settings::Given;
use cluster_agents_conformance::{Ledger, Plan, Settings, run};
use serde_json::{Value, json};
use xtask_conformance::embedded::Reference;

/// What each check has sent, and the whole run.
async fn ran(seed: u64, cases: u32) -> (Transcript, Plan) {
    let ledger = Ledger::embedded().unwrap();
    let given = Given { seed: Some(seed), cases: Some(cases), ..Given::default() };
    let settings = Settings::resolve(&given, &|_| None).unwrap();
    let reference = Reference::start().await.unwrap();
    let mut plan = Plan::build(&ledger, &settings, reference.target());
    if is_written() {
        plan.allow_everything();
    }
    let mut target = reference.target().clone();
    target.manners.max_requests = is_written().then_some(u64::MAX);
    let events = |_: cluster_agents_conformance::runner::Event<'_>| {};
    let ran = run(&ledger, &plan, &target, &events, std::future::pending()).await.unwrap();
    reference.stop().await;
    assert_eq!(ran.ended_early, None);
    (ran, plan)
}

/// Whether the declaration is written anew; the old one counts for nothing then.
fn is_written() -> bool {
    std::env::var("ALLOWANCE").is_ok_and(|value| value == "write")
}

type Most = BTreeMap<&'static str, Sent>;

/// The most that each check sends in some runs.
async fn most(seeds: std::ops::RangeInclusive<u64>, cases: u32) -> Most {
    let mut most = Most::new();
    for seed in seeds {
        for record in ran(seed, cases).await.0.checks {
            let sent = most.entry(record.check.name).or_default();
            sent.requests = sent.requests.max(record.sent.requests);
            for (kind, count) in record.sent.writes {
                let seen = sent.writes.entry(kind).or_default();
                *seen = count.max(*seen);
            }
        }
    }
    most
}

/// What one input and sixteen take, side by side.
fn table(few: &Most, many: &Most) -> Value {
    let none = Sent::default();
    let entry = |(check, many): (&&str, &Sent)| {
        let few = few.get(check).unwrap_or(&none);
        let count = |sent: &Sent, kind: &String| sent.writes.get(kind).copied().unwrap_or_default();
        let kinds: std::collections::BTreeSet<&String> =
            few.writes.keys().chain(many.writes.keys()).collect();
        let writes: BTreeMap<&String, Value> = kinds
            .into_iter()
            .map(|kind| (kind, json!([count(few, kind), count(many, kind)])))
            .collect();
        let requests = json!([few.requests, many.requests]);
        ((*check).to_owned(), json!({ "requests": requests, "writes": writes }))
    };
    Value::Object(many.iter().map(entry).collect())
}

/// One line for each check, so that a change is easy to read.
fn text(table: &Value) -> String {
    let lines: Vec<String> = table
        .as_object()
        .unwrap()
        .iter()
        .map(|(check, entry)| format!("  {}: {entry}", json!(check)))
        .collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

#[tokio::test]
async fn no_check_sends_more_than_it_declares() {
    if is_written() {
        let table = table(&most(1..=6, 1).await, &most(1..=6, 16).await);
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../crates/conformance/src/allowance/table.json"
        );
        std::fs::write(path, text(&table)).unwrap();
        return;
    }
    for (seed, cases) in [(101, 2), (102, 16)] {
        let (transcript, plan) = ran(seed, cases).await;
        let bound = bound(&plan);
        let at_most = bound.requests.at_most;
        assert!(transcript.requests <= at_most, "{} of {at_most}", transcript.requests);
        let blocked = transcript.checks.iter().flat_map(|record| record.tallies.values());
        for reason in blocked.flat_map(|tally| &tally.blocked) {
            assert!(!reason.contains("sent all that it may"), "{reason}");
        }
        let mut writes: BTreeMap<&String, u64> = BTreeMap::new();
        for (kind, count) in transcript.checks.iter().flat_map(|record| &record.sent.writes) {
            *writes.entry(kind).or_default() += u64::from(*count);
        }
        for (kind, count) in writes {
            let at_most = bound.writes[kind].at_most;
            assert!(count <= at_most, "{kind}: {count} of {at_most}");
        }
    }
}
