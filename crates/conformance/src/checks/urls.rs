//! URL configurations: creating, reading, deleting, and that there is one at most.

use serde_json::{Value, json};

use crate::api;
use crate::check::Check;
use crate::checks::agents::same_values;
use crate::checks::things::Things;
use crate::context::{Context, Outcome};
use crate::generated::RequirementId as R;

pub(super) const CHECKS: &[Check] = &[
    Check::new("url-gate", &[R::UrlGate], |cx| Box::pin(gate(cx))),
    Check::new("url-read", &[R::UrlRead], |cx| Box::pin(read(cx))).receptive(),
    Check::new("url-limit", &[R::UrlLimit], |cx| Box::pin(limit(cx))).receptive(),
    Check::new("url-delete", &[R::UrlDelete, R::UrlRecreate], |cx| Box::pin(delete(cx)))
        .receptive(),
    Check::new("url-is-receptive", &[R::UrlIsReceptive], |cx| Box::pin(is_receptive(cx)))
        .receptive(),
];

/// The documented keys of a URL configuration.
pub(super) const KEYS: [&str; 7] =
    ["id", "agent_id", "url", "public_key", "client_cert", "ca_cert", "tls_host"];

/// All four operations agree on whether there are receptive agents.
async fn gate(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    let (project, id) = (cx.project(), things.agent.id);
    let on_missing = [
        api::list_urls(project, id),
        api::get_url(project, id, 1),
        api::create_url(project, id, json!({ "url": "grpcs://agent.example.com:4242" })),
        api::delete_url(project, id, 1),
    ];
    let requests = match things.url {
        Some(_) => [things.url_reads(), things.url_writes()].concat(),
        None => on_missing.to_vec(),
    };
    for request in requests {
        let operation = request.operation_id();
        let answer = cx.send(request).await?;
        let is_there = answer.status != 404;
        let expected = match things.url {
            Some(_) => format!("{operation}: anything but 404, since there are receptive agents"),
            None => format!("{operation}: status 404, since there are no receptive agents"),
        };
        cx.expect(R::UrlGate, is_there == things.url.is_some(), &answer, expected);
    }
    Ok(())
}

async fn read(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let answer = cx.send(api::list_urls(&agent.project, agent.id)).await?;
    let is_empty = answer.is_success() && answer.items().is_some_and(Vec::is_empty);
    cx.expect(R::UrlRead, is_empty, &answer, "an empty array before a configuration is created");
    let (id, created) = cx.url(&agent).await?;
    let created = created.json().unwrap_or(&Value::Null).clone();
    let answer = cx.send(api::list_urls(&agent.project, agent.id)).await?;
    let count = answer.items().map_or(0, Vec::len);
    let got = format!("{count} entries");
    if cx.expect_got(R::UrlRead, count == 1, &answer, "exactly one entry", got) {
        let entry = answer.items().and_then(|items| items.first()).unwrap_or(&Value::Null);
        same_values(cx, R::UrlRead, &answer, &created, entry, &KEYS);
    }
    let answer = cx.send(api::get_url(&agent.project, agent.id, id)).await?;
    if cx.succeeded(R::UrlRead, &answer, "getting a new configuration") {
        same_values(
            cx,
            R::UrlRead,
            &answer,
            &created,
            answer.json().unwrap_or(&Value::Null),
            &KEYS,
        );
    }
    Ok(())
}

async fn limit(cx: &Context<'_>) -> Outcome {
    let (agent, other) = (cx.agent().await?, cx.agent().await?);
    let (id, created) = cx.url(&agent).await?;
    let body = json!({ "url": "grpcs://second.example.com:4242" });
    let answer = cx.send(api::create_url(&agent.project, agent.id, body.clone())).await?;
    cx.accepted(R::UrlLimit, &answer, "creating a second configuration");
    let read = cx.send(api::get_url(&agent.project, agent.id, id)).await?;
    if cx.succeeded(R::UrlLimit, &read, "getting the first configuration") {
        let (created, read_body) =
            (created.json().unwrap_or(&Value::Null), read.json().unwrap_or(&Value::Null));
        same_values(cx, R::UrlLimit, &read, created, read_body, &KEYS);
    }
    let list = cx.send(api::list_urls(&agent.project, agent.id)).await?;
    cx.same(R::UrlLimit, &list, "the configurations", &json!([id]), &json!(list.ids()));
    let answer = cx.send(api::create_url(&other.project, other.id, body)).await?;
    cx.succeeded(R::UrlLimit, &answer, "creating one for another agent");
    Ok(())
}

async fn delete(cx: &Context<'_>) -> Outcome {
    let things = Things::make(cx).await?;
    let (project, agent) = (cx.project(), things.agent.id);
    let Some(url) = things.url else { return Ok(()) };
    let answer = cx.send(api::delete_url(project, agent, url)).await?;
    if !cx.succeeded(R::UrlDelete, &answer, "deleting a configuration") {
        return Ok(());
    }
    let answer = cx.send(api::get_url(project, agent, url)).await?;
    cx.accepted(R::UrlDelete, &answer, "getting a deleted configuration");
    let answer = cx.send(api::list_urls(project, agent)).await?;
    cx.same(R::UrlDelete, &answer, "the configurations", &json!([]), &json!(answer.ids()));
    let answer = cx.send(api::get_agent(project, agent)).await?;
    cx.succeeded(R::UrlDelete, &answer, "getting the agent");
    let tokens = json!(cx.active_tokens(&things.agent).await?);
    cx.same(R::UrlDelete, &answer, "the active tokens", &json!([things.token]), &tokens);
    let body = json!({ "url": "grpcs://again.example.com:4242" });
    let answer = cx.send(api::create_url(project, agent, body)).await?;
    if cx.succeeded(R::UrlRecreate, &answer, "creating another configuration") {
        let is_new = answer.field("id").as_u64() != Some(url);
        cx.expect_got(R::UrlRecreate, is_new, &answer, "a new id", format!("the id {url} again"));
    }
    Ok(())
}

async fn is_receptive(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let (project, id) = (cx.project(), agent.id);
    let steps = [(None, false), (Some(true), true), (Some(false), false)];
    let mut url = 0;
    for (change, expected) in steps {
        match change {
            Some(true) => url = cx.url(&agent).await?.0,
            Some(false) => drop(cx.send(api::delete_url(project, id, url)).await?),
            None => {}
        }
        let answer = cx.send(api::get_agent(project, id)).await?;
        match answer.field("is_receptive") {
            Value::Null => {
                cx.note(R::UrlIsReceptive, "agents have no `is_receptive`");
                cx.pass(R::UrlIsReceptive);
            }
            got => {
                cx.same(R::UrlIsReceptive, &answer, "`is_receptive`", &json!(expected), got);
            }
        }
    }
    Ok(())
}
