use super::*;
use crate::settings::Settings;

fn file(text: &str) -> SettingsFile {
    let content = toml_file::parse(text).expect("good settings");
    SettingsFile { path: PathBuf::from("folder/conformance.toml"), content }
}

fn refused(text: &str) -> String {
    let (line, problem) = toml_file::parse::<Content>(text).expect_err("bad settings");
    let path = String::from("conformance.toml");
    Error::File { path, line, problem }.to_string()
}

fn resolve(given: &Given, env: &[(&str, &str)], text: &str) -> Result<Settings, Error> {
    let find = |name: &str| {
        env.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    Settings::resolve_with(given, &find, &file(text))
}

const WHOLE: &str = r#"
base-url = "https://file.example.com/api/v4"
project = 7
max-rps = 3
timeout = "2s"
[tokens]
maintainer = { env = "MY_TOKEN" }
[implementation]
name = "example"
contact = "agents@example.com"
"#;

#[test]
fn a_file_stands_in_for_flags_and_variables() {
    let settings =
        resolve(&Given::default(), &[("MY_TOKEN", "sentinel")], WHOLE).expect("complete");
    let target = settings.target.expect("a target");
    assert_eq!(target.base_url.as_str(), "https://file.example.com/api/v4");
    assert_eq!(target.project.to_string(), "7");
    assert_eq!(target.manners.max_rps, Some(3));
    assert_eq!(target.manners.timeout, std::time::Duration::from_secs(2));
    assert_eq!(target.implementation.contact.as_deref(), Some("agents@example.com"));
    assert_eq!(target.implementation.name.as_deref(), Some("example"));
    let token = target.token(Actor::Maintainer).expect("a token");
    assert_eq!(token.expose(), "sentinel");
}

#[test]
fn flags_win_over_variables_and_these_over_the_file() {
    let env = [("MY_TOKEN", "a"), ("CONFORMANCE_PROJECT", "8")];
    let given = Given { max_rps: Some(9), ..Given::default() };
    let target = resolve(&given, &env, WHOLE).expect("complete").target.expect("a target");
    assert_eq!((target.project.to_string().as_str(), target.manners.max_rps), ("8", Some(9)));
    let given = Given { project: Some(String::from("9")), ..Given::default() };
    let target = resolve(&given, &env, WHOLE).expect("complete").target.expect("a target");
    assert_eq!(target.project.to_string(), "9");
}

#[test]
fn a_token_that_is_not_where_the_file_says_is_named() {
    let error = resolve(&Given::default(), &[], WHOLE).expect_err("no token");
    insta::assert_snapshot!(error, @"folder/conformance.toml: tokens.maintainer: the environment variable MY_TOKEN is not set");
    let text = WHOLE.replace("env = \"MY_TOKEN\"", "file = \"no-such-file\"");
    let error = resolve(&Given::default(), &[], &text).expect_err("no token").to_string();
    assert!(error.contains("tokens.maintainer: ") && error.contains("no-such-file"), "{error}");
}

#[test]
fn a_token_in_clear_is_a_warning_that_does_not_show_it() {
    let text = WHOLE.replace("{ env = \"MY_TOKEN\" }", "\"sentinel\"");
    let settings = resolve(&Given::default(), &[], &text).expect("complete");
    assert!(!format!("{settings:?}").contains("sentinel"));
    insta::assert_snapshot!(settings.warnings.join("\n"), @r#"folder/conformance.toml has a token in clear (tokens.maintainer); write { env = "NAME" } or { file = "PATH" }, and revoke it if the file was ever shared"#);
}

#[test]
fn an_unknown_key_is_answered_with_its_line_and_a_near_name() {
    insta::assert_snapshot!(refused("project = 1\nbase-ulr = \"x\"\n"), @"conformance.toml:2: unknown field `base-ulr`; did you mean `base-url`?");
    insta::assert_snapshot!(refused("[tokens]\nmaintainr = \"sentinel\"\n"), @"conformance.toml:2: unknown field `maintainr`; did you mean `maintainer`?");
    insta::assert_snapshot!(refused("[implementation]\nlogo = \"x\"\n"), @"conformance.toml:2: unknown field `logo`; known here are name, version, url, contact");
}

#[test]
fn a_wrong_value_is_answered_with_its_line_and_no_secret() {
    insta::assert_snapshot!(refused("max-rps = \"fast\"\n"), @r#"conformance.toml:1: invalid type: string "fast", expected u32"#);
    insta::assert_snapshot!(refused("\n[tokens]\nmaintainer = { variable = \"sentinel\" }\n"), @r#"conformance.toml:3: a token is { env = "NAME" } or { file = "PATH" }"#);
    insta::assert_snapshot!(refused("project = group/project\n"), @"conformance.toml:1: string values must be quoted, expected literal string");
}

#[test]
fn a_path_of_windows_is_taken_as_it_is_and_its_backslashes_are_explained() {
    let given = file("journal = 'C:\\runs\\journals'\n").given();
    assert!(given.journal.is_some_and(|path| path.ends_with("C:\\runs\\journals")));
    insta::assert_snapshot!(refused("journal = \"C:\\Users\"\n"), @"conformance.toml:1: too few unicode value digits, expected unicode hexadecimal value; a path with backslashes stands in 'single quotes'");
}

#[test]
fn paths_begin_at_the_folder_of_the_file() {
    let given = file("expect = \"a.toml\"\nreport = [\"json=out/b.json\"]\n").given();
    assert_eq!(given.expect, Some(PathBuf::from("folder/a.toml")));
    assert_eq!(given.reports, [format!("json={}", Path::new("folder/out/b.json").display())]);
}

#[test]
fn every_setting_is_in_the_template() {
    let lines = TEMPLATE.lines().map(|line| match line.strip_prefix('#') {
        Some(setting) if setting.starts_with(|c: char| c.is_ascii_lowercase()) => setting,
        _ => line,
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    toml_file::parse::<Content>(&text).expect("good settings");
    let (_, every) = toml_file::parse::<Content>("x = 1").expect_err("no such setting");
    for key in every.split_once("known here are ").expect("names").1.split(", ") {
        let stands = text.contains(&format!("\n{key} = ")) || text.contains(&format!("[{key}]"));
        assert!(stands, "{key}");
    }
    toml_file::parse::<Content>(TEMPLATE).expect("an empty one");
}
