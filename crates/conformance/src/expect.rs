//! What an implementation is known to break: it does not count, and it must not be out of date.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use toml::value::Datetime;

use crate::error::Error;
use crate::generated::RequirementId;
use crate::ledger;
use crate::toml_file;
use crate::verdict::{Judgement, Verdict};

/// The known failures of an implementation, from a file in its repository.
#[derive(Clone, Debug, Default)]
pub struct Expectations {
    entries: Vec<Expectation>,
}

/// One requirement that is known to be broken.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Expectation {
    /// The id of the requirement, as it was written.
    pub id: String,
    /// Why it is broken.
    pub reason: String,
    /// Where that is being dealt with.
    pub link: String,
    /// The last day on which it may be broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    #[serde(default)]
    expected: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    reason: String,
    link: String,
    until: Option<Datetime>,
}

impl Expectations {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or an entry without a reason or a link, or one that is there
    /// twice. An id that does not exist is out of date instead: the ledger may have changed.
    pub fn read(path: &Path) -> Result<Self, Error> {
        Self::of(toml_file::read(path)?).map_err(|problem| Error::File {
            path: path.display().to_string(),
            line: None,
            problem,
        })
    }

    fn of(content: Content) -> Result<Self, String> {
        let mut seen = BTreeSet::new();
        let mut entries = Vec::new();
        for entry in content.expected {
            if !seen.insert(entry.id.clone()) {
                return Err(format!("`{}` is there twice", entry.id));
            }
            entries.push(Expectation::of(entry)?);
        }
        Ok(Self { entries })
    }

    /// Takes known failures out of the verdict, and notes what is out of date.
    pub fn apply(&self, judgement: &mut Judgement<'_>, strict: bool, today: NaiveDate) {
        for entry in &self.entries {
            if let Err(stale) = entry.apply(judgement, today) {
                judgement.stale.push(format!("{}: {stale}", entry.id));
            }
        }
        judgement.conclude(strict);
    }
}

impl Expectation {
    fn of(entry: Entry) -> Result<Self, String> {
        let Entry { id, reason, link, until } = entry;
        for (key, value) in [("reason", &reason), ("link", &link)] {
            if value.trim().is_empty() {
                return Err(format!("`{id}` has an empty {key}"));
            }
        }
        let until = until.map(|until| {
            let date = until.date.filter(|_| until.time.is_none());
            let date = date.and_then(|date| {
                NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
            });
            date.ok_or_else(|| format!("`{id}`: `until` is a day, like 2027-01-31"))
        });
        let until = until.transpose()?;
        Ok(Self { id, reason, link, until })
    }

    /// Why the entry is out of date, if it is.
    fn apply(&self, judgement: &mut Judgement<'_>, today: NaiveDate) -> Result<(), String> {
        let id: RequirementId = ledger::parse_id(&self.id).map_err(|error| error.to_string())?;
        if let Some(until) = self.until.filter(|until| *until < today) {
            return Err(format!("expired on {until}; mend it or agree on another day"));
        }
        let mut judged = judgement.requirements.iter_mut();
        let Some(judged) = judged.find(|judged| judged.requirement.id == id) else { return Ok(()) };
        match judged.verdict {
            Verdict::Fail | Verdict::Warn => judged.expected = Some(self.clone()),
            Verdict::Info if !judged.findings.is_empty() => judged.expected = Some(self.clone()),
            Verdict::Pass | Verdict::Info => {
                return Err(String::from("holds now; remove the entry"));
            }
            Verdict::Skip | Verdict::Untestable | Verdict::Error => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Ledger;
    use crate::testing;
    use crate::verdict::{RunVerdict, judge, tests::transcript};
    use RequirementId as R;

    fn expectations(text: &str) -> Result<Expectations, String> {
        Expectations::of(toml_file::parse(text).map_err(|(_, problem)| problem)?)
    }

    fn entry(id: &str, more: &str) -> String {
        format!(
            "[[expected]]\nid = \"{id}\"\nreason = \"old\"\nlink = \"https://e.com/1\"\n{more}\n"
        )
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// A run on 1 March 2026 in which the limit of tokens is broken and agents can be read.
    fn judged(text: &str) -> (RunVerdict, Vec<String>) {
        let ledger = Ledger::embedded().expect("a ledger");
        let plan = testing::plan(&[R::TokenLimit, R::AgentGet], false);
        let transcript = transcript(&[
            (R::TokenLimit, crate::verdict::tests::failed()),
            (R::AgentGet, crate::verdict::tests::passed()),
        ]);
        let mut judgement = judge(&ledger, &plan, &transcript);
        let expectations = expectations(text).expect("good entries");
        expectations.apply(&mut judgement, false, day("2026-03-01"));
        (judgement.verdict, judgement.stale)
    }

    #[test]
    fn a_known_failure_does_not_count() {
        assert_eq!(judged(""), (RunVerdict::NonConformant, Vec::new()));
        assert_eq!(judged(&entry("token-limit", "")), (RunVerdict::Conformant, Vec::new()));
        let last_day = entry("token-limit", "until = 2026-03-01");
        assert_eq!(judged(&last_day), (RunVerdict::Conformant, Vec::new()));
    }

    #[test]
    fn an_entry_that_is_out_of_date_is_told_in_one_line() {
        let expired = entry("token-limit", "until = 2026-02-28");
        let (verdict, stale) =
            judged(&(expired + &entry("agent-get", "") + &entry("agent-gte", "")));
        assert_eq!(verdict, RunVerdict::NonConformant);
        insta::assert_snapshot!(stale.join("\n"), @r"
        token-limit: expired on 2026-02-28; mend it or agree on another day
        agent-get: holds now; remove the entry
        agent-gte: there is no requirement `agent-gte`; did you mean agent-get?
        ");
    }

    #[test]
    fn a_requirement_that_was_not_judged_is_not_out_of_date() {
        assert!(judged(&entry("url-limit", "")).1.is_empty());
    }

    #[test]
    fn an_entry_says_why_and_where() {
        let without = |key: &str| {
            let text = entry("token-limit", "");
            let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with(key)).collect();
            expectations(&kept.join("\n")).expect_err("incomplete")
        };
        insta::assert_snapshot!(without("reason"), @"missing field `reason`");
        insta::assert_snapshot!(without("link"), @"missing field `link`");
        let twice = entry("token-limit", "") + &entry("token-limit", "");
        insta::assert_snapshot!(expectations(&twice).expect_err("twice"), @"`token-limit` is there twice");
        let hour = entry("token-limit", "until = 2026-02-28T10:00:00Z");
        insta::assert_snapshot!(expectations(&hour).expect_err("no day"), @"`token-limit`: `until` is a day, like 2027-01-31");
    }
}
