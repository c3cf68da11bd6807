//! Everything in the contract comes from somewhere, and the tool tells where it does not.
#![allow(missing_docs, clippy::unwrap_used)]

use std::path::Path;

use cluster_agents_codegen::ledger::Requirement;
use cluster_agents_codegen::{Document, Ledger};
use cluster_agents_review::Spec;
use cluster_agents_review::trace::page::Page;
use cluster_agents_review::trace::sources::Sources;
use cluster_agents_review::trace::{Contract, Trace};

const DOCUMENT: &str = include_str!("../../../openapi/cluster-agents.yaml");
const LEDGER: &str = include_str!("../../../openapi/requirements.yaml");
const SOURCES: &str = include_str!("../../../openapi/sources.yaml");

fn requirements() -> Vec<Requirement> {
    let document = Document::parse("cluster-agents.yaml", DOCUMENT).unwrap();
    Ledger::parse("requirements.yaml", LEDGER, &document).unwrap().requirements
}

fn ours(document: &str, sources: &str, page: Option<&Page>) -> Trace {
    let spec = Spec::parse("cluster-agents.yaml", document).unwrap();
    let sources = Sources::parse("sources.yaml", sources).unwrap();
    let requirements = requirements();
    let contract = Contract { spec: &spec, requirements: &requirements, sources: &sources };
    Trace::of(contract, page, None)
}

#[test]
fn each_element_and_requirement_of_our_contract_has_a_source() {
    let trace = ours(DOCUMENT, SOURCES, None);
    assert_eq!(trace.problems, Vec::<String>::new());
    assert!(trace.origins.len() > 500);
    assert!(
        trace.origins.iter().all(|origin| origin.section.is_some() != origin.inferred.is_some())
    );
}

#[test]
fn a_field_from_nowhere_is_found_and_so_is_a_row_that_nothing_has() {
    let more = DOCUMENT.replacen(
        "        is_receptive:",
        "        colour: { type: string }\n        is_receptive:",
        1,
    );
    let problems = ours(&more, SOURCES, None).problems;
    assert!(
        problems.iter().any(|p| p.contains("`getAgent 200 field colour` has no source")),
        "{problems:?}"
    );
    let fewer = DOCUMENT.replace("name_with_namespace:", "full_name:");
    let problems = ours(&fewer, SOURCES, None).problems;
    assert!(
        problems
            .iter()
            .any(|p| p.contains("has `config_project.name_with_namespace`, the document does not"))
    );
}

#[test]
fn an_entry_that_leads_nowhere_is_found() {
    let stale =
        SOURCES.replace("'* field is_receptive'", "'* field is_receptive', '* field colour'");
    let problems = ours(DOCUMENT, &stale, None).problems;
    assert!(problems[0].contains("`* field colour` is said to be inferred"), "{problems:?}");
    let wrong = SOURCES.replacen("token-limit-freed", "token-limit-lifted", 1);
    let problems = ours(DOCUMENT, &wrong, None).problems;
    assert!(problems[0].contains("no such element or requirement"), "{problems:?}");
}

#[test]
fn a_file_of_sources_with_an_unknown_key_is_refused() {
    let error = Sources::parse("sources.yaml", "sections: []\ncolour: red\n").unwrap_err();
    assert!(error.to_string().starts_with("sources.yaml: unknown field `colour`"), "{error}");
}

/// A small document, and pages that describe it.
const SMALL: &str = r"
openapi: 3.0.3
info: { title: t, version: 1.0.0 }
paths:
  /hats/{id}:
    get:
      operationId: getHat
      x-source: Get a hat
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer } }
      responses:
        '200':
          description: ''
          content:
            application/json:
              schema:
                type: object
                properties: { id: { type: integer }, colour: { type: string } }
";

const SMALL_SOURCES: &str = r"
sections:
  - heading: Get a hat
    request: [id]
    response: [id, colour]
    sentences:
      - { hash: 'HASH', covers: [getHat] }
inferred:
  - { elements: ['getHat 200'], because: It has to be something. }
";

fn plain() -> String {
    let rows = "Attribute\tType\tRequired\tDescription\nid\tinteger\tyes\tNumber of the hat\nResponse:\n\nAttribute\tType\tDescription\nid\tinteger\tNumber of the hat\ncolour\tstring\tIts colour. Never blank.\n";
    format!(
        "Hats for all\nA page about hats.\n\nGet a hat\nReturns one hat.\n\nCopy to clipboard\nGET /hats/:id\nSupported attributes:\n\n{rows}Example request:\n\nShell\nCopy to clipboard\ncurl \"https://hats.example/api/v4/hat/1\"\nExample response:\n\nJSON\n{{\n  \"id\": \"1\",\n  \"colour\": \"red\"\n}}\n"
    )
}

const MARKDOWN: &str = "# Hats for all\n\nA page about **hats**.\n\n## Get a hat\n\nReturns [one](hat.md) hat.\n\n```plaintext\nGET /hats/:id\n```\n\nSupported attributes:\n\n| Attribute | Type | Required | Description |\n|-----------|------|----------|-------------|\n| `id` | integer | yes | Number of the hat |\n\n| Attribute | Type | Description |\n|-----------|------|-------------|\n| `id` | integer | Number of the hat |\n| `colour` | string | Its colour. Never blank. |\n";

