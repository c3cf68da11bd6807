//! Each rule of style finds its breach, once and where it stands.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeSet;

use cluster_agents_review::Spec;
use cluster_agents_review::lint::{Config, Problem, RULES, Rule, lint};

const DOCUMENT: &str = include_str!("../../../openapi/cluster-agents.yaml");

/// Rule, what is replaced in our own document, and by what.
const BREACHES: &[(&str, &str, &str)] = &[
    ("path-naming", "  /projects/{id}/cluster_agents:", "  /projects/{id}/clusterAgents:"),
    ("parameter-naming", "name: per_page", "name: perPage"),
    ("property-naming", "        is_receptive:", "        isReceptive:"),
    ("operation-id-naming", "operationId: listAgents", "operationId: list_agents"),
    ("component-naming", "    NotFound:\n", "    not_found:\n"),
    ("tag-declared", "tags: [agents]", "tags: [agent]"),
    ("summary-form", "summary: Get one agent\n", "summary: Get one agent.\n"),
    ("description-form", "description: The agent is gone.", "description: the agent is gone"),
    ("error-coverage", "        '403': { $ref: '#/components/responses/Forbidden' }\n", ""),
    (
        "error-schema",
        "    InternalServerError:\n      description: A fault of the server. No request should ever be answered with it.\n      content:\n        application/json:\n          schema: { $ref: '#/components/schemas/Error' }",
        "    InternalServerError:\n      description: A fault of the server. No request should ever be answered with it.\n      content:\n        application/json:\n          schema: { type: object }",
    ),
    (
        "body-of-get",
        "      operationId: getAgent\n",
        "      operationId: getAgent\n      requestBody: { content: {} }\n",
    ),
    ("ambiguous-path", "\npaths:\n", "\npaths:\n  /projects/{project}/cluster_agents: {}\n"),
    ("server-url", "https://gitlab.example.com/api/v4\n", "http://gitlab.example.com/api/v4/\n"),
    ("request-limits", "      maxLength: 255\n", ""),
    (
        "integer-format",
        "{ type: integer, format: int64, default: 20 }",
        "{ type: integer, default: 20 }",
    ),
];

fn run(text: &str, config: &Config) -> Vec<Problem> {
    lint(&Spec::parse("api.yaml", text).unwrap(), text, config)
}

#[test]
fn our_own_document_keeps_every_rule() {
    assert_eq!(run(DOCUMENT, &Config::default()), []);
}

#[test]
fn every_rule_finds_its_breach_in_the_right_line() {
    let covered: BTreeSet<_> = BREACHES.iter().map(|(rule, ..)| *rule).collect();
    assert_eq!(covered, RULES.iter().map(|rule| rule.id).collect());
    for (rule, from, to) in BREACHES {
        assert!(DOCUMENT.contains(from), "{rule}: nothing to break");
        let problems = run(&DOCUMENT.replacen(from, to, 1), &Config::default());
        let found: Vec<_> = problems.iter().filter(|problem| problem.rule == *rule).collect();
        assert!(!found.is_empty(), "{rule}: {problems:?}");
        assert!(found.iter().all(|problem| problem.line > 1 && problem.column > 0), "{found:?}");
    }
}

#[test]
fn an_exception_needs_a_reason_and_a_breach() {
    let text = |reason: &str| {
        format!(
            "[[except]]\nrule = \"description-form\"\npointer = \"/paths\"\nreason = \"{reason}\"\n"
        )
    };
    assert!(Config::parse("c", &text("")).is_err());
    let config = Config::parse("c", &text("quoted from the vendor")).unwrap();
    let broken = DOCUMENT.replacen("description: The agent is gone.", "description: gone", 1);
    assert_eq!(run(&broken, &config), []);
    let unused: Vec<_> = run(DOCUMENT, &config).into_iter().map(|problem| problem.rule).collect();
    assert_eq!(unused, ["unused-exception"]);
}

#[test]
fn a_rule_can_be_softened_or_switched_off_but_not_invented() {
    let broken = DOCUMENT.replacen("tags: [agents]", "tags: [agent]", 1);
    let off = Config::parse("c", "[rules]\ntag-declared = \"off\"\n").unwrap();
    assert!(run(&broken, &off).iter().all(|problem| problem.rule != "tag-declared"));
    assert!(Config::parse("c", "[rules]\nno-such-rule = \"off\"\n").is_err());
}

#[test]
fn every_rule_has_a_page() {
    for rule in RULES {
        let page = Rule::named(rule.id).unwrap().page();
        assert!(page.contains("Why:") && page.contains("Wrong:") && page.contains("Right:"));
    }
}
