//! The published schema of the JSON report describes real reports, to the last key.
#![allow(missing_docs, clippy::unwrap_used)]

use cluster_agents_review::report::{Format, SCHEMA};
use cluster_agents_review::{Policy, Review, Spec, approvals::Approvals};
use serde_json::{Value, json};

const DOCUMENT: &str = include_str!("../../../openapi/cluster-agents.yaml");

/// Edits that bring about every part of a report.
const EDITS: &[(&str, &str)] = &[
    ("maxLength: 63", "maxLength: 62"),
    ("[active, revoked]", "[active, revoked, lost]"),
    ("/tokens/{token_id}:", "/secrets/{token_id}:"),
    ("  - bearer: []\n", ""),
    ("operationId: listAgents", "operationId: listAllAgents"),
    ("version: 1.0.0", "version: one"),
    ("'204': { description: The agent is gone. }", "'202': { description: The agent is gone. }"),
    ("default: 20", "default: 30"),
];

fn review(revision: &str) -> Review {
    let base = Spec::parse("base.yaml", DOCUMENT).unwrap();
    let revision = Spec::parse("revision.yaml", revision).unwrap();
    Review::of(&base, &revision, Policy::named("gitlab").unwrap(), "2026-01-31").unwrap()
}

fn reports() -> Vec<Value> {
    let all = EDITS.iter().fold(DOCUMENT.to_owned(), |text, (from, to)| text.replace(from, to));
    let mut reviews = [review(DOCUMENT), review(&all)];
    let finding = &reviews[1].findings[0];
    // An approval is for one operation, and a finding needs one for each of its own.
    let approval = |operation: &String| {
        format!(
            "[[approval]]\nid = \"{}\"\noperation = \"{operation}\"\nfingerprint = \"{}\"\nreason = \"r\"\nowner = \"o\"\nuntil = \"2030-01-01\"\n",
            finding.id, finding.fingerprint
        )
    };
    let approvals: String = finding.operations.iter().map(approval).collect();
    let flaws = Approvals::parse(&approvals).unwrap().apply(&mut reviews[1], "2026-01-31");
    assert_eq!(flaws.len(), 0);
    reviews
        .iter()
        .map(|review| serde_json::from_str(&Format::Json.render(review)).unwrap())
        .collect()
}

/// The same schema without room for keys that it does not name.
fn closed(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let mut closed: serde_json::Map<_, _> =
                members.iter().map(|(key, value)| (key.clone(), self::closed(value))).collect();
            if members.get("properties").is_some_and(|p| p.get("type").is_none()) {
                closed.entry("additionalProperties").or_insert(json!(false));
            }
            closed.into()
        }
        Value::Array(items) => items.iter().map(closed).collect(),
        other => other.clone(),
    }
}

#[test]
fn real_reports_fit_the_schema_and_have_no_key_that_it_does_not_name() {
    let schema = closed(&serde_json::from_str(SCHEMA).unwrap());
    let validator = jsonschema::validator_for(&schema).unwrap();
    let reports = reports();
    for report in &reports {
        let errors: Vec<_> = validator
            .iter_errors(report)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new());
    }
    let text = reports[1].to_string();
    for key in ["approved", "because", "value", "response", "headers", "problem"] {
        assert!(text.contains(&format!("\"{key}\":")), "no report has `{key}`");
    }
}

#[test]
fn the_schema_can_say_no() {
    let schema = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut report = reports().remove(1);
    report["findings"][0]["level"] = json!("BAD");
    assert!(!validator.is_valid(&report));
}
