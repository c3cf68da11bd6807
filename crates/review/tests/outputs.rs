//! Reports for platforms, and approvals.
#![allow(missing_docs, clippy::unwrap_used)]

use cluster_agents_review::approvals::Approvals;
use cluster_agents_review::report::Format;
use cluster_agents_review::{Level, Policy, Review, Spec};
use serde_json::Value;

const DOCUMENT: &str = include_str!("../../../openapi/cluster-agents.yaml");

fn review() -> Review {
    let base = Spec::parse("base.yaml", DOCUMENT).unwrap();
    let text = DOCUMENT
        .replace("maxLength: 63", "maxLength: 62")
        .replace("[active, revoked]", "[active, revoked, 'a<b>@c']");
    let revision = Spec::parse("revision.yaml", &text).unwrap();
    Review::of(&base, &revision, Policy::named("oasdiff").unwrap(), "2026-01-31").unwrap()
}

#[test]
fn json_has_what_other_programs_read() {
    let json: Value = serde_json::from_str(&Format::Json.render(&review())).unwrap();
    let first = &json["findings"][0];
    assert_eq!(
        (&json["base"], &json["revision"], &json["bump"]),
        (&"base.yaml".into(), &"revision.yaml".into(), &"major".into())
    );
    assert_eq!(first["id"], "request-property-max-length-decreased");
    assert_eq!(
        (first["level"].as_str(), first["direction"].as_str()),
        (Some("ERR"), Some("request"))
    );
    assert_eq!(first["operations"], serde_json::json!(["POST /projects/{id}/cluster_agents"]));
    assert_eq!(first["pointer"], "/components/schemas/AgentName/maxLength");
    assert_eq!(first["grade"], "CONFIRMED");
    assert_eq!(first["witness"]["message"]["body"]["name"].as_str().unwrap().len(), 63);
    assert_eq!(first["fingerprint"].as_str().unwrap().len(), 12);
}

#[test]
fn platforms_get_the_line_of_the_change() {
    let review = review();
    let line = review.findings[0].revision.line;
    let sarif: Value = serde_json::from_str(&Format::Sarif.render(&review)).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], line);
    let issues: Value = serde_json::from_str(&Format::CodeQuality.render(&review)).unwrap();
    assert_eq!(issues[0]["location"]["lines"]["begin"], line);
    let github = Format::Github.render(&review);
    assert!(github.starts_with(&format!("::error file=revision.yaml,line={line},")), "{github}");
    assert!(Format::Junit.render(&review).contains("failures=\"1\""));
}

#[test]
fn text_of_a_document_is_never_markup() {
    for format in [Format::Markdown, Format::Junit] {
        let text = format.render(&review());
        assert!(text.contains("a&lt;b&gt;") && !text.contains("a<b>"), "{text}");
    }
    assert!(!Format::Markdown.render(&review()).contains("@c"));
}

#[test]
fn an_approval_is_for_one_break_and_has_an_end() {
    let mut review = review();
    let fingerprint = review.findings[0].fingerprint.clone();
    let approval = |until: &str, reason: &str| {
        let text = format!(
            "[[approval]]\nid = \"request-property-max-length-decreased\"\noperation = \"POST /projects/{{id}}/cluster_agents\"\nfingerprint = \"{fingerprint}\"\nreason = \"{reason}\"\nowner = \"agents\"\nuntil = \"{until}\"\n"
        );
        Approvals::parse(&text).unwrap()
    };
    assert_eq!(review.worst(), Some(Level::Err));
    assert!(
        approval("2026-01-30", "meant").apply(&mut review, "2026-01-31")[0].contains("expired")
    );
    assert!(approval("2026-02-28", " ").apply(&mut review, "2026-01-31")[0].contains("no reason"));
    assert_eq!(review.worst(), Some(Level::Err));
    assert!(approval("2026-02-28", "meant").apply(&mut review, "2026-01-31").is_empty());
    assert_eq!(review.worst(), Some(Level::Warn));
    review.findings.remove(0);
    assert!(
        approval("2026-02-28", "meant").apply(&mut review, "2026-01-31")[0]
            .contains("used by nothing")
    );
}

#[test]
fn a_comment_shows_the_verdict_of_each_policy_and_of_the_other_direction() {
    let text = Format::Markdown.render(&review());
    assert!(
        text.contains("| change | gitlab | oasdiff | strict | new client, old server |"),
        "{text}"
    );
    assert!(
        text.contains("| request-property-max-length-decreased name | ERR | ERR | ERR | INFO |")
    );
    assert!(text.contains(&format!("fingerprint `{}`", review().findings[0].fingerprint)));
}
