//! The command as people and pipelines start it, each time as a process of its own.

use std::collections::BTreeSet;
use std::process::{Command, Output};

use cluster_agents_conformance::target::Actor;
use serde_json::Value;

/// The command with none of the variables of whoever runs the tests.
fn conformance(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask-conformance"));
    for name in ["BASE_URL", "PROJECT", "SECOND_PROJECT", "PUBLIC_PROJECT", "ARCHIVED_PROJECT"] {
        command.env_remove(format!("CONFORMANCE_{name}"));
    }
    for actor in Actor::ALL {
        command.env_remove(actor.variable());
    }
    command.args(arguments);
    command
}

#[expect(clippy::expect_used, reason = "only called by tests, which end where the command fails")]
fn end(mut command: Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (status.code().expect("an exit code"), text(stdout), text(stderr))
}

#[test]
fn without_a_target_the_reference_is_judged_and_found_conformant() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.json");
    let report = format!("json={}", path.display());
    let (code, stdout, stderr) =
        end(conformance(&["--seed", "20", "--cases", "4", "--report", &report]));
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("Verdict conformant"), "{stdout}");
    let last = stdout.lines().last().expect("a last line");
    assert!(last.ends_with("again: cargo xtask conformance --seed 20 --cases 4"), "{last}");
    let json = std::fs::read_to_string(path).expect("a report");
    for secret in ["demo-maintainer-token", "PRIVATE KEY"] {
        assert!(!format!("{json}{stdout}{stderr}").contains(secret), "{secret}");
    }
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let keys: BTreeSet<&str> =
        json.as_object().expect("an object").keys().map(String::as_str).collect();
    let expected = "verdict seed suite_version target counts requests duration_ms requirements leftovers \
         coverage latency";
    assert_eq!(keys, expected.split(' ').collect());
    assert_eq!((&json["verdict"], &json["seed"]), (&"conformant".into(), &20.into()));
    // The reference has all there is, so nothing may be left out.
    for requirement in json["requirements"].as_array().expect("a list") {
        let verdict = requirement["verdict"].as_str().expect("a verdict");
        assert!(matches!(verdict, "pass" | "info"), "{requirement}");
    }
    assert_eq!((&json["counts"]["fail"], &json["counts"]["warn"]), (&0.into(), &0.into()));
}

/// The fingerprint of the requests of one run against a new reference.
#[expect(clippy::expect_used, reason = "only called by a test, which ends where the run fails")]
fn transcript(seed: &str) -> String {
    let (code, stdout, stderr) = end(conformance(&["--seed", seed, "--cases", "2"]));
    assert_eq!(code, 0, "{stdout}{stderr}");
    let line = stdout.lines().find(|line| line.contains("Fingerprint plan"));
    line.and_then(|line| line.split_once("transcript ")).expect("a fingerprint").1.to_owned()
}

#[test]
fn a_seed_sends_the_same_requests_to_every_fresh_target() {
    let first = transcript("20");
    assert_eq!(first, transcript("20"));
    assert_ne!(first, transcript("21"));
}

#[test]
fn some_requirements_can_be_judged_alone() {
    let (code, stdout, stderr) =
        end(conformance(&["--seed", "1", "--only", "token-limit", "url-xor"]));
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("2 pass, 0 fail, 0 warn"), "{stdout}");
    assert!(stdout.contains("--only token-limit url-xor"), "{stdout}");
}

#[test]
fn many_seeds_end_in_a_summary() {
    let (code, stdout, stderr) =
        end(conformance(&["--seeds", "2", "--cases", "1", "--only", "token-limit"]));
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("Seeds 2 of 2, 2 clean"), "{stdout}");
    assert_eq!(stdout.lines().count(), 2, "{stdout}");
}

#[test]
fn many_seeds_are_not_for_the_target_of_somebody() {
    let mut command = conformance(&["--seeds", "2", "--only", "token-limit"]);
    command.env("CONFORMANCE_BASE_URL", "http://127.0.0.1:9/api/v4");
    command.env("CONFORMANCE_PROJECT", "20").env("CONFORMANCE_TOKEN_MAINTAINER", "sentinel");
    let (code, stdout, stderr) = end(command);
    assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
    assert!(stderr.contains("--seeds"), "{stderr}");
}

#[test]
fn an_unknown_requirement_is_answered_with_a_known_one() {
    let (code, _, stderr) = end(conformance(&["--only", "token-limits"]));
    assert_eq!(code, 2);
    insta::assert_snapshot!(stderr);
}

#[test]
fn a_target_without_project_or_token_is_told_what_to_set() {
    let (code, _, stderr) = end(conformance(&["--base-url", "http://127.0.0.1/api/v4"]));
    assert_eq!(code, 2);
    insta::assert_snapshot!(stderr);
}

#[test]
fn a_target_that_is_not_there_is_unreachable() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/api/v4", listener.local_addr().expect("an address"));
    drop(listener);
    let mut command = conformance(&["--base-url", &url, "--project", "20"]);
    command.env("CONFORMANCE_TOKEN_MAINTAINER", "sentinel");
    let (code, stdout, stderr) = end(command);
    assert_eq!(code, 3, "{stderr}");
    assert!(stderr.contains("cannot be reached"), "{stderr}");
    assert!(!format!("{stdout}{stderr}").contains("sentinel"));
}

