//! What protects a shared instance, each command as a process of its own.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use cluster_agents_conformance::target::Actor;
use cluster_agents_reference::{Running, Settings, demo, start};
use serde_json::Value;

/// A reference that stays, as somebody's GitLab does.
struct Instance {
    running: Running,
}

impl Instance {
    async fn start() -> Self {
        let settings = Settings { fixture: demo::fixture().unwrap(), ..Settings::default() };
        Self { running: start(settings).await.unwrap() }
    }

    fn token() -> &'static str {
        demo::ACTORS.iter().find(|(name, _)| *name == "maintainer").unwrap().1
    }

    /// The command against it.
    fn conformance(&self, arguments: &[&str]) -> Command {
        let mut command = conformance(arguments);
        command
            .env("CONFORMANCE_BASE_URL", self.running.base_url())
            .env("CONFORMANCE_PROJECT", "20")
            .env("CONFORMANCE_TOKEN_MAINTAINER", Self::token());
        command
    }

    /// The names of all agents that runs have made.
    async fn agents(&self) -> Vec<String> {
        let list = self.everything().await;
        let names = list.as_array().unwrap().iter().map(|agent| agent["name"].as_str().unwrap());
        names.filter(|name| name.starts_with("cfm-")).map(str::to_owned).collect()
    }

    /// All agents as they are listed.
    async fn everything(&self) -> Value {
        self.get(&format!("{}?per_page=100", self.list())).await
    }

    async fn get(&self, url: &str) -> Value {
        let request = client().get(url).header("private-token", Self::token());
        request.send().await.unwrap().json().await.unwrap()
    }

    /// An agent that no run has made.
    async fn register(&self, name: &str) {
        self.create(&self.list(), name).await;
    }

    async fn create(&self, url: &str, name: &str) -> Value {
        let request = client().post(url).json(&serde_json::json!({ "name": name }));
        let answer = request.header("private-token", Self::token()).send().await.unwrap();
        assert_eq!(answer.status(), 201);
        answer.json().await.unwrap()
    }

    fn list(&self) -> String {
        format!("{}/projects/20/cluster_agents", self.running.base_url())
    }

    async fn stop(self) {
        self.running.shutdown().await;
    }
}

fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

