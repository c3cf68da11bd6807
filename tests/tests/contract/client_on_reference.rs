//! The generated client drives the reference through every operation over a real socket.

use cluster_agents_client::{Client, Error, connect, types};
use cluster_agents_reference::{Running, Settings, demo, start};
use types::{AgentTokenStatus, NewAgent, NewAgentToken, NewUrlConfiguration, ProjectId};

async fn reference() -> Running {
    let fixture = demo::fixture().unwrap();
    start(Settings { fixture, ..Settings::default() }).await.unwrap()
}

fn client(running: &Running, actor: &str) -> Client {
    let token = demo::ACTORS.iter().find(|(name, _)| *name == actor).unwrap().1;
    connect(running.base_url(), &token.into()).unwrap()
}

fn project() -> ProjectId {
    demo::PROJECT.parse().unwrap()
}

fn new_agent(name: &str) -> NewAgent {
    NewAgent { name: name.parse().unwrap() }
}

fn status<T>(result: Result<T, Error<types::Error>>) -> u16 {
    result.err().and_then(|error| error.status()).map_or(0, |status| status.as_u16())
}

#[tokio::test]
async fn an_agent_lives_from_registration_to_deletion() {
    let running = reference().await;
    let (client, project) = (client(&running, "maintainer"), project());
    let agent = client.register_agent(&project, &new_agent("edge")).await.unwrap();
    assert_eq!(agent.status(), 201);
    let agent = agent.into_inner();
    assert_eq!(client.get_agent(&project, &agent.id).await.unwrap().into_inner(), agent);
    let page = client.list_agents(&project, Some(1), Some(100)).await.unwrap();
    assert_eq!(page.headers()["x-total"], page.len().to_string());
    assert!(page.contains(&agent));
    assert_eq!(client.delete_agent(&project, &agent.id, None).await.unwrap().status(), 204);
    assert_eq!(status(client.get_agent(&project, &agent.id).await), 404);
    running.shutdown().await;
}

#[tokio::test]
async fn a_token_shows_its_secret_once_and_a_revoked_one_is_gone() {
    let running = reference().await;
    let (client, project) = (client(&running, "maintainer"), project());
    let agent = client.register_agent(&project, &new_agent("edge")).await.unwrap().into_inner().id;
    let new = |name: &str| NewAgentToken { name: name.parse().unwrap(), description: None };
    let first = client.create_agent_token(&project, &agent, &new("first")).await.unwrap();
    let second = client.create_agent_token(&project, &agent, &new("second")).await.unwrap();
    assert!(first.token.expose().len() >= 50);
    assert_ne!(first.token, second.token);
    assert_eq!(status(client.create_agent_token(&project, &agent, &new("third")).await), 400);
    let read = client.get_agent_token(&project, &agent, &first.id).await.unwrap().into_inner();
    assert_eq!((read.status, read.last_used_at), (AgentTokenStatus::Active, None));
    client.revoke_agent_token(&project, &agent, &first.id).await.unwrap();
    assert_eq!(status(client.get_agent_token(&project, &agent, &first.id).await), 404);
    let listed = client.list_agent_tokens(&project, &agent, None, None).await.unwrap();
    assert_eq!(listed.iter().map(|token| token.id).collect::<Vec<_>>(), [second.id]);
    running.shutdown().await;
}

#[tokio::test]
async fn a_receptive_agent_has_one_configuration_with_a_public_key() {
    let running = reference().await;
    let (client, project) = (client(&running, "maintainer"), project());
    let agent = client.register_agent(&project, &new_agent("edge")).await.unwrap().into_inner().id;
    let new = NewUrlConfiguration {
        url: "grpcs://agent.example.com:4242".parse().unwrap(),
        client_cert: None,
        client_key: None,
        ca_cert: None,
        tls_host: Some("agent.example.com".parse().unwrap()),
    };
    let created =
        client.create_url_configuration(&project, &agent, &new).await.unwrap().into_inner();
    assert_eq!(created.public_key.as_ref().map(String::len), Some(44));
    assert_eq!(created.client_cert, None);
    assert_eq!(status(client.create_url_configuration(&project, &agent, &new).await), 400);
    let read = client.get_url_configuration(&project, &agent, &created.id).await.unwrap();
    assert_eq!(*read, created);
    assert_eq!(
        *client.list_url_configurations(&project, &agent).await.unwrap(),
        std::slice::from_ref(&created)
    );
    client.delete_url_configuration(&project, &agent, &created.id, None).await.unwrap();
    assert!(client.list_url_configurations(&project, &agent).await.unwrap().is_empty());
    running.shutdown().await;
}

#[tokio::test]
async fn a_project_is_the_same_by_number_and_by_path() {
    let running = reference().await;
    let (client, by_number) = (client(&running, "maintainer"), project());
    let agent = client.register_agent(&by_number, &new_agent("edge")).await.unwrap().into_inner();
    let by_path = agent.config_project.path_with_namespace.parse().unwrap();
    assert_eq!(client.get_agent(&by_path, &agent.id).await.unwrap().into_inner(), agent);
    running.shutdown().await;
}

#[tokio::test]
async fn each_role_may_what_the_documentation_says() {
    let running = reference().await;
    let project = project();
    for (actor, lists, registers) in [
        ("owner", 0, 0),
        ("maintainer", 0, 0),
        ("developer", 0, 403),
        ("reporter", 404, 403),
        ("guest", 404, 403),
        ("outsider", 404, 404),
        ("readonly", 0, 403),
        ("expired", 401, 401),
        ("revoked", 401, 401),
    ] {
        let client = client(&running, actor);
        assert_eq!(status(client.list_agents(&project, None, None).await), lists, "{actor}");
        let agent = client.register_agent(&project, &new_agent(actor)).await;
        assert_eq!(status(agent), registers, "{actor}");
    }
    running.shutdown().await;
}
