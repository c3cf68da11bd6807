//! The name of a run, which everything that the run creates carries.

use std::fmt;

/// The seed in a form that fits into a name. The same seed gives the same names, so that a run can
/// be repeated byte for byte.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RunId(String);

impl RunId {
    /// The id of the run with this seed.
    pub fn from_seed(seed: u64) -> Self {
        let mut digits = Vec::new();
        let mut rest = seed;
        loop {
            digits.extend(char::from_digit((rest % 36) as u32, 36));
            rest /= 36;
            if rest == 0 {
                break;
            }
        }
        Self(digits.into_iter().rev().collect())
    }

    /// Any id of a length.
    pub(crate) fn random(length: usize) -> Self {
        let digit = |_| char::from_digit(rand::random_range(0..36), 36).unwrap_or('0');
        Self((0..length).map(digit).collect())
    }

    /// A name for something that the run creates.
    pub fn name(&self, rest: &str) -> String {
        format!("{}{rest}", self.prefix())
    }

    /// What all names of the run begin with.
    pub fn prefix(&self) -> String {
        format!("cfm-{}-", self.0)
    }

    /// Whether a name is one of this run.
    pub fn owns(&self, name: &str) -> bool {
        name.starts_with(&self.prefix())
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_has_a_short_name_of_its_own() {
        let names = [0, 35, 36, u64::MAX].map(|seed| RunId::from_seed(seed).name("a"));
        assert_eq!(names, ["cfm-0-a", "cfm-z-a", "cfm-10-a", "cfm-3w5e11264sgsf-a"]);
    }

    #[test]
    fn a_run_does_not_own_names_of_a_run_whose_id_begins_alike() {
        assert!(!RunId::from_seed(1).owns(&RunId::from_seed(36).name("a")));
    }
}
