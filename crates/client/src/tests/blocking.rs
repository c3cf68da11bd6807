use std::sync::mpsc;

use super::server::{Server, answer, json};
use super::{agent, builder, token};
use crate::blocking::Client;
use crate::types::{AgentId, AgentTokenId};

/// A server on a runtime of its own, and a client that knows nothing of it.
fn with<T>(replies: Vec<super::server::Reply>, run: impl FnOnce(&Client, &Server) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let server = runtime.block_on(Server::start(replies));
    run(&builder(&server).build_blocking().unwrap(), &server)
}

#[test]
fn a_call_waits_for_its_answer() {
    let agent = with(vec![json(agent(5, "a"))], |client, _| {
        client.get_agent(&20.into(), AgentId(5)).unwrap()
    });
    assert_eq!(agent.name, "a");
}

#[test]
fn a_list_is_an_iterator() {
    let page = |name: &str, next: &str| {
        answer(200, &[("x-next-page", next)], serde_json::Value::from(vec![agent(1, name)]))
    };
    let pages = vec![page("a", "2"), page("b", "3"), answer(403, &[], "")];
    let names: Vec<_> = with(pages, |client, _| {
        let agents = client.list_agents(&20.into()).per_page(1).prefetch();
        agents.map(|agent| agent.map(|agent| agent.name).map_err(|e| e.is_forbidden())).collect()
    });
    assert_eq!(names, [Ok("a".to_owned()), Ok("b".to_owned()), Err(true)]);
}

#[test]
fn the_confirmation_of_a_rotation_may_use_the_client() {
    let mut created = token(2, None);
    created["token"] = "secret".into();
    let list = answer(200, &[("x-next-page", "")], "[]");
    let replies = vec![list, answer(201, &[], created), json(token(2, None))];
    let rotated = with(replies, |client, _| {
        client.rotate_token(&20.into(), AgentId(5), &"abcd".parse().unwrap(), |token| {
            client.get_agent_token(&20.into(), AgentId(5), token.id)?;
            Ok(())
        })
    });
    assert_eq!(rotated.unwrap().token.id, AgentTokenId(2));
}

#[test]
fn many_threads_share_a_client() {
    let replies = std::iter::repeat_n(json(agent(5, "a")), 8).collect();
    with(replies, |client, server| {
        let (sender, receiver) = mpsc::channel();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                let (client, sender) = (client.clone(), sender.clone());
                let get = move || client.get_agent(&20.into(), AgentId(5)).unwrap();
                scope.spawn(move || sender.send(get()).unwrap());
            }
        });
        assert_eq!((receiver.try_iter().count(), server.requests().len()), (8, 8));
    });
}

#[tokio::test]
async fn a_client_can_be_dropped_in_asynchronous_code() {
    let server = Server::start([]).await;
    drop(builder(&server).build_blocking().unwrap());
}
