//! A run against targets that misbehave on the wire, each with real sockets: it ends in time, it does
//! not panic, and what was created is removed or told.

#![allow(clippy::unwrap_used)]

mod acts;
mod target;

use std::time::{Duration, Instant};

use cluster_agents_conformance::settings::Given;
use cluster_agents_conformance::target::{Actor, Project, Secret};
use cluster_agents_conformance::verdict::RunVerdict;
use cluster_agents_conformance::{Error, Ledger, Plan, Settings, Target, judge, run};

use crate::acts::Act;
use crate::target::{Hostile, Since};

/// How long a run may take, and its cleanup again.
const MAX_TIME: Duration = Duration::from_millis(600);
/// Far more than both on a machine that has other things to do, and far less than for ever.
const LIMIT: Duration = Duration::from_secs(30);

async fn survives(act: Act) {
    for since in [Since::TheBeginning, Since::TheFirstAgent] {
        let hostile = Hostile::start(act, since).await;
        let started = Instant::now();
        let left = judged(&hostile).await;
        assert!(started.elapsed() < LIMIT, "{act:?} {since:?} took {:?}", started.elapsed());
        assert!(hostile.was_reached(), "{act:?} {since:?}");
        let open = hostile.open_agents();
        assert!(
            // The journal cuts names that are longer than any valid one.
            open.iter().all(|name| left.iter().any(|left| name.starts_with(left.as_str()))),
            "{act:?} {since:?}: {open:?} {left:?}"
        );
    }
}

/// Runs and judges, and returns the names of what is told to be left behind.
async fn judged(hostile: &Hostile) -> Vec<String> {
    let ledger = Ledger::embedded().unwrap();
    let given = Given { seed: Some(1), cases: Some(1), ..Given::default() };
    let settings = Settings::resolve(&given, &|_| None).unwrap();
    let mut target = Target::new(&hostile.url(), Project::Number(20))
        .unwrap()
        .with_token(Actor::Maintainer, Secret::new("a-token-of-the-maintainer"));
    target.manners.timeout = Duration::from_millis(100);
    target.manners.max_time = MAX_TIME;
    let plan = Plan::build(&ledger, &settings, &target);
    match run(&ledger, &plan, &target, &|_| {}, std::future::pending()).await {
        Ok(transcript) => {
            let judgement = judge(&ledger, &plan, &transcript);
            assert_ne!(judgement.verdict, RunVerdict::Conformant);
            let faults =
                judgement.requirements.iter().filter(|one| one.verdict.as_str() == "error");
            let faults: Vec<&str> = faults.map(|one| one.message.as_str()).collect();
            assert!(faults.is_empty(), "the suite is not at fault: {faults:?}");
            transcript.leftovers.into_iter().map(|left| left.name).collect()
        }
        Err(Error::Fault { problem }) => panic!("{problem}"),
        Err(_) => Vec::new(),
    }
}

macro_rules! survives {
    ($($name:ident: $act:expr,)*) => {$(
        #[tokio::test]
        async fn $name() {
            survives($act).await;
        }
    )*};
}

survives! {
    a_target_that_never_answers: Act::Silence,
    a_target_that_answers_a_byte_at_a_time: Act::Drip,
    a_body_without_an_end: Act::EndlessBody,
    headers_without_an_end: Act::EndlessHeaders,
    interim_answers_without_an_end: Act::EndlessInterim,
    links_to_next_pages_without_an_end: Act::EndlessLinks,
    a_body_that_is_no_text: Act::InvalidUtf8,
    a_small_body_that_would_be_large_when_unpacked: Act::GzipBomb,
    json_that_is_nested_deeply: Act::DeepJson,
    json_with_hundreds_of_thousands_of_values: Act::WideJson,
    an_answer_that_is_as_large_as_it_may_be: Act::LargestJson,
    redirects_in_a_circle: Act::RedirectLoop,
    connections_that_are_reset: Act::Reset,
    an_answer_without_a_head: Act::Http09,
    a_body_that_is_shorter_than_announced: Act::TooShort,
    a_body_that_is_longer_than_announced: Act::TooLong,
    two_lengths_of_one_body: Act::TwoLengths,
    a_request_to_wait_without_an_end: Act::AlwaysBusy,
    a_target_that_is_busy_for_no_time_for_ever: Act::BusyForNoTime,
}

#[tokio::test]
async fn nobody_is_asked_to_pack_an_answer_and_none_is_unpacked() {
    let hostile = Hostile::start(Act::GzipBomb, Since::TheBeginning).await;
    judged(&hostile).await;
    let heads = hostile.heads();
    assert!(!heads.is_empty());
    for head in heads {
        assert!(!head.to_ascii_lowercase().contains("accept-encoding"), "{head}");
    }
}

#[tokio::test]
async fn a_redirect_is_never_followed_and_gets_no_credentials() {
    let elsewhere = Hostile::start(Act::InvalidUtf8, Since::TheBeginning).await;
    let hostile = Hostile::start(Act::RedirectLoop, Since::TheBeginning).await;
    hostile.redirect_to(&elsewhere.url());
    judged(&hostile).await;
    assert!(hostile.was_reached() && !elsewhere.was_reached());
}
