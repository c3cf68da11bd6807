//! URL configurations: list, get, create, delete.

use std::sync::Arc;

use cluster_agents_server::{
    CreateUrlConfigurationRequest, CreateUrlConfigurationResponse, DeleteUrlConfigurationRequest,
    DeleteUrlConfigurationResponse, GetUrlConfigurationRequest, GetUrlConfigurationResponse,
    InvalidBody, InvalidParameter, ListUrlConfigurationsRequest, ListUrlConfigurationsResponse,
};
use cluster_agents_types::{
    self as types, AgentId, Error, ProjectId, Timestamp, UrlConfigurationId,
};

use super::agents::key;
use super::{Denial, Form, Reference};
use crate::access::{Action, Project, User, authorize};
use crate::keys::KeyPair;
use crate::precondition::unmodified_since;
use crate::store::{AgentKey, NewUrlConfiguration, Store, StoreError, UrlConfiguration};
use crate::validate::{self, filled};

/// The project, if the caller sees it and the instance has receptive agents.
fn receptive_project<'r, S: Store>(
    reference: &'r Reference<S>,
    caller: &User,
    id: &ProjectId,
) -> Result<&'r Arc<Project>, Denial> {
    let project = reference.visible_project(caller, id)?;
    if reference.receptive_agents { Ok(project) } else { Err(Denial::NoConfiguration) }
}

pub(super) async fn list<S: Store>(
    reference: &Reference<S>,
    caller: &User,
    request: ListUrlConfigurationsRequest,
) -> Result<ListUrlConfigurationsResponse, Denial> {
    let project = receptive_project(reference, caller, &request.id?)?;
    Form::default().number(&request.agent_id).judge()?;
    authorize(caller, project, Action::ReadUrlConfigurations)?;
    let found = reference.store.url_configuration(key(project, request.agent_id?)).await?;
    Ok(ListUrlConfigurationsResponse::Ok(found.map(show).into_iter().collect()))
}

pub(super) async fn get<S: Store>(
    reference: &Reference<S>,
    caller: &User,
    request: GetUrlConfigurationRequest,
) -> Result<GetUrlConfigurationResponse, Denial> {
    let project = receptive_project(reference, caller, &request.id?)?;
    Form::default().number(&request.agent_id).number(&request.url_configuration_id).judge()?;
    authorize(caller, project, Action::ReadUrlConfigurations)?;
    let found =
        find(reference, key(project, request.agent_id?), request.url_configuration_id).await?;
    Ok(GetUrlConfigurationResponse::Ok(show(found)))
}

pub(super) async fn create<S: Store>(
    reference: &Reference<S>,
    caller: &User,
    request: CreateUrlConfigurationRequest,
) -> Result<CreateUrlConfigurationResponse, Denial> {
    let project = receptive_project(reference, caller, &request.id?)?;
    Form::default().number(&request.agent_id).body(&request.body).judge()?;
    authorize(caller, project, Action::Write)?;
    let agent = key(project, request.agent_id?);
    // A second configuration is told before a value that breaks a rule.
    if reference.store.url_configuration(agent).await?.is_some() {
        return Err(StoreError::AlreadyConfigured.into());
    }
    let broken = |body: InvalidBody| validate::url_configuration_schema(&body.violations);
    let body = request.body.map_err(|body| Denial::Broken(broken(body)))?;
    let reasons = validate::url_configuration(&body);
    if !reasons.is_empty() {
        return Err(Denial::Broken(reasons));
    }
    let new = new_configuration(reference, agent, &body)?;
    let created = reference.store.create_url_configuration(new).await?;
    Ok(CreateUrlConfigurationResponse::Created(show(created)))
}

/// With the certificate of the request, or else with a new key pair.
fn new_configuration<S: Store>(
    reference: &Reference<S>,
    agent: AgentKey,
    body: &types::NewUrlConfiguration,
) -> Result<NewUrlConfiguration, Denial> {
    let text = |value: Option<&str>| filled(value).map(str::to_owned);
    let client_cert = text(body.client_cert.as_ref().map(|cert| cert.as_str()));
    let (public_key, sealed_key) = match &body.client_key {
        Some(key) => (None, reference.vault.seal(key.expose().as_bytes())?),
        None => {
            let pair = KeyPair::generate()?;
            (Some(pair.public_key()), reference.vault.seal(&*pair.private_key())?)
        }
    };
    Ok(NewUrlConfiguration {
        agent,
        url: body.url.to_string(),
        public_key,
        client_cert,
        sealed_key,
        ca_cert: text(body.ca_cert.as_ref().map(|cert| cert.as_str())),
        tls_host: text(body.tls_host.as_ref().map(|host| host.as_str())),
        now: Timestamp::now(),
    })
}

pub(super) async fn delete<S: Store>(
    reference: &Reference<S>,
    caller: &User,
    request: DeleteUrlConfigurationRequest,
) -> Result<DeleteUrlConfigurationResponse, Denial> {
    let project = receptive_project(reference, caller, &request.id?)?;
    Form::default().number(&request.agent_id).number(&request.url_configuration_id).judge()?;
    authorize(caller, project, Action::Write)?;
    let agent = key(project, request.agent_id?);
    let id = find(reference, agent, request.url_configuration_id).await?.id;
    let since = request.if_unmodified_since.as_deref().and_then(unmodified_since);
    match reference.store.delete_url_configuration(agent, id, since, Timestamp::now()).await {
        Ok(()) => Ok(DeleteUrlConfigurationResponse::NoContent),
        Err(StoreError::Modified) => {
            let body = Error::message("412 Precondition Failed");
            Ok(DeleteUrlConfigurationResponse::PreconditionFailed(body))
        }
        Err(StoreError::NotFound) => Err(Denial::NoConfiguration),
        Err(error) => Err(error.into()),
    }
}

async fn find<S: Store>(
    reference: &Reference<S>,
    agent: AgentKey,
    id: Result<UrlConfigurationId, InvalidParameter>,
) -> Result<UrlConfiguration, Denial> {
    let (found, id) = (reference.store.url_configuration(agent).await?, id?.0);
    found.filter(|found| found.id == id).ok_or(Denial::NoConfiguration)
}

fn show(configuration: UrlConfiguration) -> types::UrlConfiguration {
    types::UrlConfiguration {
        id: UrlConfigurationId(configuration.id),
        agent_id: AgentId(configuration.agent_id),
        url: configuration.url,
        public_key: configuration.public_key,
        client_cert: configuration.client_cert,
        ca_cert: configuration.ca_cert,
        tls_host: configuration.tls_host,
    }
}
