//! Source, wire and semantic compatibility are told apart, for the operations that a change affects.
#![allow(missing_docs, clippy::unwrap_used)]

use std::sync::LazyLock;

use cluster_agents_codegen::ledger::Requirement;
use cluster_agents_codegen::{Document, Ledger};
use cluster_agents_review::compatibility::source::{Surface, Surfaces};
use cluster_agents_review::compatibility::{
    Cell, Compatibility, Experiments, Outcome, Results, Row, render,
};
use cluster_agents_review::{Policy, Review, Spec};
use serde_json::json;

const DOCUMENT: &str = include_str!("../../../openapi/cluster-agents.yaml");
const LEDGER: &str = include_str!("../../../openapi/requirements.yaml");

static REQUIREMENTS: LazyLock<Vec<Requirement>> = LazyLock::new(|| {
    let document = Document::parse("cluster-agents.yaml", DOCUMENT).unwrap();
    Ledger::parse("requirements.yaml", LEDGER, &document).unwrap().requirements
});

/// A report in which everything passes but what is named.
fn results(verdicts: &[(&str, &str)], missing: &str) -> Results {
    let all = REQUIREMENTS.iter().filter(|one| one.id != missing).map(|one| {
        let named = verdicts.iter().find(|(id, _)| *id == one.id);
        let verdict = named.map_or("pass", |(_, verdict)| *verdict);
        json!({"id": one.id, "verdict": verdict, "message": "seen so"})
    });
    serde_json::from_value(json!({"requirements": all.collect::<Vec<_>>()})).unwrap()
}

fn table(revision: &str, results: &Results) -> Compatibility {
    let (base, new) =
        (Spec::parse("base", DOCUMENT).unwrap(), Spec::parse("new", revision).unwrap());
    let review = Review::of(&base, &new, Policy::named("gitlab").unwrap(), "2026-01-31").unwrap();
    let surface = |text: &str| Surface::of("x", text).map_err(|error| error.to_string());
    let surfaces = surface(DOCUMENT).and_then(|base| Ok(Surfaces::new(base, surface(revision)?)));
    let surfaces = surfaces.as_ref().map_err(String::as_str);
    let requirements = &REQUIREMENTS;
    let results = Some(results);
    Compatibility::of(&base, Experiments { review: &review, surfaces, requirements, results })
}

/// The operations for which a cell is not kept, with the outcome.
fn not_kept(table: &Compatibility, cell: fn(&Row) -> &Cell) -> Vec<(&str, Outcome)> {
    let rows = table.rows.iter().filter(|row| cell(row).outcome != Outcome::Kept);
    rows.map(|row| (row.operation.as_str(), cell(row).outcome)).collect()
}

#[test]
fn nothing_breaks_where_nothing_changes() {
    let table = table(DOCUMENT, &results(&[], ""));
    assert!(!table.is_broken());
    assert_eq!(table.rows.len(), 12);
    let cells = table.rows.iter().flat_map(|row| [&row.source, &row.wire, &row.semantic]);
    assert!(cells.into_iter().all(|cell| cell.outcome == Outcome::Kept));
}

#[test]
fn a_renamed_operation_breaks_programs_and_no_message() {
    let table = table(
        &DOCUMENT.replace("operationId: getAgent\n", "operationId: oneAgent\n"),
        &results(&[], ""),
    );
    assert_eq!(not_kept(&table, |row| &row.source), [("getAgent", Outcome::Broken)]);
    assert_eq!(not_kept(&table, |row| &row.wire), []);
}

#[test]
fn a_tighter_limit_breaks_messages_and_no_program() {
    let table = table(&DOCUMENT.replace("maxLength: 63", "maxLength: 62"), &results(&[], ""));
    assert_eq!(not_kept(&table, |row| &row.source), []);
    assert_eq!(not_kept(&table, |row| &row.wire), [("registerAgent", Outcome::Broken)]);
    assert!(table.rows[1].wire.why[0].contains("curl -X POST"));
}

#[test]
fn a_new_field_breaks_programs_of_every_operation_that_has_its_type() {
    let more = DOCUMENT.replacen(
        "        is_receptive:",
        "        colour: { description: Its colour., type: string }\n        is_receptive:",
        1,
    );
    let table = table(&more, &results(&[], ""));
    let operations: Vec<_> =
        not_kept(&table, |row| &row.source).iter().map(|(name, _)| *name).collect();
    assert_eq!(operations, ["listAgents", "registerAgent", "getAgent"]);
    assert!(table.rows[0].source.why[0].starts_with("`Agent` has a new `colour: "));
    assert_eq!(not_kept(&table, |row| &row.wire), []);
}

#[test]
fn a_promise_that_is_broken_dropped_or_untried_is_told() {
    let verdicts = [("token-list-active", "fail"), ("agent-creator", "skip")];
    let table = table(DOCUMENT, &results(&verdicts, "token-limit"));
    assert_eq!(
        not_kept(&table, |row| &row.semantic),
        [
            ("listAgents", Outcome::Unknown),
            ("registerAgent", Outcome::Unknown),
            ("getAgent", Outcome::Unknown),
            ("listAgentTokens", Outcome::Broken),
            ("createAgentToken", Outcome::Broken),
            ("revokeAgentToken", Outcome::Broken),
        ]
    );
    let text = render(&table);
    assert!(text.contains("token-limit: it is required no more"), "{text}");
    assert!(
        text.contains("\nlistAgentTokens         kept             kept             broken\n"),
        "{text}"
    );
}

#[test]
fn a_document_that_the_generators_refuse_leaves_the_source_unknown() {
    let table = table(
        &DOCUMENT.replace("operationId: getAgent\n", "operationId: exec\n"),
        &results(&[], ""),
    );
    assert!(table.rows.iter().all(|row| row.source.outcome == Outcome::Unknown));
    assert!(table.rows[0].source.why[0].contains("no client is generated from it"));
    assert!(!table.is_broken());
}
