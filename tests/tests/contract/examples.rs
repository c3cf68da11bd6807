//! The examples of the client do on the reference what they say.

#[allow(dead_code)]
#[path = "../../../crates/client/examples/list.rs"]
mod list;
#[allow(dead_code)]
#[path = "../../../crates/client/examples/receptive.rs"]
mod receptive;
#[allow(dead_code)]
#[path = "../../../crates/client/examples/rotate.rs"]
mod rotate;

use cluster_agents_client::{Change, Client, Credential, types::ProjectRef};
use cluster_agents_reference::{Running, Settings, demo, start};

async fn reference() -> (Running, Client, ProjectRef) {
    let fixture = demo::fixture().unwrap();
    let running = start(Settings { fixture, ..Settings::default() }).await.unwrap();
    let token = demo::ACTORS.iter().find(|(name, _)| *name == "maintainer").unwrap().1;
    let builder = Client::builder().base_url(running.base_url()).allow_http().no_proxy();
    let client = builder.credential(Credential::private_token(token)).build().unwrap();
    (running, client, demo::SECOND_PROJECT.parse().unwrap())
}

#[tokio::test]
async fn a_token_is_rotated_and_both_are_listed() {
    let (running, client, project) = reference().await;
    let agent = "production".parse().unwrap();
    let first = rotate::rotate(&client, &project, &agent, async |_| Ok(())).await.unwrap();
    let second = rotate::rotate(&client, &project, &agent, async |_| Ok(())).await.unwrap();
    assert_eq!((first.revoked, second.revoked), (vec![], vec![first.token.id]));
    let (agent, token) = (second.token.agent_id, second.token.id);
    let text = list::list(&client, &project).await.unwrap();
    assert_eq!(text, format!("{agent} production\n    token {token} example\n"));
    running.shutdown().await;
}

#[tokio::test]
async fn an_agent_is_made_receptive() {
    let (running, client, project) = reference().await;
    let (agent, url) = ("production".parse().unwrap(), || "grpcs://a.example:1".parse().unwrap());
    let made = receptive::receptive(&client, &project, &agent, url()).await.unwrap();
    let again = receptive::receptive(&client, &project, &agent, url()).await.unwrap();
    assert_eq!((made.change, again.change), (Change::Created, Change::None));
    assert_eq!(made.value, again.value);
    running.shutdown().await;
}
