//! The client drives the reference through every operation over a real socket.

use cluster_agents_client::{Change, Client, Credential, Error, PageRequest, RotateError, types};
use cluster_agents_reference::access::Project;
use cluster_agents_reference::{Running, Settings, demo, start};
use proptest::prelude::*;
use types::{
    AgentName, AgentTokenStatus, CreatedAgentToken, NewAgentToken, NewUrlConfiguration, ProjectRef,
    Timestamp,
};

async fn reference() -> Running {
    let fixture = demo::fixture().unwrap();
    start(Settings { fixture, ..Settings::default() }).await.unwrap()
}

fn client(running: &Running, actor: &str) -> Client {
    let token = demo::ACTORS.iter().find(|(name, _)| *name == actor).unwrap().1;
    let credential = Credential::private_token(token);
    let builder = Client::builder().base_url(running.base_url()).credential(credential);
    builder.allow_http().no_proxy().build().unwrap()
}

fn project() -> ProjectRef {
    demo::PROJECT.parse().unwrap()
}

fn name(name: &str) -> AgentName {
    name.parse().unwrap()
}

fn status<T>(result: Result<T, Error>) -> u16 {
    result.err().and_then(|error| error.status()).map_or(0, |status| status.as_u16())
}

#[tokio::test]
async fn the_reference_says_what_it_is_and_to_whom() {
    let running = reference().await;
    assert!(!client(&running, "maintainer").check().await.unwrap().version.is_empty());
    assert!(client(&running, "expired").check().await.unwrap_err().is_unauthorized());
    running.shutdown().await;
}

#[tokio::test]
async fn an_agent_lives_from_registration_to_deletion() {
    let running = reference().await;
    let (client, project) = (client(&running, "maintainer"), project());
    let agent = client.register_agent(&project, &name("edge")).await.unwrap();
    assert_eq!(client.get_agent(&project, agent.id).await.unwrap(), agent);
    let page = client.list_agents_page(&project, PageRequest::default()).await.unwrap();
    assert_eq!(page.total, Some(page.items.len() as u64));
    assert!(page.items.contains(&agent));
    let taken = client.register_agent(&project, &name("edge")).await.unwrap_err();
    assert!(taken.message().unwrap().to_string().contains("already been taken"), "{taken}");
    client.delete_agent(&project, agent.id, None).await.unwrap();
    let gone = client.get_agent(&project, agent.id).await.unwrap_err();
    assert!(gone.is_not_found() && gone.request_id().is_some(), "{gone:?}");
    running.shutdown().await;
}

#[tokio::test]
async fn a_list_is_read_over_all_its_pages() {
    let running = reference().await;
    let (client, project) = (client(&running, "maintainer"), project());
    let before = client.list_agents(&project).all().await.unwrap().len();
    for number in 0..7 {
        client.register_agent(&project, &name(&format!("edge-{number}"))).await.unwrap();
    }
    let all = client.list_agents(&project).all().await.unwrap();
    assert_eq!(all.len(), before + 7);
    for size in [1, 2, 3, 7] {
        let listed = client.list_agents(&project).per_page(size).prefetch().all().await.unwrap();
        assert_eq!(listed, all, "{size}");
    }
    running.shutdown().await;
}

#[tokio::test]
async fn a_token_shows_its_secret_once_and_a_revoked_one_is_gone() {
    let running = reference().await;
    let (client, project) = (client(&running, "maintainer"), project());
    let agent = client.register_agent(&project, &name("edge")).await.unwrap().id;
    let new = |name: &str| NewAgentToken::new(name.parse().unwrap());
    let first = client.create_agent_token(&project, agent, &new("first")).await.unwrap();
    let second = client.create_agent_token(&project, agent, &new("second")).await.unwrap();
    assert!(first.token.expose().len() >= 50);
    assert_ne!(first.token, second.token);
    assert_eq!(status(client.create_agent_token(&project, agent, &new("third")).await), 400);
    let read = client.get_agent_token(&project, agent, first.id).await.unwrap();
    assert_eq!((read.status, read.last_used_at), (AgentTokenStatus::Active, None));
    client.revoke_agent_token(&project, agent, first.id).await.unwrap();
    assert_eq!(status(client.get_agent_token(&project, agent, first.id).await), 404);
    let listed = client.list_agent_tokens(&project, agent).all().await.unwrap();
    assert_eq!(listed.iter().map(|token| token.id).collect::<Vec<_>>(), [second.id]);
    running.shutdown().await;
}

#[tokio::test]
async fn a_receptive_agent_has_one_configuration_with_a_public_key() {
    let running = reference().await;
    let (client, project) = (client(&running, "maintainer"), project());
    let agent = client.register_agent(&project, &name("edge")).await.unwrap().id;
    let mut new = NewUrlConfiguration::new("grpcs://agent.example.com:4242".parse().unwrap());
    new.tls_host = Some("agent.example.com".parse().unwrap());
    let created = client.create_url_configuration(&project, agent, &new).await.unwrap();
    assert_eq!(created.public_key.as_ref().map(String::len), Some(44));
    assert_eq!(created.client_cert, None);
    assert_eq!(status(client.create_url_configuration(&project, agent, &new).await), 400);
    let read = client.get_url_configuration(&project, agent, created.id).await.unwrap();
    assert_eq!(read, created);
    let listed = client.list_url_configurations(&project, agent).await.unwrap();
    assert_eq!(listed, std::slice::from_ref(&created));
    let yesterday = Timestamp::from_millis(Timestamp::now().millis() - 86_400_000);
    let changed = client.delete_url_configuration(&project, agent, created.id, yesterday).await;
    assert!(changed.unwrap_err().is_precondition_failed());
    client.delete_url_configuration(&project, agent, created.id, None).await.unwrap();
    assert!(client.list_url_configurations(&project, agent).await.unwrap().is_empty());
    running.shutdown().await;
}

