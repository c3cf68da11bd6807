//! One folder for each broken requirement, with everything that shows the failure again.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::error::Error;
use crate::finding::Finding;
use crate::plan::Plan;
use crate::repro::expectation::Expectation;
use crate::repro::step::Step;
use crate::repro::{hurl, script};
use crate::verdict::Judged;

/// The form of the transcripts.
const VERSION: u32 = 1;

/// A failure with the way that leads to it.
#[derive(Clone, Debug)]
pub struct Reproduction {
    /// What is broken.
    pub head: Head,
    /// The requests.
    pub steps: Vec<Step>,
    /// What must hold of the answer that is judged.
    pub expectation: Expectation,
}

/// The first line of a transcript.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Head {
    /// The form of the file.
    pub transcript: u32,
    /// The requirement that is broken.
    pub requirement: String,
    /// How binding it is.
    pub level: String,
    /// What it says.
    pub statement: String,
    /// The check that saw it.
    pub check: String,
    /// What should have happened.
    pub expected: String,
    /// What happened.
    pub got: String,
    /// Where all choices of the run came from.
    pub seed: u64,
    /// How many inputs each property tried.
    pub cases: u32,
    /// The name of the run; another one must be as long.
    pub run: String,
    /// The version of the suite.
    pub suite_version: String,
}

impl Reproduction {
    /// The reproduction of a broken requirement: of the first of the findings that programs can check
    /// best.
    pub fn of(judged: &Judged<'_>, plan: &Plan) -> Option<Self> {
        let rank = |finding: &&Finding| {
            let openness = match finding.expectation {
                Expectation::EveryExchange => 1,
                Expectation::Check => 2,
                _ => 0,
            };
            (finding.steps.is_empty(), openness)
        };
        let finding = judged.findings.iter().min_by_key(rank)?;
        let requirement = judged.requirement;
        Some(Self {
            head: Head {
                transcript: VERSION,
                requirement: requirement.id.as_str().to_owned(),
                level: requirement.level.to_string(),
                statement: requirement.statement.clone(),
                check: finding.check.to_owned(),
                expected: finding.expected.clone(),
                got: finding.got.clone(),
                seed: plan.seed,
                cases: plan.cases,
                run: plan.run.to_string(),
                suite_version: env!("CARGO_PKG_VERSION").to_owned(),
            },
            steps: finding.steps.clone(),
            expectation: finding.expectation.clone(),
        })
    }

    /// As lines of JSON: the head, the steps, the expectation.
    pub fn to_jsonl(&self) -> String {
        let mut lines = vec![json!(self.head)];
        lines.extend(self.steps.iter().map(|step| json!(step)));
        lines.push(json!({ "expectation": self.expectation }));
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// Reads what [`Self::to_jsonl`] wrote.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or is no transcript, with the line that is wrong.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let fail =
            |problem: String| Error::Transcript { path: path.display().to_string(), problem };
        let text = std::fs::read_to_string(path).map_err(|error| fail(error.to_string()))?;
        Self::parse(&text).map_err(fail)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let mut lines: Vec<(usize, &str)> = lines.collect();
        let head: Head = lines.first().map_or(Err(String::from("it is empty")), read)?;
        if head.transcript != VERSION {
            return Err(format!("its form is {}, this suite reads {VERSION}", head.transcript));
        }
        let mut last: Value = lines.last().map_or(Ok(Value::Null), read)?;
        let expectation = serde_json::from_value(last["expectation"].take())
            .map_err(|_| String::from("its last line has no expectation: is it cut?"))?;
        lines.pop();
        let steps = lines.iter().skip(1).map(read).collect::<Result<_, _>>()?;
        Ok(Self { head, steps, expectation })
    }

    /// What is broken, in a few lines.
    pub(super) fn told(&self) -> String {
        let Head { requirement, level, statement, check, expected, got, .. } = &self.head;
        let (expected, got) = (expected.replace('\n', " "), got.replace('\n', " "));
        format!(
            "{requirement} ({level}): {statement}\nseen by the check {check}\n  \
             expected  {expected}\n  got       {got}"
        )
    }

    /// The number of the step whose answer is judged, from 1.
    pub(super) fn judged_step(&self) -> usize {
        let judged = self.steps.iter().position(|step| step.judged);
        judged.map_or(self.steps.len(), |index| index + 1)
    }

    /// The files of the folder, by name.
    pub fn files(&self) -> Vec<(&'static str, String)> {
        let mut files = vec![("transcript.jsonl", self.to_jsonl())];
        if !self.steps.is_empty() {
            files.push(("reproduce.sh", script::render(self)));
            files.push(("reproduce.hurl", hurl::render(self)));
        }
        files
    }
}

fn read<T: serde::de::DeserializeOwned>(line: &(usize, &str)) -> Result<T, String> {
    serde_json::from_str(line.1).map_err(|error| format!("line {}: {error}", line.0 + 1))
}
