// What the examples of this crate's documentation run against: a mock of each operation for project 20.
// They include this file behind `#`.

#[allow(dead_code)]
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Runs an example with a client and a project.
#[allow(dead_code)]
pub fn example(
    run: impl AsyncFnOnce(
        cluster_agents_client::Client,
        cluster_agents_client::types::ProjectRef,
    ) -> Result<(), cluster_agents_client::Error>,
) {
    let server = example_server();
    block_on(async { run(example_client(&server), 20.into()).await.unwrap() })
}

#[allow(dead_code)]
pub fn example_client(server: &cluster_agents_mock::MockGitLab) -> cluster_agents_client::Client {
    use cluster_agents_client::{Client, Credential};
    let credential = Credential::private_token("glpat-secret");
    let client = Client::builder().base_url(server.url()).allow_http().credential(credential);
    client.build().unwrap()
}

#[allow(dead_code)]
pub fn example_server() -> cluster_agents_mock::MockGitLab {
    use cluster_agents_client::types::{
        Agent, AgentId, AgentTokenDetail, ConfigProject, Error, NewAgent, NewAgentToken,
        NewUrlConfiguration, UrlConfiguration,
    };
    use cluster_agents_mock::{MockGitLab, MockServerExt, PageOf};
    let server = MockGitLab::start();
    let not_found = Error::message("404 Not found");
    let agent = |number: i64| {
        let project =
            ConfigProject::new(20, "root/test", "2022-03-20T20:42:40.221Z".parse().unwrap());
        let new = NewAgent { name: format!("agent-{number}").parse().unwrap() };
        Agent::new(AgentId(4 + number), new, project, 42)
    };
    let agents = [agent(1), agent(2), agent(3)];
    for page in 1..=2 {
        server.list_agents(|when, then| {
            when.per_page(2).page(page);
            let items = agents.chunks(2).nth(page as usize - 1).unwrap();
            then.ok_page(items, PageOf { page: page as usize, per_page: 2, total: 3 });
        });
    }
    server.list_agents(|_, then| drop(then.ok(&agents.to_vec())));
    server.register_agent(|_, then| drop(then.created(&agent(1))));
    server.get_agent(|when, then| {
        when.agent_id(&AgentId(404));
        drop(then.not_found(&not_found).into_inner().header("x-request-id", "01JX"));
    });
    server.get_agent(|when, then| {
        when.agent_id(&AgentId(429));
        let then = then.too_many_requests(&Error::message("429 Too Many Requests"));
        drop(then.into_inner().header("retry-after", "60"));
    });
    server.get_agent(|_, then| drop(then.ok(&agent(1))));
    server.delete_agent(|_, then| drop(then.no_content()));

    let new = NewAgentToken::new("abcd".parse().unwrap());
    let token = AgentTokenDetail::new(1.into(), AgentId(5), new, 42);
    server.list_agent_tokens(|_, then| drop(then.ok(&vec![token.clone().into()])));
    server.get_agent_token(|_, then| drop(then.ok(&token)));
    let secret = "qeY8UVRisx9y3Loxo1scLxFuRxYcgeX3sxsdrpP_fR3Loq4xyg".into();
    server.create_agent_token(|_, then| drop(then.created(&token.with_secret(secret))));
    server.revoke_agent_token(|_, then| drop(then.no_content()));

    let new = NewUrlConfiguration::new("grpcs://agent.example.com:4242".parse().unwrap());
    let key = "JIjCcNTB4Cdvlvd1v9Q3Eh9qUq0f4rD9n0VYxGmF1jQ=".to_owned();
    let configuration = UrlConfiguration::new(1.into(), AgentId(5), new, key);
    server.list_url_configurations(|_, then| drop(then.ok(&vec![configuration.clone()])));
    server.get_url_configuration(|_, then| drop(then.ok(&configuration)));
    server.create_url_configuration(|_, then| drop(then.created(&configuration)));
    server.delete_url_configuration(|_, then| drop(then.no_content()));

    server.mock(|when, then| {
        when.path("/api/v4/version");
        then.status(200).body(r#"{"version":"18.5.0-ee","revision":"abc"}"#);
    });
    server
}
