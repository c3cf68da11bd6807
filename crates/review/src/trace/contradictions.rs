//! Where the tables, the examples and the document are at odds.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::elements::{self, Element, Kind};
use super::page::{Page, Section};
use super::sources::Sources;
use super::{Contract, tables::Row};
use crate::policy::is_like;

/// Two sources that say different things of the same.
#[derive(Debug, Clone, Serialize)]
pub struct Contradiction {
    /// Section, subject and the two sides; decisions are kept under it.
    pub key: String,
    /// What each side says, in types and names.
    pub what: String,
    /// What was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
}

/// All contradictions of the page with itself and with the document.
pub(super) fn all(contract: Contract<'_>, page: &Page) -> Vec<Contradiction> {
    let elements = elements::all(contract.spec);
    let mut found: Vec<Contradiction> = Vec::new();
    for section in &page.sections {
        let mut note = |subject: &str, what: String| {
            let key = format!("{}: {subject}", section.heading);
            if !found.iter().any(|one| one.key == key) {
                let decision = decision(contract.sources, &key).map(str::to_owned);
                found.push(Contradiction { key, what, decision });
            }
        };
        sentences(section, contract.sources, &mut note);
        examples(section, &mut note);
        commands(section, &mut note);
        document(section, &elements, &mut note);
    }
    found
}

fn decision<'s>(sources: &'s Sources, key: &str) -> Option<&'s str> {
    let fits = |decision: &&super::sources::Decision| decision.on.iter().any(|on| is_like(on, key));
    sources.decisions.iter().find(fits).map(|decision| decision.decision.as_str())
}

/// Contradictions that nobody decided, and decisions on what is no contradiction.
pub(super) fn problems(sources: &Sources, found: &[Contradiction]) -> Vec<String> {
    let open = found.iter().filter(|one| one.decision.is_none());
    let open = open.map(|one| format!("nobody decided on `{}`: {}", one.key, one.what));
    let is_found = |on: &&String| found.iter().any(|one| is_like(on, &one.key));
    let stale = sources.decisions.iter().flat_map(|decision| &decision.on);
    let stale = stale.filter(|on| !is_found(on));
    open.chain(stale.map(|key| format!("there is no contradiction `{key}` to decide on"))).collect()
}

/// What a person found that a sentence is at odds with.
fn sentences(section: &Section, sources: &Sources, note: Note<'_>) {
    let known = sources.section(&section.heading).map(|known| &known.sentences);
    for entry in known.into_iter().flatten() {
        let Some(conflict) = &entry.conflict else { continue };
        if section.sentences.iter().any(|sentence| sentence.hash() == entry.hash) {
            note(&format!("sentence {}", entry.hash), conflict.clone());
        }
    }
}

type Note<'n> = &'n mut dyn FnMut(&str, String);

/// The table of what is answered against the example.
fn examples(section: &Section, note: Note<'_>) {
    let answers = section.answers.iter().filter_map(|text| serde_json::from_str(text).ok());
    let answers: Vec<Value> = answers.collect();
    let objects: Vec<&Value> = answers.iter().flat_map(|answer| entries(answer)).collect();
    for row in &section.response {
        let values = objects.iter().map(|object| object.pointer(&pointer(&row.name)));
        let values: Vec<_> = values.collect();
        let known = row.type_names();
        let seen: BTreeSet<_> = values.iter().flatten().map(|value| type_name(value)).collect();
        let strange: Vec<_> =
            seen.into_iter().filter(|name| !known.iter().any(|k| k == name)).collect();
        if !strange.is_empty() {
            let what =
                format!("the table says {}, the example has {}", row.types, strange.join(", "));
            note(&format!("{} (table, example)", row.name), what);
        }
        let is_optional = row.description.starts_with("(optional)");
        if !objects.is_empty() && !is_optional && values.iter().any(Option::is_none) {
            let what = "the table has it, the example does not".to_owned();
            note(&format!("{} (table, example)", row.name), what);
        }
    }
    for name in objects.iter().flat_map(|object| names(object)) {
        if !section.response.is_empty() && !section.response.iter().any(|row| row.name == name) {
            let what = "the example has it, the table does not".to_owned();
            note(&format!("{name} (table, example)"), what);
        }
    }
    sent(section, &objects, note);
}