#[tokio::test]
async fn an_agent_is_ensured_once_also_by_many_at_a_time() {
    let running = reference().await;
    let (client, project) = (client(&running, "maintainer"), project());
    let edge = name("edge");
    let (a, b, c, d) = tokio::join!(
        client.ensure_agent(&project, &edge),
        client.ensure_agent(&project, &edge),
        client.ensure_agent(&project, &edge),
        client.ensure_agent(&project, &edge),
    );
    let all = [a, b, c, d].map(Result::unwrap);
    assert!(all.iter().all(|ensured| ensured.value == all[0].value));
    assert_eq!(all.iter().filter(|ensured| ensured.change == Change::Created).count(), 1);
    running.shutdown().await;
}

#[tokio::test]
async fn a_rotation_replaces_the_token_and_mends_an_interrupted_one() {
    let running = reference().await;
    let (client, project) = (client(&running, "maintainer"), project());
    let agent = client.register_agent(&project, &name("edge")).await.unwrap().id;
    let token = "deployed".parse().unwrap();
    let deployed = async |_: &CreatedAgentToken| Ok(());
    let first = client.rotate_token(&project, agent, &token, deployed).await.unwrap();
    let second = client.rotate_token(&project, agent, &token, deployed).await.unwrap();
    assert_eq!(second.revoked, [first.token.id]);
    // Left between the new token and its confirmation.
    let interrupted = async |_: &CreatedAgentToken| std::future::pending().await;
    let rotation = client.rotate_token(&project, agent, &token, interrupted);
    tokio::select! {
        _ = rotation => unreachable!("it is never confirmed"),
        () = two_tokens(&client, &project, agent) => {}
    }
    let third = client.rotate_token(&project, agent, &token, deployed).await.unwrap();
    assert_eq!(third.revoked.len(), 2);
    let failed = async |_: &CreatedAgentToken| Err("the cluster is away".into());
    let error = client.rotate_token(&project, agent, &token, failed).await.unwrap_err();
    assert!(matches!(error, RotateError::NotConfirmed(_)), "{error:?}");
    let left = client.list_agent_tokens(&project, agent).all().await.unwrap();
    assert_eq!(left.iter().map(|token| token.id).collect::<Vec<_>>(), [third.token.id]);
    running.shutdown().await;
}

/// Returns once an agent has two tokens.
async fn two_tokens(client: &Client, project: &ProjectRef, agent: types::AgentId) {
    while client.list_agent_tokens(project, agent).all().await.unwrap().len() < 2 {}
}

#[tokio::test]
async fn a_url_configuration_is_ensured_and_left_alone_while_it_is_right() {
    let running = reference().await;
    let (client, project) = (client(&running, "maintainer"), project());
    let agent = client.register_agent(&project, &name("edge")).await.unwrap().id;
    let wanted = |url: &str| NewUrlConfiguration::new(url.parse().unwrap());
    let ensure = async |url: &str| {
        let ensured = client.ensure_url_configuration(&project, agent, &wanted(url)).await.unwrap();
        (ensured.change, ensured.value)
    };
    let (change, first) = ensure("grpcs://a.example:1").await;
    assert_eq!(change, Change::Created);
    assert_eq!(ensure("grpcs://a.example:1").await, (Change::None, first.clone()));
    let (change, second) = ensure("grpcs://b.example:1").await;
    assert_eq!(change, Change::Replaced);
    assert_ne!(second.public_key, first.public_key);
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
        assert_eq!(status(client.list_agents(&project).all().await), lists, "{actor}");
        assert_eq!(
            status(client.register_agent(&project, &name(actor)).await),
            registers,
            "{actor}"
        );
    }
    running.shutdown().await;
}

/// A project of the fixture with this path, which the maintainer may do everything in.
fn project_at(id: i64, path: &str) -> Project {
    let fixture = demo::fixture().unwrap();
    let like = fixture.projects.into_iter().next().unwrap();
    Project { id, path_with_namespace: path.to_owned(), ..like }
}

/// Asks the reference for a project, and gets back how the reference names it.
fn echoed(id: i64, path: &str, asked: &ProjectRef) -> (i64, String) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut fixture = demo::fixture().unwrap();
        fixture.agents.clear();
        fixture.projects = vec![project_at(id, path)];
        let settings = Settings { fixture, ..Settings::default() };
        let running = start(settings).await.unwrap();
        let agent = client(&running, "maintainer").register_agent(asked, &name("edge")).await;
        running.shutdown().await;
        let project = agent.unwrap_or_else(|error| panic!("{asked:?}: {error}")).config_project;
        (project.id, project.path_with_namespace)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_project_is_the_same_for_the_reference_as_for_the_client(
        id in 1..i64::MAX, path in "[^/\\x00]{1,12}(/[^/\\x00]{1,12}){1,3}",
    ) {
        let by_path: ProjectRef = path.parse().unwrap();
        prop_assert_eq!(by_path.path(), Some(path.as_str()));
        prop_assert_eq!(echoed(id, &path, &by_path), (id, path.clone()));
        prop_assert_eq!(echoed(id, &path, &id.into()), (id, path));
    }
}
