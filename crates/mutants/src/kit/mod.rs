//! The tools that defects are made with: most of them are one line with these.

mod json;
mod memory;
mod odds;
mod pages;
mod rights;
mod secrets;
mod values;

pub(crate) use json::{ONE_KEY, at, edit, inside, put, spki, take, text};
pub(crate) use memory::{Scope, by_id_alone, cached, remembers_revoked};
pub(crate) use odds::{acts_first, delivered, missing, one_in, refused_with, says, says_part};
pub(crate) use odds::{is_known_project, second_url_replaces, shows_refused};
pub(crate) use pages::{no_cap, pages, relink};
pub(crate) use rights::{basic_password, deny, grant, is_public, known, set_token, swap};
pub(crate) use secrets::{
    agent_secret_accepted, new_secret, one_secret_per_agent, reveal, secrets,
};
pub(crate) use values::{
    accepts, blank, certificate_alone_kept, change, has_unknown_field, is_name, length, refuses,
};

use cluster_agents_server::Operation as O;

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

/// All operations on URL configurations.
pub(crate) const RECEPTIVE: &[O] = &[
    O::ListUrlConfigurations,
    O::GetUrlConfiguration,
    O::CreateUrlConfiguration,
    O::DeleteUrlConfiguration,
];

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

/// What deletes or revokes.
pub(crate) const DELETES: &[O] = &[O::DeleteAgent, O::RevokeAgentToken, O::DeleteUrlConfiguration];

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
