//! Single edits of our own document, each with the verdict that a reviewer would expect of it,
//! written by hand: under `gitlab`, `oasdiff` and `strict` (E, W, I), and how many operations
//! are affected.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use cluster_agents_review::{Policy, Review, Spec};

const DOCUMENT: &str = include_str!("../../../openapi/cluster-agents.yaml");

#[derive(Clone, Copy)]
struct Edit {
    what: &'static str,
    /// The edit is made at the first `from` behind this text.
    after: &'static str,
    from: &'static str,
    to: &'static str,
    /// Id, verdicts, affected operations.
    expected: &'static [(&'static str, &'static str, usize)],
    /// More follows from it than is listed.
    open: bool,
}

const fn edit(
    what: &'static str,
    after: &'static str,
    from: &'static str,
    to: &'static str,
    expected: &'static [(&'static str, &'static str, usize)],
) -> Edit {
    Edit { what, after, from, to, expected, open: false }
}

const fn open(edit: Edit) -> Edit {
    Edit { open: true, ..edit }
}

const EDITS: &[Edit] = &[
    // --- prose and names ---
    edit(
        "a summary is reworded",
        "operationId: listAgents",
        "List the agents of",
        "Show the agents of",
        &[("documentation-changed", "III", 1)],
    ),
    edit(
        "the description of a shared parameter is reworded",
        "  parameters:\n    ProjectId:",
        "The agent. Anything but",
        "An agent. Anything but",
        &[("documentation-changed", "III", 10)],
    ),
    edit(
        "an operation id is renamed",
        "/cluster_agents:",
        "operationId: listAgents",
        "operationId: listAllAgents",
        &[("api-operation-id-removed", "IIE", 1)],
    ),
    edit(
        "a tag is exchanged",
        "operationId: listAgents",
        "tags: [agents]",
        "tags: [tokens]",
        &[("api-tag-removed", "IIE", 1), ("api-tag-added", "III", 1)],
    ),
    edit(
        "an extension is changed",
        "operationId: listAgents",
        "x-tier: free",
        "x-tier: premium",
        &[("extension-changed", "III", 1)],
    ),
    edit(
        "only the version is raised",
        "title: GitLab Agents API",
        "version: 1.0.0",
        "version: 1.1.0",
        &[],
    ),
    // --- operations ---
    edit(
        "an operation is deprecated",
        "/cluster_agents:",
        "operationId: listAgents\n",
        "operationId: listAgents\n      deprecated: true\n",
        &[("endpoint-deprecated", "III", 1)],
    ),
    edit(
        "an operation is removed",
        "\npaths:",
        "    delete:\n      operationId: revokeAgentToken",
        "    x-delete:\n      operationId: revokeAgentToken",
        &[("api-removed-without-deprecation", "EEE", 1), ("extension-changed", "III", 0)],
    ),
    edit(
        "a path is renamed",
        "\npaths:",
        "/tokens/{token_id}:",
        "/secrets/{token_id}:",
        &[("api-path-removed-without-deprecation", "EEE", 2), ("endpoint-added", "III", 2)],
    ),
    edit(
        "a keyword comes that no rule knows",
        "/cluster_agents:",
        "operationId: listAgents\n",
        "operationId: listAgents\n      retries: 3\n",
        &[("unclassified-change", "WWE", 1)],
    ),
    edit(
        "a callback comes",
        "/cluster_agents:",
        "operationId: listAgents\n",
        "operationId: listAgents\n      callbacks: { done: { '{$url}': { post: { responses: {} } } } }\n",
        &[("callback-added", "EEE", 1)],
    ),
    edit(
        "a link comes",
        "operationId: getAgent",
        "content:",
        "links: { tokens: { operationId: listAgentTokens } }\n          content:",
        &[("response-link-added", "III", 1)],
    ),
    // --- parameters ---
    edit(
        "a default is changed",
        "    PerPage:\n      name:",
        "default: 20",
        "default: 50",
        &[("request-parameter-default-value-changed", "EEE", 2)],
    ),
    edit(
        "a maximum is set",
        "    PerPage:\n      name:",
        "default: 20",
        "default: 20, maximum: 100",
        &[("request-parameter-max-set", "WWE", 2)],
    ),
    edit(
        "a parameter becomes required",
        "    Page:\n      name:",
        "required: false",
        "required: true",
        &[
            ("request-parameter-became-required", "EEE", 2),
            ("request-parameter-default-value-removed", "", 0),
        ],
    ),
    edit(
        "an optional header parameter is removed",
        "operationId: deleteAgent",
        "      parameters:\n        - $ref: '#/components/parameters/IfUnmodifiedSince'\n",
        "",
        &[("request-parameter-removed", "EWE", 1)],
    ),
    edit(
        "a required query parameter comes",
        "operationId: deleteAgent",
        "      parameters:\n",
        "      parameters:\n        - { name: why, in: query, required: true, schema: { type: string } }\n",
        &[("new-required-request-parameter", "EEE", 1)],
    ),
    edit(
        "an optional query parameter comes",
        "operationId: deleteAgent",
        "      parameters:\n",
        "      parameters:\n        - { name: why, in: query, schema: { type: string } }\n",
        &[("new-optional-request-parameter", "III", 1)],
    ),
    edit(
        "an id becomes a text",
        "\n    AgentId:\n      description: The number",
        "type: integer\n      format: int64",
        "type: string",
        &[
            ("request-parameter-type-generalized", "IIE", 10),
            ("response-property-type-changed", "EEE", 9),
        ],
    ),
    edit(
        "the page becomes a text",
        "    Page:\n      name:",
        "type: integer, format: int64",
        "type: string",
        &[("request-parameter-type-generalized", "IIE", 2)],
    ),
    edit(
        "a text becomes an integer",
        "    IfUnmodifiedSince:",
        "type: string",
        "type: integer",
        &[("request-parameter-type-changed", "EEE", 2)],
    ),
    // --- request bodies ---
    edit(
        "a body becomes optional",
        "operationId: registerAgent",
        "required: true",
        "required: false",
        &[("request-body-became-optional", "III", 1)],
    ),
    edit(
        "a body has another media type",
        "operationId: registerAgent",
        "application/json:",
        "application/x-www-form-urlencoded:",
        &[
            ("request-body-media-type-removed", "EEE", 1),
            ("request-body-media-type-added", "III", 1),
        ],
    ),
    edit(
        "a name may be shorter than before",
        "    AgentTokenName:",
        "maxLength: 255",
        "maxLength: 200",
        &[("request-property-max-length-decreased", "EEE", 1)],
    ),
    edit(
        "a name may be longer than before",
        "    AgentTokenName:",
        "maxLength: 255",
        "maxLength: 300",
        &[("request-property-max-length-increased", "III", 1)],
    ),
    edit(
        "a name must be longer than before",
        "    AgentTokenName:",
        "minLength: 1",
        "minLength: 2",
        &[("request-property-min-length-increased", "EEE", 1)],
    ),
    edit(
        "a limit is set",
        "    TokenSecret:\n",
        "type: string",
        "type: string\n      maxLength: 99",
        &[("response-property-max-length-set", "III", 1)],
    ),
    edit(
        "a limit is lifted",
        "    AgentUrl:",
        "      maxLength: 2048\n",
        "",
        &[("request-property-max-length-unset", "III", 1)],
    ),
    edit(
        "a pattern is changed",
        "    AgentName:",
        "^[a-z0-9]([",
        "^[a-z]([",
        &[("request-property-pattern-changed", "WWE", 1)],
    ),
    edit(
        "a pattern is removed",
        "    AgentUrl:",
        "      pattern: '^grpcs?://\\S+$'\n",
        "",
        &[("request-property-pattern-removed", "III", 1)],
    ),
    edit(
        "a property becomes required",
        "    NewAgentToken:",
        "required: [name]",
        "required: [name, description]",
        &[("request-property-became-required", "EEE", 1)],
    ),
    edit(
        "a property becomes optional",
        "    NewAgentToken:",
        "      required: [name]\n",
        "",
        &[("request-property-became-optional", "III", 1)],
    ),
    edit(
        "a required property comes",
        "    NewAgent:",
        "required: [name]\n      properties:\n",
        "required: [name, kind]\n      properties:\n        kind: { type: string }\n",
        &[("new-required-request-property", "EEE", 1)],
    ),
    edit(
        "an optional property comes",
        "    NewAgent:",
        "properties:\n",
        "properties:\n        kind: { type: string }\n",
        &[("new-optional-request-property", "III", 1)],
    ),
    edit(
        "a property is removed",
        "    NewAgentToken:",
        "        description:\n          nullable: true\n          allOf:\n            - $ref: '#/components/schemas/AgentTokenDescription'\n",
        "",
        &[("request-property-removed", "EWE", 1)],
    ),
    edit(
        "a property may no longer be null",
        "    NewAgentToken:",
        "          nullable: true\n",
        "",
        &[("request-property-became-not-nullable", "EEE", 1)],
    ),
    edit(
        "unknown members are forbidden",
        "    NewAgent:",
        "type: object",
        "type: object\n      additionalProperties: false",
        &[("request-body-additional-properties-forbidden", "EEE", 1)],
    ),
    // --- responses ---
    edit(
        "a property may be absent",
        "    Agent:\n",
        "config_project, created_at, created",
        "config_project, created",
        &[("response-property-became-optional", "EEE", 3)],
    ),
    edit(
        "an optional property is removed",
        "    Agent:\n",
        "        is_receptive:\n          description: Whether the agent has a URL configuration. Only where receptive agents exist.\n          type: boolean\n",
        "",
        &[("response-optional-property-removed", "EWE", 3)],
    ),
    edit(
        "an optional property comes",
        "    Agent:\n",
        "properties:\n",
        "properties:\n        kind: { type: string }\n",
        &[("response-optional-property-added", "III", 3)],
    ),
    edit(
        "a property may be null",
        "    Agent:\n",
        "description: The name of the agent.\n",
        "description: The name of the agent.\n          nullable: true\n",
        &[("response-property-became-nullable", "EEE", 3)],
    ),
    edit(
        "a property is never null any more",
        "    ConfigProject:\n      description",
        "          nullable: true\n",
        "",
        &[("response-property-became-not-nullable", "III", 3)],
    ),
    edit(
        "a value is added to an enumeration",
        "    AgentTokenStatus:",
        "[active, revoked]",
        "[active, revoked, expired]",
        &[("response-property-enum-value-added", "IWE", 3)],
    ),
    edit(
        "a value is removed from an enumeration",
        "    AgentTokenStatus:",
        "[active, revoked]",
        "[active]",
        &[("response-property-enum-value-removed", "EII", 3)],
    ),
    edit(
        "an enumeration becomes any text",
        "    AgentTokenStatus:",
        "      enum: [active, revoked]\n",
        "",
        &[("response-property-enum-removed", "EEE", 3)],
    ),
    edit(
        "a time becomes any text",
        "    Agent:\n",
        "type: string\n          format: date-time",
        "type: string",
        &[("response-property-type-changed", "EEE", 3)],
    ),
    edit(
        "a branch is added to a choice",
        "    ErrorMessage:",
        "        - title: Text\n",
        "        - { title: Number, type: integer }\n        - title: Text\n",
        &[("response-property-list-of-types-widened", "EEE", 12)],
    ),
    open(edit(
        "a list becomes one thing",
        "operationId: listAgents",
        "type: array\n                items: { $ref: '#/components/schemas/Agent' }",
        "$ref: '#/components/schemas/Agent'",
        &[("response-body-type-changed", "EEE", 1)],
    )),
    edit(
        "a status is removed",
        "operationId: listAgents",
        "        '403': { $ref: '#/components/responses/Forbidden' }\n",
        "",
        &[("response-non-success-status-removed", "EIE", 1)],
    ),
    edit(
        "the fault of the server is removed",
        "operationId: listAgents",
        "        '500': { $ref: '#/components/responses/InternalServerError' }\n",
        "",
        &[("response-non-success-status-removed", "IIE", 1)],
    ),
    edit(
        "a status is added",
        "operationId: listAgents",
        "        '403':",
        "        '409': { $ref: '#/components/responses/BadRequest' }\n        '403':",
        &[("response-non-success-status-added", "WIE", 1)],
    ),
    edit(
        "a success has another status",
        "operationId: deleteAgent",
        "'204'",
        "'202'",
        &[
            ("response-success-status-removed", "EEE", 1),
            ("response-success-status-added", "IIE", 1),
        ],
    ),
    edit(
        "an optional header is removed",
        "operationId: listAgents",
        "            X-Total: { $ref: '#/components/headers/Total' }\n",
        "",
        &[("optional-response-header-removed", "EWE", 1)],
    ),
    edit(
        "a header may be absent",
        "    Page:\n      description: The number of this page.",
        "required: true",
        "required: false",
        &[("response-header-became-optional", "EEE", 2)],
    ),
    // --- who and where ---
    edit(
        "the header of the token is renamed",
        "securitySchemes:",
        "name: PRIVATE-TOKEN",
        "name: X-TOKEN",
        &[("api-security-component-changed", "EWE", 12)],
    ),
    edit(
        "both credentials are needed",
        "\nsecurity:",
        "  - bearer: []",
        "    bearer: []",
        &[("api-global-security-removed", "EIE", 12), ("api-global-security-added", "III", 12)],
    ),
    edit(
        "one credential is no longer taken",
        "\nsecurity:",
        "  - bearer: []\n",
        "",
        &[("api-global-security-removed", "EIE", 12)],
    ),
    edit(
        "the server moves",
        "\nservers:",
        "gitlab.example.com/api/v4",
        "gitlab.example.org/api/v4",
        &[("server-removed", "IIE", 12), ("server-added", "III", 12)],
    ),
];

