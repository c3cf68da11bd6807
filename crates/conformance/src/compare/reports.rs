//! What got better or worse from one JSON report to another.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::Deserialize;

use crate::error::Error;

/// What a comparison needs of a report. Everything else may be as it likes, so that reports of other
/// versions of the suite can be compared.
#[derive(Clone, Debug, Deserialize)]
pub struct Summary {
    verdict: String,
    requirements: Vec<Entry>,
}

#[derive(Clone, Debug, Deserialize)]
struct Entry {
    id: String,
    level: String,
    verdict: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    findings: Vec<Found>,
}

#[derive(Clone, Debug, Deserialize)]
struct Found {
    expected: String,
    got: String,
}

/// What lies between two reports.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The verdicts of both.
    pub verdicts: (String, String),
    /// The requirements whose verdicts differ, the worst first.
    pub changes: Vec<Change>,
}

/// One requirement that is not as it was.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Change {
    /// Where it went.
    pub direction: Direction,
    /// The requirement.
    pub id: String,
    /// How binding it is.
    pub level: String,
    /// Its verdicts; nothing where a report does not have it.
    pub verdicts: (Option<String>, Option<String>),
    /// What is to be said of the later one, or of the earlier if there is no later.
    pub told: String,
}

/// Whether a change is one for the better.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Direction {
    /// It was not broken and is, or it could be judged and cannot.
    Worse,
    /// The later report does not have it.
    Gone,
    /// The earlier report does not have it.
    New,
    /// It is another verdict, and neither is the better one.
    Other,
    /// It was broken and is not, or it could not be judged and can.
    Better,
}

impl Summary {
    /// Reads a report that a run has written as JSON.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or is no report.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let fail = |problem: String| Error::NoReport { path: path.display().to_string(), problem };
        let text =
            std::fs::read_to_string(path).map_err(|error: io::Error| fail(error.to_string()))?;
        serde_json::from_str(&text).map_err(|error| fail(error.to_string()))
    }

    /// What has changed from this report to a later one.
    pub fn compare(&self, later: &Self) -> Comparison {
        let pairs = self.pairs(later);
        let mut changes: Vec<Change> = pairs.values().filter_map(|(a, b)| change(*a, *b)).collect();
        changes.sort();
        Comparison { verdicts: (self.verdict.clone(), later.verdict.clone()), changes }
    }

    fn pairs<'s>(&'s self, later: &'s Self) -> BTreeMap<&'s str, Pair<'s>> {
        let mut pairs: BTreeMap<&str, Pair<'_>> = BTreeMap::new();
        for entry in &self.requirements {
            pairs.entry(&entry.id).or_default().0 = Some(entry);
        }
        for entry in &later.requirements {
            pairs.entry(&entry.id).or_default().1 = Some(entry);
        }
        pairs
    }
}

type Pair<'s> = (Option<&'s Entry>, Option<&'s Entry>);

fn change(before: Option<&Entry>, after: Option<&Entry>) -> Option<Change> {
    let direction = match (before, after) {
        (Some(before), Some(after)) if before.verdict == after.verdict => return None,
        (Some(before), Some(after)) => direction(&before.verdict, &after.verdict),
        // What is new and broken is worse than what was not there.
        (None, Some(after)) if rank(&after.verdict) >= BROKEN => Direction::Worse,
        (None, _) => Direction::New,
        (Some(_), None) => Direction::Gone,
    };
    let shown = after.or(before)?;
    let verdict = |entry: Option<&Entry>| entry.map(|entry| entry.verdict.clone());
    Some(Change {
        direction,
        id: shown.id.clone(),
        level: shown.level.clone(),
        verdicts: (verdict(before), verdict(after)),
        told: shown.told(),
    })
}

/// From this rank on a verdict says that something is broken.
const BROKEN: u8 = 4;

/// How bad a verdict is. One that this version does not know is as bad as one that cannot be judged.
fn rank(verdict: &str) -> u8 {
    match verdict {
        "pass" | "info" => 0,
        "skip" => 1,
        "warn" => BROKEN,
        "fail" => BROKEN + 1,
        _ => 2,
    }
}

fn direction(before: &str, after: &str) -> Direction {
    match rank(before).cmp(&rank(after)) {
        std::cmp::Ordering::Less => Direction::Worse,
        std::cmp::Ordering::Equal => Direction::Other,
        std::cmp::Ordering::Greater => Direction::Better,
    }
}

impl Entry {
    fn told(&self) -> String {
        match self.findings.first() {
            Some(found) => format!("expected {}; got {}", found.expected, found.got),
            None => self.message.clone(),
        }
    }
}

impl Comparison {
    /// Whether anything got worse. What a report does not have any more is not worse by itself: a run
    /// may have been about fewer requirements.
    pub fn is_worse(&self) -> bool {
        self.changes.iter().any(|change| change.direction == Direction::Worse)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn report(entries: &[(&str, &str)]) -> Summary {
        let entries: Vec<_> = entries
            .iter()
            .map(|(id, verdict)| json!({ "id": id, "level": "must", "verdict": verdict, "x": 1 }))
            .collect();
        let report = json!({ "verdict": "conformant", "requirements": entries, "more": {} });
        serde_json::from_value(report).expect("a report")
    }

    fn changes(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<(Direction, String)> {
        let comparison = report(before).compare(&report(after));
        comparison.changes.into_iter().map(|change| (change.direction, change.id)).collect()
    }

    #[test]
    fn every_change_has_a_direction() {
        use Direction::{Better, Gone, New, Other, Worse};
        let table = [
            ("pass", "fail", Some(Worse)),
            ("pass", "skip", Some(Worse)),
            ("skip", "untestable", Some(Worse)),
            ("warn", "fail", Some(Worse)),
            ("fail", "pass", Some(Better)),
            ("fail", "untestable", Some(Better)),
            ("pass", "info", Some(Other)),
            ("fail", "fail", None),
        ];
        for (before, after, direction) in table {
            let expected: Vec<_> =
                direction.into_iter().map(|it| (it, String::from("a"))).collect();
            assert_eq!(changes(&[("a", before)], &[("a", after)]), expected, "{before} {after}");
        }
        assert_eq!(changes(&[], &[("a", "pass")]), [(New, String::from("a"))]);
        assert_eq!(changes(&[], &[("a", "fail")]), [(Worse, String::from("a"))]);
        assert_eq!(changes(&[("a", "fail")], &[]), [(Gone, String::from("a"))]);
    }

    #[test]
    fn the_worst_comes_first() {
        let order = changes(&[("a", "fail"), ("b", "pass")], &[("a", "pass"), ("b", "fail")]);
        assert_eq!(order.first().map(|(_, id)| id.as_str()), Some("b"));
        assert!(report(&[("a", "pass")]).compare(&report(&[("a", "fail")])).is_worse());
        assert!(!report(&[("a", "fail")]).compare(&report(&[])).is_worse());
    }

    #[test]
    fn a_file_that_is_no_report_is_told() {
        let error = Summary::read(Path::new("/no/such/file")).expect_err("no file");
        assert!(error.to_string().starts_with("/no/such/file is no JSON report"), "{error}");
    }
}
