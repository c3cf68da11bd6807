//! The whole API in memory. `cargo run -p cluster-agents-server --example memory`, then
//! `curl -H "PRIVATE-TOKEN: secret" http://127.0.0.1:8080/api/v4/projects/a%2Fb/cluster_agents`.
//! Every project belongs to the one user, whose token is `secret`; keys and secrets are not real.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cluster_agents_server::*;
use cluster_agents_types::*;

/// Agents by project and id, each with its tokens and its URL configuration; and the last id.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Agents>, AtomicI64);

type Agents = BTreeMap<(String, i64), Entry>;
type Entry = (Agent, Vec<AgentTokenDetail>, Option<UrlConfiguration>);

impl Memory {
    fn agents(&self) -> MutexGuard<'_, Agents> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn agent<T>(&self, project: &ProjectId, id: AgentId, then: impl FnOnce(&mut Entry) -> Outcome<T>) -> Outcome<T> {
        self.agents().get_mut(&(project.to_string(), *id)).map_or_else(|| Err(not_found()), then)
    }

    fn next_id(&self) -> i64 {
        self.1.fetch_add(1, Ordering::Relaxed) + 1
    }
}

fn not_found() -> ErrorResponse {
    ErrorResponse::NotFound(Error::message("404 Not found"))
}

fn refused(reason: &str) -> ErrorResponse {
    ErrorResponse::BadRequest(Error::message(format!("400 Bad request - {reason}")))
}

fn page<T>(items: Vec<T>, page: Option<i64>, per_page: Option<i64>) -> Outcome<(Vec<T>, ListAgentsOkHeaders)> {
    let page = Page::new(page, per_page).ok_or_else(|| refused("per_page has a value not allowed"))?;
    let url = |number| format!("?page={number}&per_page={}", page.size());
    let headers = page.headers(items.len() as i64, url);
    Ok((page.of(items), headers))
}

impl Api for Memory {
    type Caller = ();

    async fn authenticate(&self, _: Operation, credential: Credential) -> Outcome<()> {
        let (Credential::PrivateToken(token) | Credential::Bearer(token)) = credential;
        let error = ErrorResponse::Unauthorized(Error::message("401 Unauthorized"), Default::default());
        (token == "secret".into()).then_some(()).ok_or(error)
    }

    fn error(rejection: &Rejection) -> Error {
        Error::error(rejection.to_string())
    }

    async fn list_agents(&self, _: (), rq: ListAgentsRequest) -> Outcome<ListAgentsResponse> {
        let (id, agents) = (rq.id?, self.agents());
        let own = agents.iter().filter(|((project, _), _)| *project == *id);
        let mut own: Vec<_> = own.map(|(_, (agent, ..))| agent.clone()).collect();
        own.sort_by(|a, b| a.name.cmp(&b.name));
        let (own, headers) = page(own, rq.page?, rq.per_page?)?;
        Ok(ListAgentsResponse::Ok(own, headers))
    }

    async fn get_agent(&self, _: (), rq: GetAgentRequest) -> Outcome<GetAgentResponse> {
        self.agent(&rq.id?, rq.agent_id?, |(agent, ..)| Ok(GetAgentResponse::Ok(agent.clone())))
    }

    async fn register_agent(&self, _: (), rq: RegisterAgentRequest) -> Outcome<RegisterAgentResponse> {
        let (project, new, id, mut agents) = (rq.id?, rq.body?, self.next_id(), self.agents());
        if agents.iter().any(|((of, _), (agent, ..))| *of == *project && agent.name == *new.name) {
            return Err(refused("Name has already been taken"));
        }
        let agent = Agent::new(id.into(), new, ConfigProject::new(20, &project, Timestamp::default()), 1);
        agents.insert((project.to_string(), id), (agent.clone(), Vec::new(), None));
        Ok(RegisterAgentResponse::Created(agent))
    }

    async fn delete_agent(&self, _: (), rq: DeleteAgentRequest) -> Outcome<DeleteAgentResponse> {
        let agent = self.agents().remove(&(rq.id?.to_string(), *rq.agent_id?));
        agent.map(|_| DeleteAgentResponse::NoContent).ok_or_else(not_found)
    }

