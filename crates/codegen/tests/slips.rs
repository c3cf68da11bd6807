//! What becomes of the document when somebody slips: a finding or nothing, never a panic.

use std::time::{Duration, Instant};

use cluster_agents_codegen::{Document, Findings, rust};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::Config;

const DOCUMENT: &str = include_str!("../../../openapi/cluster-agents.yaml");

/// A slip of the pen.
#[derive(Debug, Clone)]
enum Slip {
    Delete(Index),
    Double(Index),
    Swap(Index, Index),
    Indent(Index, usize),
    Cut(Index),
    Value(Index, &'static str),
    Key(Index, &'static str),
    /// Takes the value of another line with the same key, which often makes a document that is sound.
    Borrow(Index, Index),
}

fn slip() -> impl Strategy<Value = Slip> {
    let line = any::<Index>;
    prop_oneof![
        line().prop_map(Slip::Delete),
        line().prop_map(Slip::Double),
        (line(), line()).prop_map(|(one, other)| Slip::Swap(one, other)),
        borrow(),
        (line(), 0..8_usize).prop_map(|(line, by)| Slip::Indent(line, by)),
        line().prop_map(Slip::Cut),
        (line(), proptest::sample::select(VALUES))
            .prop_map(|(line, value)| Slip::Value(line, value)),
        (line(), proptest::sample::select(KEYS)).prop_map(|(line, key)| Slip::Key(line, key)),
    ]
}

fn borrow() -> impl Strategy<Value = Slip> {
    any::<(Index, Index)>().prop_map(|(one, other)| Slip::Borrow(one, other))
}

const VALUES: &[&str] = &[
    "",
    "null",
    "true",
    "-1",
    "1e400",
    "18446744073709551616",
    ".inf",
    "''",
    "[]",
    "{}",
    "[[]]",
    "*project",
    "&project x",
    "{ $ref: '#/components/schemas/Agent' }",
    "{ $ref: '#' }",
    "{ $ref: 'other.yaml' }",
    "{ $ref: 5 }",
    "string",
    "'^((a{1000}){1000}){1000}$'",
    "'^(?=a)[$'",
    "|",
    "!!binary x",
    "default",
    "'\\u0000'",
    "ü",
    "{ 'a/b~c': 1 }",
];

const KEYS: &[&str] = &[
    "$ref", "not", "allOf", "type", "default", "4XX", "200", "~", "?", "''", "nullable", "x-own",
    "in", "get", "trace", "example", "<<", "\"ü\"", "enum", "pattern",
];

/// The contract with slips in it.
fn slipped(slips: &[Slip]) -> String {
    let mut lines: Vec<String> = DOCUMENT.lines().map(str::to_owned).collect();
    for slip in slips {
        let count = lines.len();
        match slip {
            Slip::Delete(line) => drop(lines.remove(line.index(count))),
            Slip::Double(line) => lines.insert(line.index(count), lines[line.index(count)].clone()),
            Slip::Swap(one, other) => lines.swap(one.index(count), other.index(count)),
            Slip::Indent(line, by) => lines[line.index(count)].insert_str(0, &" ".repeat(*by)),
            Slip::Cut(line) => lines.truncate(line.index(count).max(1)),
            Slip::Value(line, value) => {
                replace(&mut lines[line.index(count)], |key, _| format!("{key}: {value}"));
            }
            Slip::Borrow(line, other) => replace(&mut lines[line.index(count)], |key, _| {
                format!("{key}:{}", value_of(key, other))
            }),
            Slip::Key(line, key) => replace(&mut lines[line.index(count)], |old, value| {
                let indent = old.len() - old.trim_start().len();
                format!("{}{key}:{value}", &old[..indent])
            }),
        }
    }
    lines.join("\n")
}

/// The value of one of the lines of the contract that have this key.
fn value_of(key: &str, index: &Index) -> &'static str {
    let lines = DOCUMENT.lines().filter_map(|line| line.split_once(':'));
    let same: Vec<_> = lines.filter(|(other, _)| other.trim() == key.trim()).collect();
    if same.is_empty() { "" } else { same[index.index(same.len())].1 }
}

fn replace(line: &mut String, change: impl Fn(&str, &str) -> String) {
    if let Some((key, value)) = line.split_once(':') {
        *line = change(key, value);
    }
}

fn assert_bounded(text: &str) -> Result<(), TestCaseError> {
    let start = Instant::now();
    if let Err(Findings(findings)) = Document::parse("slipped.yaml", text) {
        prop_assert!(!findings.is_empty());
        for finding in findings {
            prop_assert!(finding.line <= text.lines().count() + 1, "{finding}");
            prop_assert!(!finding.message.is_empty() && !finding.help.is_empty(), "{finding}");
        }
    }
    prop_assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    Ok(())
}

/// What the check lets pass, the generators take, or refuse with a place: they never panic.
fn assert_generated(text: &str) -> Result<(), TestCaseError> {
    let Ok(document) = Document::parse("slipped.yaml", text) else { return Ok(()) };
    if let Err(Findings(findings)) = rust(&document) {
        prop_assert!(!findings.is_empty());
    }
    Ok(())
}

proptest! {
    #![proptest_config(Config { cases: 200, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_slip_in_the_contract_is_a_finding_or_harmless_but_never_a_panic(
        slips in prop::collection::vec(slip(), 1..4)
    ) {
        assert_bounded(&slipped(&slips))?;
    }

    #[test]
    fn any_text_is_a_finding_and_never_a_panic(text in "(?s)[-?:,\\[\\]{}#&*!|>'\"%@` a\n\t0-9.]{0,80}") {
        assert_bounded(&text)?;
    }
}

proptest! {
    #![proptest_config(Config { cases: 40, failure_persistence: None, ..Config::default() })]

    #[test]
    fn what_the_check_lets_pass_makes_no_generator_panic(slip in borrow()) {
        assert_generated(&slipped(&[slip]))?;
    }
}
