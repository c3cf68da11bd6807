//! Sound documents that a generator cannot express: each ends in a finding with its place, neither
//! in a panic nor in code that does not compile or does not keep what the document promises.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should stop")]

use std::fmt::Write as _;
use std::path::Path;

use cluster_agents_codegen::{Document, Findings, rust};

/// A document, by its name in `accepted/`, and the change that makes it too much.
const CHANGES: &[(&str, &str, &str)] = &[
    ("response-plain", "operationId: getCount", "operationId: error"),
    ("response-plain", "operationId: getCount", "operationId: authenticate"),
    ("response-plain", "operationId: getCount", "operationId: apiVersion"),
    ("parameter-required", "name: limit", "name: new"),
    ("parameter-required", "name: limit", "name: into_inner"),
    ("parameter-required", "{ type: string }", "{ type: string, nullable: true }"),
    ("parameter-required", "{ type: string }", "{ type: string, format: password }"),
    ("parameter-types", "format: int16", "multipleOf: 2"),
    ("statuses-that-are-rare", "'418'", "'499'"),
    (
        "response-array-of-text",
        "items: { type: string }",
        "items: { type: string }, nullable: true",
    ),
    ("body-with-integers-and-booleans", "minimum: 1", "multipleOf: 2"),
    ("body-with-nested-object", "required: [shelf]", "required: [shelf]\n      minProperties: 1"),
    ("body-with-nested-object", "place]", "place]\n      additionalProperties: { type: string }"),
    (
        "body-with-integers-and-booleans",
        "$ref: '#/components/schemas/Size'",
        "description: Sizes., type: array, items: { $ref: '#/components/schemas/Size' }",
    ),
    ("formats", "minLength: 4", "pattern: '^[0-9]{4}$'"),
    ("credentials-for-some", "scheme: bearer", "scheme: basic"),
];

/// What is said of a changed document, with the line that it is said of.
fn refusal(name: &str, from: &str, to: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/accepted/{name}.yaml"));
    let sound = std::fs::read_to_string(path).unwrap();
    let text = sound.replacen(from, to, 1);
    assert_ne!(text, sound, "{name} has no `{from}`");
    let document = Document::parse(&format!("{name}.yaml"), &text);
    let document = document.unwrap_or_else(|findings| panic!("`{to}` is not sound: {findings}"));
    let Err(Findings(findings)) = rust(&document) else { panic!("`{to}` in {name} is generated") };
    let mut shown = String::new();
    for finding in findings {
        let line = text.lines().nth(finding.line - 1).unwrap().trim();
        writeln!(shown, "{finding}\n  at: {line}\n").unwrap();
    }
    shown
}

#[test]
fn what_cannot_be_generated_is_refused_with_its_place() {
    let refusals = CHANGES.iter().map(|(name, from, to)| refusal(name, from, to));
    insta::assert_snapshot!(refusals.collect::<String>().trim_end());
}
