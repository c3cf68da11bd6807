//! Defects that ask the server behind them more than once.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use cluster_agents_server::Operation as O;
use http::Method;
use http::header::AUTHORIZATION;
use serde_json::{Value, json};
use tokio::time::sleep;

use cluster_agents_reference::demo;

use super::memory::Shared;
use super::odds::{says, says_part};
use super::rights::set_token;
use crate::seam::call::{Answer, Call};
use crate::seam::wire::{Handler, Next, after, around, before};

fn agents_path(call: &Call) -> String {
    format!("{}/cluster_agents", call.project())
}

fn below_agent(call: &Call, kind: &str) -> String {
    format!("{}/cluster_agents/{}/{kind}", call.project(), call.agent())
}

/// The items of a list, read by a maintainer.
async fn listed(call: &Call, next: &Next, path: &str) -> Vec<Value> {
    let mut list = call.aside(Method::GET, path);
    list.set_query("per_page=100");
    match next.call(list).await.value() {
        Value::Array(items) => items,
        _ => Vec::new(),
    }
}

fn id(item: &Value) -> String {
    item.get("id").map(ToString::to_string).unwrap_or_default()
}

/// Takes a DELETE on the list of agents for one of its first.
pub(crate) fn delete_on_list() -> Handler {
    around(|mut call, next| async move {
        if call.method == Method::DELETE && call.op().is_none() && call.agent().is_empty() {
            let path = agents_path(&call);
            if let Some(first) = listed(&call, &next, &path).await.first() {
                call.set_path(&format!("{path}/{}", id(first)));
            }
        }
        next.call(call).await
    })
}

/// Deletes in spite of the condition, and says that it did not.
pub(crate) fn condition_fails_and_deletes() -> Handler {
    around(|mut call, next| async move {
        let answer = next.call(call.clone()).await;
        if answer.status == 412 {
            call.headers.remove("if-unmodified-since");
            next.call(call).await;
        }
        answer
    })
}

/// Names the agent in the error that says that there is none.
pub(crate) fn names_refused() -> Handler {
    around(|mut call, next| async move {
        let answer = next.call(call.clone()).await;
        if !(call.is(&[O::GetAgent]) && call.by(&["guest", "reporter"])) {
            return answer;
        }
        call.set_actor("maintainer");
        let agent = next.call(call).await.value();
        match agent.get("name").and_then(Value::as_str) {
            Some(name) => Answer::error(404, &format!("404 Agent {name} not found")),
            None => answer,
        }
    })
}

fn known_token(text: &str) -> Option<&'static str> {
    let good = demo::ACTORS.iter().filter(|(actor, _)| !matches!(*actor, "expired" | "revoked"));
    let tokens = good.map(|(_, token)| *token);
    tokens.into_iter().find(|token| *token == text)
}

/// Looks for a token in every header.
pub(crate) fn any_header_accepted() -> Handler {
    before(|call| {
        let mut values = call.headers.values().filter_map(|value| value.to_str().ok());
        let found = values.find_map(known_token);
        if let (true, Some(token)) = (call.token().is_empty(), found) {
            set_token(call, token);
        }
    })
}

/// Takes the last word of Authorization for a token.
pub(crate) fn any_scheme_accepted() -> Handler {
    before(|call| {
        let value = call.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = value.and_then(|value| known_token(value.rsplit(' ').next()?));
        if let Some(token) = token {
            set_token(call, token);
        }
    })
}

/// Lists the tokens of all agents of the project.
pub(crate) fn project_tokens_listed() -> Handler {
    around(|call, next| async move {
        let mut answer = next.call(call.clone()).await;
        if !call.is(&[O::ListAgentTokens]) || !answer.is_success() {
            return answer;
        }
        let path = agents_path(&call);
        let mut tokens = Vec::new();
        for agent in listed(&call, &next, &path).await {
            tokens.extend(listed(&call, &next, &format!("{path}/{}/tokens", id(&agent))).await);
        }
        answer.set_value(&Value::Array(tokens));
        answer
    })
}

/// Finds an agent by its id alone, whatever project the path names.
pub(crate) fn any_project(operation: O) -> Handler {
    let projects = Shared::<String, String>::default();
    around(move |mut call, next| {
        let projects = projects.clone();
        async move {
            if call.is(&[operation])
                && let Some(project) = projects.with(|known| known.get(call.agent()).cloned())
            {
                call.set_segment(0, &project);
            }
            let answer = next.call(call.clone()).await;
            if call.is(&[O::RegisterAgent]) && answer.is_success() {
                let project = call.project().to_owned();
                projects.with(|known| known.insert(answer.id().to_string(), project));
            }
            answer
        }
    })
}