/// The command with none of the variables of whoever runs the tests.
fn conformance(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask-conformance"));
    for name in
        ["BASE_URL", "PROJECT", "SECOND_PROJECT", "PUBLIC_PROJECT", "ARCHIVED_PROJECT", "JOURNAL"]
    {
        command.env_remove(format!("CONFORMANCE_{name}"));
    }
    for actor in Actor::ALL {
        command.env_remove(actor.variable());
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

fn end(mut command: Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

/// Waits until something holds, and says so if it never does.
async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let started = Instant::now();
    while !holds().await {
        assert!(started.elapsed() < Duration::from_secs(60), "{what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn journals(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap()).collect()
}

/// A run that has made some agents, and is still at it.
async fn half_a_run(instance: &Instance, folder: &Path) -> Child {
    let journal = folder.to_str().unwrap();
    let mut command =
        instance.conformance(&["--seed", "1", "--max-rps", "50", "--journal", journal]);
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let created = || journals(folder).iter().any(|text| text.matches("\"created\"").count() >= 8);
    until("eight agents are made", async || created()).await;
    child
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_run_has_left_is_swept_by_its_journal() {
    let (instance, folder) = (Instance::start().await, tempfile::tempdir().unwrap());
    let path = folder.path().to_str().unwrap();
    let mut child = half_a_run(&instance, folder.path()).await;
    let (code, stdout, stderr) = end(instance.conformance(&["sweep", "--journal", path]));
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("its run is still under way"), "{stdout}");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!instance.agents().await.is_empty());
    let (code, stdout, stderr) = end(instance.conformance(&["sweep", "--journal", path]));
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("in the journal of run 1"), "{stdout}");
    assert!(instance.agents().await.is_empty() && journals(folder.path()).is_empty(), "{stdout}");
    instance.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_journal_the_name_and_the_age_tell_what_to_sweep() {
    let (instance, folder) = (Instance::start().await, tempfile::tempdir().unwrap());
    let mut child = half_a_run(&instance, folder.path()).await;
    child.kill().unwrap();
    child.wait().unwrap();
    let empty = tempfile::tempdir().unwrap();
    let sweep = |age: &str| {
        let path = empty.path().to_str().unwrap();
        end(instance.conformance(&["sweep", "--journal", path, "--older-than", age]))
    };
    let (code, stdout, stderr) = sweep("1h");
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("nothing of earlier runs"), "{stdout}");
    assert!(!instance.agents().await.is_empty());
    assert_eq!(sweep("1ms").0, 0);
    assert!(instance.agents().await.is_empty());
    instance.stop().await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_told_to_end_cleans_up_and_forgets_its_journal() {
    let (instance, folder) = (Instance::start().await, tempfile::tempdir().unwrap());
    for signal in ["-INT", "-TERM"] {
        let child = half_a_run(&instance, folder.path()).await;
        let id = child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{stderr}");
        assert!(stderr.contains("removing what was created"), "{stderr}");
        assert!(instance.agents().await.is_empty() && journals(folder.path()).is_empty());
    }
    instance.stop().await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_ends_the_cleanup_and_tells_what_is_left_and_how_to_sweep_it() {
    let (instance, folder) = (Instance::start().await, tempfile::tempdir().unwrap());
    let journal = folder.path().to_str().unwrap();
    let mut command =
        instance.conformance(&["--seed", "1", "--max-rps", "20", "--journal", journal]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let created = || journals(folder.path()).iter().any(|text| text.matches("created").count() > 8);
    until("some agents are made", async || created()).await;
    let id = child.id().to_string();
    let signal = || Command::new("kill").args(["-INT", &id]).status().unwrap();
    let mut stderr = std::io::BufReader::new(child.stderr.take().unwrap());
    signal();
    let mut told = String::new();
    while !told.contains("a second signal") {
        use std::io::BufRead;
        assert!(stderr.read_line(&mut told).unwrap() > 0, "{told}");
    }
    signal();
    std::io::Read::read_to_string(&mut stderr, &mut told).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(5), "{told}");
    assert!(told.contains("left behind cfm-1-") && told.contains("conformance sweep"), "{told}");
    let line = told.lines().find(|line| line.contains("Remove it")).unwrap();
    let arguments: Vec<&str> = line.split_once("conformance ").unwrap().1.split(' ').collect();
    let (code, stdout, stderr) = end(instance.conformance(&arguments));
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(instance.agents().await.is_empty());
    instance.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_may_send_few_requests_is_inconclusive_and_cleans_up() {
    let instance = Instance::start().await;
    let (code, stdout, stderr) =
        end(instance.conformance(&["--seed", "1", "--max-requests", "100"]));
    assert_eq!(code, 3, "{stdout}{stderr}");
    assert!(stdout.contains("the limit of 100 requests is reached (--max-requests)"), "{stdout}");
    assert!(instance.agents().await.is_empty(), "{stdout}");
    let (code, _, stderr) = end(instance.conformance(&["--seed", "1", "--max-requests", "1"]));
    assert_eq!(code, 3);
    insta::assert_snapshot!(stderr.lines().last().unwrap(), @"error: the limit of 1 requests is reached (--max-requests), before the first check");
    instance.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_that_is_expected_does_not_count_and_must_be_up_to_date() {
    let (instance, folder) = (Instance::start().await, tempfile::tempdir().unwrap());
    let path = folder.path().join("expected.toml");
    let entry =
        "[[expected]]\nid = \"token-limit\"\nreason = \"old\"\nlink = \"https://e.com/1\"\n";
    std::fs::write(&path, entry).unwrap();
    let only = ["--seed", "1", "--only", "token-limit", "--expect", path.to_str().unwrap()];
    let (code, stdout, stderr) = end(instance.conformance(&only));
    assert_eq!(code, 4, "{stdout}{stderr}");
    assert!(stdout.contains("token-limit: holds now; remove the entry"), "{stdout}");
    std::fs::write(&path, "[[expected]]\nid = \"token-limit\"\nresaon = \"old\"\n").unwrap();
    let (code, _, stderr) = end(instance.conformance(&only));
    assert_eq!(code, 2, "{stderr}");
    assert!(
        stderr.contains("expected.toml:3: unknown field `resaon`; did you mean `reason`?"),
        "{stderr}"
    );
    instance.stop().await;
}

/// A host that is not this machine, and is not reached either.
const ELSEWHERE: [(&str, &str); 3] = [
    ("CONFORMANCE_BASE_URL", "http://gitlab.invalid/api/v4"),
    ("CONFORMANCE_PROJECT", "group/project"),
    ("CONFORMANCE_TOKEN_MAINTAINER", "sentinel"),
];

#[test]
fn a_write_to_another_host_needs_to_be_agreed_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = conformance(&["--seed", "1"]);
    command.envs(ELSEWHERE).env("CONFORMANCE_JOURNAL", folder.path());
    let (code, stdout, stderr) = end(command);
    assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
    assert!(stderr.contains("agree to it with --yes"), "{stderr}");
    assert!(journals(folder.path()).is_empty());
}

#[test]
fn another_host_is_reached_through_the_proxy_of_the_environment() {
    let proxy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let mut command = conformance(&["--seed", "1", "--yes", "--timeout", "10s"]);
    command.envs(ELSEWHERE).env("CONFORMANCE_JOURNAL", folder.path());
    command.env("HTTP_PROXY", &address).env("http_proxy", &address).env_remove("NO_PROXY");
    let head = std::thread::spawn(move || {
        use std::io::{BufRead, BufReader, Write};
        let (mut stream, _) = proxy.accept().unwrap();
        let head = BufReader::new(&stream).lines().next().unwrap().unwrap();
        stream
            .write_all(b"HTTP/1.1 401 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            .unwrap();
        head
    });
    let (code, _, stderr) = end(command);
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.contains("CONFORMANCE_TOKEN_MAINTAINER"), "{stderr}");
    let head = head.join().unwrap();
    assert!(
        head.starts_with("GET http://gitlab.invalid/api/v4/projects/group%2Fproject/"),
        "{head}"
    );
}

#[test]
fn a_file_of_settings_is_written_once_and_read_where_it_lies() {
    let folder = tempfile::tempdir().unwrap();
    let at_home = |arguments: &[&str]| {
        let mut command = conformance(arguments);
        command.current_dir(folder.path());
        end(command)
    };
    let (code, stdout, _) = at_home(&["init"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(stdout, @r"
        Wrote conformance.toml
         Next fill it in, then: cargo xtask conformance doctor
        ");
    let (code, _, stderr) = at_home(&["init"]);
    assert_eq!(code, 2);
    insta::assert_snapshot!(stderr, @"error: conformance.toml: it is there already and was left alone");
    std::fs::write(folder.path().join("conformance.toml"), "sead = 1\n").unwrap();
    let (code, _, stderr) = at_home(&["--only", "token-limit"]);
    assert_eq!(code, 2);
    insta::assert_snapshot!(stderr, @"error: conformance.toml:1: unknown field `sead`; did you mean `seed`?");
    let (code, _, stderr) = at_home(&["--config", "other.toml"]);
    assert_eq!(code, 2);
    assert!(stderr.starts_with("error: other.toml: it cannot be read"), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_run_judges_what_is_there_and_changes_nothing() {
    let instance = Instance::start().await;
    instance.register("production").await;
    let before = instance.everything().await;
    let (code, stdout, stderr) = end(instance.conformance(&["--read-only", "--seed", "1"]));
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains(", read only") && stdout.contains(" 0 fail, 0 warn"), "{stdout}");
    assert!(stdout.contains("it takes writes, and the run is read-only"), "{stdout}");
    assert_eq!(instance.everything().await, before);
    let (code, _, stderr) = end(instance.conformance(&["--read-only", "--agent-id", "999999"]));
    assert_eq!(code, 2);
    insta::assert_snapshot!(stderr.lines().last().unwrap(), @"error: --agent-id does not fit the target: project 20 has no agent 999999 (status 404)");
    instance.stop().await;
}

#[test]
fn a_plan_tells_what_would_be_written_and_sends_nothing() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}/api/v4", listener.local_addr().unwrap());
    let mut command = conformance(&["--plan", "--seed", "1"]);
    command.envs(ELSEWHERE).env("CONFORMANCE_BASE_URL", &url);
    let (code, stdout, stderr) = end(command);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    assert!(stdout.contains("on agents called cfm-1-… only"), "{stdout}");
    assert!(stdout.contains("POST   /projects/{id}/cluster_agents\n"), "{stdout}");
    assert!(stdout.contains("CONFORMANCE_TOKEN_OUTSIDER is not set"), "{stdout}");
    assert!(listener.accept().is_err(), "nobody was called");
    let mut command = conformance(&["--plan", "--read-only"]);
    command.envs(ELSEWHERE);
    let (code, stdout, _) = end(command);
    assert_eq!(code, 0);
    assert!(stdout.contains("Writes none"), "{stdout}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_tells_what_each_actor_is_and_what_would_be_left_out() {
    let instance = Instance::start().await;
    instance.register("production").await;
    let token = |name: &str| demo::ACTORS.iter().find(|(known, _)| *known == name).unwrap().1;
    let before = instance.everything().await;
    let mut command = instance.conformance(&["doctor"]);
    command.env("CONFORMANCE_TOKEN_DEVELOPER", token("developer"));
    command.env("CONFORMANCE_TOKEN_OUTSIDER", token("outsider"));
    let (code, stdout, stderr) = end(command);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    assert_eq!(instance.everything().await, before);
    let steady: Vec<&str> =
        stdout.lines().filter(|line| !line.contains(" ms") && !line.contains(" apart")).collect();
    insta::assert_snapshot!(steady.join("\n"));
    let mut command = instance.conformance(&["doctor"]);
    command.env("CONFORMANCE_TOKEN_GUEST", token("developer"));
    command.env("CONFORMANCE_TOKEN_OWNER", "no-such-token");
    let (code, stdout, _) = end(command);
    assert_eq!(code, 2, "{stdout}");
    let bad: Vec<&str> = stdout.lines().filter(|line| line.contains("!!")).collect();
    insta::assert_snapshot!(bad.join("\n"), @r"
        !! owner            has a token that is not accepted (status 401); set CONFORMANCE_TOKEN_OWNER to a token that is valid
        !! guest            may read agents, as Developer and above may (status 200); the guest needs a smaller role in project 20
           mend what is marked with !! first
        ");
    instance.stop().await;
}

#[test]
fn the_doctor_needs_a_target_that_answers() {
    let (code, _, stderr) = end(conformance(&["doctor"]));
    assert_eq!(code, 2);
    insta::assert_snapshot!(stderr, @"error: --base-url (CONFORMANCE_BASE_URL): there is no target to look at; cargo xtask conformance init helps");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api/v4", listener.local_addr().unwrap());
    drop(listener);
    let mut command = conformance(&["doctor", "--timeout", "5s"]);
    command.envs(ELSEWHERE).env("CONFORMANCE_BASE_URL", url);
    let (code, _, stderr) = end(command);
    assert_eq!(code, 3, "{stderr}");
    assert!(stderr.contains("cannot be reached"), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_setting_gets_one_sentence_with_the_mend_before_anything_is_created() {
    let instance = Instance::start().await;
    let root = instance.running.base_url().trim_end_matches("/api/v4");
    let developer = demo::ACTORS.iter().find(|(name, _)| *name == "developer").unwrap().1;
    let wrong = [
        ("CONFORMANCE_BASE_URL", root),
        ("CONFORMANCE_BASE_URL", "gitlab.example.com"),
        ("CONFORMANCE_PROJECT", "no/such"),
        ("CONFORMANCE_PROJECT", "project"),
        ("CONFORMANCE_TOKEN_MAINTAINER", "no-such-token"),
        ("CONFORMANCE_TOKEN_MAINTAINER", developer),
        ("CONFORMANCE_TOKEN_GUEST", "no-such-token"),
        ("CONFORMANCE_SECOND_PROJECT", "999999"),
    ];
    let mut told = Vec::new();
    for (variable, value) in wrong {
        let mut command = instance.conformance(&["--seed", "1"]);
        command.env(variable, value);
        let (code, stdout, stderr) = end(command);
        assert_eq!((code, stdout.as_str()), (2, ""), "{variable} {stderr}");
        told.push(stderr.lines().last().unwrap().to_owned());
        assert!(instance.agents().await.is_empty(), "{variable}");
    }
    for arguments in [["--ca-cert", "no-such-file"], ["--timeout", "10"], ["--max-rps", "0"]] {
        let (code, _, stderr) = end(instance.conformance(&arguments));
        assert_eq!(code, 2, "{stderr}");
        told.push(stderr.trim_end().to_owned());
    }
    insta::assert_snapshot!(told.join("\n"));
    instance.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_run_leaves_what_others_have_made_as_it_was() {
    let instance = Instance::start().await;
    let second = demo::SECOND_PROJECT.replace('/', "%2F");
    let lists = [instance.list(), instance.list().replace("/20/", &format!("/{second}/"))];
    let mut before = Vec::new();
    for list in &lists {
        let agent = instance.create(list, "production").await;
        let agent = format!("{list}/{}", agent["id"]);
        instance.create(&format!("{agent}/tokens"), "in-use").await;
        before.push((agent.clone(), instance.get(&agent).await));
        let tokens = format!("{agent}/tokens");
        before.push((tokens.clone(), instance.get(&tokens).await));
    }
    let mut command = instance.conformance(&["--seed", "3", "--cases", "4"]);
    command.env("CONFORMANCE_SECOND_PROJECT", demo::SECOND_PROJECT);
    for actor in Actor::ALL {
        let token = demo::ACTORS.iter().find(|(name, _)| *name == actor.name());
        command.envs(token.map(|(_, token)| (actor.variable(), *token)));
    }
    let (code, stdout, stderr) = end(command);
    assert_eq!(code, 0, "{stdout}{stderr}");
    for (url, body) in before {
        assert_eq!(instance.get(&url).await, body, "{url}");
    }
    assert!(instance.agents().await.is_empty());
    instance.stop().await;
}

/// A name of this machine that does not say so: to the suite it is somebody else's.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn two_runs_with_one_seed_on_another_host_do_not_disturb_each_other() {
    let (instance, folder) = (Instance::start().await, tempfile::tempdir().unwrap());
    let elsewhere = instance.running.base_url().replace("127.0.0.1", "0.0.0.0");
    let run = || {
        let arguments = ["--seed", "1", "--yes", "--max-rps", "400", "--only", "token-limit"];
        let mut command = instance.conformance(&arguments);
        command.env("CONFORMANCE_BASE_URL", &elsewhere).env("XDG_STATE_HOME", folder.path());
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let (one, two) = (run(), run());
    for child in [one, two] {
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(0), "{text}{output:?}");
    }
    let journals_folder = folder.path().join("cluster-agents-conformance");
    assert!(journals_folder.is_dir() && journals(&journals_folder).is_empty());
    assert!(instance.agents().await.is_empty());
    instance.stop().await;
}
