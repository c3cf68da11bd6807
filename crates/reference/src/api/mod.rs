//! The twelve operations, as the stub wants them.
//!
//! Each begins like GitLab's: the form of the parameters, the project, the role, then what is asked
//! for, and last the rules of the resource. The operations on URL configurations look for the
//! project, and for whether there are receptive agents at all, before anything else.

mod agents;
mod denial;
mod form;
mod links;
mod tokens;
mod url_configurations;

use std::sync::Arc;

use chrono::Utc;
use cluster_agents_server::{
    Api, CreateAgentTokenRequest, CreateAgentTokenResponse, CreateUrlConfigurationRequest,
    CreateUrlConfigurationResponse, Credential, DeleteAgentRequest, DeleteAgentResponse,
    DeleteUrlConfigurationRequest, DeleteUrlConfigurationResponse, ErrorResponse, GetAgentRequest,
    GetAgentResponse, GetAgentTokenRequest, GetAgentTokenResponse, GetUrlConfigurationRequest,
    GetUrlConfigurationResponse, ListAgentTokensRequest, ListAgentTokensResponse,
    ListAgentsRequest, ListAgentsResponse, ListUrlConfigurationsRequest,
    ListUrlConfigurationsResponse, Operation, RegisterAgentRequest, RegisterAgentResponse,
    Rejection, RevokeAgentTokenRequest, RevokeAgentTokenResponse,
};
use cluster_agents_types::{Error, ProjectId, SecretString};
use http::Uri;
use http::uri::Authority;

pub(crate) use self::denial::{Denial, rejection};
use self::form::Form;
use crate::access::{Action, Directory, Project, User, authorize, sees};
use crate::rate::RateLimit;
use crate::store::Store;
use crate::vault::Vault;

/// The API on top of a store.
#[derive(Debug)]
pub struct Reference<S> {
    /// Who there is.
    pub directory: Directory,
    /// What there is.
    pub store: S,
    /// What private keys are encrypted with.
    pub vault: Vault,
    /// Whether there are receptive agents; if not, URL configurations do not exist.
    pub receptive_agents: bool,
    /// The root of links, as in `https://gitlab.example.com`; if not set, what the request names.
    pub external_url: Option<String>,
    /// How many requests a user may send, if not any number.
    pub rate_limit: Option<RateLimit>,
}

impl<S: Store> Reference<S> {
    /// The project, if there is one, and the caller may do `action` in it.
    fn project(
        &self,
        caller: &User,
        id: &ProjectId,
        action: Action,
    ) -> Result<&Arc<Project>, Denial> {
        let project = self.visible_project(caller, id)?;
        authorize(caller, project, action)?;
        Ok(project)
    }

    /// The project, if there is one, and the caller may know of it.
    pub(crate) fn visible_project(&self, caller: &User, id: &str) -> Result<&Arc<Project>, Denial> {
        let project = self.directory.project(id).filter(|project| sees(caller, project));
        project.ok_or(Denial::NoProject)
    }

    /// The user of an access token, unless it sends too many requests.
    pub(crate) fn log_in(&self, token: &SecretString, reads: bool) -> Result<Arc<User>, Denial> {
        let now = Utc::now();
        let user = self.directory.log_in(token, reads, now.date_naive())?;
        if let Some(limit) = &self.rate_limit {
            limit.take(user.id, now.timestamp())?;
        }
        Ok(user)
    }

    /// The number of a user, unless that account is gone.
    fn known_user(&self, id: i64) -> Option<i64> {
        self.directory.user(id).map(|user| user.id)
    }

    /// The root of the links in the answer to a request for `uri`.
    pub(crate) fn root(&self, uri: &Uri) -> String {
        let authority = || uri.authority().map_or("localhost", Authority::as_str);
        self.external_url.clone().unwrap_or_else(|| format!("http://{}", authority()))
    }
}

impl<S: Store> Api for Reference<S> {
    type Caller = Arc<User>;

    async fn authenticate(
        &self,
        operation: Operation,
        credential: Credential,
    ) -> Result<Arc<User>, ErrorResponse> {
        let (Credential::PrivateToken(token) | Credential::Bearer(token)) = credential;
        let reads = operation.method() == http::Method::GET;
        Ok(self.log_in(&token, reads)?)
    }

    fn error(rejection: &Rejection) -> Error {
        denial::rejection(rejection)
    }

    async fn list_agents(
        &self,
        caller: Arc<User>,
        request: ListAgentsRequest,
    ) -> Result<ListAgentsResponse, ErrorResponse> {
        Ok(agents::list(self, &caller, request).await?)
    }

    async fn register_agent(
        &self,
        caller: Arc<User>,
        request: RegisterAgentRequest,
    ) -> Result<RegisterAgentResponse, ErrorResponse> {
        Ok(agents::register(self, &caller, request).await?)
    }

    async fn get_agent(
        &self,
        caller: Arc<User>,
        request: GetAgentRequest,
    ) -> Result<GetAgentResponse, ErrorResponse> {
        Ok(agents::get(self, &caller, request).await?)
    }

    async fn delete_agent(
        &self,
        caller: Arc<User>,
        request: DeleteAgentRequest,
    ) -> Result<DeleteAgentResponse, ErrorResponse> {
        Ok(agents::delete(self, &caller, request).await?)
    }

    async fn list_agent_tokens(
        &self,
        caller: Arc<User>,
        request: ListAgentTokensRequest,
    ) -> Result<ListAgentTokensResponse, ErrorResponse> {
        Ok(tokens::list(self, &caller, request).await?)
    }

    async fn create_agent_token(
        &self,
        caller: Arc<User>,
        request: CreateAgentTokenRequest,
    ) -> Result<CreateAgentTokenResponse, ErrorResponse> {
        Ok(tokens::create(self, &caller, request).await?)
    }

    async fn get_agent_token(
        &self,
        caller: Arc<User>,
        request: GetAgentTokenRequest,
    ) -> Result<GetAgentTokenResponse, ErrorResponse> {
        Ok(tokens::get(self, &caller, request).await?)
    }

    async fn revoke_agent_token(
        &self,
        caller: Arc<User>,
        request: RevokeAgentTokenRequest,
    ) -> Result<RevokeAgentTokenResponse, ErrorResponse> {
        Ok(tokens::revoke(self, &caller, request).await?)
    }

    async fn list_url_configurations(
        &self,
        caller: Arc<User>,
        request: ListUrlConfigurationsRequest,
    ) -> Result<ListUrlConfigurationsResponse, ErrorResponse> {
        Ok(url_configurations::list(self, &caller, request).await?)
    }

    async fn create_url_configuration(
        &self,
        caller: Arc<User>,
        request: CreateUrlConfigurationRequest,
    ) -> Result<CreateUrlConfigurationResponse, ErrorResponse> {
        Ok(url_configurations::create(self, &caller, request).await?)
    }

    async fn get_url_configuration(
        &self,
        caller: Arc<User>,
        request: GetUrlConfigurationRequest,
    ) -> Result<GetUrlConfigurationResponse, ErrorResponse> {
        Ok(url_configurations::get(self, &caller, request).await?)
    }

    async fn delete_url_configuration(
        &self,
        caller: Arc<User>,
        request: DeleteUrlConfigurationRequest,
    ) -> Result<DeleteUrlConfigurationResponse, ErrorResponse> {
        Ok(url_configurations::delete(self, &caller, request).await?)
    }
}
