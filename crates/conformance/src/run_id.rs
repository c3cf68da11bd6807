//! The name of a run, which everything that the run creates carries.

use std::fmt;

/// The seed in a form that fits into a name. The same seed gives the same names, so that a run can
/// be repeated byte for byte.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RunId(String);

impl RunId {
    /// The id of the run with this seed.
    pub fn from_seed(seed: u64) -> Self {
        Self(base36(seed))
    }

    /// The id of a run on a target that others may use at the same time, with the same seed, too.
    pub fn among_others(seed: u64, salt: u32) -> Self {
        Self(format!("{}-{:0>4}", base36(seed), base36(u64::from(salt) % SALTS)))
    }

    /// Whether a name looks like one that some run has made.
    pub fn could_be_of_a_run(name: &str) -> bool {
        let Some((id, rest)) = name.strip_prefix("cfm-").and_then(|rest| rest.split_once('-'))
        else {
            return false;
        };
        let is_digit = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        (1..=13).contains(&id.len()) && id.bytes().all(is_digit) && !rest.is_empty()
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

/// How many salts have four digits.
const SALTS: u64 = 36 * 36 * 36 * 36;

fn base36(number: u64) -> String {
    let mut digits = Vec::new();
    let mut rest = number;
    loop {
        digits.extend(char::from_digit((rest % 36) as u32, 36));
        rest /= 36;
        if rest == 0 {
            break;
        }
    }
    digits.into_iter().rev().collect()
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
    fn two_runs_with_one_seed_do_not_own_what_the_other_has_made() {
        let (one, two) = (RunId::among_others(1, 7), RunId::among_others(1, 8));
        assert_eq!(one.name("a"), "cfm-1-0007-a");
        assert!(one.owns(&one.name("a")) && !one.owns(&two.name("a")));
    }

    #[test]
    fn only_names_of_runs_look_like_names_of_runs() {
        for name in ["cfm-1-a", "cfm-10-x7k2-agents-1"] {
            assert!(RunId::could_be_of_a_run(name), "{name}");
        }
        for name in ["cfm", "cfm-", "cfm-1", "cfm-1-", "cfm--a", "cfm-A-a", "my-cfm-1-a"] {
            assert!(!RunId::could_be_of_a_run(name), "{name}");
        }
    }

    #[test]
    fn a_run_does_not_own_names_of_a_run_whose_id_begins_alike() {
        assert!(!RunId::from_seed(1).owns(&RunId::from_seed(36).name("a")));
    }
}
