//! The twelve operations as requests. Ids are whatever can be displayed, so that wrong ones fit, too.

use std::fmt::Display;

use serde_json::{Value, json};

use crate::target::Project;
use crate::transport::Request;

/// An id that nothing has: large, and still within 32 bits, which every implementation can read.
pub(crate) const NOBODYS: u64 = 2_147_483_629;

pub(crate) fn list_agents(project: &Project) -> Request {
    Request::of("listAgents", &[&project.segment()])
}

pub(crate) fn register_agent(project: &Project, name: &str) -> Request {
    register_agent_as(project, json!({ "name": name }))
}

pub(crate) fn register_agent_as(project: &Project, body: Value) -> Request {
    Request::of("registerAgent", &[&project.segment()]).json(body)
}

pub(crate) fn get_agent(project: &Project, agent: impl Display) -> Request {
    on_agent("getAgent", project, agent)
}

pub(crate) fn delete_agent(project: &Project, agent: impl Display) -> Request {
    on_agent("deleteAgent", project, agent)
}

pub(crate) fn list_tokens(project: &Project, agent: impl Display) -> Request {
    on_agent("listAgentTokens", project, agent)
}

pub(crate) fn create_token(project: &Project, agent: impl Display, body: Value) -> Request {
    on_agent("createAgentToken", project, agent).json(body)
}

pub(crate) fn get_token(project: &Project, agent: impl Display, token: impl Display) -> Request {
    below_agent("getAgentToken", project, agent, token)
}

pub(crate) fn revoke_token(project: &Project, agent: impl Display, token: impl Display) -> Request {
    below_agent("revokeAgentToken", project, agent, token)
}

pub(crate) fn list_urls(project: &Project, agent: impl Display) -> Request {
    on_agent("listUrlConfigurations", project, agent)
}

pub(crate) fn create_url(project: &Project, agent: impl Display, body: Value) -> Request {
    on_agent("createUrlConfiguration", project, agent).json(body)
}

pub(crate) fn get_url(project: &Project, agent: impl Display, url: impl Display) -> Request {
    below_agent("getUrlConfiguration", project, agent, url)
}

pub(crate) fn delete_url(project: &Project, agent: impl Display, url: impl Display) -> Request {
    below_agent("deleteUrlConfiguration", project, agent, url)
}

fn on_agent(operation: &str, project: &Project, agent: impl Display) -> Request {
    Request::of(operation, &[&project.segment(), &agent.to_string()])
}

fn below_agent(
    operation: &str,
    project: &Project,
    agent: impl Display,
    child: impl Display,
) -> Request {
    Request::of(operation, &[&project.segment(), &agent.to_string(), &child.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_of_the_document_has_a_request() {
        let project = Project::Path(String::from("group/project"));
        let requests = [
            list_agents(&project),
            register_agent(&project, "a"),
            get_agent(&project, 5),
            delete_agent(&project, 5),
            list_tokens(&project, 5),
            create_token(&project, 5, json!({})),
            get_token(&project, 5, 7),
            revoke_token(&project, 5, 7),
            list_urls(&project, 5),
            create_url(&project, 5, json!({})),
            get_url(&project, 5, 7),
            delete_url(&project, 5, 7),
        ];
        let lines: Vec<String> = requests
            .iter()
            .map(|request| {
                format!("{} {} {}", request.operation_id(), request.method, request.path)
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        listAgents GET /projects/group%2Fproject/cluster_agents
        registerAgent POST /projects/group%2Fproject/cluster_agents
        getAgent GET /projects/group%2Fproject/cluster_agents/5
        deleteAgent DELETE /projects/group%2Fproject/cluster_agents/5
        listAgentTokens GET /projects/group%2Fproject/cluster_agents/5/tokens
        createAgentToken POST /projects/group%2Fproject/cluster_agents/5/tokens
        getAgentToken GET /projects/group%2Fproject/cluster_agents/5/tokens/7
        revokeAgentToken DELETE /projects/group%2Fproject/cluster_agents/5/tokens/7
        listUrlConfigurations GET /projects/group%2Fproject/cluster_agents/5/url_configurations
        createUrlConfiguration POST /projects/group%2Fproject/cluster_agents/5/url_configurations
        getUrlConfiguration GET /projects/group%2Fproject/cluster_agents/5/url_configurations/7
        deleteUrlConfiguration DELETE /projects/group%2Fproject/cluster_agents/5/url_configurations/7
        ");
    }
}
