//! From flags, environment and file to what a run needs: the last place that asks where a value
//! comes from.

mod file;
mod given;
mod place;
mod treatment;

use std::path::PathBuf;

use crate::error::Error;
use crate::expect::Expectations;
use crate::generated::RequirementId;
use crate::ledger;
use crate::report::Format;
use crate::target::Target;

pub use file::{DEFAULT_FILE, SettingsFile, TEMPLATE};
pub use given::Given;

/// How many inputs a property tries unless told otherwise.
pub const DEFAULT_CASES: u32 = 16;
/// How often a check that saw something broken is run again unless told otherwise.
pub const DEFAULT_RERUNS: u32 = 3;

/// A lookup of environment variables.
pub type Env<'e> = &'e dyn Fn(&str) -> Option<String>;

/// Everything that a run is made from.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What to test; nothing means the reference that comes with the suite.
    pub target: Option<Target>,
    /// Where all choices of the run come from.
    pub seed: u64,
    /// What tells runs with the same seed apart that happen in the same place.
    pub salt: u32,
    /// How many inputs each property tries.
    pub cases: u32,
    /// The requirements to judge; empty means all.
    pub only: Vec<RequirementId>,
    /// The reports to write beside the one on the terminal.
    pub reports: Vec<(Format, PathBuf)>,
    /// Whether a broken SHOULD makes the target non-conformant.
    pub strict: bool,
    /// Another implementation to compare the target with.
    pub against: Option<Target>,
    /// How often a check that saw something broken is run again.
    pub reruns: u32,
    /// The folder that gets a folder for each broken requirement.
    pub artifacts: Option<PathBuf>,
    /// Whether nothing may be changed, and if so, what is read.
    pub read_only: Option<ReadOnly>,
    /// Whether writes to a host that is not this machine are agreed to.
    pub yes: bool,
    /// What is known to fail.
    pub expected: Expectations,
    /// What the user should know of the settings.
    pub warnings: Vec<String>,
    /// The folder for journals that was asked for.
    pub journal: Option<PathBuf>,
    /// The folder for journals otherwise.
    pub default_journal: PathBuf,
}

/// A run that changes nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ReadOnly {
    /// The agent to read; nothing means whichever are listed first.
    pub agent: Option<u64>,
}

impl Settings {
    /// Puts flags and environment together. A variable that is empty counts as not set.
    ///
    /// # Errors
    ///
    /// What is missing or malformed, by the names of flags and variables.
    pub fn resolve(given: &Given, env: Env<'_>) -> Result<Self, Error> {
        Self::resolve_with(given, env, &SettingsFile::default())
    }

    /// The same with a file, which gives way to flags and environment.
    ///
    /// # Errors
    ///
    /// What is missing or malformed, by the names of flags and variables.
    pub fn resolve_with(given: &Given, env: Env<'_>, file: &SettingsFile) -> Result<Self, Error> {
        let set = |name: &str| env(name).filter(|value| !value.is_empty());
        let tokens = file.tokens(&set)?;
        let either = |name: &str| {
            set(name).or_else(|| file.variable(name)).or_else(|| tokens.get(name).cloned())
        };
        let given = given.clone().or(file.given());
        let target = place::target(&given, &either)?;
        let target = target.map(|target| treatment::apply(target, &given, file)).transpose()?;
        let against = place::other(&given, &set)?;
        let against = against.map(|target| treatment::apply(target, &given, file)).transpose()?;
        let expected = given.expect.as_ref().map(|path| Expectations::read(path)).transpose()?;
        Ok(Self {
            target,
            seed: given.seed.unwrap_or_else(|| u64::from(rand::random::<u32>())),
            salt: rand::random(),
            cases: given.cases.unwrap_or(DEFAULT_CASES),
            only: given.only.iter().map(|id| ledger::parse_id(id)).collect::<Result<_, _>>()?,
            reports: given.reports.iter().map(|text| report(text)).collect::<Result<_, _>>()?,
            strict: given.strict,
            against,
            reruns: given.reruns.unwrap_or(DEFAULT_RERUNS),
            artifacts: given.artifacts.clone(),
            read_only: read_only(&given)?,
            yes: given.yes,
            expected: expected.unwrap_or_default(),
            warnings: file.warnings(),
            journal: given.journal.or_else(|| set("CONFORMANCE_JOURNAL").map(PathBuf::from)),
            default_journal: state_folder(&set),
        })
    }

    /// Where a run against this target keeps its journal. On this machine it takes being asked for:
    /// writing through to the disk would be most of the time of a run.
    pub fn journal(&self, target: &Target) -> Option<PathBuf> {
        let default = (!target.is_loopback()).then(|| self.default_journal.clone());
        self.journal.clone().or(default).filter(|_| self.read_only.is_none())
    }

    /// Where the journals of earlier runs are.
    pub fn journals(&self) -> PathBuf {
        self.journal.clone().unwrap_or_else(|| self.default_journal.clone())
    }
}

fn read_only(given: &Given) -> Result<Option<ReadOnly>, Error> {
    if given.agent_id.is_some() && !given.read_only {
        return Err(Error::Setting {
            setting: String::from("--agent-id"),
            problem: String::from("it is for runs with --read-only; others make their own agents"),
        });
    }
    Ok(given.read_only.then_some(ReadOnly { agent: given.agent_id }))
}