fn small(pages: &[&str], sources: &str) -> Trace {
    let spec = Spec::parse("small.yaml", SMALL).unwrap();
    let first = Page::parse(&plain(), &[]);
    let hash = first.section("Get a hat").unwrap().sentences[0].hash();
    let sources = Sources::parse("sources.yaml", &sources.replace("HASH", &hash)).unwrap();
    let pages: Vec<_> = pages.iter().map(|text| Page::parse(text, &["Get a hat"])).collect();
    let contract = Contract { spec: &spec, requirements: &[], sources: &sources };
    Trace::of(contract, pages.first(), pages.get(1))
}

#[test]
fn a_page_is_read_the_same_from_a_browser_and_from_markdown() {
    let (plain, markdown) = (Page::parse(&plain(), &[]), Page::parse(MARKDOWN, &[]));
    let told = |page: &Page| {
        let sections = page.sections.iter().map(|s| {
            let hashes: Vec<_> = s.sentences.iter().map(|s| s.hash()).collect();
            (s.heading.clone(), s.endpoint.clone(), s.request.clone(), s.response.clone(), hashes)
        });
        sections.collect::<Vec<_>>()
    };
    assert_eq!(told(&plain), told(&markdown));
    assert_eq!(plain.sections[1].sentences.len(), 2);
    assert_eq!(plain.sections[1].commands.len(), 1);
}

#[test]
fn what_nothing_covers_is_listed() {
    let problems = small(&[&plain()], SMALL_SOURCES).problems;
    let has = |part: &str| problems.iter().any(|problem| problem.contains(part));
    assert!(has("section `Hats for all` is not in the file of sources"), "{problems:?}");
    assert!(has("“Never blank”"), "{problems:?}");
    assert!(!has("“Returns one hat”"), "{problems:?}");
    let fewer = SMALL_SOURCES.replace("response: [id, colour]", "response: [id]");
    let problems = small(&[&plain()], &fewer).problems;
    assert!(
        problems.iter().any(|p| p == "`Get a hat`: nothing covers `colour` of the response table")
    );
}

#[test]
fn contradictions_are_listed_with_what_was_decided() {
    let decided = format!(
        "{SMALL_SOURCES}\ndecisions:\n  - {{ on: ['*: path (endpoint, example)'], decision: A slip. }}\n  - {{ on: ['*: size*'], decision: Nothing. }}\n"
    );
    let trace = small(&[&plain()], &decided);
    let keys: Vec<_> = trace.contradictions.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["Get a hat: id (table, example)", "Get a hat: path (endpoint, example)"]);
    assert_eq!(trace.contradictions[1].decision.as_deref(), Some("A slip."));
    let has = |part: &str| trace.problems.iter().any(|problem| problem.contains(part));
    assert!(has("nobody decided on `Get a hat: id (table, example)`"), "{:?}", trace.problems);
    assert!(has("there is no contradiction `*: size*`"), "{:?}", trace.problems);
}

#[test]
fn a_newer_page_tells_what_it_touches() {
    let newer = plain()
        .replace("colour\tstring\t", "colour\tstring or null\t")
        .replace("Returns one hat.", "Returns one hat of many.");
    let trace = small(&[&plain(), &newer], SMALL_SOURCES);
    let told: Vec<_> =
        trace.touched.iter().map(|t| (t.what.as_str(), t.elements.clone())).collect();
    assert_eq!(told[0].0, "`colour` of the response table: type string → string or null");
    assert_eq!(told[0].1, ["getHat 200 field colour"]);
    assert!(told[1].0.contains("“Returns one hat” is gone or reworded"), "{told:?}");
    assert_eq!(told[1].1, ["getHat"]);
    assert!(small(&[&plain(), &plain()], SMALL_SOURCES).touched.is_empty());
}

/// The documentation is no part of the project; it may lie beside the checkout.
fn documentation() -> Option<String> {
    let beside =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/agents-api-documentation.txt");
    let named = std::env::var_os("REVIEW_DOCUMENTATION").map(Into::into);
    std::fs::read_to_string(named.unwrap_or(beside)).ok()
}

#[test]
fn the_documentation_is_covered_and_its_contradictions_are_decided() {
    let Some(text) = documentation() else {
        println!("skipped: the documentation is not beside the checkout");
        return;
    };
    let sources = Sources::parse("sources.yaml", SOURCES).unwrap();
    let headings: Vec<_> = sources.sections.iter().map(|s| s.heading.as_str()).collect();
    // Known headings only help: all of them are found by their form as well.
    for headings in [headings.as_slice(), &[]] {
        let trace = ours(DOCUMENT, SOURCES, Some(&Page::parse(&text, headings)));
        assert_eq!(trace.problems, Vec::<String>::new());
        let keys: Vec<_> = trace.contradictions.iter().map(|one| one.key.as_str()).collect();
        for key in [
            "Get a single agent token: path (endpoint, example)",
            "List tokens for an agent: created_by_user_id (table, example)",
            "List tokens for an agent: agent_id (table, document)",
        ] {
            assert!(keys.contains(&key), "{key}");
        }
    }
}
