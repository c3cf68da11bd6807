//! What keeps a mistake in a check away from what belongs to others.

use reqwest::Method;

use crate::api;
use crate::journal::Journal;
use crate::run_id::RunId;
use crate::transport::request::Request;

/// Why a request must not go out, if there is a reason.
///
/// Writes go only to agents that this run has made, and a name that an implementation could accept
/// has the prefix of the run.
pub(crate) fn objection(request: &Request, run: &RunId, journal: &Journal) -> Option<String> {
    if !request.is_write() {
        return None;
    }
    match request.agent_segment() {
        Some(agent) => foreign_agent(agent, journal),
        None if request.method == Method::DELETE => {
            Some(String::from("the list of all agents is not ours to delete"))
        }
        None => foreign_name(request, run),
    }
}

fn foreign_agent(agent: &str, journal: &Journal) -> Option<String> {
    let id = agent.parse::<u64>().ok().filter(|id| !matches!(*id, 0 | api::NOBODYS))?;
    (!journal.is_ours(id)).then(|| format!("the agent {id} was not made by this run"))
}

fn foreign_name(request: &Request, run: &RunId) -> Option<String> {
    let name = request.name()?;
    (is_valid(&name) && !run.owns(&name))
        .then(|| format!("the name `{name}` is not one of this run"))
}

fn is_valid(name: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !name.is_empty() && name.bytes().all(inner) && !name.starts_with('-') && !name.ends_with('-')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::target::Project;

    #[test]
    fn a_write_reaches_only_agents_of_this_run() {
        let (run, project) = (RunId::from_seed(1), Project::Number(20));
        let mut journal = Journal::default();
        journal.intend("20", "cfm-1-a");
        journal.created("20", "cfm-1-a", 5);
        assert_eq!(objection(&api::delete_agent(&project, 5), &run, &journal), None);
        assert_eq!(objection(&api::get_agent(&project, 6), &run, &journal), None);
        assert!(objection(&api::delete_agent(&project, 6), &run, &journal).is_some());
        assert!(objection(&api::revoke_token(&project, 6, 1), &run, &journal).is_some());
        assert!(objection(&api::create_url(&project, 6, json!({})), &run, &journal).is_some());
        let list = Request::undocumented(Method::DELETE, "/projects/20/cluster_agents");
        assert!(objection(&list, &run, &journal).is_some());
    }

    #[test]
    fn a_name_that_could_be_accepted_has_the_prefix_of_the_run() {
        let (run, project, journal) =
            (RunId::from_seed(1), Project::Number(20), Journal::default());
        for (name, allowed) in [("cfm-1-a", true), ("production", false), ("Not Valid", true)] {
            let request = api::register_agent(&project, name);
            assert_eq!(objection(&request, &run, &journal).is_none(), allowed, "{name}");
        }
    }
}
