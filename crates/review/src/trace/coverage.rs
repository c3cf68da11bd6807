//! What of the documentation no element or requirement covers, and what is said of it wrongly.

use std::collections::BTreeSet;

use super::page::{Page, Section, Sentence};
use super::sources;
use super::{Contract, tables::Row};

/// Everything that is missing or too much in the file of sources, held against the page.
pub(super) fn gaps(contract: Contract<'_>, page: &Page) -> Vec<String> {
    let mut gaps = Vec::new();
    for section in &page.sections {
        match contract.sources.section(&section.heading) {
            Some(known) => compare(section, known, &mut gaps),
            None => {
                gaps.push(format!("section `{}` is not in the file of sources", section.heading));
            }
        }
    }
    for known in &contract.sources.sections {
        if page.section(&known.heading).is_none() {
            gaps.push(format!("the documentation has no section `{}`", known.heading));
        }
    }
    gaps
}

fn compare(section: &Section, known: &sources::Section, gaps: &mut Vec<String>) {
    let heading = &section.heading;
    rows(heading, "request", (&section.request, &known.request), gaps);
    rows(heading, "response", (&section.response, &known.response), gaps);
    let hashes: BTreeSet<_> = section.sentences.iter().map(Sentence::hash).collect();
    for sentence in &section.sentences {
        let entry = known.sentences.iter().find(|entry| entry.hash == sentence.hash());
        let covered = entry.is_some_and(|entry| !entry.covers.is_empty() || !entry.note.is_empty());
        if !covered {
            let (hash, text) = (sentence.hash(), &sentence.text);
            gaps.push(format!(
                "`{heading}`, line {}: nothing covers {hash} “{text}”",
                sentence.line
            ));
        }
    }
    for entry in known.sentences.iter().filter(|entry| !hashes.contains(&entry.hash)) {
        gaps.push(format!("`{heading}` has no sentence {} any more", entry.hash));
    }
}

fn rows(heading: &str, which: &str, (found, known): (&[Row], &[String]), gaps: &mut Vec<String>) {
    for row in found.iter().filter(|row| !known.contains(&row.name)) {
        gaps.push(format!("`{heading}`: nothing covers `{}` of the {which} table", row.name));
    }
    for name in known.iter().filter(|name| !found.iter().any(|row| row.name == **name)) {
        gaps.push(format!("`{heading}`: the {which} table has no `{name}`"));
    }
}
