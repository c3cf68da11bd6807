//! The checks, one file per subject. Adding one: write the function, list it in `CHECKS` of its
//! file with the requirements that it cites, and see it fail once.

mod agent_names;
mod agents;
mod bodies;
mod credentials;
mod documented;
mod exchanges;
mod forged;
mod framing;
mod history;
mod ids;
mod isolation;
mod order;
mod page_values;
mod pages;
mod preconditions;
mod programs;
mod projects;
mod races;
mod reading;
mod roles;
mod roles_denied;
mod things;
mod token_limit;
mod token_secrets;
mod token_texts;
mod tokens;
mod unchecked;
mod url_identity;
mod url_values;
mod urls;

use crate::check::Check;

pub(crate) use unchecked::UNCHECKED;
pub(crate) use url_identity::CLIENT_KEY;

/// All checks in the order in which they are planned.
pub(crate) fn all() -> impl Iterator<Item = &'static Check> {
    [
        agents::CHECKS,
        agent_names::CHECKS,
        tokens::CHECKS,
        token_texts::CHECKS,
        token_limit::CHECKS,
        token_secrets::CHECKS,
        credentials::CHECKS,
        roles::CHECKS,
        roles_denied::CHECKS,
        projects::CHECKS,
        isolation::CHECKS,
        bodies::CHECKS,
        forged::CHECKS,
        ids::CHECKS,
        preconditions::CHECKS,
        exchanges::CHECKS,
        framing::CHECKS,
        urls::CHECKS,
        url_identity::CHECKS,
        url_values::CHECKS,
        documented::CHECKS,
        races::CHECKS,
        history::CHECKS,
        programs::CHECKS,
        page_values::CHECKS,
        pages::CHECKS,
        reading::CHECKS,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::generated::RequirementId as R;
    use crate::oracle;
    use crate::run_id::RunId;

    #[test]
    fn every_requirement_has_a_check_or_is_listed_as_unchecked() {
        let checked: BTreeSet<R> =
            all().flat_map(|check| check.requirements.iter().copied()).collect();
        for id in R::ALL {
            let has_check = checked.contains(id) || oracle::REQUIREMENTS.contains(id);
            let is_listed = UNCHECKED.iter().any(|(listed, _)| listed == id);
            assert!(has_check != is_listed, "{}: exactly one of both", id.as_str());
        }
    }

    #[test]
    fn names_of_checks_are_unique_and_leave_room_in_the_names_of_agents() {
        let mut seen = BTreeSet::new();
        for check in all() {
            assert!(seen.insert(check.name), "{} is there twice", check.name);
            let longest = RunId::from_seed(u64::MAX).name(&format!("{}-999", check.name));
            assert!(longest.len() <= 55, "{longest} is too long");
            let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
            assert!(check.name.bytes().all(is_plain), "{} does not fit into a name", check.name);
        }
    }
}
