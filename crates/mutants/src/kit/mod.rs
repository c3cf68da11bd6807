//! The tools that defects are made with: most of them are one line with these.

mod detours;
mod json;
mod memory;
mod moments;
mod odds;
mod pages;
mod rights;
mod secrets;
mod values;

pub(crate) use detours::{
    agent_with_tokens_kept, any_header_accepted, any_project, any_scheme_accepted, client_keys,
    condition_fails_and_deletes, delete_on_list, foreign_is_forbidden, forgets_one_in,
    limit_refuses_and_revokes, names_refused, past_end_is_first, project_tokens_listed,
    remembers_deleted, second_url_answers_first, shared_name_refused, slow,
};
pub(crate) use json::{ONE_KEY, at, edit, inside, put, spki, take, text};
pub(crate) use memory::{Scope, by_id_alone, cached, remembers_revoked};
pub(crate) use moments::{
    answers_mixed_up, delete_race_answers_500, key_made_at_reading, key_pair_per_agent,
    name_race_answers_500, one_reader_lags, refusals_cached,
};
pub(crate) use odds::{acts_first, delivered, missing, one_in, refused_with, says, says_part};
pub(crate) use odds::{is_known_project, second_url_replaces, shows_refused};
pub(crate) use pages::{no_cap, pages, relink};
pub(crate) use rights::{basic_password, deny, grant, is_public, known, set_token, swap};
pub(crate) use secrets::{
    agent_secret_accepted, every_second_repeats, new_secret, one_secret_per_agent, reveal, secrets,
};
pub(crate) use values::{
    accepts, accepts_pem, assigned, blank, certificate_alone_kept, change, has_unknown_field,
    is_name, length, refuses,
};

use cluster_agents_server::Operation as O;
use http::HeaderValue;

/// The label of JSON.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// What shows agents.
pub(crate) const AGENTS: &[O] = &[O::ListAgents, O::GetAgent, O::RegisterAgent];

/// What shows tokens.
pub(crate) const TOKENS: &[O] = &[O::ListAgentTokens, O::GetAgentToken, O::CreateAgentToken];

/// What shows anything with a time.
pub(crate) const AGENTS_AND_TOKENS: &[O] = &[
    O::ListAgents,
    O::GetAgent,
    O::RegisterAgent,
    O::ListAgentTokens,
    O::GetAgentToken,
    O::CreateAgentToken,
];

/// What shows URL configurations.
pub(crate) const URLS: &[O] =
    &[O::ListUrlConfigurations, O::GetUrlConfiguration, O::CreateUrlConfiguration];

/// What is paginated.
pub(crate) const PAGES: &[O] = &[O::ListAgents, O::ListAgentTokens];

/// What reads.
pub(crate) const READS: &[O] = &[
    O::ListAgents,
    O::GetAgent,
    O::ListAgentTokens,
    O::GetAgentToken,
    O::ListUrlConfigurations,
    O::GetUrlConfiguration,
];

/// What creates.
pub(crate) const CREATES: &[O] =
    &[O::RegisterAgent, O::CreateAgentToken, O::CreateUrlConfiguration];

/// All operations.
pub(crate) const ANY: &[O] = &[
    O::ListAgents,
    O::RegisterAgent,
    O::GetAgent,
    O::DeleteAgent,
    O::ListAgentTokens,
    O::CreateAgentToken,
    O::GetAgentToken,
    O::RevokeAgentToken,
    O::ListUrlConfigurations,
    O::CreateUrlConfiguration,
    O::GetUrlConfiguration,
    O::DeleteUrlConfiguration,
];
