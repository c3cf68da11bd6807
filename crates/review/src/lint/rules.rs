//! The table of the usual rules, with what an explanation page says of each.

use super::{Found, answers, naming, prose, sizes};
use crate::catalogue::Level;
use crate::spec::Node;

/// A rule of style.
#[derive(Debug)]
pub struct Rule {
    /// In kebab case; stable.
    pub id: &'static str,
    /// How bad a breach is, unless a configuration says otherwise.
    pub level: Level,
    /// What it demands, in one sentence.
    pub about: &'static str,
    /// Why.
    pub why: &'static str,
    /// An example that breaks it.
    pub wrong: &'static str,
    /// The same, mended.
    pub right: &'static str,
    /// How to mend a breach.
    pub mend: &'static str,
    pub(super) check: fn(&Node<'_>) -> Found,
}

impl Rule {
    /// The rule with that id.
    pub fn named(id: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.id == id)
    }

    /// The page that explains it.
    pub fn page(&self) -> String {
        let Self { id, about, why, wrong, right, mend, .. } = self;
        format!(
            "{id} ({})\n\n{about}\n\nWhy: {why}\n\nWrong:\n    {wrong}\nRight:\n    {right}\n\nTo mend it: {mend}\n\nTo allow it in one place, with a reason, in openapi/review.toml:\n    [[except]]\n    rule = \"{id}\"\n    pointer = \"/paths/...\"\n    reason = \"...\"\n",
            self.level.name()
        )
    }
}

/// All rules, by subject.
pub static RULES: &[Rule] = &[
    Rule {
        id: "path-naming",
        level: Level::Err,
        about: "Segments of paths are lower-case words with `_`, without a slash at the end.",
        why: "One style can be guessed; a slash at the end is another resource for some servers.",
        wrong: "/projects/{id}/clusterAgents/",
        right: "/projects/{id}/cluster_agents",
        mend: "Write the path in lower case with `_`, and drop a slash at its end.",
        check: naming::paths,
    },
    Rule {
        id: "parameter-naming",
        level: Level::Err,
        about: "Parameters are lower-case words with `_`, those in headers capitalised with `-`.",
        why: "One style can be guessed.",
        wrong: "name: perPage",
        right: "name: per_page",
        mend: "Rename the parameter.",
        check: naming::parameters,
    },
    Rule {
        id: "property-naming",
        level: Level::Err,
        about: "Properties are lower-case words with `_`.",
        why: "One style can be guessed.",
        wrong: "createdAt: { type: string }",
        right: "created_at: { type: string }",
        mend: "Rename the property.",
        check: naming::properties,
    },
    Rule {
        id: "operation-id-naming",
        level: Level::Err,
        about: "Operation ids are in camelCase and begin with a verb's lower-case letter.",
        why: "Generators make method names of them.",
        wrong: "operationId: List_Agents",
        right: "operationId: listAgents",
        mend: "Write the id in camelCase.",
        check: naming::operation_ids,
    },
    Rule {
        id: "component-naming",
        level: Level::Err,
        about: "Components are in PascalCase.",
        why: "Generators make type names of them.",
        wrong: "agent_token: { type: object }",
        right: "AgentToken: { type: object }",
        mend: "Rename the component and its references.",
        check: naming::components,
    },
    Rule {
        id: "tag-declared",
        level: Level::Err,
        about: "Each operation has tags, and they are described at the root.",
        why: "Reference pages group by tag and show its description.",
        wrong: "tags: [agent]",
        right: "tags: [agents]",
        mend: "Use a tag of the root, or describe the new one there.",
        check: prose::tags,
    },
    Rule {
        id: "summary-form",
        level: Level::Warn,
        about: "A summary is unique, at most 60 characters long, and has no full stop.",
        why: "It is a heading.",
        wrong: "summary: This lists agents.",
        right: "summary: List the agents of a project",
        mend: "Shorten it to a heading.",
        check: prose::summaries,
    },
    Rule {
        id: "description-form",
        level: Level::Warn,
        about: "A description begins with a capital or code and ends like a sentence.",
        why: "It is shown beside others.",
        wrong: "description: the agent",
        right: "description: The agent.",
        mend: "Make it a sentence.",
        check: prose::descriptions,
    },
    Rule {
        id: "error-coverage",
        level: Level::Err,
        about: "An operation names the errors that it can give: 401 and 403 if it needs a credential, 404 if its path has parameters, 400 if it takes any input, 429 and 500.",
        why: "Clients branch on the status; one that is not named ends in their generic path.",
        wrong: "responses: { '200': ... }",
        right: "responses: { '200': ..., '401': ..., '403': ..., '404': ..., '429': ..., '500': ... }",
        mend: "Add the missing responses.",
        check: answers::coverage,
    },
    Rule {
        id: "error-schema",
        level: Level::Err,
        about: "All errors have one schema.",
        why: "A client reads errors in one place.",
        wrong: "'404': { content: { application/json: { schema: { type: string } } } }",
        right: "'404': { $ref: '#/components/responses/NotFound' }",
        mend: "Use the schema of the other errors.",
        check: answers::one_error,
    },
    Rule {
        id: "body-of-get",
        level: Level::Err,
        about: "GET, HEAD and DELETE have no request body.",
        why: "HTTP gives it no meaning, and proxies drop it.",
        wrong: "get: { requestBody: ... }",
        right: "get: { parameters: ... }",
        mend: "Use query parameters.",
        check: answers::bodies_of_get,
    },
    Rule {
        id: "ambiguous-path",
        level: Level::Err,
        about: "No two paths are the same but for the names of their parameters.",
        why: "A request fits both.",
        wrong: "/agents/{id} and /agents/{name}",
        right: "/agents/{id} and /agents/by_name/{name}",
        mend: "Join the two, or add a literal segment.",
        check: answers::ambiguous,
    },
    Rule {
        id: "server-url",
        level: Level::Err,
        about: "Servers are reached by https, without a slash at the end.",
        why: "Tokens are sent; and paths begin with a slash.",
        wrong: "url: http://gitlab.example.com/",
        right: "url: https://gitlab.example.com",
        mend: "Correct the URL.",
        check: answers::servers,
    },
    Rule {
        id: "request-limits",
        level: Level::Warn,
        about: "Texts and lists that a request body carries have an upper limit.",
        why: "A server has one anyway; a client can only keep to the one that is written down.",
        wrong: "name: { type: string }",
        right: "name: { type: string, maxLength: 255 }",
        mend: "Add `maxLength` or `maxItems`.",
        check: sizes::requests,
    },
    Rule {
        id: "integer-format",
        level: Level::Warn,
        about: "An integer says how large it may be: by `format`, or by limits on both sides.",
        why: "Typed clients must choose a size.",
        wrong: "id: { type: integer }",
        right: "id: { type: integer, format: int64 }",
        mend: "Add `format: int64`.",
        check: sizes::integers,
    },
];
