//! Reports as people and machines get them.

use serde_json::Value;

use crate::check::Check;
use crate::cleanup::Leftover;
use crate::coverage::Coverage;
use crate::finding::{Evidence, Finding, Tally};
use crate::generated::{OPERATIONS, RequirementId as R};
use crate::ledger::Ledger;
use crate::plan::Plan;
use crate::report::{Format, Report, SCHEMA, Style};
use crate::runner::{CheckRecord, Transcript};
use crate::testing::{self, Fixture};
use crate::vault::Vault;
use crate::verdict::judge;

fn finding(check: &'static str, expected: &str, got: &str) -> Finding {
    Finding {
        check,
        expected: expected.to_owned(),
        got: got.to_owned(),
        exchange: Some(Evidence {
            operation: "createAgentToken",
            curl: String::from(
                "curl -sS -i -X POST -H \"PRIVATE-TOKEN: $CONFORMANCE_TOKEN_MAINTAINER\" \
                 \"$CONFORMANCE_BASE_URL/projects/20/cluster_agents/5/tokens\"",
            ),
            request_id: String::from("cfm-1-token-limit-4"),
            status: 201,
            body: String::from("{\n  \"id\": 3,\n  \"token\": \"<secret of token 3>\"\n}"),
            took_ms: 4,
        }),
        ..Finding::default()
    }
}

fn broken(finding: Finding) -> Tally {
    let mut tally = Tally { passes: 2, ..Tally::default() };
    tally.fail(finding);
    tally
}

/// A run that has something of everything.
fn transcript() -> Transcript {
    let held = Tally { passes: 3, ..Tally::default() };
    let mut noted = held.clone();
    noted.note(String::from("status 404: GitLab hides agents from small roles."));
    let mut blocked = Tally::default();
    blocked.block(String::from("race-delete: an agent could not be registered: status 403 {}"));
    let mut different =
        finding("documented-exchanges", "the documented exchange `get-token`", "another one");
    different.diff = Some(String::from("-  \"status\": \"active\"\n+  \"status\": \"on\"\n"));
    let tallies = [
        (R::AgentGet, held),
        (R::RoleLowAgentReads, noted),
        (R::RaceDelete, blocked),
        (
            R::TokenLimit,
            broken(finding(
                "token-limit",
                "creating a third token: status 400 or 409",
                "status 201",
            )),
        ),
        (R::TokenGet, broken(different)),
        (
            R::AgentListOrder,
            broken(finding("agent-list", "names in ascending order", "`b` before `a`")),
        ),
    ];
    static CHECK: Check = Check::new("test", &[], |_| Box::pin(async { Ok(()) }));
    Transcript {
        checks: vec![CheckRecord {
            check: &CHECK,
            tallies: tallies.into_iter().collect(),
            requests: String::from("1b2ee5e1f65b7a4c"),
            coverage: Coverage::default(),
            sent: crate::allowance::Sent::default(),
        }],
        receptive: false,
        profile_reason: String::from("no receptive agents"),
        served: OPERATIONS.iter().map(|operation| operation.id).collect(),
        ended_early: None,
        leftovers: vec![Leftover {
            project: String::from("20"),
            id: Some(7),
            name: String::from("cfm-1-agent-get-1"),
            problem: String::from("deleting it was answered with status 403"),
        }],
        requests: 2187,
        duration_ms: 2895,
        vault: Vault::default(),
    }
}

const ONLY: [R; 8] = [
    R::AgentGet,
    R::AgentListOrder,
    R::RaceDelete,
    R::RoleLowAgentReads,
    R::RoleOwner,
    R::TokenGet,
    R::TokenLimit,
    R::UrlRead,
];

