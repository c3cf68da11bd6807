//! What a project decides about the rules of style, in one file.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Problem, Rule, rules};
use crate::catalogue::Level;
use crate::spec::Spec;

/// Levels by rule, and exceptions with their reasons.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    #[serde(skip)]
    file: String,
    #[serde(default)]
    rules: BTreeMap<String, Setting>,
    #[serde(default)]
    except: Vec<Exception>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Setting {
    Off,
    Warn,
    Error,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    rule: String,
    /// This place and everything below it.
    pointer: String,
    reason: String,
}

/// Why a configuration is no good.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It is not of the right form.
    #[error("{file}: {source}")]
    Form {
        /// The name of the file.
        file: String,
        /// What is wrong.
        source: Box<toml::de::Error>,
    },
    /// It names a rule that does not exist.
    #[error("{file}: there is no rule `{rule}`; `review lint --rules` lists them")]
    Unknown {
        /// The name of the file.
        file: String,
        /// The unknown id.
        rule: String,
    },
    /// An exception has no reason.
    #[error("{file}: the exception of `{rule}` at `{pointer}` has no reason")]
    NoReason {
        /// The name of the file.
        file: String,
        /// The rule.
        rule: String,
        /// The place.
        pointer: String,
    },
}

impl Config {
    /// Reads a configuration; `file` is only a name for the messages.
    ///
    /// # Errors
    ///
    /// It is no TOML of this form, names an unknown rule, or gives no reason for an exception.
    pub fn parse(file: &str, text: &str) -> Result<Self, ConfigError> {
        let form = |source| ConfigError::Form { file: file.to_owned(), source: Box::new(source) };
        let config: Self = toml::from_str(text).map_err(form)?;
        let named = config.rules.keys().chain(config.except.iter().map(|except| &except.rule));
        for rule in named {
            if Rule::named(rule).is_none() {
                return Err(ConfigError::Unknown { file: file.to_owned(), rule: rule.clone() });
            }
        }
        if let Some(Exception { rule, pointer, .. }) =
            config.except.iter().find(|except| except.reason.trim().is_empty())
        {
            let (rule, pointer) = (rule.clone(), pointer.clone());
            return Err(ConfigError::NoReason { file: file.to_owned(), rule, pointer });
        }
        Ok(Self { file: file.to_owned(), ..config })
    }

    /// The name of the file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The level of a rule; none if it is switched off.
    pub fn level(&self, rule: &rules::Rule) -> Option<Level> {
        match self.rules.get(rule.id) {
            None => Some(rule.level),
            Some(Setting::Off) => None,
            Some(Setting::Warn) => Some(Level::Warn),
            Some(Setting::Error) => Some(Level::Err),
        }
    }

    pub(super) fn excepts(&self, problem: &Problem) -> bool {
        self.except.iter().any(|except| except.covers(problem))
    }

    /// The exceptions that nothing needs any more.
    pub(super) fn unused(&self, spec: &Spec) -> Vec<String> {
        if self.except.is_empty() {
            return Vec::new();
        }
        let all = super::all(spec, self);
        let unused = self.except.iter().filter(|except| !all.iter().any(|p| except.covers(p)));
        unused
            .map(|except| format!("nothing breaks `{}` at `{}`", except.rule, except.pointer))
            .collect()
    }
}

impl Exception {
    fn covers(&self, problem: &Problem) -> bool {
        let below = |rest: &str| rest.is_empty() || rest.starts_with('/');
        self.rule == problem.rule && problem.pointer.strip_prefix(&self.pointer).is_some_and(below)
    }
}
