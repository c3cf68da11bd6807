//! Reproductions of real failures, played against servers that have them and servers that do not.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use crate::finding::Tally;
use crate::generated::RequirementId as R;
use crate::model::tests::{Fault, start};
use crate::plan::Plan;
use crate::repro::replay::{self, Outcome};
use crate::repro::{Reproduction, replay as play};
use crate::runner::Transcript;
use crate::settings::{Given, Settings};
use crate::testing::Fixture;
use crate::verdict::judge;

fn settings(only: R, reruns: u32) -> Settings {
    let given = Given {
        seed: Some(77),
        cases: Some(1),
        only: vec![only.as_str().to_owned()],
        reruns: Some(reruns),
        ..Given::default()
    };
    Settings::resolve(&given, &|_| None).expect("good settings")
}

/// A run against a server with a fault.
async fn run(fixture: &Fixture, plan: &Plan) -> Transcript {
    let (ledger, _, target) = fixture.parts();
    crate::run(ledger, plan, target, &|_| {}, std::future::pending()).await.expect("a run")
}

/// The reproduction of a requirement that a server breaks, and how often it was seen again.
async fn reproduction(fault: Fault, requirement: R) -> (Reproduction, String) {
    let fixture = Fixture::at(&start(fault).await, 77);
    let (ledger, _, target) = fixture.parts();
    let plan = Plan::build(ledger, &settings(requirement, 1), target);
    let transcript = run(&fixture, &plan).await;
    let judgement = judge(ledger, &plan, &transcript);
    let judged = judgement.requirements.first().expect("the requirement");
    let again = judged.reproduced().map(|seen| format!("{} of {}", seen.times, seen.of));
    (Reproduction::of(judged, &plan).expect("a failure"), again.unwrap_or_default())
}

#[tokio::test]
async fn a_failure_is_told_as_the_requests_that_lead_to_it() {
    let (mut found, again) = reproduction(Fault::ThirdToken, R::TokenLimit).await;
    assert_eq!(again, "1 of 1");
    assert!(found.steps.iter().all(|step| step.answer.starts_with("{\"id\":")));
    // Which ids there are depends on what runs beside it.
    found.steps.iter_mut().for_each(|step| step.answer.clear());
    insta::assert_snapshot!(found.to_jsonl());
}

#[tokio::test]
async fn a_transcript_is_read_as_it_was_written() {
    let (found, _) = reproduction(Fault::ThirdToken, R::TokenLimit).await;
    let folder = std::env::temp_dir().join(format!("cfm-transcript-{}", std::process::id()));
    std::fs::write(&folder, found.to_jsonl()).expect("a file");
    let read = Reproduction::read(&folder);
    std::fs::remove_file(&folder).expect("it was there");
    assert_eq!(read.expect("a transcript").to_jsonl(), found.to_jsonl());
    let missing = Reproduction::read(Path::new("/no/such/file")).expect_err("no file");
    assert!(missing.to_string().starts_with("/no/such/file is no transcript"), "{missing}");
}

/// What a replay says on a server with a fault.
async fn replayed(found: &Reproduction, fault: Fault) -> Outcome {
    let fixture = Fixture::at(&start(fault).await, 1);
    let (ledger, _, target) = fixture.parts();
    let requirement = crate::ledger::parse_id(&found.head.requirement).expect("an id");
    let plan = replay::plan(ledger, &settings(requirement, 0), target, found);
    let replayed = play(ledger, &plan, target, found).await.expect("a replay");
    assert!(replayed.leftovers.is_empty(), "{:?}", replayed.leftovers);
    replayed.outcome
}

#[tokio::test]
async fn a_replay_tells_a_server_that_is_still_broken_from_one_that_is_not() {
    for (fault, requirement) in [
        (Fault::ThirdToken, R::TokenLimit),
        (Fault::ForeignToken, R::IsolationToken),
        (Fault::NameAgain, R::AgentNameUnique),
    ] {
        let (found, _) = reproduction(fault, requirement).await;
        let broken = replayed(&found, fault).await;
        assert!(matches!(broken, Outcome::Broken(_)), "{fault:?}: {broken:?}");
        assert_eq!(replayed(&found, Fault::None).await, Outcome::Holds, "{fault:?}");
    }
}

/// Whether the programs that scripts need are there.
fn has_programs() -> bool {
    let has = |name: &&str| Command::new(name).arg("--version").output().is_ok();
    let has_all = ["bash", "curl", "jq"].iter().all(has);
    if !has_all {
        let _ = writeln!(std::io::stderr(), "skipped: bash, curl or jq is not installed");
    }
    has_all
}

async fn script(found: &Reproduction, fault: Fault) -> Output {
    let url = start(fault).await;
    let files = found.files();
    let (_, script) = files.iter().find(|(name, _)| *name == "reproduce.sh").expect("a script");
    let script = script.clone();
    let work = tokio::task::spawn_blocking(move || {
        let mut command = Command::new("bash");
        command.arg("-c").arg(script).env("CONFORMANCE_BASE_URL", url);
        command.env("CONFORMANCE_PROJECT", "20").env("CONFORMANCE_TOKEN_MAINTAINER", "sentinel");
        command.output().expect("bash")
    });
    work.await.expect("no panic")
}