fn edited(edit: &Edit) -> String {
    let anchor = DOCUMENT.find(edit.after).unwrap_or_else(|| panic!("{}: no anchor", edit.what));
    let (head, tail) = DOCUMENT.split_at(anchor);
    assert!(tail.contains(edit.from), "{}: nothing to edit", edit.what);
    format!("{head}{}", tail.replacen(edit.from, edit.to, 1))
}

static BASE: LazyLock<Spec> = LazyLock::new(|| Spec::parse("base.yaml", DOCUMENT).unwrap());

fn review(text: &str) -> Review {
    let revision = Spec::parse("revision.yaml", text).unwrap();
    Review::of(&BASE, &revision, Policy::named("gitlab").unwrap(), "2026-01-31").unwrap()
}

/// Id → verdicts and number of affected operations, the version's own findings aside.
fn seen(review: &Review) -> BTreeMap<String, (String, usize)> {
    let mut operations: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    for finding in review
        .findings
        .iter()
        .filter(|f| !f.id.starts_with("api-version") && !f.id.starts_with("api-major"))
    {
        let verdict = |name| finding.verdicts[name].name().chars().next().unwrap();
        let verdicts = ["gitlab", "oasdiff", "strict"].into_iter().map(verdict).collect();
        let entry = operations.entry(finding.id.clone()).or_insert((verdicts, BTreeSet::new()));
        entry.1.extend(finding.operations.iter().cloned());
    }
    operations.into_iter().map(|(id, (levels, ops))| (id, (levels, ops.len()))).collect()
}

