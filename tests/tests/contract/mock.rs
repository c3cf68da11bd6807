//! The mock is right where progenitor's is not: base path, encoded values, one segment a parameter.

use cluster_agents_client::{Client, connect, types};
use cluster_agents_mock::MockServerExt;
use httpmock::MockServer;
use types::{AgentId, Error, ProjectId};

async fn server() -> (MockServer, Client) {
    let server = MockServer::start_async().await;
    let client = connect(&server.url("/sub/path/api/v4"), &"token".into()).unwrap();
    (server, client)
}

#[tokio::test]
async fn a_mock_matches_an_encoded_project_below_any_base_path() {
    let (server, client) = server().await;
    for path in ["20", "group/project", "group/sub.group/a+b (c)"] {
        let project: ProjectId = path.parse().unwrap();
        let mock = server.list_agents(|when, then| {
            when.id(&project);
            then.ok(&vec![]);
        });
        assert!(client.list_agents(&project, None, None).await.unwrap().is_empty(), "{path}");
        mock.assert();
    }
}

#[tokio::test]
async fn a_value_is_no_pattern() {
    let (server, client) = server().await;
    let mock = server.list_agents(|when, then| {
        when.id(&"group/a.c".parse().unwrap());
        then.ok(&vec![]);
    });
    assert!(client.list_agents(&"group/abc".parse().unwrap(), None, None).await.is_err());
    mock.assert_calls(0);
}

#[tokio::test]
async fn a_mock_for_an_agent_does_not_answer_for_its_tokens() {
    let (server, client) = server().await;
    let (project, agent) = ("20".parse().unwrap(), AgentId::from(5));
    let of_agent = server.get_agent(|when, then| {
        when.id(&project);
        then.not_found(&Error::message("404 Not found"));
    });
    let of_tokens = server.list_agent_tokens(|when, then| {
        when.id(&project).agent_id(&agent);
        then.ok(&vec![]);
    });
    assert!(client.list_agent_tokens(&project, &agent, None, None).await.unwrap().is_empty());
    of_agent.assert_calls(0);
    of_tokens.assert();
}
