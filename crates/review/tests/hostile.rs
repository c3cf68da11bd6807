//! Hostile documents end with a message, in bounded time and memory.
#![allow(missing_docs, clippy::unwrap_used)]

use std::fmt::Write;
use std::time::{Duration, Instant};

use cluster_agents_review::{Policy, Review, Spec};

/// Wide enough for a slow machine that builds at the same time.
const PATIENCE: Duration = Duration::from_secs(30);

fn with_schema(schema: &str, components: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: t, version: 1.0.0 }}\npaths:\n  /a:\n    post:\n      requestBody:\n        content:\n          application/json:\n            schema: {schema}\n      responses: {{}}\ncomponents:\n  schemas:\n{components}"
    )
}

fn review(base: &str, revision: &str) -> Option<Review> {
    let base = Spec::parse("base", base).ok()?;
    let revision = Spec::parse("revision", revision).ok()?;
    Review::of(&base, &revision, Policy::named("gitlab").unwrap(), "2026-01-31").ok()
}

fn bounded<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    result
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut text =
        String::from("openapi: 3.0.3\npaths: {}\nx-0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let items = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(text, "x-{level}: &a{level} [{items}]").unwrap();
    }
    let error = bounded(|| Spec::parse("bomb", &text)).unwrap_err().to_string();
    assert!(error.contains("bomb"), "{error}");
}

#[test]
fn brackets_without_end_are_refused() {
    let deep = format!("openapi: 3.0.3\npaths: {}", "[".repeat(100_000));
    assert!(bounded(|| Spec::parse("deep", &deep)).is_err());
    let balanced = format!("openapi: 3.0.3\nx-a: {}{}", "[".repeat(5_000), "]".repeat(5_000));
    assert!(bounded(|| Spec::parse("deep", &balanced)).is_err());
}

#[test]
fn references_in_a_circle_come_to_an_end() {
    let components = "    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n    C: { allOf: [{ $ref: '#/components/schemas/C' }, { type: string }] }\n";
    for name in ["A", "C"] {
        let schema = format!("{{ $ref: '#/components/schemas/{name}' }}");
        let base = with_schema(&schema, components);
        let revision = with_schema(&schema, &components.replace("type: string", "type: object"));
        assert!(bounded(|| review(&base, &revision)).is_some());
    }
}

#[test]
fn schemas_that_multiply_are_walked_once() {
    let mut components = String::new();
    for level in 0..60 {
        let next = level + 1;
        writeln!(components, "    S{level}: {{ type: object, properties: {{ a: {{ $ref: '#/components/schemas/S{next}' }}, b: {{ $ref: '#/components/schemas/S{next}' }} }}, oneOf: [{{ $ref: '#/components/schemas/S{next}' }}, {{ $ref: '#/components/schemas/S{next}' }}] }}").unwrap();
    }
    let end = |kind: &str| format!("{components}    S60: {{ type: {kind} }}\n");
    let schema = "{ $ref: '#/components/schemas/S0' }";
    let (base, revision) =
        (with_schema(schema, &end("string")), with_schema(schema, &end("integer")));
    let review = bounded(|| review(&base, &revision)).unwrap();
    assert!(review.findings.iter().any(|finding| finding.id == "request-property-type-changed"));
}

#[test]
fn a_huge_enumeration_and_a_hundred_thousand_lines_are_read() {
    let values =
        |from: usize| (from..from + 3_000).map(|n| format!("v{n}")).collect::<Vec<_>>().join(", ");
    let schema = |from| format!("{{ type: string, enum: [{}] }}", values(from));
    let mut components = String::new();
    for number in 0..50_000 {
        writeln!(components, "    T{number}:\n      type: string").unwrap();
    }
    let (base, revision) =
        (with_schema(&schema(0), &components), with_schema(&schema(1), &components));
    let review = bounded(|| review(&base, &revision)).unwrap();
    assert!(review.findings.iter().any(|finding| finding.id == "request-body-enum-value-removed"));
}

#[test]
fn a_chain_of_many_references_does_not_exhaust_the_stack() {
    let mut components = String::new();
    for level in 0..4_000 {
        let next = level + 1;
        writeln!(components, "    S{level}: {{ type: object, properties: {{ a: {{ $ref: '#/components/schemas/S{next}' }} }}, anyOf: [{{ $ref: '#/components/schemas/S{next}' }}] }}").unwrap();
    }
    let end = |kind: &str| format!("{components}    S4000: {{ type: {kind} }}\n");
    let schema = "{ $ref: '#/components/schemas/S0' }";
    let (base, revision) =
        (with_schema(schema, &end("string")), with_schema(schema, &end("integer")));
    let review = bounded(|| review(&base, &revision)).unwrap();
    assert!(review.findings.iter().any(|finding| finding.id == "unclassified-change"));
}

#[test]
fn a_pattern_that_explodes_does_not_stop_the_review() {
    let schema =
        |length: usize| format!("{{ type: string, maxLength: {length}, pattern: '^(a+)+$' }}");
    let (base, revision) =
        (with_schema(&schema(60), "    X: {}\n"), with_schema(&schema(50), "    X: {}\n"));
    assert!(bounded(|| review(&base, &revision)).is_some());
}

#[test]
fn what_is_no_openapi_document_is_told_so() {
    for (text, part) in
        [("swagger: '2.0'", "Swagger"), ("a: 1", "no OpenAPI"), ("[", "YAML"), ("", "no OpenAPI")]
    {
        let error = Spec::parse("x", text).unwrap_err().to_string();
        assert!(error.contains(part), "{text}: {error}");
    }
}
