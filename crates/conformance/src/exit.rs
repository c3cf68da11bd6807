//! What the process tells its caller.

use std::process::{ExitCode, Termination};

use crate::error::Error;
use crate::verdict::{Judgement, RunVerdict};

/// How a run ended, as a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Exit {
    /// The target is conformant.
    Conformant = 0,
    /// A MUST is broken; with `--strict`, or a SHOULD.
    NonConformant = 1,
    /// A flag, a variable or a token is wrong or missing.
    Usage = 2,
    /// The target cannot be reached, the run is inconclusive, or the suite made a mistake.
    Inconclusive = 3,
    /// The list of expected failures is out of date: one of them holds, has expired, or is unknown.
    Stale = 4,
    /// Something that the run created could not be removed. The verdict is in the report.
    Leftovers = 5,
}

impl Exit {
    /// The exit of a run whose list of expected failures may be out of date.
    pub fn of_judgement(judgement: &Judgement<'_>, leftovers: usize) -> Self {
        match Self::of(judgement.verdict, leftovers) {
            Self::Conformant if !judgement.stale.is_empty() => Self::Stale,
            exit => exit,
        }
    }

    /// The exit of a run that has a report.
    pub fn of(verdict: RunVerdict, leftovers: usize) -> Self {
        match verdict {
            _ if leftovers > 0 => Self::Leftovers,
            RunVerdict::Conformant => Self::Conformant,
            RunVerdict::NonConformant => Self::NonConformant,
            RunVerdict::Inconclusive => Self::Inconclusive,
        }
    }
}

impl From<&Error> for Exit {
    fn from(error: &Error) -> Self {
        match error {
            Error::Missing { .. }
            | Error::Setting { .. }
            | Error::UnknownRequirement { .. }
            | Error::Rejected { .. }
            | Error::Transcript { .. }
            | Error::NoReport { .. }
            | Error::File { .. }
            | Error::Journal { .. }
            | Error::Report { .. } => Self::Usage,
            Error::Unreachable { .. }
            | Error::Interrupted { .. }
            | Error::Fault { .. }
            | Error::Client { .. }
            | Error::Ledger { .. }
            | Error::Document { .. } => Self::Inconclusive,
        }
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_has_its_number() {
        let table = [
            (RunVerdict::Conformant, 0, 0),
            (RunVerdict::NonConformant, 0, 1),
            (RunVerdict::Inconclusive, 0, 3),
            (RunVerdict::Conformant, 1, 5),
            (RunVerdict::NonConformant, 2, 5),
            (RunVerdict::Inconclusive, 1, 5),
        ];
        for (verdict, leftovers, number) in table {
            assert_eq!(Exit::of(verdict, leftovers) as u8, number, "{verdict:?} {leftovers}");
        }
        assert_eq!(Exit::from(&Error::Missing { names: Vec::new() }) as u8, 2);
        assert_eq!(Exit::from(&Error::Interrupted { reason: String::new() }) as u8, 3);
    }
}