#[test]
fn a_run_writes_all_reports_that_are_asked_for_and_its_json_fits_the_published_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let formats = ["json", "junit", "sarif", "markdown", "badge", "html"];
    let reports: Vec<String> =
        formats.iter().map(|name| format!("{name}={}", path(name).display())).collect();
    let mut arguments = vec!["--seed", "1", "--only", "token-limit", "token-get"];
    arguments.extend(reports.iter().flat_map(|report| ["--report", report]));
    let (code, stdout, stderr) = end(conformance(&arguments));
    assert_eq!(code, 0, "{stdout}{stderr}");
    let read = |name: &str| std::fs::read_to_string(path(name)).expect("a report");
    let (code, schema, _) = end(conformance(&["schema"]));
    assert_eq!(code, 0);
    let schema = serde_json::from_str(&schema).expect("a schema");
    let report: Value = serde_json::from_str(&read("json")).expect("JSON");
    jsonschema::validate(&schema, &report).expect("a report that fits the schema");
    assert_eq!(read("junit").matches("<testcase ").count(), 2);
    assert!(read("markdown").contains("conformant"));
    for name in ["sarif", "badge"] {
        assert!(serde_json::from_str::<Value>(&read(name)).is_ok(), "{name}");
    }
}

#[test]
fn two_reports_are_compared_and_a_file_that_is_none_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = |name: &str, verdict: &str| {
        let text = format!(
            r#"{{"verdict":"x","requirements":[{{"id":"a","level":"must","verdict":"{verdict}"}}]}}"#
        );
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let (good, bad) = (report("good", "pass"), report("bad", "fail"));
    let (code, stdout, _) = end(conformance(&["diff", &good, &bad]));
    assert_eq!(code, 1);
    assert!(stdout.starts_with("worse  a (must) pass → fail\n"), "{stdout}");
    assert_eq!(end(conformance(&["diff", &bad, &good])).0, 0);
    assert_eq!(end(conformance(&["diff", &good, &good])).0, 0);
    let (code, stdout, stderr) = end(conformance(&["diff", &good, "/no/such/file"]));
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("/no/such/file is no JSON report of a run"), "{stderr}");
}

#[test]
fn a_transcript_is_played_on_the_reference_and_says_that_it_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("transcript.jsonl");
    let lines = [
        r#"{"transcript":1,"requirement":"agent-register","level":"must","statement":"It.","check":"x","expected":"a success","got":"status 500","seed":1,"cases":1,"run":"abc","suite_version":"0"}"#,
        r#"{"operation":"registerAgent","method":"POST","path":"/projects/{project}/cluster_agents","credential":{"name":"PRIVATE-TOKEN","value":"${CONFORMANCE_TOKEN_MAINTAINER}"},"body":{"json":{"name":"cfm-{run}-a"}},"saves":{"agent_1":"/id"},"judged":true,"status":500}"#,
        r#"{"expectation":{"status":[201]}}"#,
    ];
    std::fs::write(&path, lines.join("\n")).expect("a file");
    let text = path.display().to_string();
    let (code, stdout, stderr) = end(conformance(&["replay", &text]));
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("201 (was 500)") && stdout.contains("Now holds"), "{stdout}");
    std::fs::write(&path, lines[..2].join("\n")).expect("a file");
    let (code, _, stderr) = end(conformance(&["replay", &text]));
    assert_eq!(code, 2);
    assert!(stderr.contains("its last line has no expectation"), "{stderr}");
}

#[test]
fn the_files_for_ci_use_flags_and_formats_that_there_are() {
    let (_, help, _) = end(conformance(&["--help"]));
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/ci"));
    for name in ["gitlab-ci.yml", "github-actions.yml"] {
        let text = std::fs::read_to_string(folder.join(name)).expect(name);
        let lines = text.lines().skip_while(|line| !line.contains("cargo xtask conformance"));
        let command = lines.take_while(|line| line.contains("--")).collect::<Vec<_>>().join(" ");
        let words: Vec<&str> = command.split_whitespace().collect();
        for flag in words.iter().filter(|word| word.starts_with("--")) {
            assert!(help.contains(flag), "{name}: {flag}");
        }
        let formats: Vec<&str> = words
            .windows(2)
            .filter(|pair| pair[0] == "--report")
            .filter_map(|pair| pair[1].split('=').next())
            .collect();
        assert!(formats.len() > 3, "{name}: {command}");
        for format in formats {
            let known = cluster_agents_conformance::report::Format::from_name(format);
            assert!(known.is_some(), "{name}: {format}");
        }
    }
}

#[test]
fn a_wrong_flag_is_a_usage_error() {
    assert_eq!(end(conformance(&["--sed", "1"])).0, 2);
    assert_eq!(end(conformance(&["--report", "pdf=a"])).0, 2);
    let nowhere = "json=/no/such/folder/report.json";
    let (code, stdout, stderr) = end(conformance(&["--report", nowhere]));
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("/no/such/folder/report.json could not be written"), "{stderr}");
}

#[test]
fn the_list_and_an_explanation_need_no_target() {
    let (code, stdout, _) = end(conformance(&["--list"]));
    assert_eq!(code, 0);
    assert!(stdout.lines().any(|line| line.starts_with("token-limit ") && line.contains("must")));
    let (code, stdout, _) = end(conformance(&["explain", "token-limit"]));
    assert_eq!(code, 0);
    assert!(stdout.starts_with("token-limit (must, core)"), "{stdout}");
}
