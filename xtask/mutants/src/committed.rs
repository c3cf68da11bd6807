//! The score that must not get lower.

use std::collections::BTreeMap;

use cluster_agents_mutants::score::{Score, Share};

use crate::arguments::Scope;

/// By part and level.
const COMMITTED: &str = include_str!("../score.json");

/// What is not as it should be.
pub(crate) fn problems(score: &Score, scope: Scope) -> Vec<String> {
    let mut problems = Vec::new();
    let lived = score.survivors().filter(|survivor| survivor.must).count();
    if lived > 0 {
        problems.push(format!("{lived} defects of MUST level survived"));
    }
    let alarms = score.false_alarms().count();
    if alarms > 0 {
        problems.push(format!("{alarms} implementations that are right were blamed"));
    }
    for must in [true, false] {
        let (share, level) = (score.share(must), if must { "must" } else { "should" });
        let known = committed(scope, level).filter(|known| share.is_below(*known));
        problems.extend(known.map(|known| {
            format!(
                "of the {level} defects {} were found, and {} before",
                share.percent(),
                known.percent()
            )
        }));
    }
    problems
}

fn committed(scope: Scope, level: &str) -> Option<Share> {
    let part = match scope {
        Scope::Full => "full",
        Scope::Sample => "sample",
        Scope::Chosen => return None,
    };
    let all: BTreeMap<String, BTreeMap<String, Share>> = serde_json::from_str(COMMITTED).ok()?;
    all.get(part)?.get(level).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_have_a_committed_score_of_both_levels() {
        for scope in [Scope::Full, Scope::Sample] {
            for level in ["must", "should"] {
                assert!(committed(scope, level).is_some_and(|share| share.planted > 0));
            }
        }
        assert_eq!(committed(Scope::Chosen, "must"), None);
    }

    #[test]
    fn a_smaller_part_is_below_and_a_larger_list_is_not() {
        let share = |killed, planted| Share { killed, planted };
        assert!(share(59, 60).is_below(share(60, 60)));
        assert!(!share(70, 70).is_below(share(60, 60)));
        assert!(!share(50, 60).is_below(share(49, 60)));
    }
}
