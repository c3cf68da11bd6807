//! A run that is interrupted removes what it has made.

use cluster_agents_conformance::runner::{Event, Transcript};
use cluster_agents_conformance::settings::Given;
use cluster_agents_conformance::target::{Actor, Project, Secret};
use cluster_agents_conformance::verdict::RunVerdict;
use cluster_agents_conformance::{Error, Ledger, Plan, Settings, Target, judge, run};
use cluster_agents_reference::{Settings as Reference, demo, start};
use tokio::sync::Notify;
use xtask_conformance::embedded;

async fn interrupted(
    ledger: &Ledger,
    plan: &Plan,
    target: &Target,
    after: usize,
) -> Result<Transcript, Error> {
    let enough = Notify::new();
    let events = |event: Event<'_>| {
        if matches!(event, Event::Finished { done, .. } if done == after) {
            enough.notify_one();
        }
    };
    run(ledger, plan, target, &events, enough.notified()).await
}

#[tokio::test]
async fn a_run_in_which_the_suite_itself_panics_leaves_nothing_behind() {
    let reference = embedded::Reference::start().await.expect("a server");
    let ledger = Ledger::embedded().expect("a ledger");
    let given = Given { seed: Some(5), ..Given::default() };
    let settings = Settings::resolve(&given, &|_| None).expect("good settings");
    let plan = Plan::build(&ledger, &settings, reference.target());
    let events = |event: Event<'_>| {
        assert!(!matches!(event, Event::Finished { done: 10, .. }), "out of ideas");
    };
    let ran = run(&ledger, &plan, reference.target(), &events, std::future::pending()).await;
    let transcript = ran.expect("a transcript");
    let reason = transcript.ended_early.as_deref().unwrap_or_default();
    assert!(reason.starts_with("a fault of the suite: ") && reason.contains("out of ideas"));
    assert!(transcript.leftovers.is_empty(), "{:?}", transcript.leftovers);
    assert_ne!(judge(&ledger, &plan, &transcript).verdict, RunVerdict::Conformant);
    reference.stop().await;
}

#[tokio::test]
async fn an_interrupted_run_is_inconclusive_and_leaves_nothing_behind() {
    let fixture = demo::fixture().expect("the demo fixture");
    let running = start(Reference { fixture, ..Reference::default() }).await.expect("a server");
    let (_, token) = demo::ACTORS.iter().find(|(name, _)| *name == "maintainer").expect("an actor");
    let target = Target::new(running.base_url(), Project::Number(20))
        .expect("a good URL")
        .with_token(Actor::Maintainer, Secret::new(*token));
    let ledger = Ledger::embedded().expect("a ledger");
    let given = Given { seed: Some(5), ..Given::default() };
    let settings = Settings::resolve(&given, &|_| None).expect("good settings");
    let plan = Plan::build(&ledger, &settings, &target);
    // A run refuses to begin where one with its seed has left something.
    for after in [1, 10, 20] {
        let transcript =
            interrupted(&ledger, &plan, &target, after).await.expect("nothing is left");
        assert_eq!(transcript.ended_early.as_deref(), Some("the run was interrupted"));
        assert!(transcript.leftovers.is_empty(), "{:?}", transcript.leftovers);
        assert_ne!(judge(&ledger, &plan, &transcript).verdict, RunVerdict::Conformant);
    }
    running.shutdown().await;
}
