//! The page has everything, leads nowhere else, and shows nothing as HTML that is not its own.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cluster_agents_codegen::ledger::Requirement;
use cluster_agents_codegen::{Document, Ledger};
use cluster_agents_review::page::results::Results;
use cluster_agents_review::page::{self, Input};
use cluster_agents_review::trace::sources::Sources;
use cluster_agents_review::trace::{Contract, Trace};
use cluster_agents_review::{Policy, Review, Spec};

const DOCUMENT: &str = include_str!("../../../openapi/cluster-agents.yaml");
const LEDGER: &str = include_str!("../../../openapi/requirements.yaml");
const SOURCES: &str = include_str!("../../../openapi/sources.yaml");

const REPORT: &str = r#"{"verdict": "non-conformant", "seed": 7, "counts": {"fail": 1},
  "target": {"base_url": "https://internal.example"},
  "requirements": [{"id": "token-limit", "verdict": "fail", "message": "a third <i>token</i>"}]}"#;

static REQUIREMENTS: LazyLock<Vec<Requirement>> = LazyLock::new(|| {
    let document = Document::parse("cluster-agents.yaml", DOCUMENT).unwrap();
    Ledger::parse("requirements.yaml", LEDGER, &document).unwrap().requirements
});

fn page(document: &str) -> String {
    let (spec, base) =
        (Spec::parse("new", document).unwrap(), DOCUMENT.replace("default: 20", "default: 30"));
    let base = Spec::parse("old", &base).unwrap();
    let sources = Sources::parse("sources.yaml", SOURCES).unwrap();
    let contract = Contract { spec: &spec, requirements: &REQUIREMENTS, sources: &sources };
    let origins = Trace::of(contract, None, None).origins;
    let since = Review::of(&base, &spec, Policy::named("gitlab").unwrap(), "2026-01-31").unwrap();
    page::render(Input {
        spec: &spec,
        requirements: &REQUIREMENTS,
        origins: &origins,
        since: Some(&since),
        results: &[Results::parse("somebody's", REPORT).unwrap()],
    })
}

static PAGE: LazyLock<String> = LazyLock::new(|| page(DOCUMENT));

/// What stands in an attribute, everywhere.
fn attribute<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let start = format!(" {name}=\"");
    page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_page_loads_nothing() {
    assert!(PAGE.contains("default-src &#39;none&#39;") || PAGE.contains("default-src 'none'"));
    assert_eq!(attribute(&PAGE, "src"), Vec::<&str>::new());
    for part in ["@import", "url(", "fetch(", "XMLHttpRequest", "<iframe"] {
        assert!(!PAGE.contains(part), "{part}");
    }
    let away: Vec<_> =
        attribute(&PAGE, "href").into_iter().filter(|to| !to.starts_with('#')).collect();
    assert_eq!(away, ["data:,"]);
}

#[test]
fn every_link_leads_to_one_place_of_the_page() {
    let ids = attribute(&PAGE, "id");
    let unique: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    let links = attribute(&PAGE, "href").into_iter().filter_map(|to| to.strip_prefix('#'));
    let lost: Vec<_> = links.filter(|to| !unique.contains(to)).collect();
    assert_eq!(lost, Vec::<&str>::new());
}

#[test]
fn every_operation_and_every_requirement_is_there_with_all_that_belongs_to_it() {
    let sections: Vec<_> = PAGE.split("<section class=\"operation\"").skip(1).collect();
    assert_eq!(sections.len(), 12);
    for section in &sections {
        for part in ["curl --request", "documentation: ", "<h3>Answers</h3>", "#requirement-"] {
            assert!(section.contains(part), "{part}: {}", &section[..200]);
        }
    }
    for requirement in REQUIREMENTS.iter() {
        assert!(PAGE.contains(&format!("id=\"requirement-{}\"", requirement.id)));
    }
    assert!(PAGE.contains("id=\"listAgents-200-field-config_project.name_with_namespace\""));
}

#[test]
fn changes_and_results_stand_where_they_belong() {
    let section = |id: &str| {
        let start = PAGE.find(&format!("id=\"{id}\">\n")).unwrap();
        PAGE[start..].split("</section>").next().unwrap()
    };
    let change = "request parameter default value changed <code>per_page</code>: 30 → 20";
    assert!(section("listAgents").contains(change));
    assert!(!section("getAgent").contains(change));
    assert!(
        section("createAgentToken")
            .contains("class=\"verdict v-fail\" title=\"a third &lt;i&gt;token&lt;/i&gt;\"")
    );
    assert!(PAGE.contains("<th>somebody&#39;s</th>"));
    assert!(!PAGE.contains("internal.example"), "where an implementation is, is nobody's business");
}

#[test]
fn what_the_document_says_is_text() {
    let hostile = DOCUMENT.replace(
        "summary: List the agents of a project",
        "summary: '</script><script>alert(1)</script>'",
    );
    let page = page(&hostile);
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert(1)"));
    assert_eq!(page.matches("<script>").count(), 1);
}

#[test]
fn a_file_that_is_no_report_is_refused() {
    assert!(Results::parse("x", "{}").is_err());
    assert!(Results::parse("x", "no").is_err());
}
