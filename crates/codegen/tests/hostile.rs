//! Documents that were made to hurt: each ends in findings, soon and without a panic.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should stop")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use cluster_agents_codegen::{Document, Findings};

/// Far above what any of them takes, and far below what an unbounded one would.
/// What is long, but sound.
const NONE: [&str; 0] = [];

const LIMIT: Duration = Duration::from_secs(60);

#[track_caller]
fn rules_of(text: &str) -> Vec<&'static str> {
    let start = Instant::now();
    let result = Document::parse("hostile.yaml", text);
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
    let mut rules: Vec<_> = match result {
        Ok(_) => Vec::new(),
        Err(Findings(findings)) => findings.iter().map(|finding| finding.rule).collect(),
    };
    rules.dedup();
    rules
}

/// A document with one operation that answers with `S0`, and with these schemas.
fn with_schemas(schemas: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{ title: T, version: 1.0.0, description: D. }}
paths:
  /s:
    get:
      operationId: getS
      summary: S.
      description: S.
      responses:
        '200':
          description: S.
          content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/S0' }} }} }}
        '404':
          description: None.
          content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Error' }} }} }}
components:
  schemas:
    Error: {{ description: E., type: object }}
{schemas}"
    )
}

/// As many schemas as `count`, each written by what it says of the next.
fn chain(count: usize, schema: impl Fn(&str) -> String) -> String {
    let mut schemas = String::new();
    for number in 0..count {
        let next = format!("$ref: '#/components/schemas/S{}'", number + 1);
        writeln!(schemas, "    S{number}: {}", schema(&next)).unwrap();
    }
    writeln!(schemas, "    S{count}: {{ description: S., type: object }}").unwrap();
    with_schemas(&schemas)
}

#[test]
fn aliases_that_multiply() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for number in 1..30 {
        let alias = format!("*a{}, ", number - 1).repeat(10);
        writeln!(text, "a{number}: &a{number} [{alias}]").unwrap();
    }
    assert_eq!(rules_of(&text), ["yaml"]);
}

#[test]
fn brackets_without_end() {
    for bracket in ["[", "{a: ", "- ", "? ", "{[", "!!x ", "&a "] {
        assert_eq!(rules_of(&bracket.repeat(50_000)), ["yaml"], "{bracket}");
    }
}

#[test]
fn aliases_nested_in_aliases() {
    let mut text = String::from("a0: &a0 {x: 1}\n");
    for number in 1..1_000 {
        writeln!(text, "a{number}: &a{number} {{x: *a{}}}", number - 1).unwrap();
    }
    assert_eq!(rules_of(&text), ["yaml"]);
}

#[test]
fn properties_within_properties() {
    let text = chain(300, |next| {
        format!("{{ description: S., type: object, properties: {{ s: {{ {next} }} }} }}")
    });
    assert_eq!(rules_of(&text), NONE);
}

#[test]
fn an_example_for_properties_within_properties() {
    let text = chain(300, |next| {
        format!(
            "{{ description: S., type: object, properties: {{ s: {{ {next} }} }}, example: {{}} }}"
        )
    });
    assert_eq!(rules_of(&text), NONE);
}

#[test]
fn a_schema_within_itself() {
    let text = with_schemas(
        "    S0: { description: S., type: object, properties: { s: { $ref: '#/components/schemas/S0' } }, example: { s: { s: {} } } }",
    );
    assert_eq!(rules_of(&text), NONE);
}

#[test]
fn compositions_of_compositions() {
    let text = chain(5_000, |next| format!("{{ description: S., allOf: [{{ {next} }}] }}"));
    assert_eq!(rules_of(&text), ["ref-cycle"]);
}

#[test]
fn compositions_that_double() {
    let text =
        chain(60, |next| format!("{{ description: S., allOf: [{{ {next} }}, {{ {next} }}] }}"));
    assert_eq!(rules_of(&text), ["ref-cycle"]);
}

#[test]
fn references_to_references() {
    let text = chain(5_000, |next| format!("{{ {next} }}"));
    assert_eq!(rules_of(&text), ["ref-cycle"]);
}

#[test]
fn references_to_nowhere() {
    let mut schemas = String::new();
    for number in 0..5_000 {
        writeln!(schemas, "    S{number}: {{ $ref: '#/components/schemas/T{number}' }}").unwrap();
    }
    assert_eq!(rules_of(&with_schemas(&schemas)), ["dangling-ref"]);
}

#[test]
fn patterns_that_nest_repeat_and_backtrack() {
    let nested = format!("^{}a{}$", "(".repeat(240), ")".repeat(240));
    let repeated = "^((((a{1,9999}){1,9999}){1,9999}){1,9999})$";
    for pattern in [nested.as_str(), repeated, "^(a+)+$", "^(?=(a+)+$)[^b]*$"] {
        let text = with_schemas(&format!(
            "    S0: {{ description: S., type: string, pattern: '{pattern}', example: {} }}",
            "a".repeat(40) + "!"
        ));
        let rules = rules_of(&text);
        assert!(rules.contains(&"response-constraint"), "{pattern}: {rules:?}");
    }
}

#[test]
fn names_that_are_long() {
    let long = "x".repeat(1_000_000);
    let text = with_schemas(&format!("    S0:\n      ? {long}\n      : {long}\n"));
    assert_eq!(rules_of(&text), ["unknown-key"]);
}

#[test]
fn nothing_and_almost_nothing() {
    for text in [
        "",
        "\u{feff}",
        "---",
        "null",
        "[]",
        "5",
        "openapi:",
        "openapi: 3.0.3",
        "\0",
        "%YAML 1.1\n---\n",
    ] {
        assert!(!rules_of(text).is_empty(), "{text:?}");
    }
}
