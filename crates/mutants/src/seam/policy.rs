//! Around the stub's trait: who calls, and what the caller may.

use std::sync::Arc;

use cluster_agents_reference::access::User;
use cluster_agents_reference::api::Reference;
use cluster_agents_reference::store::Store;
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
use cluster_agents_types::Error;

/// What is put around the trait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policy {
    /// The credential that is judged instead of the one that came.
    pub(crate) credential: fn(Operation, Credential) -> Credential,
    /// The user whose rights count instead of those of the caller.
    pub(crate) user: fn(&Question<'_>, User) -> User,
}

impl Policy {
    /// Changes nothing.
    pub(crate) const RIGHT: Self = Self { credential: |_, given| given, user: |_, user| user };

    /// Only other credentials.
    pub(crate) const fn credential(credential: fn(Operation, Credential) -> Credential) -> Self {
        Self { credential, ..Self::RIGHT }
    }

    /// Only other rights.
    pub(crate) const fn user(user: fn(&Question<'_>, User) -> User) -> Self {
        Self { user, ..Self::RIGHT }
    }
}

/// What somebody wants to do where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'q> {
    pub(crate) operation: Operation,
    /// The project as it was sent, decoded.
    pub(crate) project: &'q str,
}

impl Question<'_> {
    pub(crate) fn is(&self, operations: &[Operation]) -> bool {
        operations.contains(&self.operation)
    }
}

/// The same user with all rights.
pub(crate) fn with_all_rights(user: User) -> User {
    User { admin: true, ..user }
}

/// The reference behind a policy.
#[derive(Debug)]
pub(crate) struct Guarded<S> {
    pub(crate) reference: Arc<Reference<S>>,
    pub(crate) policy: Policy,
}

impl<S> Guarded<S> {
    fn judged(&self, operation: Operation, project: Option<&str>, caller: &User) -> Arc<User> {
        let question = Question { operation, project: project.unwrap_or_default() };
        Arc::new((self.policy.user)(&question, caller.clone()))
    }
}

/// Hands every operation over to the reference, with the caller that the policy makes of the real one.
macro_rules! guard {
    ($($method:ident $operation:ident $request:ident $response:ident),* $(,)?) => {
        impl<S: Store> Api for Guarded<S> {
            type Caller = Arc<User>;

            async fn authenticate(
                &self,
                operation: Operation,
                credential: Credential,
            ) -> Result<Arc<User>, ErrorResponse> {
                let credential = (self.policy.credential)(operation, credential);
                self.reference.authenticate(operation, credential).await
            }

            fn error(rejection: &Rejection) -> Error {
                Reference::<S>::error(rejection)
            }

            $(async fn $method(
                &self,
                caller: Arc<User>,
                request: $request,
            ) -> Result<$response, ErrorResponse> {
                let project = request.id.as_ref().ok().map(|id| id.as_str());
                let caller = self.judged(Operation::$operation, project, &caller);
                self.reference.$method(caller, request).await
            })*
        }
    };
}

guard! {
    list_agents ListAgents ListAgentsRequest ListAgentsResponse,
    register_agent RegisterAgent RegisterAgentRequest RegisterAgentResponse,
    get_agent GetAgent GetAgentRequest GetAgentResponse,
    delete_agent DeleteAgent DeleteAgentRequest DeleteAgentResponse,
    list_agent_tokens ListAgentTokens ListAgentTokensRequest ListAgentTokensResponse,
    create_agent_token CreateAgentToken CreateAgentTokenRequest CreateAgentTokenResponse,
    get_agent_token GetAgentToken GetAgentTokenRequest GetAgentTokenResponse,
    revoke_agent_token RevokeAgentToken RevokeAgentTokenRequest RevokeAgentTokenResponse,
    list_url_configurations ListUrlConfigurations
        ListUrlConfigurationsRequest ListUrlConfigurationsResponse,
    create_url_configuration CreateUrlConfiguration
        CreateUrlConfigurationRequest CreateUrlConfigurationResponse,
    get_url_configuration GetUrlConfiguration
        GetUrlConfigurationRequest GetUrlConfigurationResponse,
    delete_url_configuration DeleteUrlConfiguration
        DeleteUrlConfigurationRequest DeleteUrlConfigurationResponse,
}
