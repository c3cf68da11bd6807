//! Every defect can be seen from outside, and what is odd but right is really odd.

#![allow(clippy::unwrap_used)]

use cluster_agents_mutants::probe::Probe;
use cluster_agents_mutants::{Defect, Odd, defects, loose_server, odds, right_server};
use futures_util::{StreamExt, stream};

/// How many servers run at the same time.
const AT_A_TIME: usize = 16;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_defect_is_alive() {
    let probe = Probe::prepare().await.unwrap();
    let dead = async |defect: Defect| {
        let server = defect.start().await.unwrap();
        let difference = probe.difference(&server).await;
        difference.is_none().then_some(defect.name)
    };
    let dead: Vec<_> = stream::iter(defects())
        .map(dead)
        .buffer_unordered(AT_A_TIME)
        .filter_map(async |dead| dead)
        .collect()
        .await;
    assert_eq!(dead, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_odd_implementation_is_odd() {
    let probe = Probe::prepare().await.unwrap();
    let plain = async |odd: Odd| {
        let server = odd.start().await.unwrap();
        let difference = probe.difference(&server).await;
        difference.is_none().then_some(odd.name)
    };
    let plain: Vec<_> = stream::iter(odds())
        .map(plain)
        .buffer_unordered(AT_A_TIME)
        .filter_map(async |plain| plain)
        .collect()
        .await;
    // What these do differently is no other byte.
    let timing = ["latency-30ms", "uneven-latency", "trickled"];
    assert!(plain.iter().all(|name| timing.contains(name)), "{plain:?}");
}

#[tokio::test]
async fn two_right_servers_do_not_differ() {
    let probe = Probe::prepare().await.unwrap();
    let server = right_server().await.unwrap();
    assert_eq!(probe.difference(&server).await, None);
    let server = loose_server().await.unwrap();
    assert_eq!(probe.difference(&server).await, None);
}
