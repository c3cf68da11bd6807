//! Answers of the wrong shape, or with the wrong values.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "agent-time-without-zone",
        R::ExchangeTimestamps,
        "The registration time of an agent has no zone.",
        Wire(|| items(AGENTS, |agent| edit(agent, "created_at", |time| time.replace('Z', "")))),
    ),
    Defect::new(
        "agent-project-as-number",
        R::ExchangeSchema,
        "config_project is the number of the project only.",
        Wire(|| {
            items(AGENTS, |agent| {
                let id = at(agent, "config_project").get("id").cloned().unwrap_or_default();
                put(agent, "config_project", id);
            })
        }),
    ),
    Defect::new(
        "agent-without-creator-key",
        R::ExchangeSchema,
        "Registering leaves created_by_user_id out.",
        Wire(|| items(&[O::RegisterAgent], |agent| take(agent, "created_by_user_id"))),
    ),
    Defect::new(
        "agent-ids-as-text",
        R::ExchangeSchema,
        "A list has the ids of agents as texts.",
        Wire(|| {
            items(&[O::ListAgents], |agent| {
                let id = at(agent, "id").to_string();
                put(agent, "id", id);
            })
        }),
    ),
    Defect::new(
        "token-description-empty-for-none",
        R::TokenDescriptionOptional,
        "A token without description is said to have an empty one.",
        Wire(|| {
            items(TOKENS, |token| {
                if at(token, "description").is_null() {
                    put(token, "description", "");
                }
            })
        }),
    ),
    Defect::new(
        "token-status-capitalised",
        R::ExchangeSchema,
        "The status of a token is Active with a capital.",
        Wire(|| items(TOKENS, |token| put(token, "status", "Active"))),
    ),
    Defect::new(
        "token-list-in-envelope",
        R::ExchangeSchema,
        "The tokens come in an object with a key tokens.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::ListAgentTokens]) && answer.is_success() {
                    answer.set_value(&json!({ "tokens": answer.value() }));
                }
            })
        }),
    ),
    Defect::new(
        "token-get-without-last-use",
        R::TokenLastUsed,
        "Getting a token leaves last_used_at out.",
        Wire(|| items(&[O::GetAgentToken], |token| take(token, "last_used_at"))),
    ),
    Defect::new(
        "token-list-with-last-use",
        R::TokenListNoLastUsed,
        "The list of tokens has last_used_at.",
        Wire(|| items(&[O::ListAgentTokens], |token| put(token, "last_used_at", Value::Null))),
    ),
    Defect::new(
        "project-path-cut",
        R::AgentConfigProject,
        "path_with_namespace has only the last segment.",
        Wire(|| {
            items(AGENTS, |agent| {
                inside(agent, "config_project", |project| {
                    let path = at(project, "path");
                    put(project, "path_with_namespace", path);
                });
            })
        }),
    ),
    Defect::new(
        "token-agent-id-is-token-id",
        R::TokenCreate,
        "A new token names its own number as that of its agent.",
        Wire(|| {
            items(&[O::CreateAgentToken], |token| {
                let id = at(token, "id");
                put(token, "agent_id", id);
            })
        }),
    ),
    Defect::new(
        "public-key-as-spki",
        R::UrlPublicKeyEd25519,
        "The public key comes with the ASN.1 header of a key file.",
        Wire(|| items(URLS, |url| edit(url, "public_key", spki))),
    ),
    Defect::new(
        "url-list-as-one-object",
        R::ExchangeSchema,
        "The list of URL configurations is the one configuration without an array.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::ListUrlConfigurations])
                    && let Some(one) = answer.value().get(0)
                {
                    answer.set_value(one);
                }
            })
        }),
    ),
    Defect::new(
        "times-as-seconds",
        R::ExchangeSchema,
        "Times are seconds since 1970.",
        Wire(|| {
            items(AGENTS_AND_TOKENS, |object| {
                if let Ok(time) = text(object, "created_at").parse::<Timestamp>() {
                    put(object, "created_at", time.millis() / 1000);
                }
            })
        }),
    ),
    Defect::new(
        "agent-time-zero",
        R::AgentCreatedAt,
        "Every agent was registered in 1970.",
        Wire(|| items(AGENTS, |agent| put(agent, "created_at", Timestamp::default().to_string()))),
    ),
    Defect::new(
        "creator-always-first-user",
        R::AgentCreator,
        "Every agent was registered by user 1.",
        Wire(|| items(AGENTS, |agent| put(agent, "created_by_user_id", 1))),
    ),
    Defect::new(
        "get-agent-other-name",
        R::AgentGet,
        "Getting an agent gives its name in capitals.",
        Wire(|| items(&[O::GetAgent], |agent| edit(agent, "name", str::to_uppercase))),
    ),
    Defect::new(
        "project-without-description",
        R::ExchangeSchema,
        "config_project leaves the description out.",
        Wire(|| {
            items(AGENTS, |agent| {
                inside(agent, "config_project", |project| take(project, "description"));
            })
        }),
    ),
    Defect::new(
        "token-creator-by-name",
        R::ExchangeSchema,
        "The creator of a token is told by name.",
        Wire(|| items(TOKENS, |token| put(token, "created_by_user_id", "maintainer"))),
    ),
    Defect::new(
        "list-of-ids-and-names",
        R::ExchangeSchema,
        "The list has only ids and names of agents.",
        Wire(|| {
            items(&[O::ListAgents], |agent| agent.retain(|key, _| key == "id" || key == "name"))
        }),
    ),
    Defect::new(
        "url-agent-id-as-text",
        R::ExchangeSchema,
        "A URL configuration has the number of its agent as a text.",
        Wire(|| {
            items(URLS, |url| {
                let id = at(url, "agent_id").to_string();
                put(url, "agent_id", id);
            })
        }),
    ),
    Defect::new(
        "unset-as-text",
        R::UrlFieldsKept,
        "What was left out of a URL configuration is the text null.",
        Wire(|| {
            items(URLS, |url| {
                for key in ["ca_cert", "tls_host"] {
                    if at(url, key).is_null() {
                        put(url, key, "null");
                    }
                }
            })
        }),
    ),
    Defect::new(
        "agent-time-is-now",
        R::AgentGet,
        "The registration time of an agent is that of the answer.",
        Wire(|| items(AGENTS, |agent| put(agent, "created_at", Timestamp::now().to_string()))),
    ),
    Defect::new(
        "description-from-name",
        R::TokenDescriptionOptional,
        "A token without description gets its name for one.",
        Wire(|| {
            before(|call| {
                if call.is(&[O::CreateAgentToken])
                    && call.field("description").is_null()
                    && call.field("name").is_string()
                {
                    call.set_field("description", call.field("name"));
                }
            })
        }),
    ),
    Defect::new(
        "project-always-first",
        R::AgentConfigProject,
        "Every agent is said to be of project 20.",
        Wire(|| {
            items(AGENTS, |agent| inside(agent, "config_project", |project| put(project, "id", 20)))
        }),
    ),
    Defect::new(
        "last-use-at-creation",
        R::TokenLastUsed,
        "A new token counts as used when it was created.",
        Wire(|| {
            items(&[O::CreateAgentToken, O::GetAgentToken], |token| {
                let time = at(token, "created_at");
                put(token, "last_used_at", time);
            })
        }),
    ),
    Defect::new(
        "created-without-secret",
        R::ExchangeSchema,
        "The answer to a create leaves the secret out.",
        Wire(|| items(&[O::CreateAgentToken], |token| take(token, "token"))),
    ),
    Defect::new(
        "token-name-escaped",
        R::TokenNameKept,
        "Names of tokens come escaped for HTML.",
        Wire(|| {
            items(TOKENS, |token| {
                edit(token, "name", |name| name.replace('&', "&amp;").replace('<', "&lt;"));
            })
        }),
    ),
    Defect::new(
        "token-of-agent-zero",
        R::TokenCreate,
        "The list says of every token that it is of agent 0.",
        Wire(|| items(&[O::ListAgentTokens], |token| put(token, "agent_id", 0))),
    ),
    Defect::new(
        "local-time-with-space",
        R::ExchangeTimestamps,
        "Times have a space between date and time and a name for the zone.",
        Wire(|| {
            items(AGENTS_AND_TOKENS, |object| {
                edit(object, "created_at", |time| time.replace('T', " ").replace('Z', " UTC"));
            })
        }),
    ),
    Defect::new(
        "creator-is-caller",
        R::AgentCreator,
        "Whoever reads an agent is said to be its creator.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::GetAgent, O::ListAgents]) && answer.is_success() {
                    let reader = if call.by(&["developer"]) { 43 } else { 42 };
                    answer.each(|agent| put(agent, "created_by_user_id", reader));
                }
            })
        }),
    ),
];
