//! How much memory a run takes whatever the target sends, measured in a process of its own.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

#[path = "hostile/acts.rs"]
#[expect(dead_code, reason = "shared with the other tests of hostile targets")]
mod acts;
#[path = "hostile/target.rs"]
#[expect(dead_code, reason = "shared with the other tests of hostile targets")]
mod target;

use std::time::Duration;

use cluster_agents_conformance::settings::Given;
use cluster_agents_conformance::target::{Actor, Project, Secret};
use cluster_agents_conformance::{Ledger, Plan, Settings, Target, judge, run};

use crate::acts::Act;
use crate::target::{Hostile, Since};

/// The most that this process ever had, the hostile server included, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

async fn judged(hostile: &Hostile) {
    let ledger = Ledger::embedded().unwrap();
    let given = Given { seed: Some(1), cases: Some(2), ..Given::default() };
    let settings = Settings::resolve(&given, &|_| None).unwrap();
    let mut target = Target::new(&hostile.url(), Project::Number(20))
        .unwrap()
        .with_token(Actor::Maintainer, Secret::new("a-token-of-the-maintainer"));
    target.manners.max_time = Duration::from_millis(800);
    let plan = Plan::build(&ledger, &settings, &target);
    if let Ok(transcript) = run(&ledger, &plan, &target, &|_| {}, std::future::pending()).await {
        let _ = judge(&ledger, &plan, &transcript);
    }
}

#[tokio::test]
async fn a_run_takes_less_than_100_mib_whatever_the_target_sends() {
    for act in [
        Act::EndlessBody,
        Act::EndlessHeaders,
        Act::EndlessLinks,
        Act::GzipBomb,
        Act::DeepJson,
        Act::WideJson,
        Act::LargestJson,
    ] {
        let hostile = Hostile::start(act, Since::TheFirstAgent).await;
        let before = peak();
        judged(&hostile).await;
        println!("{act:?}: {} KiB before, {} KiB after", before, peak());
        assert!(peak() < 100 * 1024, "{act:?}: {} KiB", peak());
    }
}
