//! What holds for single fields of every answer: ids, owners, and which fields a list has.

use std::collections::HashSet;

use serde_json::Value;

use crate::generated::RequirementId as R;
use crate::oracle::{Observation, objects};
use crate::transport::Exchange;

pub(super) fn observe(exchange: &Exchange) -> Vec<Observation> {
    let Some(operation) = exchange.request.operation.filter(|_| exchange.is_success()) else {
        return Vec::new();
    };
    let mut seen = Vec::new();
    match operation.id {
        "listAgents" => seen.extend(agents_of_project(exchange)),
        "listAgentTokens" => {
            seen.extend(tokens_of_agent(exchange));
            seen.extend(no_last_used(exchange));
        }
        "listUrlConfigurations" | "getUrlConfiguration" | "createUrlConfiguration" => {
            seen.extend(one_identity(exchange));
        }
        _ => {}
    }
    seen
}

/// All agents of a list are of one project, and of the one in the path if that is a number.
fn agents_of_project(exchange: &Exchange) -> Option<Observation> {
    let items = exchange.items().filter(|items| !items.is_empty())?;
    let projects: Vec<u64> =
        items.iter().filter_map(|item| item.get("config_project")?.get("id")?.as_u64()).collect();
    let asked = exchange.request.path.split('/').nth(2).and_then(|text| text.parse::<u64>().ok());
    let own = asked.or_else(|| projects.first().copied())?;
    let foreign = projects.iter().find(|project| **project != own);
    let got = || format!("an agent of project {}", foreign.copied().unwrap_or_default());
    let expected = format!("only agents of project {own}");
    Some(Observation::of(R::IsolationLists, foreign.is_none(), expected, got))
}

fn tokens_of_agent(exchange: &Exchange) -> Option<Observation> {
    let asked: u64 = exchange.request.agent_segment()?.parse().ok()?;
    let items = exchange.items().filter(|items| !items.is_empty())?;
    let foreign =
        items.iter().filter_map(|item| item.get("agent_id")?.as_u64()).find(|id| *id != asked);
    let got = || format!("a token of agent {}", foreign.unwrap_or_default());
    let expected = format!("only tokens of agent {asked}");
    Some(Observation::of(R::IsolationLists, foreign.is_none(), expected, got))
}

fn no_last_used(exchange: &Exchange) -> Option<Observation> {
    let items = exchange.items().filter(|items| !items.is_empty())?;
    let holds = !items.iter().any(|item| item.get("last_used_at").is_some());
    let got = || String::from("an entry with `last_used_at`");
    Some(Observation::of(R::TokenListNoLastUsed, holds, "no `last_used_at` in the list", got))
}

fn one_identity(exchange: &Exchange) -> Option<Observation> {
    let objects = objects(exchange);
    if objects.is_empty() {
        return None;
    }
    let is_set = |object: &Value, key: &str| object.get(key).is_some_and(|value| !value.is_null());
    let wrong =
        objects.iter().find(|object| is_set(object, "public_key") == is_set(object, "client_cert"));
    let expected = "exactly one of `public_key` and `client_cert`";
    let got = || match wrong.is_some_and(|object| is_set(object, "public_key")) {
        true => String::from("both"),
        false => String::from("neither"),
    };
    Some(Observation::of(R::UrlXor, wrong.is_none(), expected, got))
}

/// The ids that were given to new things so far.
#[derive(Debug, Default)]
pub(crate) struct NewIds(HashSet<(&'static str, u64)>);

impl NewIds {
    pub(super) fn observe(&mut self, exchange: &Exchange) -> Option<Observation> {
        let operation = exchange.request.operation?;
        if operation.method != "POST" || !exchange.is_success() {
            return None;
        }
        let id = exchange.field("id");
        let expected = "an integer above zero that was never used before";
        let new = id.as_u64().filter(|id| *id > 0);
        let holds = new.is_some_and(|id| self.0.insert((operation.id, id)));
        let got = || match new {
            Some(id) => format!("the id {id} for a second time"),
            None => format!("the id {id}"),
        };
        Some(Observation::of(R::ExchangeIds, holds, expected, got))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api;
    use crate::oracle::tests::{answered, broken};
    use crate::target::Project;
    use crate::transport::Request;

    fn judge(request: Request, body: &Value) -> Vec<R> {
        broken(&observe(&answered(request, 200, &[], &body.to_string())))
    }

    #[test]
    fn a_list_with_something_of_another_owner_is_found() {
        let project = Project::Number(20);
        let agents =
            json!([{ "config_project": { "id": 20 } }, { "config_project": { "id": 21 } }]);
        assert_eq!(judge(api::list_agents(&project), &agents), [R::IsolationLists]);
        let tokens = json!([{ "agent_id": 5 }, { "agent_id": 6 }]);
        assert_eq!(judge(api::list_tokens(&project, 5), &tokens), [R::IsolationLists]);
        assert_eq!(judge(api::list_tokens(&project, 5), &json!([{ "agent_id": 5 }])), []);
    }

    #[test]
    fn a_configuration_identifies_itself_in_exactly_one_way() {
        let request = || api::get_url(&Project::Number(20), 5, 1);
        assert_eq!(judge(request(), &json!({ "public_key": "a" })), []);
        assert_eq!(judge(request(), &json!({ "public_key": null, "client_cert": "a" })), []);
        assert_eq!(judge(request(), &json!({ "public_key": null })), [R::UrlXor]);
        assert_eq!(
            judge(request(), &json!({ "public_key": "a", "client_cert": "b" })),
            [R::UrlXor]
        );
    }

    #[test]
    fn an_id_is_new_once_for_its_kind() {
        let mut ids = NewIds::default();
        let mut judge = |request, id: Value| {
            let exchange = answered(request, 201, &[], &json!({ "id": id }).to_string());
            ids.observe(&exchange).is_some_and(|seen| seen.problem.is_none())
        };
        let project = Project::Number(20);
        assert!(judge(api::register_agent(&project, "a"), json!(1)));
        assert!(judge(api::create_token(&project, 1, json!({})), json!(1)));
        assert!(!judge(api::register_agent(&project, "b"), json!(1)));
        for id in [json!(0), json!(-1), json!("2"), json!(2.5), json!(null)] {
            assert!(!judge(api::register_agent(&project, "c"), id.clone()), "{id}");
        }
    }
}