/// Gives a report to `use_it`.
fn with_report<T>(only: &[R], transcript: &Transcript, use_it: impl Fn(&Report<'_>) -> T) -> T {
    let ledger = Ledger::embedded().expect("a ledger");
    let plan: Plan = testing::plan(only, false);
    let fixture = Fixture::at("http://127.0.0.1:8080/api/v4", 1);
    let (_, _, target) = fixture.parts();
    let judgement = judge(&ledger, &plan, transcript);
    use_it(&Report {
        plan: &plan,
        target,
        is_reference: false,
        transcript,
        judgement: &judgement,
        artifacts: None,
    })
}

fn printed(only: &[R], transcript: &Transcript, style: Style) -> String {
    with_report(only, transcript, |report| {
        let mut out = Vec::new();
        report.print(&mut out, style).expect("a vector takes everything");
        String::from_utf8(out).expect("text")
    })
}

#[test]
fn a_report_tells_what_is_broken_and_how_to_see_it_again() {
    insta::assert_snapshot!(printed(&ONLY, &transcript(), Style::Plain));
}

#[test]
fn a_report_of_a_good_run_is_the_summary_alone() {
    let mut transcript = transcript();
    transcript.leftovers.clear();
    insta::assert_snapshot!(printed(
        &[R::AgentGet, R::RoleLowAgentReads],
        &transcript,
        Style::Plain
    ));
}

#[test]
fn colours_are_all_that_a_terminal_gets_more() {
    let (plain, coloured) = (
        printed(&ONLY, &transcript(), Style::Plain),
        printed(&ONLY, &transcript(), Style::Coloured),
    );
    assert!(coloured.contains("\u{1b}[31;1mfail\u{1b}[0m"));
    let without: String = coloured
        .split('\u{1b}')
        .enumerate()
        .map(
            |(index, part)| {
                if index == 0 { part } else { part.split_once('m').map_or("", |(_, rest)| rest) }
            },
        )
        .collect();
    assert_eq!(without, plain);
}

#[test]
fn the_json_report_has_the_keys_that_its_readers_know() {
    let json = with_report(&ONLY, &transcript(), |report| report.render(Format::Json));
    assert!(serde_json::from_str::<Value>(&json).is_ok());
    insta::assert_snapshot!(json);
}

fn rendered(format: Format) -> String {
    with_report(&ONLY, &transcript(), |report| report.render(format))
}

/// The published schema, or one that allows no key beside those that it describes.
fn schema(is_closed: bool) -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    if is_closed {
        close(&mut schema);
    }
    jsonschema::validator_for(&schema).expect("a schema")
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(keys) => {
            if keys.contains_key("properties") && !keys.contains_key("additionalProperties") {
                keys.insert(String::from("additionalProperties"), Value::Bool(false));
            }
            keys.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn the_schema_describes_all_that_is_in_a_report() {
    let report: Value = serde_json::from_str(&rendered(Format::Json)).expect("JSON");
    for schema in [schema(false), schema(true)] {
        let errors: Vec<String> = schema
            .iter_errors(&report)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    let mut wrong = report.clone();
    wrong["verdict"] = "fine".into();
    assert!(!schema(false).is_valid(&wrong));
    let mut newer = report;
    newer["added"] = true.into();
    assert!(schema(false).is_valid(&newer), "readers must bear new keys");
}

#[test]
fn a_ci_system_sees_one_case_for_each_requirement() {
    let xml = rendered(Format::Junit);
    assert_eq!(xml.matches("<testcase ").count(), ONLY.len());
    insta::assert_snapshot!(xml);
}

#[test]
fn a_code_host_is_shown_the_places_of_what_is_broken() {
    let sarif: Value = serde_json::from_str(&rendered(Format::Sarif)).expect("JSON");
    let results = &sarif["runs"][0]["results"];
    let told: Vec<String> = results
        .as_array()
        .expect("a list")
        .iter()
        .map(|result| {
            let place = &result["locations"][0]["physicalLocation"];
            let rule = result["ruleIndex"].as_u64().expect("an index") as usize;
            assert_eq!(sarif["runs"][0]["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
            assert!(place["region"]["startLine"].as_u64() > Some(1), "{place}");
            let words = [&result["ruleId"], &result["level"], &place["artifactLocation"]["uri"]];
            words.map(|word| word.as_str().expect("text").to_owned()).join(" ")
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_comment_tells_what_is_broken_and_can_be_found_again() {
    let markdown = rendered(Format::Markdown);
    assert!(markdown.starts_with("<!-- cluster-agents-conformance -->\n"));
    insta::assert_snapshot!(markdown);
}

#[test]
fn a_badge_says_the_verdict() {
    insta::assert_snapshot!(rendered(Format::Badge));
}

#[test]
fn every_format_is_named_in_messages() {
    for name in Format::NAMES.split(", ") {
        assert!(Format::from_name(name).is_some(), "{name}");
    }
    assert_eq!(Format::NAMES.split(", ").count(), Format::ALL.len());
}

#[test]
fn the_page_loads_nothing_and_every_tag_is_closed() {
    let page = rendered(Format::Html);
    for outside in ["src=", "href=", "url(", "@import", "<link", "fetch(", "XMLHttp"] {
        assert!(!page.contains(outside), "{outside}");
    }
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page.as_str();
    while let Some(at) = rest.find('<') {
        let (tag, after) = rest[at + 1..].split_once('>').expect("a whole tag");
        rest = after;
        let name = tag.split([' ', '\n', '/']).find(|word| !word.is_empty()).unwrap_or_default();
        match name {
            _ if tag.starts_with('/') => assert_eq!(open.pop(), Some(name), "{tag}"),
            "!doctype" | "meta" | "input" | "rect" | "wbr" => {}
            "script" | "style" => {
                let end = format!("</{name}>");
                rest = &rest[rest.find(&end).expect("an end") + end.len()..];
            }
            _ => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn the_page_shows_every_requirement_and_whatever_a_target_answers_as_text() {
    let mut hostile = transcript();
    let mut tally = Tally::default();
    tally.fail(finding("x", "</pre><script>alert(1)</script>", "\"><img onerror=alert(1)>"));
    hostile.checks[0].tallies.insert(R::AgentGet, tally);
    let page = with_report(&ONLY, &hostile, |report| report.render(Format::Html));
    assert_eq!(page.matches("<details class=\"requirement").count(), ONLY.len());
    assert!(page.contains("&lt;/pre&gt;&lt;script&gt;alert(1)"));
    assert!(!page.contains("<img") && !page.contains("<script>alert"));
}