#[tokio::test]
async fn a_script_tells_a_server_that_is_still_broken_from_one_that_is_not() {
    if !has_programs() {
        return;
    }
    for (fault, requirement) in
        [(Fault::ThirdToken, R::TokenLimit), (Fault::NameAgain, R::AgentNameUnique)]
    {
        let (found, _) = reproduction(fault, requirement).await;
        for (server, code) in [(fault, 1), (Fault::None, 0)] {
            let output = script(&found, server).await;
            let told = String::from_utf8_lossy(&output.stdout).into_owned();
            let errors = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(code), "{fault:?} {server:?}\n{told}{errors}");
            assert!(!format!("{told}{errors}").contains("sentinel"));
        }
    }
}

#[tokio::test]
async fn scripts_and_hurl_files_read_well() {
    let (found, _) = reproduction(Fault::ThirdToken, R::TokenLimit).await;
    let files: Vec<String> = found
        .files()
        .into_iter()
        .skip(1)
        .map(|(name, text)| format!("== {name}\n{text}"))
        .collect();
    insta::assert_snapshot!(files.join("\n"));
}

#[test]
fn a_tally_keeps_a_few_findings() {
    let mut tally = Tally::default();
    (0..5).for_each(|_| tally.fail(crate::testing::finding("it")));
    assert_eq!((tally.failures, tally.findings.len(), tally.has_room()), (5, 3, false));
}

/// A reproduction that has something of everything, however odd.
fn of_all_sorts() -> Reproduction {
    let lines = [
        r#"{"transcript":1,"requirement":"token-limit","level":"must","statement":"It's \"so\".\n$(a)","check":"x","expected":"a\nb","got":"`c`","seed":1,"cases":1,"run":"abc","suite_version":"0"}"#,
        r#"{"operation":"registerAgent","method":"POST","path":"/projects/{project}/cluster_agents","credential":{"name":"PRIVATE-TOKEN","value":"${CONFORMANCE_TOKEN_MAINTAINER}"},"body":{"json":{"name":"cfm-{run}-a"}},"saves":{"agent_1":"/id"},"status":201}"#,
        r#"{"operation":"createAgentToken","method":"POST","path":"/projects/{project}/cluster_agents/{agent_1}/tokens","credential":{"name":"PRIVATE-TOKEN","value":"${CONFORMANCE_TOKEN_MAINTAINER}"},"body":{"json":{"name":"it's {x*2000}","agent_id":"{agent_1}"}},"saves":{"token_1":"/id","token_1_secret":"/token"},"at_once":1,"status":201}"#,
        r#"{"operation":"createAgentToken","method":"POST","path":"/projects/{project}/cluster_agents/{agent_1}/tokens","credential":{"name":"Authorization","value":"Bearer ${CONFORMANCE_TOKEN_MAINTAINER}"},"headers":[{"name":"If-Match","value":"\"$(a)'\""}],"body":{"text":{"media_type":null,"text":"{\"name\": '`a`"}},"at_once":1,"status":400}"#,
        r#"{"operation":"getAgent","method":"HEAD","path":"/projects/{project}/cluster_agents/{agent_1}?a=%20b&c","credential":{"name":"PRIVATE-TOKEN","value":""},"status":401}"#,
        r#"{"operation":"no operation","method":"PUT","path":"/projects/{project}/cluster_agents/{agent_1}","credential":{"name":"PRIVATE-TOKEN","value":"${CONFORMANCE_TOKEN_MAINTAINER~~}"},"body":{"base64":{"media_type":"application/json","base64":"/w=="}},"status":401}"#,
        r#"{"operation":"getAgent","method":"GET","path":"/projects/{project}/cluster_agents/{agent_1}","credential":{"name":"PRIVATE-TOKEN","value":"${CONFORMANCE_TOKEN_MAINTAINER}"},"judged":true,"status":200}"#,
        r#"{"expectation":{"field":{"pointer":"/name","equals":"cfm-{run}-a"}}}"#,
    ];
    let path = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(path.path(), lines.join("\n")).expect("a file");
    Reproduction::read(path.path()).expect("a transcript")
}

#[tokio::test]
async fn whatever_was_sent_the_script_can_be_read_by_the_shell_and_runs() {
    if !has_programs() {
        return;
    }
    let found = of_all_sorts();
    let files = found.files();
    let (_, text) = files.iter().find(|(name, _)| *name == "reproduce.sh").expect("a script");
    let checked = Command::new("bash").args(["-n", "-c", text]).output().expect("bash");
    assert!(checked.status.success(), "{}\n{text}", String::from_utf8_lossy(&checked.stderr));
    let output = script(&found, Fault::None).await;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("step 6: GET"), "{told}{errors}\n{text}");
    assert!(told.contains("holds now") || told.contains("cannot tell"), "{told}{errors}");
}
