//! What a newer edition of the documentation changes, and which elements and requirements that
//! touches.

use serde::Serialize;

use super::elements;
use super::page::{Page, Section};
use super::{Contract, tables::Row};

/// A change of the documentation.
#[derive(Debug, Clone, Serialize)]
pub struct Touched {
    /// The section.
    pub section: String,
    /// What changed.
    pub what: String,
    /// Elements of the document that rest on it.
    pub elements: Vec<String>,
    /// Requirements that rest on it.
    pub requirements: Vec<String>,
}

struct Search<'c> {
    contract: Contract<'c>,
    elements: Vec<elements::Element>,
    touched: Vec<Touched>,
}

pub(super) fn touched(contract: Contract<'_>, old: &Page, new: &Page) -> Vec<Touched> {
    let mut search =
        Search { contract, elements: elements::all(contract.spec), touched: Vec::new() };
    for section in &old.sections {
        match partner(section, new) {
            Some(other) => search.section(section, other),
            None => search.whole(section, "the section is gone"),
        }
    }
    let is_new = |section: &&Section| !old.sections.iter().any(|other| is_same(other, section));
    for section in new.sections.iter().filter(is_new) {
        search.whole(section, "a new section");
    }
    search.touched
}

/// The same section: by its heading, or by its endpoint if it was renamed.
fn is_same(a: &Section, b: &Section) -> bool {
    a.heading == b.heading || a.endpoint.is_some() && a.endpoint == b.endpoint
}

fn partner<'p>(section: &Section, page: &'p Page) -> Option<&'p Section> {
    let by_heading = page.section(&section.heading);
    by_heading.or_else(|| page.sections.iter().find(|other| is_same(section, other)))
}

impl Search<'_> {
    fn section(&mut self, old: &Section, new: &Section) {
        if old.heading != new.heading {
            self.whole(old, &format!("the heading is now “{}”", new.heading));
        }
        if old.endpoint != new.endpoint {
            self.whole(old, "the endpoint is another");
        }
        self.rows(&old.heading, (&old.request, &new.request), "request");
        self.rows(&old.heading, (&old.response, &new.response), "response");
        self.sentences(old, new);
        if old.answers != new.answers || old.commands != new.commands {
            let elements = vec![self.operation(&old.heading)].into_iter().flatten().collect();
            self.note(&old.heading, "an example is another".to_owned(), (elements, Vec::new()));
        }
    }

    fn rows(&mut self, heading: &str, (old, new): (&[Row], &[Row]), which: &str) {
        for row in old {
            let what = match new.iter().find(|other| other.name == row.name) {
                None => format!("`{}` is gone from the {which} table", row.name),
                Some(other) if other == row => continue,
                Some(other) => {
                    format!("`{}` of the {which} table: {}", row.name, change(row, other))
                }
            };
            let names = self.of_row(heading, &row.name, which);
            self.note(heading, what, names);
        }
        for row in new.iter().filter(|row| !old.iter().any(|other| other.name == row.name)) {
            let what = format!("`{}` is new in the {which} table", row.name);
            let names = self.of_row(heading, &row.name, which);
            self.note(heading, what, names);
        }
    }

    fn sentences(&mut self, old: &Section, new: &Section) {
        let is_in =
            |hash: &str, section: &Section| section.sentences.iter().any(|s| s.hash() == hash);
        for sentence in old.sentences.iter().filter(|sentence| !is_in(&sentence.hash(), new)) {
            let hash = sentence.hash();
            let known = self.contract.sources.section(&old.heading);
            let entry = known.and_then(|known| known.sentences.iter().find(|e| e.hash == hash));
            let covers = entry.map(|entry| entry.covers.clone()).unwrap_or_default();
            let what =
                format!("line {}: {hash} “{}” is gone or reworded", sentence.line, sentence.text);
            let names = self.split(covers);
            self.note(&old.heading, what, names);
        }
        for sentence in new.sentences.iter().filter(|sentence| !is_in(&sentence.hash(), old)) {
            let what = format!(
                "line {} of the newer page: {} “{}” is new",
                sentence.line,
                sentence.hash(),
                sentence.text
            );
            self.note(&old.heading, what, (Vec::new(), Vec::new()));
        }
    }

    /// Everything that names a section.
    fn whole(&mut self, section: &Section, what: &str) {
        let elements = self.operation(&section.heading).into_iter().collect();
        let all = self.contract.requirements.iter();
        let of_section = all.filter(|requirement| requirement.section == section.heading);
        let requirements = of_section.map(|requirement| requirement.id.clone()).collect();
        self.note(&section.heading, what.to_owned(), (elements, requirements));
    }

    fn operation(&self, heading: &str) -> Option<String> {
        let found = self.elements.iter().find(|element| element.section == heading);
        found.map(|element| element.operation.clone())
    }

    /// Elements with the attribute, and requirements of the section that speak of it.
    fn of_row(&self, heading: &str, attribute: &str, which: &str) -> (Vec<String>, Vec<String>) {
        let fits = |element: &&elements::Element| {
            let is_answer = element.kind == elements::Kind::Field;
            element.section == heading
                && element.attribute == attribute
                && is_answer == (which == "response")
        };
        let elements = self.elements.iter().filter(fits).map(|element| element.name.clone());
        let last = attribute.rsplit('.').next().unwrap_or(attribute);
        let words = last.replace('_', " ");
        let operation = self.operation(heading);
        let speaks = |requirement: &&cluster_agents_codegen::ledger::Requirement| {
            let is_of =
                operation.as_ref().is_some_and(|name| requirement.operations.contains(name));
            let text = requirement.statement.to_lowercase();
            let has = |word: &str| {
                text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|w| w == word)
            };
            (requirement.section == heading || is_of)
                && (has(last) || last.contains('_') && text.contains(&words))
        };
        let requirements = self.contract.requirements.iter().filter(speaks);
        (elements.collect(), requirements.map(|requirement| requirement.id.clone()).collect())
    }

    /// Names of elements and of requirements, parted.
    fn split(&self, names: Vec<String>) -> (Vec<String>, Vec<String>) {
        let is_requirement =
            |name: &String| self.contract.requirements.iter().any(|r| r.id == *name);
        let (requirements, elements) = names.into_iter().partition(is_requirement);
        (elements, requirements)
    }

    fn note(
        &mut self,
        section: &str,
        what: String,
        (elements, requirements): (Vec<String>, Vec<String>),
    ) {
        let section = section.to_owned();
        self.touched.push(Touched { section, what, elements, requirements });
    }
}

fn change(old: &Row, new: &Row) -> String {
    if old.types != new.types {
        return format!("type {} → {}", old.types, new.types);
    }
    match (old.required, new.required) {
        (was, is) if was == is => "its description is another".to_owned(),
        (_, Some(true)) => "it must be sent now".to_owned(),
        _ => "it need not be sent any more".to_owned(),
    }
}
