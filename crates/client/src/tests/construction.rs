use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::server::{Reply, Server, answer, json};
use super::{SENTINEL, agent, builder, client};
use crate::types::AgentId;
use crate::{BuildError, Client, Credential, Error, Retry, Token};

#[tokio::test]
async fn building_sends_nothing_and_check_sends_one_request() {
    let server =
        Server::start([json(r#"{"version":"18.5.0-ee","revision":"abc","kas":{}}"#)]).await;
    let client = builder(&server).build().unwrap();
    assert_eq!(server.requests(), [""; 0]);
    assert_eq!(client.check().await.unwrap().version, "18.5.0-ee");
    assert_eq!(server.lines(), ["GET /api/v4/version"]);
}

#[tokio::test]
async fn a_request_has_the_token_the_names_of_both_programs_and_nothing_odd() {
    let server = Server::start([json(agent(5, "a"))]).await;
    let client = builder(&server).user_agent("controller/1.0").header("X-Team", "blue").build();
    client.unwrap().get_agent(&20.into(), AgentId(5)).await.unwrap();
    let request = server.requests().remove(0);
    assert!(request.contains(&format!("\r\nprivate-token: {SENTINEL}\r\n")), "{request}");
    assert!(request.contains("\r\nuser-agent: controller/1.0 cluster-agents-client/"), "{request}");
    assert!(request.contains("\r\nx-team: blue\r\n"), "{request}");
    assert!(request.contains("\r\naccept: application/json\r\n"), "{request}");
    assert!(!request.contains("api-version"), "{request}");
}

#[tokio::test]
async fn a_provider_is_asked_for_each_call_and_not_for_a_repetition() {
    let server =
        Server::start([answer(429, &[], ""), json(agent(5, "a")), json(agent(5, "a"))]).await;
    let asked = AtomicUsize::new(0);
    let asked: &'static AtomicUsize = Box::leak(Box::new(asked));
    let provider = Credential::provider(move || async move {
        let number = asked.fetch_add(1, Ordering::SeqCst);
        Ok::<_, std::io::Error>(Token::Bearer(format!("token-{number}").into()))
    });
    let client = builder(&server).credential(provider).retry(quick()).build().unwrap();
    for _ in 0..2 {
        client.get_agent(&20.into(), AgentId(5)).await.unwrap();
    }
    let sent = |number: usize| {
        let line = format!("\r\nauthorization: Bearer token-{number}\r\n");
        server.requests().iter().filter(|request| request.contains(&line)).count()
    };
    assert_eq!([sent(0), sent(1)], [2, 1]);
}

fn quick() -> Retry {
    Retry { first_wait: Duration::from_millis(1), ..Retry::default() }
}

#[tokio::test]
async fn a_provider_that_fails_is_told_and_nothing_is_sent() {
    let server = Server::start([]).await;
    let provider = Credential::provider(async || Err::<Token, _>("the vault is sealed"));
    let client = builder(&server).credential(provider).build().unwrap();
    let error = client.get_agent(&20.into(), AgentId(5)).await.unwrap_err();
    let Error::Credential { operation: "get_agent", source } = &error else { panic!("{error:?}") };
    assert_eq!(source.to_string(), "the vault is sealed");
    let raw = client.raw().get_agent(&20.into(), &AgentId(5)).await.unwrap_err();
    assert!(raw.to_string().contains("the vault is sealed"), "{raw}");
    assert_eq!(server.requests(), [""; 0]);
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_tells_where_it_leads() {
    let elsewhere = Server::start([json(agent(5, "a"))]).await;
    let location = format!("{}/api/v4/projects/21/cluster_agents/5", elsewhere.url());
    for status in [301, 302, 307, 308] {
        let server = Server::start([answer(status, &[("location", &location)], "")]).await;
        let error = client(&server).0.get_agent(&20.into(), AgentId(5)).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(error.to_string().contains(&location), "{error}");
    }
    assert_eq!(elsewhere.requests(), [""; 0]);
}

#[tokio::test]
async fn an_answer_that_takes_too_long_ends_the_call() {
    let server = Server::start([Reply::Silence]).await;
    let client = builder(&server).timeout(Duration::from_millis(50)).retry(Retry::never());
    let error = client.build().unwrap().get_agent(&20.into(), AgentId(5)).await.unwrap_err();
    assert!(error.is_timeout() && error.is_outcome_unknown(), "{error:?}");
}

#[tokio::test]
async fn requests_go_through_the_proxy_that_was_named() {
    let proxy = Server::start([json(agent(5, "a"))]).await;
    let client = Client::builder()
        .base_url("http://gitlab.invalid")
        .allow_http()
        .proxy(proxy.url().replace("http://", "http://user:sesame@"))
        .credential(Credential::private_token(SENTINEL))
        .build()
        .unwrap();
    client.get_agent(&20.into(), AgentId(5)).await.unwrap();
    let request = proxy.requests().remove(0);
    assert!(request.starts_with("GET http://gitlab.invalid/api/v4/projects/20/"), "{request}");
    assert!(request.contains("\r\nproxy-authorization: Basic "), "{request}");
    for shown in [format!("{client:?}"), format!("{:?}", client.raw())] {
        assert!(!shown.contains("sesame"), "{shown}");
    }
}

#[test]
fn what_is_missing_or_wrong_is_told() {
    let builder = || Client::builder().base_url("https://gitlab.example.com");
    let with_token = || builder().credential(Credential::private_token("secret"));
    assert!(with_token().build().is_ok());
    assert!(matches!(Client::builder().build(), Err(BuildError::NoBaseUrl)));
    assert!(matches!(builder().build(), Err(BuildError::NoCredential)));
    assert!(matches!(with_token().header("a b", "c").build(), Err(BuildError::Header)));
    assert!(matches!(with_token().header("a", "c\n").build(), Err(BuildError::Header)));
    assert!(matches!(with_token().user_agent("a\n").build(), Err(BuildError::Header)));
    let proxy = with_token().proxy("http://user:sesame@:port").build().unwrap_err();
    assert!(!format!("{proxy:?}").contains("sesame"), "{proxy:?}");
    assert!(matches!(proxy, BuildError::Connection("the proxy", _)));
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[test]
fn certificates_that_are_none_are_refused_without_the_key() {
    let builder = || {
        let credential = Credential::private_token("secret");
        Client::builder().base_url("https://gitlab.example.com").credential(credential)
    };
    for refused in [
        builder().root_certificates("no certificate").build(),
        builder().client_certificate("no certificate", "sentinel key").build(),
    ] {
        let error = refused.unwrap_err();
        assert!(matches!(error, BuildError::Connection(..)), "{error:?}");
        assert!(!format!("{error:?}").contains("sentinel"), "{error:?}");
    }
}

#[cfg(feature = "rustls")]
#[test]
fn no_choice_is_made_for_the_whole_process() {
    let credential = Credential::private_token("secret");
    Client::connect("https://gitlab.example.com", credential).unwrap();
    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
}

/// Calls can be spawned, and errors sent between threads and boxed.
#[test]
fn everything_can_be_sent_between_threads() {
    fn sent<T: Send>(_: impl FnOnce() -> T) {}
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Client>();
    shared::<Error>();
    shared::<crate::RotateError>();
    shared::<BuildError>();
    let call = async |client: Client| {
        let (project, name) = (20.into(), "a".parse().unwrap());
        client.check().await.unwrap();
        client.ensure_agent(&project, &name).await.unwrap();
        client.list_agents(&project).prefetch().all().await.unwrap();
    };
    let rotate = async |client: Client| {
        let (project, name) = (20.into(), "a".parse().unwrap());
        client.rotate_token(&project, AgentId(5), &name, async |_| Ok(())).await.unwrap();
    };
    let client = || -> Client { unimplemented!("it is never called") };
    sent(|| call(client()));
    sent(|| rotate(client()));
}
