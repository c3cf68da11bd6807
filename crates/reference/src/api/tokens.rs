//! Tokens: list, get, create, revoke.

use cluster_agents_server::{
    CreateAgentTokenRequest, CreateAgentTokenResponse, GetAgentTokenRequest, GetAgentTokenResponse,
    ListAgentTokensRequest, ListAgentTokensResponse, RevokeAgentTokenRequest,
    RevokeAgentTokenResponse,
};
use cluster_agents_types::{
    AgentId, AgentToken, AgentTokenDetail, AgentTokenId, AgentTokenStatus, CreatedAgentToken,
    NewAgentToken, Timestamp,
};

use super::agents::key;
use super::{Denial, Form, Reference, links};
use crate::access::{Action, User};
use crate::pagination::{Listing, Page};
use crate::secret::{Digest, new_agent_secret};
use crate::store::{AgentKey, NewToken, Store, StoreError, Token};
use crate::validate;

/// How many active tokens an agent can have.
const TOKEN_LIMIT: usize = 2;

pub(super) async fn list<S: Store>(
    reference: &Reference<S>,
    caller: &User,
    request: ListAgentTokensRequest,
) -> Result<ListAgentTokensResponse, Denial> {
    let form = Form::default().number(&request.agent_id);
    form.page(&request.page, &request.per_page).judge()?;
    let (page, id) = (Page::new(request.page?, request.per_page?)?, request.id?);
    let project = reference.project(caller, &id, Action::Read)?;
    let agent = key(project, request.agent_id?);
    let tokens = reference.store.active_tokens(agent).await?;
    let listing = Listing::of(tokens, page.window());
    let navigation = page.navigation(&listing);
    let path = [("id", id.to_string()), ("agent_id", agent.agent_id.to_string())];
    let headers = links::headers(&navigation, &reference.root(&request.uri), &request.uri, &path);
    let tokens = listing.items.into_iter().map(|token| show(reference, token));
    Ok(ListAgentTokensResponse::Ok(tokens.collect(), headers))
}

pub(super) async fn get<S: Store>(
    reference: &Reference<S>,
    caller: &User,
    request: GetAgentTokenRequest,
) -> Result<GetAgentTokenResponse, Denial> {
    Form::default().number(&request.agent_id).number(&request.token_id).judge()?;
    let project = reference.project(caller, &request.id?, Action::Read)?;
    let tokens = reference.store.active_tokens(key(project, request.agent_id?)).await?;
    let id = request.token_id?.0;
    let token = tokens.into_iter().find(|token| token.id == id).ok_or(Denial::NotFound)?;
    Ok(GetAgentTokenResponse::Ok(show_detail(reference, token)))
}

pub(super) async fn create<S: Store>(
    reference: &Reference<S>,
    caller: &User,
    request: CreateAgentTokenRequest,
) -> Result<CreateAgentTokenResponse, Denial> {
    Form::default().number(&request.agent_id).body(&request.body).judge()?;
    let project = reference.project(caller, &request.id?, Action::Write)?;
    let agent = key(project, request.agent_id?);
    match request.body {
        Ok(body) => create_valid(reference, caller, agent, body).await,
        Err(broken) => {
            room_for_token(reference, agent).await?;
            Err(Denial::Broken(validate::token(&broken.violations)))
        }
    }
}

async fn create_valid<S: Store>(
    reference: &Reference<S>,
    caller: &User,
    agent: AgentKey,
    body: NewAgentToken,
) -> Result<CreateAgentTokenResponse, Denial> {
    let secret = new_agent_secret()?;
    let token = NewToken {
        agent,
        name: body.name.to_string(),
        description: body.description.map(|description| description.to_string()),
        digest: Digest::of(&secret),
        created_by: caller.id,
        now: Timestamp::now(),
    };
    let token = show_detail(reference, reference.store.create_token(token).await?);
    Ok(CreateAgentTokenResponse::Created(CreatedAgentToken {
        id: token.id,
        name: token.name,
        description: token.description,
        agent_id: token.agent_id,
        status: token.status,
        created_at: token.created_at,
        created_by_user_id: token.created_by_user_id,
        last_used_at: token.last_used_at,
        token: secret,
    }))
}

/// The limit is told before a name that breaks a rule. Where the name does not, the store
/// itself holds the limit.
async fn room_for_token<S: Store>(
    reference: &Reference<S>,
    agent: AgentKey,
) -> Result<(), StoreError> {
    let tokens = reference.store.active_tokens(agent).await?;
    if tokens.len() < TOKEN_LIMIT { Ok(()) } else { Err(StoreError::TokenLimit) }
}

pub(super) async fn revoke<S: Store>(
    reference: &Reference<S>,
    caller: &User,
    request: RevokeAgentTokenRequest,
) -> Result<RevokeAgentTokenResponse, Denial> {
    Form::default().number(&request.agent_id).number(&request.token_id).judge()?;
    let project = reference.project(caller, &request.id?, Action::Write)?;
    let agent = key(project, request.agent_id?);
    reference.store.revoke_token(agent, request.token_id?.0).await?;
    Ok(RevokeAgentTokenResponse::NoContent)
}

fn show<S: Store>(reference: &Reference<S>, token: Token) -> AgentToken {
    AgentToken {
        id: AgentTokenId(token.id),
        name: token.name,
        description: token.description,
        agent_id: AgentId(token.agent_id),
        status: AgentTokenStatus::Active,
        created_at: token.created_at,
        created_by_user_id: reference.known_user(token.created_by),
    }
}

fn show_detail<S: Store>(reference: &Reference<S>, token: Token) -> AgentTokenDetail {
    let last_used_at = token.last_used_at;
    let token = show(reference, token);
    AgentTokenDetail {
        id: token.id,
        name: token.name,
        description: token.description,
        agent_id: token.agent_id,
        status: token.status,
        created_at: token.created_at,
        created_by_user_id: token.created_by_user_id,
        last_used_at,
    }
}
