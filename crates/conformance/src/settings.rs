//! From flags and environment to what a run needs: the last place that asks where a value comes from.

use std::path::PathBuf;

use crate::error::Error;
use crate::generated::RequirementId;
use crate::ledger;
use crate::report::Format;
use crate::target::{Actor, Project, Secret, Target};

/// How many inputs a property tries unless told otherwise.
pub const DEFAULT_CASES: u32 = 16;
/// How often a check that saw something broken is run again unless told otherwise.
pub const DEFAULT_RERUNS: u32 = 3;

/// What was said on the command line, as it was said. Flags win over the environment.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// `--base-url`
    pub base_url: Option<String>,
    /// `--project`
    pub project: Option<String>,
    /// `--second-project`
    pub second_project: Option<String>,
    /// `--public-project`
    pub public_project: Option<String>,
    /// `--archived-project`
    pub archived_project: Option<String>,
    /// `--seed`
    pub seed: Option<u64>,
    /// `--cases`
    pub cases: Option<u32>,
    /// `--only`
    pub only: Vec<String>,
    /// `--report`
    pub reports: Vec<String>,
    /// `--strict`
    pub strict: bool,
    /// `--reruns`
    pub reruns: Option<u32>,
    /// `--artifacts`
    pub artifacts: Option<PathBuf>,
}

/// Everything that a run is made from.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What to test; nothing means the reference that comes with the suite.
    pub target: Option<Target>,
    /// Where all choices of the run come from.
    pub seed: u64,
    /// How many inputs each property tries.
    pub cases: u32,
    /// The requirements to judge; empty means all.
    pub only: Vec<RequirementId>,
    /// The reports to write beside the one on the terminal.
    pub reports: Vec<(Format, PathBuf)>,
    /// Whether a broken SHOULD makes the target non-conformant.
    pub strict: bool,
    /// How often a check that saw something broken is run again.
    pub reruns: u32,
    /// The folder that gets a folder for each broken requirement.
    pub artifacts: Option<PathBuf>,
}

impl Settings {
    /// Puts flags and environment together. A variable that is empty counts as not set.
    ///
    /// # Errors
    ///
    /// What is missing or malformed, by the names of flags and variables.
    pub fn resolve(given: &Given, env: &dyn Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let env = |name: &str| env(name).filter(|value| !value.is_empty());
        let target = target(given, &env)?;
        Ok(Self {
            target,
            seed: given.seed.unwrap_or_else(|| u64::from(rand::random::<u32>())),
            cases: given.cases.unwrap_or(DEFAULT_CASES),
            only: given.only.iter().map(|id| ledger::parse_id(id)).collect::<Result<_, _>>()?,
            reports: given.reports.iter().map(|text| report(text)).collect::<Result<_, _>>()?,
            strict: given.strict,
            reruns: given.reruns.unwrap_or(DEFAULT_RERUNS),
            artifacts: given.artifacts.clone(),
        })
    }
}

/// One place where a project can be named.
struct Place {
    flag: &'static str,
    variable: &'static str,
}

const BASE_URL: Place = Place { flag: "--base-url", variable: "CONFORMANCE_BASE_URL" };
const PROJECT: Place = Place { flag: "--project", variable: "CONFORMANCE_PROJECT" };
const SECOND: Place = Place { flag: "--second-project", variable: "CONFORMANCE_SECOND_PROJECT" };
const PUBLIC: Place = Place { flag: "--public-project", variable: "CONFORMANCE_PUBLIC_PROJECT" };
const ARCHIVED: Place =
    Place { flag: "--archived-project", variable: "CONFORMANCE_ARCHIVED_PROJECT" };

impl Place {
    fn name(&self) -> String {
        format!("{} ({})", self.flag, self.variable)
    }

    fn project(
        &self,
        given: Option<&String>,
        env: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Option<Project>, Error> {
        let text = given.cloned().or_else(|| env(self.variable));
        text.map(|text| Project::parse(&text, &self.name())).transpose()
    }
}

fn target(given: &Given, env: &dyn Fn(&str) -> Option<String>) -> Result<Option<Target>, Error> {
    let base_url = given.base_url.clone().or_else(|| env(BASE_URL.variable));
    let project = PROJECT.project(given.project.as_ref(), env)?;
    let second_project = SECOND.project(given.second_project.as_ref(), env)?;
    let public_project = PUBLIC.project(given.public_project.as_ref(), env)?;
    let archived_project = ARCHIVED.project(given.archived_project.as_ref(), env)?;
    let Some(base_url) = base_url else {
        let named = [&project, &second_project, &public_project, &archived_project];
        return match named.iter().any(|project| project.is_some()) {
            true => Err(Error::Missing { names: vec![BASE_URL.name()] }),
            false => Ok(None),
        };
    };
    let maintainer = env(Actor::Maintainer.variable());
    let mut missing = Vec::new();
    if project.is_none() {
        missing.push(PROJECT.name());
    }
    if maintainer.is_none() {
        missing.push(Actor::Maintainer.variable().to_owned());
    }
    let Some(project) = project.filter(|_| missing.is_empty()) else {
        return Err(Error::Missing { names: missing });
    };
    let mut target = Target::new(&base_url, project)?;
    target.second_project = second_project;
    target.public_project = public_project;
    target.archived_project = archived_project;
    Actor::ALL.into_iter().try_fold(target, |target, actor| add_token(target, actor, env)).map(Some)
}

fn add_token(
    target: Target,
    actor: Actor,
    env: &dyn Fn(&str) -> Option<String>,
) -> Result<Target, Error> {
    let Some(token) = env(actor.variable()) else { return Ok(target) };
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::Setting {
            setting: actor.variable().to_owned(),
            problem: String::from(
                "the value has characters that no token has (a space or a line end?)",
            ),
        });
    }
    Ok(target.with_token(actor, Secret::new(token)))
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