/// Where programs of the user keep what they must remember.
fn state_folder(env: Env<'_>) -> PathBuf {
    let state = env("XDG_STATE_HOME").or_else(|| env("LOCALAPPDATA")).map(PathBuf::from);
    let home = || Some(PathBuf::from(env("HOME")?).join(".local").join("state"));
    let folder = state.or_else(home).unwrap_or_else(std::env::temp_dir);
    folder.join("cluster-agents-conformance")
}

fn report(text: &str) -> Result<(Format, PathBuf), Error> {
    let refuse = || Error::Setting {
        setting: String::from("--report"),
        problem: format!("`{text}` is not FORMAT=PATH with one of the formats {}", Format::NAMES),
    };
    let (format, path) =
        text.split_once('=').filter(|(_, path)| !path.is_empty()).ok_or_else(refuse)?;
    Ok((Format::from_name(format).ok_or_else(refuse)?, PathBuf::from(path)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::{Actor, Secret};

    fn resolve(given: &Given, env: &[(&str, &str)]) -> Result<Settings, Error> {
        let find = |name: &str| {
            env.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        Settings::resolve(given, &find)
    }

    fn given(base_url: Option<&str>, project: Option<&str>) -> Given {
        Given {
            base_url: base_url.map(str::to_owned),
            project: project.map(str::to_owned),
            ..Given::default()
        }
    }

    const TOKEN: (&str, &str) = ("CONFORMANCE_TOKEN_MAINTAINER", "sentinel");

    #[test]
    fn without_a_base_url_the_reference_is_the_target() {
        let settings = resolve(&Given::default(), &[TOKEN]).expect("nothing is needed");
        assert!(settings.target.is_none());
        assert_eq!(settings.cases, DEFAULT_CASES);
    }

    #[test]
    fn a_flag_wins_over_its_variable() {
        let env = [
            ("CONFORMANCE_BASE_URL", "http://environment/api/v4"),
            ("CONFORMANCE_PROJECT", "1"),
            TOKEN,
        ];
        let cases = [
            (given(None, None), "http://environment/api/v4", "1"),
            (given(Some("http://flag/"), None), "http://flag/", "1"),
            (given(None, Some("a/b")), "http://environment/api/v4", "a/b"),
            (given(Some("http://flag/"), Some("2")), "http://flag/", "2"),
        ];
        for (given, url, project) in cases {
            let target = resolve(&given, &env).expect("complete").target.expect("a target");
            assert_eq!(target.base_url.as_str(), url);
            assert_eq!(target.project.to_string(), project);
        }
    }

    #[test]
    fn all_that_is_missing_is_named_at_once() {
        let error = resolve(&given(Some("http://h/"), None), &[]).expect_err("incomplete");
        insta::assert_snapshot!(error, @"the target needs --project (CONFORMANCE_PROJECT) and CONFORMANCE_TOKEN_MAINTAINER");
    }

    #[test]
    fn an_empty_variable_counts_as_not_set() {
        let env = [("CONFORMANCE_TOKEN_MAINTAINER", "")];
        let error = resolve(&given(Some("http://h/"), Some("1")), &env).expect_err("no token");
        insta::assert_snapshot!(error, @"the target needs CONFORMANCE_TOKEN_MAINTAINER");
    }

    #[test]
    fn a_project_without_a_base_url_is_a_mistake() {
        let error = resolve(&given(None, Some("1")), &[TOKEN]).expect_err("no base URL");
        insta::assert_snapshot!(error, @"the target needs --base-url (CONFORMANCE_BASE_URL)");
    }

    #[test]
    fn a_malformed_token_is_refused_without_being_shown() {
        let env = [TOKEN, ("CONFORMANCE_TOKEN_GUEST", "sentinel with spaces")];
        let error = resolve(&given(Some("http://h/"), Some("1")), &env).expect_err("spaces");
        assert!(!error.to_string().contains("sentinel"));
        insta::assert_snapshot!(error, @"CONFORMANCE_TOKEN_GUEST: the value has characters that no token has (a space or a line end?)");
    }

    #[test]
    fn each_actor_is_read_from_its_own_variable() {
        for actor in Actor::ALL {
            let env = [TOKEN, (actor.variable(), "other")];
            let env = if actor == Actor::Maintainer { &env[1..] } else { &env[..] };
            let settings = resolve(&given(Some("http://h/"), Some("1")), env).expect("complete");
            let target = settings.target.expect("a target");
            assert_eq!(target.token(actor).map(Secret::expose), Some("other"), "{actor}");
        }
    }

    #[test]
    fn a_report_names_a_known_format_and_a_file() {
        for text in ["json", "json=", "=a", "pdf=a"] {
            let given = Given { reports: vec![text.to_owned()], ..Given::default() };
            assert!(resolve(&given, &[]).is_err(), "{text}");
        }
        let given = Given { reports: vec![String::from("json=a=b")], ..Given::default() };
        let settings = resolve(&given, &[]).expect("a report");
        assert_eq!(settings.reports, [(Format::Json, PathBuf::from("a=b"))]);
    }
}