#[test]
fn each_edit_has_the_verdicts_that_a_reviewer_expects() {
    assert!(EDITS.len() >= 40);
    let mut wrong = Vec::new();
    for edit in EDITS {
        let seen = seen(&review(&edited(edit)));
        let wanted: BTreeMap<_, _> = edit
            .expected
            .iter()
            .filter(|(_, levels, _)| !levels.is_empty())
            .map(|(id, levels, ops)| ((*id).to_owned(), ((*levels).to_owned(), *ops)))
            .collect();
        let missing = wanted.iter().any(|(id, expected)| seen.get(id) != Some(expected));
        if missing || (!edit.open && seen.len() != wanted.len()) {
            wrong.push(format!("{}:\n  wanted {wanted:?}\n  seen   {seen:?}", edit.what));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_witness_is_shown_for_what_a_schema_forbids() {
    let shown = [
        "a name may be shorter than before",
        "a name must be longer than before",
        "a pattern is changed",
        "a property becomes required",
        "a required property comes",
        "a property may no longer be null",
        "unknown members are forbidden",
        "a property may be absent",
        "a property may be null",
        "a value is added to an enumeration",
        "an enumeration becomes any text",
        "a branch is added to a choice",
        "a list becomes one thing",
        "a maximum is set",
        "a text becomes an integer",
        "an id becomes a text",
        "a path is renamed",
        "a required query parameter comes",
        "a success has another status",
        "a header may be absent",
        "a body has another media type",
    ];
    let unproved = shown.iter().filter(|what| {
        let edit = EDITS.iter().find(|edit| edit.what == **what).unwrap();
        !review(&edited(edit)).findings.iter().any(|finding| finding.witness.is_some())
    });
    assert_eq!(unproved.collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn what_hurts_nobody_has_no_witness() {
    for what in ["an optional query parameter comes", "a limit is lifted", "a summary is reworded"]
    {
        let edit = EDITS.iter().find(|edit| edit.what == what).unwrap();
        let review = review(&edited(edit));
        assert!(review.findings.iter().all(|finding| finding.witness.is_none()), "{what}");
    }
}
