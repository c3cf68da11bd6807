//! The client in the worst of networks: every call ends in the right result or the right error.
//!
//! Each worker has a project of its own and knows what is in it. It calls through the proxy, and asks the
//! server directly for the truth.

mod agents;
mod configurations;
mod tokens;
mod worker;

use std::collections::BTreeMap;
use std::time::Duration;

use cluster_agents_chaos::{self as chaos, Fate, Settings};
use cluster_agents_reference::access::Project;
use cluster_agents_reference::{self as reference, Running, demo};
use tokio::task::JoinSet;

use self::worker::{Clients, Worker};

const SEED: u64 = 7;
const WORKERS: usize = 50;
const CALLS: usize = 200;
/// The whole test; it takes a small part of that.
const PATIENCE: Duration = Duration::from_secs(240);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_calls_in_the_worst_of_networks_end_rightly() {
    let server = server().await;
    let chaos = chaos::start(Settings {
        longest_delay: Duration::from_millis(4),
        ..Settings::new(SEED, server.address())
    });
    let chaos = chaos.await.unwrap();
    let clients = Clients::new(chaos.address(), server.address());
    let mut workers = JoinSet::new();
    for number in 0..WORKERS {
        let worker = Worker::new(number, clients.clone()).await;
        workers.spawn(worker.call(CALLS));
    }
    let ended = tokio::time::timeout(PATIENCE, workers.join_all()).await;
    let mut ends = BTreeMap::new();
    for end in ended.expect("no call hangs").into_iter().flatten() {
        *ends.entry(end).or_insert(0_usize) += 1;
    }
    assert_eq!(ends.values().sum::<usize>(), WORKERS * CALLS);
    assert!(ends["result"] > 7_000 && ends["refused"] > 500 && ends["unlucky"] > 50, "{ends:?}");
    let met = chaos.met();
    for fate in Fate::ALL {
        assert!(met.get(&fate).is_some_and(|times| *times > 3), "{fate:?}: {met:?}");
    }
    drop(chaos);
    server.shutdown().await;
}

/// A reference server with a project for each worker.
async fn server() -> Running {
    let mut fixture = demo::fixture().unwrap();
    fixture.agents.clear();
    let like = fixture.projects[0].clone();
    let project = |number| Project {
        id: worker::project(number),
        path_with_namespace: format!("chaos/project-{number}"),
        ..like.clone()
    };
    fixture.projects = (0..WORKERS).map(project).collect();
    reference::start(reference::Settings { fixture, ..Default::default() }).await.unwrap()
}
