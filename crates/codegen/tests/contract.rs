//! The document and the ledger of this project keep the rules, and a breach is found by its rule.

use cluster_agents_codegen::{Document, Findings, Ledger};

const DOCUMENT: &str = include_str!("../../../openapi/cluster-agents.yaml");
const LEDGER: &str = include_str!("../../../openapi/requirements.yaml");

fn document() -> Document {
    Document::parse("cluster-agents.yaml", DOCUMENT).unwrap_or_else(|findings| panic!("{findings}"))
}

#[test]
fn the_contract_keeps_all_rules() {
    assert_eq!(document().operations().len(), 12);
}

#[test]
fn operations_come_in_the_order_of_the_document() {
    let document = document();
    let ids: Vec<_> = document.operations().iter().map(|operation| operation.id.as_str()).collect();
    assert_eq!(ids[..3], ["listAgents", "registerAgent", "getAgent"]);
    let lines =
        document.operations().iter().map(|one| document.finding("", &one.pointer, "", "").line);
    assert!(lines.is_sorted());
}

#[test]
fn the_ledger_fits_the_contract() {
    let ledger = Ledger::parse("requirements.yaml", LEDGER, &document());
    let ledger = ledger.unwrap_or_else(|findings| panic!("{findings}"));
    assert!((80..=140).contains(&ledger.requirements.len()), "{}", ledger.requirements.len());
}

/// Changes of one text in the contract, its first occurrence, and the rule that each breaks.
const BREACHES: &[(&str, &str, &str)] = &[
    ("operationId: listAgents", "operationId: listAgentTokens", "operation-id-clash"),
    ("        '401': { $ref: '#/components/responses/Unauthorized' }\n", "", "landing-place"),
    ("            X-Next-Page: { $ref: '#/components/headers/NextPage' }\n", "", "pagination"),
    ("example: { name: some-agent }", "example: { name: Some Agent }", "example"),
    ("example: { name: some-agent }", "example: { nmae: some-agent }", "example"),
    ("        '204': { description: The agent is gone. }\n", "", "success-status"),
    ("      format: password\n      maxLength: 16384", "      maxLength: 16384", "secret-format"),
    (
        "          description: The name of the agent.\n          type: string",
        "          description: The name of the agent.\n          type: string\n          maxLength: 63",
        "response-constraint",
    ),
    ("pattern: '^[a-z0-9](", "pattern: '[a-z0-9](", "pattern"),
    (
        "$ref: '#/components/parameters/IfUnmodifiedSince'",
        "$ref: '#/components/parameters/Page'",
        "pagination",
    ),
    ("        - title: Text\n", "        - title: List\n", "variant-title"),
    ("  version: 1.0.0", "  version: 1.0", "wrong-value"),
];

#[test]
fn a_breach_of_the_contract_is_found_by_its_rule() {
    for (sound, broken, rule) in BREACHES {
        assert!(DOCUMENT.contains(sound), "`{sound}` is not in the contract");
        let text = DOCUMENT.replacen(sound, broken, 1);
        let Err(Findings(findings)) = Document::parse("broken.yaml", &text) else {
            panic!("`{broken}` is not refused");
        };
        let found: Vec<_> = findings.iter().map(ToString::to_string).collect();
        assert!(findings.iter().any(|finding| finding.rule == *rule), "{rule}: {found:#?}");
    }
}
