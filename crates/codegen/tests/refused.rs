//! Documents and ledgers with one thing wrong each: what is said, and where.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should stop")]

use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs;
use std::path::Path;

use cluster_agents_codegen::check::RULES;
use cluster_agents_codegen::{Document, Findings, Ledger};

/// The smallest document that keeps all rules; each of `refused/` differs from it in one thing.
const SOUND: &str = include_str!("sound.yaml");

fn sound() -> Document {
    Document::parse("sound.yaml", SOUND).unwrap_or_else(|findings| panic!("{findings}"))
}

/// The name and text of each YAML file in a folder beside this file, by name.
fn files(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    let mut files: Vec<_> =
        entries.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect();
    files.sort();
    files
}

fn refused<T>(name: &str, result: Result<T, Findings>) -> Findings {
    result.err().unwrap_or_else(|| panic!("{name} is not refused"))
}

fn refusals() -> Vec<(String, String, Findings)> {
    let document = sound();
    let documents = files("refused").into_iter().map(|(name, text)| {
        let findings = refused(&name, Document::parse(&format!("{name}.yaml"), &text));
        (name, text, findings)
    });
    let ledgers = files("refused-ledgers").into_iter().map(|(name, text)| {
        let findings = refused(&name, Ledger::parse(&format!("{name}.yaml"), &text, &document));
        (name, text, findings)
    });
    documents.chain(ledgers).collect()
}

/// The lines of a file that findings are about, each with a mark under the column.
fn shown(text: &str, findings: &Findings) -> impl Display {
    let mut shown = findings.to_string();
    let places: BTreeSet<_> =
        findings.0.iter().map(|one| (one.line, one.column, &one.pointer)).collect();
    for (line, column, pointer) in places {
        let mark = " ".repeat(column - 1);
        let line = text.lines().nth(line - 1).unwrap_or_default();
        shown = format!("{shown}\n\n{line}\n{mark}^ {pointer}");
    }
    shown
}

#[test]
fn every_refusal_says_where_what_and_how_to_mend_it() {
    for (name, text, findings) in refusals() {
        insta::assert_snapshot!(name, shown(&text, &findings));
    }
}

#[test]
fn a_document_with_one_thing_wrong_breaks_one_rule() {
    let rules =
        |findings: &Findings| findings.0.iter().map(|one| one.rule).collect::<BTreeSet<_>>();
    let all = refusals().into_iter().map(|(name, _, findings)| (name, rules(&findings)));
    let several: Vec<_> = all.filter(|(_, rules)| rules.len() != 1).collect();
    assert!(several.is_empty(), "{several:#?}");
}

#[test]
fn every_rule_refuses_something_and_every_refusal_is_by_a_rule() {
    let broken = refusals().into_iter().flat_map(|(_, _, findings)| findings.0);
    let broken: BTreeSet<_> = broken.map(|finding| finding.rule).collect();
    let rules: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(broken, rules);
}

#[test]
fn refused_documents_are_small_enough_to_be_read() {
    for (name, text, _) in refusals() {
        assert!(text.lines().count() <= 30, "{name} has more than 30 lines");
    }
}
