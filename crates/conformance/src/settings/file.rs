//! Settings in a file, with the names of the flags.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::Error;
use crate::implementation::Implementation;
use crate::settings::{Env, Given, place};
use crate::target::Actor;
use crate::toml_file;

/// The file that is read if it is there and no other was named.
pub const DEFAULT_FILE: &str = "conformance.toml";

/// A file with all there is, explained and commented out.
pub const TEMPLATE: &str = include_str!("template.toml");

/// A file of settings. Paths in it begin at its folder.
#[derive(Clone, Debug, Default)]
pub struct SettingsFile {
    path: PathBuf,
    content: Content,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct Content {
    base_url: Option<String>,
    project: Option<ProjectValue>,
    second_project: Option<ProjectValue>,
    public_project: Option<ProjectValue>,
    archived_project: Option<ProjectValue>,
    only: Vec<String>,
    seed: Option<u64>,
    cases: Option<u32>,
    strict: bool,
    reruns: Option<u32>,
    artifacts: Option<PathBuf>,
    expect: Option<PathBuf>,
    report: Vec<String>,
    read_only: bool,
    agent_id: Option<u64>,
    yes: bool,
    journal: Option<PathBuf>,
    max_rps: Option<u32>,
    concurrency: Option<u32>,
    max_requests: Option<u64>,
    timeout: Option<String>,
    max_time: Option<String>,
    ca_cert: Option<PathBuf>,
    tokens: Tokens,
    implementation: Implementation,
}

/// A project by number or by path, as one would write it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum ProjectValue {
    Number(u64),
    Path(String),
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Tokens {
    maintainer: Option<TokenSource>,
    owner: Option<TokenSource>,
    admin: Option<TokenSource>,
    developer: Option<TokenSource>,
    reporter: Option<TokenSource>,
    guest: Option<TokenSource>,
    outsider: Option<TokenSource>,
    readonly: Option<TokenSource>,
    expired: Option<TokenSource>,
    revoked: Option<TokenSource>,
}

/// Where a token is. No `Debug` that would print one.
#[derive(Clone, Deserialize)]
#[serde(untagged, expecting = "a token is { env = \"NAME\" } or { file = \"PATH\" }")]
enum TokenSource {
    Env(FromEnv),
    File(FromFile),
    Inline(String),
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct FromEnv {
    env: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct FromFile {
    file: PathBuf,
}

impl std::fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenSource(..)")
    }
}

impl SettingsFile {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, is not TOML, or says something that nobody understands; with the
    /// line.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let content = toml_file::read(path)?;
        Ok(Self { path: path.to_owned(), content })
    }

    /// What the variable of a setting would say.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        let content = &self.content;
        let project = |value: &Option<ProjectValue>| match value.as_ref()? {
            ProjectValue::Number(number) => Some(number.to_string()),
            ProjectValue::Path(path) => Some(path.clone()),
        };
        match name {
            _ if name == place::BASE_URL.variable => content.base_url.clone(),
            _ if name == place::PROJECT.variable => project(&content.project),
            _ if name == place::SECOND.variable => project(&content.second_project),
            _ if name == place::PUBLIC.variable => project(&content.public_project),
            _ if name == place::ARCHIVED.variable => project(&content.archived_project),
            _ => None,
        }
    }

    /// The tokens, by the names of their variables.
    pub(super) fn tokens(&self, env: Env<'_>) -> Result<BTreeMap<&'static str, String>, Error> {
        let given = Actor::ALL.into_iter().filter_map(|actor| {
            // A variable of the actor itself wins, so this place is not even looked at.
            env(actor.variable()).is_none().then_some(())?;
            Some((actor, self.content.tokens.of(actor)?))
        });
        given
            .map(|(actor, source)| Ok((actor.variable(), self.token(actor, source, env)?)))
            .collect()
    }

    /// What stands in the file instead of flags.
    pub(super) fn given(&self) -> Given {
        let content = &self.content;
        let here = |path: &Option<PathBuf>| path.as_ref().map(|path| self.beside(path));
        let reports = content.report.iter().map(|report| match report.split_once('=') {
            Some((format, path)) => {
                format!("{format}={}", self.beside(Path::new(path)).display())
            }
            None => report.clone(),
        });
        Given {
            seed: content.seed,
            cases: content.cases,
            only: content.only.clone(),
            reports: reports.collect(),
            strict: content.strict,
            reruns: content.reruns,
            artifacts: here(&content.artifacts),
            expect: here(&content.expect),
            read_only: content.read_only,
            agent_id: content.agent_id,
            yes: content.yes,
            journal: here(&content.journal),
            max_rps: content.max_rps,
            concurrency: content.concurrency,
            max_requests: content.max_requests,
            timeout: content.timeout.clone(),
            max_time: content.max_time.clone(),
            ca_cert: here(&content.ca_cert),
            ..Given::default()
        }
    }

    pub(super) fn implementation(&self) -> Implementation {
        self.content.implementation.clone()
    }

    /// Tokens in clear belong into no file.
    pub(super) fn warnings(&self) -> Vec<String> {
        let inline = Actor::ALL
            .into_iter()
            .filter(|actor| matches!(self.content.tokens.of(*actor), Some(TokenSource::Inline(_))));
        let warn = |actor: Actor| {
            format!(
                "{} has a token in clear (tokens.{}); write {{ env = \"NAME\" }} or {{ file = \"PATH\" }}, and revoke it if the file was ever shared",
                self.path.display(),
                key(actor)
            )
        };
        inline.map(warn).collect()
    }

    fn token(&self, actor: Actor, source: &TokenSource, env: Env<'_>) -> Result<String, Error> {
        let refuse = |problem: String| Error::File {
            path: self.path.display().to_string(),
            line: None,
            problem: format!("tokens.{}: {problem}", key(actor)),
        };
        match source {
            TokenSource::Inline(token) => Ok(token.clone()),
            TokenSource::Env(FromEnv { env: name }) => env(name)
                .ok_or_else(|| refuse(format!("the environment variable {name} is not set"))),
            TokenSource::File(FromFile { file }) => {
                let path = self.beside(file);
                let text = std::fs::read_to_string(&path).map_err(|error| {
                    refuse(format!("{} cannot be read: {error}", path.display()))
                })?;
                Ok(text.trim_end().to_owned())
            }
        }
    }

    /// A path of the file as seen from where the command was started.
    fn beside(&self, path: &Path) -> PathBuf {
        self.path.parent().unwrap_or(Path::new("")).join(path)
    }
}

impl Tokens {
    fn of(&self, actor: Actor) -> Option<&TokenSource> {
        match actor {
            Actor::Maintainer => &self.maintainer,
            Actor::Owner => &self.owner,
            Actor::Admin => &self.admin,
            Actor::Developer => &self.developer,
            Actor::Reporter => &self.reporter,
            Actor::Guest => &self.guest,
            Actor::Outsider => &self.outsider,
            Actor::ReadOnly => &self.readonly,
            Actor::Expired => &self.expired,
            Actor::Revoked => &self.revoked,
        }
        .as_ref()
    }
}

/// The name of an actor in the file: the end of its variable.
fn key(actor: Actor) -> String {
    actor.variable().trim_start_matches("CONFORMANCE_TOKEN_").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
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
            let stands =
                text.contains(&format!("\n{key} = ")) || text.contains(&format!("[{key}]"));
            assert!(stands, "{key}");
        }
        toml_file::parse::<Content>(TEMPLATE).expect("an empty one");
    }
}
