//! Each element and requirement with its source.

use std::collections::BTreeSet;

use cluster_agents_codegen::ledger::Basis;
use serde::Serialize;

use super::Contract;
use super::elements::{self, Element, Kind};
use super::sources::Sources;
use crate::policy::is_like;

/// One element or requirement and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// `operation`, `parameter`, …, or `requirement`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// The section of the documentation, if it is from there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Why it is there, if the documentation does not have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inferred: Option<String>,
}

/// All origins, and what has none or is stale.
pub(super) fn all(contract: Contract<'_>) -> (Vec<Origin>, Vec<String>) {
    let elements = elements::all(contract.spec);
    let mut used = BTreeSet::new();
    let mut problems = Vec::new();
    let mut origins = Vec::new();
    for element in &elements {
        match of_element(element, contract.sources, &mut used) {
            Some(origin) => origins.push(origin),
            None => problems.push(format!(
                "`{}` has no source: neither section `{}` names it nor is it inferred",
                element.name, element.section
            )),
        }
    }
    origins.extend(requirements(contract, &mut problems));
    problems.extend(stale(contract, &elements, &used));
    (origins, problems)
}

fn kind(element: &Element) -> &'static str {
    match element.kind {
        Kind::Operation => "operation",
        Kind::Parameter => "parameter",
        Kind::Body => "request field",
        Kind::Status => "status",
        Kind::Header => "header",
        Kind::Field => "field",
        Kind::ErrorField => "error field",
    }
}

fn of_element(element: &Element, sources: &Sources, used: &mut BTreeSet<String>) -> Option<Origin> {
    let origin = |section: Option<&str>, inferred: Option<&str>| Origin {
        kind: kind(element),
        name: element.name.clone(),
        section: section.map(str::to_owned),
        inferred: inferred.map(str::to_owned),
    };
    if let Some(section) = in_a_table(element, sources).or_else(|| in_a_sentence(element, sources))
    {
        return Some(origin(Some(section), None));
    }
    for (index, rule) in sources.inferred.iter().enumerate() {
        if let Some(pattern) = rule.elements.iter().find(|like| is_like(like, &element.name)) {
            used.insert(format!("{index} {pattern}"));
            return Some(origin(None, Some(&rule.because)));
        }
    }
    None
}

/// Whether the table of the operation's section has the attribute.
pub(super) fn in_a_table<'s>(element: &Element, sources: &'s Sources) -> Option<&'s str> {
    let section = sources.section(&element.section)?;
    let has = match element.kind {
        Kind::Operation => true,
        Kind::Parameter | Kind::Body => section.request.contains(&element.attribute),
        Kind::Field => section.response.contains(&element.attribute),
        Kind::Status | Kind::Header | Kind::ErrorField => false,
    };
    has.then_some(section.heading.as_str())
}

fn in_a_sentence<'s>(element: &Element, sources: &'s Sources) -> Option<&'s str> {
    let covers = |section: &&super::sources::Section| {
        let mut names = section.sentences.iter().flat_map(|sentence| &sentence.covers);
        names.any(|like| is_like(like, &element.name))
    };
    sources.sections.iter().find(covers).map(|section| section.heading.as_str())
}

/// A requirement names its own source in the ledger.
fn requirements(contract: Contract<'_>, problems: &mut Vec<String>) -> Vec<Origin> {
    let origins = contract.requirements.iter().map(|requirement| {
        let is_section = contract.sources.section(&requirement.section).is_some();
        if requirement.basis == Basis::Documented && !is_section {
            problems.push(format!(
                "`{}` names `{}`, which is no section of the documentation",
                requirement.id, requirement.section
            ));
        }
        let section = is_section.then(|| requirement.section.clone());
        let inferred = (!is_section).then(|| requirement.section.clone());
        Origin { kind: "requirement", name: requirement.id.clone(), section, inferred }
    });
    origins.collect()
}

/// Entries of the file that lead nowhere.
fn stale(contract: Contract<'_>, elements: &[Element], used: &BTreeSet<String>) -> Vec<String> {
    let mut problems = Vec::new();
    for (index, rule) in contract.sources.inferred.iter().enumerate() {
        for pattern in &rule.elements {
            if !used.contains(&format!("{index} {pattern}")) {
                problems.push(format!(
                    "`{pattern}` is said to be inferred, but no element without a section is like it"
                ));
            }
        }
    }
    let known = |like: &str| {
        elements.iter().any(|element| is_like(like, &element.name))
            || contract.requirements.iter().any(|requirement| requirement.id == like)
    };
    for section in &contract.sources.sections {
        for like in section.sentences.iter().flat_map(|sentence| &sentence.covers) {
            if !known(like) {
                problems.push(format!(
                    "`{}` says that `{like}` covers a sentence, but there is no such element or requirement",
                    section.heading
                ));
            }
        }
        problems.extend(rows(section, elements));
    }
    problems
}

/// Rows of tables that no element of the section's operation has.
fn rows(section: &super::sources::Section, elements: &[Element]) -> Vec<String> {
    let has = |name: &String, kinds: &[Kind]| {
        elements.iter().any(|element| {
            element.section == section.heading
                && element.attribute == *name
                && kinds.contains(&element.kind)
        })
    };
    let request = section.request.iter().filter(|row| !has(row, &[Kind::Parameter, Kind::Body]));
    let response = section.response.iter().filter(|row| !has(row, &[Kind::Field]));
    let told = |row: &String| format!("`{}` has `{row}`, the document does not", section.heading);
    request.chain(response).map(told).collect()
}