/// Says that an agent of another project is forbidden.
pub(crate) fn foreign_is_forbidden() -> Handler {
    around(|call, next| async move {
        let answer = next.call(call.clone()).await;
        if !says(&answer, "404 Not found") || call.agent().is_empty() {
            return answer;
        }
        for project in [demo::PROJECT, demo::SECOND_PROJECT, demo::PUBLIC_PROJECT] {
            let path = format!("{project}/cluster_agents/{}", call.agent());
            let elsewhere = next.call(call.aside(Method::GET, &path)).await.is_success();
            if elsewhere && project != call.project() && !call.project().contains('%') {
                return Answer::error(403, "403 Forbidden");
            }
        }
        answer
    })
}

/// Refuses to delete an agent that has tokens.
pub(crate) fn agent_with_tokens_kept() -> Handler {
    around(|call, next| async move {
        let tokens = below_agent(&call, "tokens");
        if call.is(&[O::DeleteAgent]) && !listed(&call, &next, &tokens).await.is_empty() {
            return Answer::error(400, "400 Bad request - the agent has tokens");
        }
        next.call(call).await
    })
}

/// Goes on showing the URL configurations of deleted agents.
pub(crate) fn remembers_deleted(shows: O) -> Handler {
    let buried = Shared::<String, Value>::default();
    around(move |call, next| {
        let buried = buried.clone();
        async move {
            if call.is(&[O::DeleteAgent]) {
                let path = below_agent(&call, "url_configurations");
                let urls = listed(&call, &next, &path).await;
                let answer = next.call(call).await;
                if let (true, Some(url)) = (answer.is_success(), urls.first()) {
                    buried.with(|buried| buried.insert(format!("{path}/{}", id(url)), url.clone()));
                }
                return answer;
            }
            let answer = next.call(call.clone()).await;
            let path = format!("{}/{}", below_agent(&call, "url_configurations"), call.item());
            let found = buried.with(|buried| buried.get(&path).cloned());
            match found {
                Some(url) if call.is(&[shows]) && answer.status == 404 => Answer::json(200, &url),
                _ => answer,
            }
        }
    })
}

/// Answers a second URL configuration with the first.
pub(crate) fn second_url_answers_first() -> Handler {
    around(|call, next| async move {
        let answer = next.call(call.clone()).await;
        let path = below_agent(&call, "url_configurations");
        match listed(&call, &next, &path).await.first() {
            Some(first) if says_part(&answer, "already exists") => Answer::json(201, first),
            _ => answer,
        }
    })
}

/// Refuses a third token and revokes the first.
pub(crate) fn limit_refuses_and_revokes() -> Handler {
    around(|call, next| async move {
        let answer = next.call(call.clone()).await;
        if says_part(&answer, "two active") {
            let path = below_agent(&call, "tokens");
            if let Some(oldest) = listed(&call, &next, &path).await.last() {
                let oldest = format!("{path}/{}", id(oldest));
                next.call(call.aside(Method::DELETE, &oldest)).await;
            }
        }
        answer
    })
}

/// Shows the first page where there is none.
pub(crate) fn past_end_is_first() -> Handler {
    around(|mut call, next| async move {
        let answer = next.call(call.clone()).await;
        if call.is(super::PAGES) && answer.value() == json!([]) {
            let size = call.query("per_page").unwrap_or("20").to_owned();
            call.set_query(&format!("page=1&per_page={size}"));
            return next.call(call).await;
        }
        answer
    })
}

/// Refuses a second token of the same name.
pub(crate) fn shared_name_refused() -> Handler {
    around(|call, next| async move {
        let path = below_agent(&call, "tokens");
        let name = call.field("name");
        if call.is(&[O::CreateAgentToken])
            && listed(&call, &next, &path)
                .await
                .iter()
                .any(|token| token.get("name") == Some(&name))
        {
            return Answer::error(400, "400 Bad request - [\"Name has already been taken\"]");
        }
        next.call(call).await
    })
}

/// Answers one delete in so many without doing it.
pub(crate) fn forgets_one_in(count: u64, operation: O) -> Handler {
    let asked = std::sync::Arc::new(AtomicU64::new(0));
    around(move |call, next| {
        let asked = std::sync::Arc::clone(&asked);
        async move {
            if call.is(&[operation]) && asked.fetch_add(1, Ordering::Relaxed) % count == count - 1 {
                return Answer::empty(204);
            }
            next.call(call).await
        }
    })
}

/// Takes its time.
pub(crate) fn slow(operations: &'static [O], millis: u64) -> Handler {
    around(move |call, next| async move {
        if call.is(operations) {
            sleep(Duration::from_millis(millis)).await;
        }
        next.call(call).await
    })
}

/// Shows client keys.
pub(crate) fn client_keys(shows: O) -> Handler {
    let keys = Shared::<i64, Value>::default();
    after(move |call, answer| {
        if call.is(&[O::CreateUrlConfiguration]) && answer.is_success() {
            keys.with(|keys| keys.insert(answer.id(), call.field("client_key")));
        }
        if call.is(&[shows]) {
            answer.each(|url| {
                let id = url.get("id").and_then(Value::as_i64).unwrap_or_default();
                let key = keys.with(|keys| keys.get(&id).cloned());
                url.extend(key.map(|key| ("client_key".to_owned(), key)));
            });
        }
    })
}
