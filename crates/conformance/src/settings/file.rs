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
mod tests;
