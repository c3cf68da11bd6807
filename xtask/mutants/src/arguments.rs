//! What was asked for.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

use clap::Parser;
use cluster_agents_mutants::campaign::Subject;
use cluster_agents_mutants::report::Format;
use cluster_agents_mutants::{defects, odds, sample};

/// Plant defects in the reference server, one at a time, and count those that the suite finds; and
/// put implementations that are odd but right before it, of which it must not blame any.
///
/// Exit codes: 0 good, 1 a MUST defect survived, something right was blamed, or the score is below
/// the committed one, 2 wrong usage, 3 it could not be tried.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask mutants", bin_name = "cargo xtask mutants")]
pub(crate) struct Args {
    /// Only this class or this defect or odd implementation; `odd` means all odd ones. Repeatable
    #[arg(long, value_name = "CLASS|NAME")]
    pub(crate) only: Vec<String>,

    /// How many seeds to try each of them with
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seeds: u32,

    /// The first seed
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,

    /// How many to try at the same time [default: one for each processor]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,

    /// End each trial at the first complaint, as those of further seeds always do
    #[arg(long)]
    pub(crate) quick: bool,

    /// Only the part that CI runs, each trial ended at the first complaint
    #[arg(long)]
    pub(crate) sample: bool,

    /// Write a report: json, markdown or html. Repeatable
    #[arg(long, value_name = "FORMAT=PATH", value_parser = report)]
    pub(crate) report: Vec<(Format, PathBuf)>,

    /// Print what would be tried, and try nothing
    #[arg(long)]
    pub(crate) list: bool,

    /// Start the server of one defect or odd implementation (`right` for none), and wait
    #[arg(long, value_name = "NAME", exclusive = true)]
    pub(crate) serve: Option<String>,
}

/// A name that nothing has.
#[derive(Debug)]
pub(crate) struct Unknown(pub(crate) String);

impl std::fmt::Display for Unknown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "there is no class, defect or odd implementation `{}`; --list prints all", self.0)
    }
}

impl std::error::Error for Unknown {}

/// Which part of everything is tried.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Scope {
    /// Everything.
    Full,
    /// What CI runs.
    Sample,
    /// What somebody chose, for which no score is committed.
    Chosen,
}

impl Args {
    /// Which part it is.
    pub(crate) fn scope(&self) -> Scope {
        match (self.only.is_empty(), self.sample) {
            (false, _) => Scope::Chosen,
            (true, true) => Scope::Sample,
            (true, false) => Scope::Full,
        }
    }

    /// How many trials run at the same time.
    pub(crate) fn jobs(&self) -> usize {
        let jobs = self.jobs.or_else(|| thread::available_parallelism().ok());
        jobs.map_or(1, NonZeroUsize::get)
    }

    /// What is tried.
    pub(crate) fn subjects(&self) -> Result<Vec<Subject>, Unknown> {
        let (mut defects, mut odds) = (defects(), odds());
        if self.sample {
            defects = sample::spread(&defects, sample::DEFECTS);
            odds = sample::spread(&odds, sample::ODDS);
        }
        let defects = defects.into_iter().map(|defect| (defect.class, Subject::Defect(defect)));
        let odds = odds.into_iter().map(|odd| ("odd", Subject::Odd(odd)));
        let all: Vec<_> = defects.chain(odds).collect();
        let has = |only: &str, (class, subject): &(&str, Subject)| {
            *class == only || subject.name() == only
        };
        if let Some(only) = self.only.iter().find(|only| !all.iter().any(|one| has(only, one))) {
            return Err(Unknown(only.clone()));
        }
        let asked = |one: &(&str, Subject)| {
            self.only.is_empty() || self.only.iter().any(|only| has(only, one))
        };
        Ok(all.into_iter().filter(asked).map(|(_, subject)| subject).collect())
    }
}

fn report(text: &str) -> Result<(Format, PathBuf), String> {
    let refuse = || String::from("it has to be json=PATH, markdown=PATH or html=PATH");
    let (format, path) =
        text.split_once('=').filter(|(_, path)| !path.is_empty()).ok_or_else(refuse)?;
    Ok((Format::from_name(format).ok_or_else(refuse)?, PathBuf::from(path)))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn args(words: &[&str]) -> Args {
        Args::parse_from([&["mutants"], words].concat())
    }

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_class_and_a_name_choose_what_is_tried() {
        let names = |words: &[&str]| args(words).subjects().map(|found| found.len());
        assert_eq!(names(&["--only", "agent-time-zero"]).ok(), Some(1));
        assert!(names(&["--only", "race"]).is_ok_and(|count| count > 5));
        assert_eq!(names(&["--only", "odd"]).ok(), Some(odds().len()));
        let unknown = args(&["--only", "nothing"]).subjects().unwrap_err();
        assert!(unknown.to_string().contains("`nothing`"));
    }

    #[test]
    fn a_report_names_its_format() {
        assert!(report("html=a.html").is_ok_and(|(format, _)| format == Format::Html));
        for wrong in ["html", "html=", "pdf=a.pdf"] {
            assert!(report(wrong).is_err(), "{wrong}");
        }
    }
}