    async fn list_agent_tokens(&self, _: (), rq: ListAgentTokensRequest) -> Outcome<ListAgentTokensResponse> {
        let tokens = self.agent(&rq.id?, rq.agent_id?, |(_, tokens, _)| Ok(tokens.clone()))?;
        let (tokens, headers) = page(tokens.into_iter().map(AgentToken::from).collect(), rq.page?, rq.per_page?)?;
        Ok(ListAgentTokensResponse::Ok(tokens, headers))
    }

    async fn get_agent_token(&self, _: (), rq: GetAgentTokenRequest) -> Outcome<GetAgentTokenResponse> {
        let id = rq.token_id?;
        self.agent(&rq.id?, rq.agent_id?, |(_, tokens, _)| {
            tokens.iter().find(|token| token.id == id).cloned().map(GetAgentTokenResponse::Ok).ok_or_else(not_found)
        })
    }

    async fn create_agent_token(&self, _: (), rq: CreateAgentTokenRequest) -> Outcome<CreateAgentTokenResponse> {
        let (new, id) = (rq.body?, self.next_id());
        self.agent(&rq.id?, rq.agent_id?, |(agent, tokens, _)| {
            if tokens.len() == 2 {
                return Err(refused("An agent can have only two active tokens at a time"));
            }
            let token = AgentTokenDetail::new(id.into(), agent.id, new, 1);
            tokens.push(token.clone());
            Ok(CreateAgentTokenResponse::Created(token.with_secret(format!("example-{id:042}").into())))
        })
    }

    async fn revoke_agent_token(&self, _: (), rq: RevokeAgentTokenRequest) -> Outcome<RevokeAgentTokenResponse> {
        let id = rq.token_id?;
        self.agent(&rq.id?, rq.agent_id?, |(_, tokens, _)| {
            tokens.remove(tokens.iter().position(|token| token.id == id).ok_or_else(not_found)?);
            Ok(RevokeAgentTokenResponse::NoContent)
        })
    }

    async fn list_url_configurations(&self, _: (), rq: ListUrlConfigurationsRequest) -> Outcome<ListUrlConfigurationsResponse> {
        self.agent(&rq.id?, rq.agent_id?, |(_, _, url)| Ok(ListUrlConfigurationsResponse::Ok(url.iter().cloned().collect())))
    }

    async fn get_url_configuration(&self, _: (), rq: GetUrlConfigurationRequest) -> Outcome<GetUrlConfigurationResponse> {
        let url = self.agent(&rq.id?, rq.agent_id?, |(_, _, url)| url.clone().ok_or_else(not_found))?;
        if url.id == rq.url_configuration_id? { Ok(GetUrlConfigurationResponse::Ok(url)) } else { Err(not_found()) }
    }

    async fn create_url_configuration(
        &self,
        _: (),
        rq: CreateUrlConfigurationRequest,
    ) -> Outcome<CreateUrlConfigurationResponse> {
        let agent = rq.agent_id?;
        let new = UrlConfiguration::new(self.next_id().into(), agent, rq.body?, "A".repeat(43) + "=");
        self.agent(&rq.id?, agent, |(_, _, url)| match url {
            Some(_) => Err(refused("URL configuration already exists for this agent")),
            None => Ok(CreateUrlConfigurationResponse::Created(url.insert(new).clone())),
        })
    }

    async fn delete_url_configuration(
        &self,
        _: (),
        rq: DeleteUrlConfigurationRequest,
    ) -> Outcome<DeleteUrlConfigurationResponse> {
        let (agent, id) = (rq.agent_id?, rq.url_configuration_id?);
        let gone = self.agent(&rq.id?, agent, |(_, _, url)| Ok(url.take_if(|url| url.id == id)))?;
        gone.map(|_| DeleteUrlConfigurationResponse::NoContent).ok_or_else(not_found)
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let api = router(Arc::new(Memory::default()), Options::default());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    axum::serve(listener, axum::Router::new().nest("/api/v4", api)).await
}
