//! What is left when the process is killed while it writes.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::Client;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::command::Binary;
use crate::server::client;
use crate::server::{AGENTS, token};

const CRASHES: usize = 20;
const WRITERS: usize = 8;
/// How many answered writes a process lives for.
const WRITES: usize = 40;

/// Registers agents, each with a token, until the server is gone. The answer is the names of the
/// agents whose token was answered.
async fn write(
    client: Client,
    url: String,
    name: String,
    written: Arc<AtomicUsize>,
    enough: Arc<Notify>,
) -> Vec<String> {
    let mut answered = Vec::new();
    let post = async |path: String, body: Value| {
        let request =
            client.post(format!("{url}/{path}")).header("PRIVATE-TOKEN", token("maintainer"));
        let response = request.json(&body).send().await.ok()?;
        assert_eq!(response.status(), 201);
        response.json::<Value>().await.ok()
    };
    for number in 0.. {
        let name = format!("{name}-{number}");
        let Some(agent) = post(AGENTS.to_owned(), json!({"name": name})).await else { break };
        let tokens = format!("{AGENTS}/{}/tokens", agent["id"]);
        let Some(_) = post(tokens, json!({"name": "t"})).await else { break };
        answered.push(name);
        if written.fetch_add(1, Ordering::SeqCst) + 1 == WRITES {
            enough.notify_one();
        }
    }
    answered
}

async fn get(client: &Client, url: &str, path: &str) -> Value {
    let request = client.get(format!("{url}/{path}")).header("PRIVATE-TOKEN", token("maintainer"));
    request.send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
}

/// All agents with the number of their tokens.
async fn agents(client: &Client, url: &str) -> Vec<(String, usize)> {
    let mut agents = Vec::new();
    for page in 1.. {
        let list = get(client, url, &format!("{AGENTS}?per_page=100&page={page}")).await;
        let list = list.as_array().unwrap().clone();
        if list.is_empty() {
            break;
        }
        for agent in list {
            let tokens = get(client, url, &format!("{AGENTS}/{}/tokens", agent["id"])).await;
            let name = agent["name"].as_str().unwrap().to_owned();
            agents.push((name, tokens.as_array().unwrap().len()));
        }
    }
    agents
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answered_write_survives_the_death_of_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("agents.db").display());
    let client = client();
    let mut answered = BTreeSet::new();
    for crash in 0..CRASHES {
        let mut binary = Binary::start(&["--database", &database], Stdio::null());
        let (written, enough) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let name = format!("agent-{crash}-{writer}");
                let (written, enough) = (Arc::clone(&written), Arc::clone(&enough));
                tokio::spawn(write(client.clone(), binary.base_url.clone(), name, written, enough))
            })
            .collect();
        enough.notified().await;
        binary.kill();
        for writer in writers {
            answered.extend(writer.await.unwrap());
        }
    }
    let binary = Binary::start(&["--database", &database], Stdio::null());
    let agents = agents(&client, &binary.base_url).await;
    let with_token: BTreeSet<_> =
        agents.iter().filter(|(_, tokens)| *tokens == 1).map(|(name, _)| name.clone()).collect();
    let lost: Vec<_> = answered.difference(&with_token).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    assert!(answered.len() >= CRASHES * WRITES);
    // What was not answered may be there or not, but not twice and not in part.
    assert!(agents.iter().all(|(_, tokens)| *tokens <= 1));
}