fn entries(answer: &Value) -> Vec<&Value> {
    answer.as_array().map_or_else(|| vec![answer], |items| items.iter().collect())
}

fn names(object: &Value) -> Vec<String> {
    object.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

fn pointer(name: &str) -> String {
    format!("/{}", name.replace('.', "/"))
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// What an example sends against what its answer shows.
fn sent(section: &Section, answers: &[&Value], note: Note<'_>) {
    for (command, answer) in section.commands.iter().zip(answers) {
        let Some(body) = body(command) else { continue };
        for row in section
            .request
            .iter()
            .filter(|row| row.required != Some(true) || body.get(&row.name).is_some())
        {
            let (sent, shown) = (body.get(&row.name), answer.get(&row.name));
            let differs = match (sent, shown) {
                (Some(sent), Some(shown)) => sent != shown,
                (None, Some(shown)) => {
                    !shown.is_null() && section.request.len() > 1 && row.required == Some(false)
                }
                _ => false,
            };
            if differs {
                let what = "the example answers with another value than it sends".to_owned();
                note(&format!("{} (request, answer)", row.name), what);
            }
        }
    }
}

/// The JSON that a command line sends, if it stands there as it is.
fn body(command: &str) -> Option<Value> {
    let (_, rest) = command.split_once("--data '")?;
    let (text, _) = rest.rsplit_once('\'')?;
    serde_json::from_str(text).ok()
}

/// The example's command line against the endpoint, and whether a shell would take it.
fn commands(section: &Section, note: Note<'_>) {
    if section.has_broken_table {
        note("table (layout)", "its rows run together on one line".to_owned());
    }
    for command in &section.commands {
        if command.matches('"').count() % 2 == 1 {
            note("command (quotes)", "a quotation mark is not closed".to_owned());
        }
        let template = section.endpoint.as_deref().and_then(|line| line.split_once(' '));
        let (Some((_, template)), Some(path)) = (template, path(command)) else { continue };
        if !fits(template, &path) {
            let what = format!("the endpoint is {template}, the example calls {path}");
            note("path (endpoint, example)", what);
        }
    }
}

/// The path that a command line calls, from below the version of the API.
fn path(command: &str) -> Option<String> {
    let (_, rest) = command.split_once("/api/v4")?;
    let path: String = rest.chars().take_while(|c| !"\"' ?\n".contains(*c)).collect();
    Some(path)
}

fn fits(template: &str, path: &str) -> bool {
    let (a, b): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a.starts_with(':') || a == b)
}

/// The tables against the document.
fn document(section: &Section, elements: &[Element], note: Note<'_>) {
    let of_kind = |row: &Row, kinds: &[Kind]| {
        let fits = |element: &&Element| {
            element.section == section.heading
                && element.attribute == row.name
                && kinds.contains(&element.kind)
        };
        elements.iter().find(fits).cloned()
    };
    let request =
        section.request.iter().map(|row| (row, of_kind(row, &[Kind::Parameter, Kind::Body])));
    let response = section.response.iter().map(|row| (row, of_kind(row, &[Kind::Field])));
    for (row, element) in request.chain(response) {
        let Some(element) = element else { continue };
        let said: BTreeSet<_> = row.type_names().into_iter().collect();
        // In a path all values are text, so that a string takes in a number.
        let is_text = element.kind == Kind::Parameter && element.types.contains("string");
        if said != element.types && !element.types.is_empty() && !is_text {
            let types: Vec<_> = element.types.iter().map(String::as_str).collect();
            let what = format!("the table says {}, the document {}", row.types, types.join(" or "));
            note(&format!("{} (table, document)", row.name), what);
        }
    }
}
