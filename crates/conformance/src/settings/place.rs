//! Where the target is, and who calls it.

use crate::error::Error;
use crate::settings::{Env, Given};
use crate::target::{Actor, Project, Secret, Target};

/// One place where a project can be named.
pub(super) struct Place {
    flag: &'static str,
    pub(super) variable: &'static str,
}

pub(super) const BASE_URL: Place = Place { flag: "--base-url", variable: "CONFORMANCE_BASE_URL" };
pub(super) const PROJECT: Place = Place { flag: "--project", variable: "CONFORMANCE_PROJECT" };
pub(super) const SECOND: Place =
    Place { flag: "--second-project", variable: "CONFORMANCE_SECOND_PROJECT" };
pub(super) const PUBLIC: Place =
    Place { flag: "--public-project", variable: "CONFORMANCE_PUBLIC_PROJECT" };
pub(super) const ARCHIVED: Place =
    Place { flag: "--archived-project", variable: "CONFORMANCE_ARCHIVED_PROJECT" };

impl Place {
    fn name(&self) -> String {
        format!("{} ({})", self.flag, self.variable)
    }

    fn project(&self, given: Option<&String>, env: Env<'_>) -> Result<Option<Project>, Error> {
        let text = given.cloned().or_else(|| env(self.variable));
        text.map(|text| Project::parse(&text, &self.name())).transpose()
    }
}

pub(super) fn target(given: &Given, env: Env<'_>) -> Result<Option<Target>, Error> {
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

/// What begins the names of the variables of the other target.
const OTHER: &str = "CONFORMANCE_AGAINST_";

/// The target that another is compared with: its URL from the flag, the rest from variables.
pub(super) fn other(given: &Given, env: Env<'_>) -> Result<Option<Target>, Error> {
    let Some(base_url) = &given.against else { return Ok(None) };
    let given = Given { base_url: Some(base_url.clone()), ..Given::default() };
    let of_other = |name: &str| name.replace("CONFORMANCE_", OTHER);
    target(&given, &|name| env(&of_other(name))).map_err(|error| match error {
        Error::Missing { names } => {
            // The flags are those of the first target.
            let variable = |name: &String| {
                let name = name.rsplit('(').next().unwrap_or_default();
                of_other(name.trim_end_matches(')'))
            };
            Error::Missing { names: names.iter().map(variable).collect() }
        }
        Error::Setting { setting, problem } if setting.starts_with("--base-url") => {
            Error::Setting { setting: String::from("--against"), problem }
        }
        Error::Setting { setting, problem } => {
            Error::Setting { setting: of_other(&setting), problem }
        }
        other => other,
    })
}

fn add_token(target: Target, actor: Actor, env: Env<'_>) -> Result<Target, Error> {
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
