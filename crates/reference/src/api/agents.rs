//! Agents: list, get, register, delete.

use cluster_agents_server::{
    DeleteAgentRequest, DeleteAgentResponse, GetAgentRequest, GetAgentResponse, InvalidBody,
    ListAgentsRequest, ListAgentsResponse, RegisterAgentRequest, RegisterAgentResponse,
};
use cluster_agents_types::{self as types, AgentId, ConfigProject, Error, Timestamp};

use super::{Denial, Form, Reference, links};
use crate::access::{Action, Project, User};
use crate::pagination::Page;
use crate::precondition::unmodified_since;
use crate::store::{Agent, AgentKey, NewAgent, Store, StoreError};
use crate::validate;

pub(super) async fn list<S: Store>(
    reference: &Reference<S>,
    caller: &User,
    request: ListAgentsRequest,
) -> Result<ListAgentsResponse, Denial> {
    Form::default().page(&request.page, &request.per_page).judge()?;
    let (page, id) = (Page::new(request.page?, request.per_page?)?, request.id?);
    let project = reference.project(caller, &id, Action::ListAgents)?;
    let listing = reference.store.list_agents(project.id, page.window()).await?;
    let navigation = page.navigation(&listing);
    let path = [("id", id.to_string())];
    let headers = links::headers(&navigation, &reference.root(&request.uri), &request.uri, &path);
    let agents = listing.items.into_iter().map(|agent| show(reference, project, agent));
    Ok(ListAgentsResponse::Ok(agents.collect(), headers))
}

pub(super) async fn get<S: Store>(
    reference: &Reference<S>,
    caller: &User,
    request: GetAgentRequest,
) -> Result<GetAgentResponse, Denial> {
    Form::default().number(&request.agent_id).judge()?;
    let project = reference.project(caller, &request.id?, Action::Read)?;
    let agent = reference.store.agent(key(project, request.agent_id?)).await?;
    Ok(GetAgentResponse::Ok(show(reference, project, agent)))
}

pub(super) async fn register<S: Store>(
    reference: &Reference<S>,
    caller: &User,
    request: RegisterAgentRequest,
) -> Result<RegisterAgentResponse, Denial> {
    Form::default().body(&request.body).judge()?;
    let project = reference.project(caller, &request.id?, Action::Write)?;
    let broken = |body: InvalidBody| Denial::Broken(validate::agent(&body.violations));
    let body = request.body.map_err(broken)?;
    let agent = NewAgent {
        project_id: project.id,
        name: body.name.to_string(),
        created_by: caller.id,
        now: Timestamp::now(),
    };
    let agent = reference.store.register_agent(agent).await?;
    Ok(RegisterAgentResponse::Created(show(reference, project, agent)))
}

pub(super) async fn delete<S: Store>(
    reference: &Reference<S>,
    caller: &User,
    request: DeleteAgentRequest,
) -> Result<DeleteAgentResponse, Denial> {
    Form::default().number(&request.agent_id).judge()?;
    let project = reference.project(caller, &request.id?, Action::Write)?;
    let since = request.if_unmodified_since.as_deref().and_then(unmodified_since);
    match reference.store.delete_agent(key(project, request.agent_id?), since).await {
        Ok(()) => Ok(DeleteAgentResponse::NoContent),
        Err(StoreError::Modified) => {
            let body = Error::message("412 Precondition Failed");
            Ok(DeleteAgentResponse::PreconditionFailed(body))
        }
        Err(error) => Err(error.into()),
    }
}

fn show<S: Store>(reference: &Reference<S>, project: &Project, agent: Agent) -> types::Agent {
    types::Agent {
        id: AgentId(agent.id),
        name: agent.name,
        config_project: show_project(project),
        created_at: agent.created_at,
        created_by_user_id: reference.known_user(agent.created_by),
        is_receptive: reference.receptive_agents.then_some(agent.is_receptive),
    }
}

/// An agent under the project of the request.
pub(super) fn key(project: &Project, agent: AgentId) -> AgentKey {
    AgentKey { project_id: project.id, agent_id: agent.0 }
}

fn show_project(project: &Project) -> ConfigProject {
    ConfigProject {
        id: project.id,
        description: project.description.clone(),
        name: project.name.clone(),
        name_with_namespace: project.name_with_namespace.clone(),
        path: project.path().to_owned(),
        path_with_namespace: project.path_with_namespace.clone(),
        created_at: project.created_at,
    }
}
