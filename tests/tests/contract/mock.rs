//! The mock is right where progenitor's is not: base path, encoded values, one segment a parameter,
//! and an answer that no test can take for one of GitLab.

use cluster_agents_client::{Client, Credential, types};
use cluster_agents_mock::{MockGitLab, MockServerExt, PageOf};
use httpmock::MockServer;
use types::{Agent, AgentId, ConfigProject, Error, NewAgent, ProjectRef, Timestamp};

fn client(base_url: &str) -> Client {
    let credential = Credential::private_token("token");
    let builder = Client::builder().base_url(base_url).credential(credential);
    builder.allow_http().no_proxy().build().unwrap()
}

async fn server() -> (MockGitLab, Client) {
    let server = MockGitLab::start_async().await;
    let client = client(&server.url().replace("/api/v4", "/sub/path"));
    (server, client)
}

#[tokio::test]
async fn a_mock_matches_an_encoded_project_below_any_base_path() {
    let (server, client) = server().await;
    for path in ["20", "group/project", "group/sub.group/a+b (c)", "a/..\\b%2F?#", "ü/\u{1}~"] {
        let project: ProjectRef = path.parse().unwrap();
        let mock = server.list_agents(|when, then| {
            when.id(&project);
            then.ok(&vec![]);
        });
        assert!(client.list_agents(&project).all().await.unwrap().is_empty(), "{path}");
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
    let abc: ProjectRef = "group/abc".parse().unwrap();
    assert!(client.list_agents(&abc).all().await.is_err());
    mock.assert_calls(0);
}

#[tokio::test]
async fn a_mock_for_an_agent_does_not_answer_for_its_tokens() {
    let (server, client) = server().await;
    let (project, agent) = (ProjectRef::from(20), AgentId(5));
    let of_agent = server.get_agent(|when, then| {
        when.id(&project);
        then.not_found(&Error::message("404 Not found"));
    });
    let of_tokens = server.list_agent_tokens(|when, then| {
        when.id(&project).agent_id(&agent);
        then.ok(&vec![]);
    });
    assert!(client.list_agent_tokens(&project, agent).all().await.unwrap().is_empty());
    of_agent.assert_calls(0);
    of_tokens.assert();
}

#[tokio::test]
async fn what_nobody_mocked_looks_like_nothing_that_gitlab_says() {
    let (server, client) = server().await;
    let project = ProjectRef::from(20);
    let of_nobody = client.delete_agent(&project, AgentId(5), None).await.unwrap_err();
    assert_eq!(of_nobody.status().unwrap().as_u16(), 418);
    let told = "no mock matches DELETE /sub/path/api/v4/projects/20/cluster_agents/5";
    assert_eq!(of_nobody.body(), Some(told));
    // Mocks that are made later are found all the same.
    let mock = server.delete_agent(|when, then| {
        when.agent_id(&AgentId(5));
        then.no_content();
    });
    client.delete_agent(&project, AgentId(5), None).await.unwrap();
    mock.assert();
    assert!(client.delete_agent(&project, AgentId(6), None).await.is_err());
}

#[tokio::test]
async fn the_server_of_httpmock_has_the_same_functions() {
    let server = MockServer::start_async().await;
    let mock = server.list_agents(|_, then| drop(then.ok(&vec![])));
    assert!(client(&server.base_url()).list_agents(&20.into()).all().await.unwrap().is_empty());
    mock.assert();
}

#[tokio::test]
async fn a_list_has_one_page_unless_the_test_says_otherwise() {
    let (server, client) = server().await;
    let agent = |id: i64| {
        let project = ConfigProject::new(20, "root/test", Timestamp::now());
        Agent::new(id.into(), NewAgent { name: "a".parse().unwrap() }, project, 42)
    };
    let pages = [[agent(1), agent(2)].to_vec(), [agent(3)].to_vec()];
    let mocks = [0, 1].map(|index| {
        server.list_agents(|when, then| {
            when.id(&21.into()).page(index as i64 + 1);
            then.ok_page(&pages[index], PageOf { page: index + 1, per_page: 2, total: 3 });
        })
    });
    assert_eq!(client.list_agents(&21.into()).per_page(2).all().await.unwrap(), pages.concat());
    mocks.iter().for_each(httpmock::Mock::assert);
    let only = server.list_agents(|when, then| {
        when.id(&20.into());
        then.ok(&pages[0]);
    });
    assert_eq!(client.list_agents(&20.into()).all().await.unwrap(), pages[0]);
    only.assert();
}
