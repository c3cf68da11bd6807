//! Style: the rules that the generators need, and the usual ones of a document that people read.
//!
//! The first kind comes from `cluster-agents-codegen`, which refuses a document that breaks them. The
//! second kind is here, may be switched off or softened in a configuration, and has exceptions.

mod answers;
pub mod config;
mod naming;
mod prose;
pub mod rules;
mod sizes;

use std::collections::BTreeSet;

use cluster_agents_codegen::Document;
use serde::Serialize;

use crate::catalogue::Level;
use crate::spec::{Node, Spec};
pub use config::{Config, ConfigError};
pub use rules::{RULES, Rule};

/// One breach of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The rule.
    pub rule: String,
    /// How bad it is.
    pub level: Level,
    /// The name of the document.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// Where, as a JSON pointer.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

/// What a rule of this module finds: where and what.
pub(crate) type Found = Vec<(String, String)>;

/// Everything that is wrong with a document, in its order.
pub fn lint(spec: &Spec, text: &str, config: &Config) -> Vec<Problem> {
    let mut problems = needed(spec.file(), text);
    for rule in RULES {
        let Some(level) = config.level(rule) else { continue };
        for (pointer, message) in (rule.check)(&spec.root()) {
            problems.push(problem(spec, rule, level, pointer, message));
        }
    }
    problems.retain(|problem| !is_known(problem.rule.as_str()) || !config.excepts(problem));
    problems.extend(config.unused(spec).into_iter().map(|message| unused(config, message)));
    problems.sort_by(|a, b| (a.line, a.column, &a.rule).cmp(&(b.line, b.column, &b.rule)));
    problems
}

/// All problems that the exceptions of a configuration are about, before they are taken away.
pub(crate) fn all(spec: &Spec, config: &Config) -> Vec<Problem> {
    let enabled = RULES.iter().filter_map(|rule| Some((rule, config.level(rule)?)));
    let found = enabled.flat_map(|(rule, level)| {
        let found = (rule.check)(&spec.root()).into_iter();
        found.map(move |(pointer, message)| problem(spec, rule, level, pointer, message))
    });
    found.collect()
}

fn is_known(id: &str) -> bool {
    RULES.iter().any(|rule| rule.id == id)
}

fn problem(spec: &Spec, rule: &Rule, level: Level, pointer: String, message: String) -> Problem {
    let (line, column) = spec.position(&pointer);
    Problem {
        rule: rule.id.to_owned(),
        level,
        file: spec.file().to_owned(),
        line,
        column,
        pointer,
        message,
        help: rule.mend.to_owned(),
    }
}

fn unused(config: &Config, message: String) -> Problem {
    Problem {
        rule: "unused-exception".to_owned(),
        level: Level::Err,
        file: config.file().to_owned(),
        line: 1,
        column: 1,
        pointer: String::new(),
        message,
        help: "Remove the exception.".to_owned(),
    }
}

/// What the generators would refuse.
fn needed(file: &str, text: &str) -> Vec<Problem> {
    let Err(findings) = Document::parse(file, text) else { return Vec::new() };
    let problems = findings.0.into_iter().map(|finding| Problem {
        rule: finding.rule.to_owned(),
        level: Level::Err,
        file: finding.file,
        line: finding.line,
        column: finding.column,
        pointer: finding.pointer,
        message: finding.message,
        help: finding.help,
    });
    problems.collect()
}

/// All schemas of a document that stand somewhere by themselves, each once.
pub(crate) fn schemas<'s>(root: &Node<'s>) -> Vec<Node<'s>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut waiting: Vec<Node<'s>> = Vec::new();
    if let Some(components) = root.get("components") {
        waiting.extend(components.members_of("schemas").into_iter().map(|(_, node)| node));
    }
    waiting.extend(sizes::of_operations(root));
    while let Some(schema) = waiting.pop() {
        if !seen.insert(schema.pointer().to_owned()) {
            continue;
        }
        waiting.extend(schema.members_of("properties").into_iter().map(|(_, node)| node));
        waiting.extend(schema.get("items"));
        waiting.extend(schema.get("additionalProperties"));
        for key in ["allOf", "anyOf", "oneOf"] {
            waiting.extend(schema.list(key));
        }
        found.push(schema);
    }
    found
}
