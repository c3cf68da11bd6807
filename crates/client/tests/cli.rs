//! The program `cluster-agents`, as it is called.

#![allow(clippy::unwrap_used)]

use std::process::{Command, Stdio};

use cluster_agents_client::types::{
    Agent, AgentTokenDetail, ConfigProject, Error, NewAgent, NewAgentToken, SecretString,
};
use cluster_agents_mock::{MockGitLab, MockServerExt};

const SECRET: &str = "qeY8UVRisx9y3Loxo1scLxFuRxYcgeX3sxsdrpP_fR3Loq4xyg";

/// The program with a project and the environment of a test alone.
fn program(server: &MockGitLab, arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cluster-agents"));
    program.args(["--allow-http", "--project=group/project"]).args(arguments);
    program.stdin(Stdio::null());
    for name in ["CI_API_V4_URL", "CI_PROJECT_PATH", "HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        program.env_remove(name);
    }
    program.env("GITLAB_HOST", server.url()).env("GITLAB_TOKEN", "glpat-sentinel");
    program
}

/// What the program writes, and with which code it ends.
fn run(server: &MockGitLab, arguments: &[&str]) -> String {
    let output = program(server, arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    assert!(!out.contains("sentinel") && !err.contains("sentinel"), "{out}{err}");
    let err = err.lines().map(|line| format!("! {line}\n")).collect::<String>();
    let code = output.status.code().unwrap();
    let code = if code == 0 { String::new() } else { format!("exit code {code}\n") };
    format!("{out}{err}{code}")
}

fn agent(id: i64, name: &str) -> Agent {
    let then = "2022-03-20T20:42:40.221Z".parse().unwrap();
    let project = ConfigProject::new(20, "group/project", then);
    let new = NewAgent { name: name.parse().unwrap() };
    Agent { created_at: then, ..Agent::new(id.into(), new, project, 42) }
}

fn token(id: i64) -> AgentTokenDetail {
    let new = NewAgentToken::new("production".parse().unwrap());
    let created_at = "2022-03-20T20:42:40.221Z".parse().unwrap();
    let last_used_at = Some(created_at);
    AgentTokenDetail {
        created_at,
        last_used_at,
        ..AgentTokenDetail::new(id.into(), 5.into(), new, 42)
    }
}

/// A GitLab with the agent `edge`, which has the token 1 and gets the token 2.
fn server() -> MockGitLab {
    let server = MockGitLab::start();
    server.list_agents(|when, then| {
        when.id(&"group/project".parse().unwrap());
        let receptive = Agent { is_receptive: Some(true), ..agent(12, "receptive-one") };
        then.ok(&vec![agent(5, "edge"), receptive]);
    });
    server.list_agent_tokens(|_, then| drop(then.ok(&vec![token(1).into()])));
    server.get_agent_token(|_, then| drop(then.ok(&token(1))));
    server.create_agent_token(|_, then| {
        drop(then.created(&token(2).with_secret(SecretString::from(SECRET))));
    });
    server
}

#[test]
fn agents_are_listed_for_people_and_for_programs() {
    let server = server();
    insta::assert_snapshot!(run(&server, &["list"]), @r"
    ID  NAME           REGISTERED                BY  RECEPTIVE
    5   edge           2022-03-20T20:42:40.221Z  42  -
    12  receptive-one  2022-03-20T20:42:40.221Z  42  yes
    ");
    let json: serde_json::Value =
        serde_json::from_str(&run(&server, &["list", "-o", "json"])).unwrap();
    assert_eq!((&json[0]["id"], &json[1]["name"]), (&5.into(), &"receptive-one".into()));
}

#[test]
fn an_agent_is_registered_or_taken() {
    let server = server();
    let taken = Error::message("400 Bad request - [\"Name has already been taken\"]");
    let mock = server.register_agent(|_, then| drop(then.bad_request(&taken)));
    insta::assert_snapshot!(run(&server, &["register", "edge"]), @r#"
    ! error: register_agent: 400 Bad request - ["Name has already been taken"]
    exit code 1
    "#);
    mock.assert();
    insta::assert_snapshot!(run(&server, &["register", "edge", "--if-missing"]), @r"
    ID  NAME  REGISTERED                BY  RECEPTIVE
    5   edge  2022-03-20T20:42:40.221Z  42  -
    ");
}

#[test]
fn tokens_are_listed_with_their_last_use_and_created_with_their_secret() {
    let server = server();
    insta::assert_snapshot!(run(&server, &["token", "list", "edge"]), @r"
    ID  NAME        STATUS  CREATED                   LAST USED
    1   production  active  2022-03-20T20:42:40.221Z  2022-03-20T20:42:40.221Z
    ");
    insta::assert_snapshot!(run(&server, &["token", "create", "5", "--name", "production"]), @r"
    ID  NAME        SECRET
    2   production  qeY8UVRisx9y3Loxo1scLxFuRxYcgeX3sxsdrpP_fR3Loq4xyg
    ");
}

#[cfg(unix)]
#[test]
fn a_command_gets_the_secret_and_its_success_revokes_the_old_token() {
    let server = server();
    let old = server.revoke_agent_token(|when, then| {
        when.agent_id(&5.into()).token_id(&1.into());
        then.no_content();
    });
    let hand_over =
        ["token", "rotate", "edge", "--", "sh", "-c", "printf 'got '; wc -c | tr -d ' '"];
    insta::assert_snapshot!(run(&server, &hand_over), @r"
    got 50
    ! token 2 replaces 1
    ");
    old.assert();
}

#[cfg(unix)]
#[test]
fn a_command_that_fails_leaves_the_old_token() {
    let server = server();
    let new = server.revoke_agent_token(|when, then| {
        when.token_id(&2.into());
        then.no_content();
    });
    insta::assert_snapshot!(run(&server, &["token", "rotate", "edge", "--", "false"]), @r"
    ! error: the new token was not confirmed and is revoked: `false` ended with exit status: 1
    exit code 1
    ");
    new.assert();
}

#[test]
fn without_anybody_to_confirm_nothing_is_changed() {
    let server = server();
    let created = server.create_agent_token(|_, _| ());
    insta::assert_snapshot!(run(&server, &["token", "rotate", "edge"]), @r"
    ! error: nobody can confirm that the secret arrived: give a command behind `--`, or `--yes`
    exit code 1
    ");
    created.assert_calls(0);
    server.revoke_agent_token(|_, then| drop(then.no_content()));
    insta::assert_snapshot!(run(&server, &["token", "rotate", "edge", "--yes"]), @r"
    ID  NAME        SECRET
    2   production  qeY8UVRisx9y3Loxo1scLxFuRxYcgeX3sxsdrpP_fR3Loq4xyg
    ! token 2 replaces 1
    ");
}

#[test]
fn what_is_missing_is_told() {
    let server = server();
    let output = program(&server, &["list"]).env_remove("GITLAB_TOKEN").output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("`GITLAB_TOKEN` is not set"), "{told}");
    let mut nowhere = Command::new(env!("CARGO_BIN_EXE_cluster-agents"));
    let output = nowhere.arg("list").env_remove("CI_PROJECT_PATH").output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("which project?"), "{told}");
    insta::assert_snapshot!(run(&server, &["token", "list", "nobody"]), @r"
    ! error: there is no agent `nobody` in group/project
    exit code 1
    ");
    assert!(
        run(&server, &["list", "--url", "ftp://example.com"]).contains("neither https nor http")
    );
}

#[test]
fn what_is_wrong_is_told_with_what_would_be_right() {
    let server = MockGitLab::start();
    let told = run(&server, &["register", "Production"]);
    assert!(told.contains("'Production'") && told.contains("lower-case letters"), "{told}");
    let told = run(&server, &["list", "--project", "test"]);
    assert!(told.contains("'test'") && told.contains("such as group/project"), "{told}");
}

#[test]
fn the_help_says_what_there_is() {
    let server = server();
    insta::assert_snapshot!("help", run(&server, &["--help"]));
    insta::assert_snapshot!("help-rotate", run(&server, &["token", "rotate", "--help"]));
}
