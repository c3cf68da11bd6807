//! The third-party pairs: small changes with the ids that another tool expects.
//!
//! They stand beside the checkout in `../shared/corpus/oasdiff`; without them the test says so and
//! passes.
#![allow(missing_docs, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use cluster_agents_review::{Level, Policy, Review, Spec};

struct Pair {
    name: String,
    level: String,
    ids: Vec<String>,
    base: PathBuf,
    revision: PathBuf,
}

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/oasdiff");
    let named = std::env::var_os("REVIEW_CORPUS").map(PathBuf::from);
    named.or(Some(beside)).filter(|folder| folder.join("pairs.tsv").is_file())
}

fn pairs(folder: &Path) -> Vec<Pair> {
    let text = std::fs::read_to_string(folder.join("pairs.tsv")).unwrap();
    let rows = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.map(|row| Pair {
        name: row[0].into(),
        level: row[2].into(),
        ids: row[3].split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect(),
        base: folder.join(row[4]),
        revision: folder.join(row[5]),
    })
    .collect()
}

fn review(pair: &Pair) -> Review {
    let read = |path: &Path| Spec::parse("x", &std::fs::read_to_string(path).unwrap()).unwrap();
    let policy = Policy::named("oasdiff").unwrap();
    Review::of(&read(&pair.base), &read(&pair.revision), policy, "2026-08-08").unwrap()
}

fn is_error(review: &Review, id: &str) -> bool {
    review.findings.iter().any(|finding| finding.id == id && finding.level == Level::Err)
}

/// Rows of the table that are not met in full, and why.
const REASONS: &[(&str, &str)] = &[
    ("TestMediaTypeSchemaExistence", "the row lists the ids of both directions of its pair"),
    (
        "TestRequestPropertyAllOfAdded_AnnotationOnly_AtProperty_EmitsInfo",
        "what is added validates nothing; the row also lists the id that must not appear",
    ),
    (
        "TestResponsePropertyAllOfAdded_AnnotationOnly_EmitsInfoWithDistinctId",
        "what is added validates nothing; the row also lists the id that must not appear",
    ),
    (
        "TestListOfTypesIntegration_EdgeCases",
        "no list of types gets shorter; the row lists both ids that the test names",
    ),
];

#[test]
fn the_third_party_pairs_are_judged_as_expected() {
    let Some(folder) = corpus() else {
        println!("skipped: there is no corpus beside the checkout");
        return;
    };
    let start = Instant::now();
    let (mut errors, mut found, mut compatible, mut false_alarms) = (0, 0, 0, 0);
    let mut deviations = Vec::new();
    for pair in pairs(&folder) {
        let review = review(&pair);
        let has = |id: &String| review.findings.iter().any(|finding| &finding.id == id);
        let ids: Vec<_> = review.findings.iter().map(|f| (f.level.name(), f.id.as_str())).collect();
        let breaking = review.worst() == Some(Level::Err);
        let missing: Vec<_> = pair.ids.iter().filter(|id| !has(id)).collect();
        let named = pair.ids.iter().any(|id| is_error(&review, id));
        match pair.level.as_str() {
            "ERR" => {
                errors += 1;
                found += usize::from(named);
            }
            "INFO" | "none" => {
                compatible += 1;
                false_alarms += usize::from(breaking);
            }
            _ => {}
        }
        let wrong = !missing.is_empty() || (pair.level == "ERR") != breaking;
        if wrong && !REASONS.iter().any(|(name, _)| *name == pair.name) {
            deviations
                .push(format!("{} {}: missing {missing:?}, found {ids:?}", pair.level, pair.name));
        }
    }
    println!(
        "{found}/{errors} breaking, {false_alarms}/{compatible} false alarms, {:?}",
        start.elapsed()
    );
    for deviation in &deviations {
        println!("{deviation}");
    }
    assert_eq!(deviations, Vec::<String>::new(), "deviations without a reason");
    assert!(found * 100 >= errors * 95, "{found} of {errors}");
    assert!(false_alarms * 100 <= compatible * 5, "{false_alarms} of {compatible}");
}
