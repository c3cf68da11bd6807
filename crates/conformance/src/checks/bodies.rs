//! Bodies of requests: broken, foreign, large, and with more in them than they should have.

use serde_json::{Value, json};

use crate::api;
use crate::check::Check;
use crate::context::{Agent, Context, Outcome, Stop};
use crate::generated::RequirementId as R;
use crate::transport::{Body, FailureKind, Request};

pub(super) const CHECKS: &[Check] = &[
    Check::new("body-malformed", &[R::ExchangeMalformedBody, R::ExchangeRefusedNoTrace], |cx| {
        Box::pin(malformed(cx))
    }),
    Check::new("body-media-type", &[R::ExchangeMediaTypeRead], |cx| Box::pin(media_type(cx))),
    Check::new("body-large", &[R::ExchangeLargeBody], |cx| Box::pin(large(cx))),
    Check::new("body-unknown-fields", &[R::ExchangeUnknownFields], |cx| {
        Box::pin(unknown_fields(cx))
    }),
    Check::new("body-field-types", &[R::ExchangeFieldTypes], |cx| Box::pin(field_types(cx))),
    Check::new("body-refused-no-trace", &[R::ExchangeRefusedNoTrace], |cx| Box::pin(no_trace(cx))),
];

/// A text that no field can take, in bytes.
const LARGE: usize = 3 * 1024 * 1024;

/// The creates on an agent, with a body that is right for each.
fn creates(cx: &Context<'_>, agent: &Agent) -> Vec<Request> {
    let (project, id) = (&agent.project, agent.id);
    let mut creates = vec![
        api::register_agent(project, &cx.name()),
        api::create_token(project, id, json!({ "name": cx.name() })),
    ];
    if cx.session.facts.receptive {
        creates.push(api::create_url(
            project,
            id,
            json!({ "url": "grpcs://agent.example.com:4242" }),
        ));
    }
    creates
}

/// The body of a create as text.
fn text(request: &Request) -> String {
    match &request.body {
        Body::Json(body) => body.to_string(),
        Body::Raw { .. } | Body::None => String::new(),
    }
}

async fn malformed(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    for request in creates(cx, &agent) {
        let right = text(&request);
        let broken = [
            String::new(),
            right[..right.len() - 1].to_owned(),
            format!("[{right}]"),
            String::from("\"name\""),
            format!("name={}", cx.name()),
        ];
        for body in broken {
            let what = format!("{} with the body `{body}`", request.operation_id());
            let answer = cx.send(request.clone().raw(Some("application/json"), body)).await?;
            cx.adopt(&agent.project, &answer);
            cx.accepted(R::ExchangeMalformedBody, &answer, &what);
            is_bare(cx, &agent).await?;
        }
    }
    Ok(())
}

/// Judges that an agent has nothing after a create that was refused.
async fn is_bare(cx: &Context<'_>, agent: &Agent) -> Result<(), Stop> {
    let mut lists = vec![api::list_tokens(&agent.project, agent.id)];
    if cx.session.facts.receptive {
        lists.push(api::list_urls(&agent.project, agent.id));
    }
    for list in lists {
        let answer = cx.send(list).await?;
        let is_empty = answer.items().is_some_and(Vec::is_empty);
        cx.expect(
            R::ExchangeRefusedNoTrace,
            is_empty,
            &answer,
            "an empty list after a refused create",
        );
    }
    Ok(())
}

async fn media_type(cx: &Context<'_>) -> Outcome {
    for media_type in ["application/json; charset=utf-8", "application/json;charset=UTF-8"] {
        let agent = cx.agent().await?;
        for request in creates(cx, &agent) {
            let what = format!("{} with the label {media_type}", request.operation_id());
            let body = text(&request);
            let answer = cx.send(request.raw(Some(media_type), body)).await?;
            cx.adopt(&agent.project, &answer);
            cx.succeeded(R::ExchangeMediaTypeRead, &answer, &what);
        }
    }
    let agent = cx.agent().await?;
    for request in creates(cx, &agent) {
        let what = format!("{} with the label text/plain", request.operation_id());
        let body = text(&request);
        let answer = cx.send(request.raw(Some("text/plain"), body)).await?;
        cx.adopt(&agent.project, &answer);
        cx.outcome(R::ExchangeMediaTypeRead, "refused", &answer, &what);
    }
    Ok(())
}

async fn large(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let (project, id) = (&agent.project, agent.id);
    let filler = "x".repeat(LARGE);
    let requests = [
        api::register_agent(project, &format!("{}{filler}", cx.name())),
        api::create_token(project, id, json!({ "name": cx.name(), "description": filler })),
    ];
    for request in requests {
        let what = format!("{} with {LARGE} bytes", request.operation_id());
        match cx.try_send(request.may_be_cut()).await {
            Ok(answer) => {
                cx.adopt(project, &answer);
                cx.accepted(R::ExchangeLargeBody, &answer, &what);
            }
            Err(failure) if failure.kind == FailureKind::Broken => {
                cx.note(R::ExchangeLargeBody, format!("{what}: the connection was closed"));
                cx.pass(R::ExchangeLargeBody);
            }
            Err(failure) if failure.kind == FailureKind::TooLarge => {
                let expected = format!("{what}: a refusal");
                let got = String::from("an answer above the size limit");
                cx.report(R::ExchangeLargeBody, cx.unanswered(expected, got));
            }
            Err(failure) => return Err(Stop::Blocked(format!("{what}: {}", failure.problem))),
        }
    }
    Ok(())
}

async fn unknown_fields(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    for request in creates(cx, &agent) {
        let mut body: Value = serde_json::from_str(&text(&request)).unwrap_or_default();
        body["x_unknown"] = json!({ "nested": [1, "two", null] });
        let what = format!("{} with an unknown field", request.operation_id());
        let name = request.name();
        let answer = cx.send(request.json(body)).await?;
        cx.adopt(&agent.project, &answer);
        if cx.succeeded(R::ExchangeUnknownFields, &answer, &what)
            && let Some(name) = name
        {
            cx.same(
                R::ExchangeUnknownFields,
                &answer,
                "`name`",
                &json!(name),
                answer.field("name"),
            );
        }
    }
    Ok(())
}

async fn field_types(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let (project, id) = (&agent.project, agent.id);
    for wrong in [json!(["a"]), json!({ "a": "b" })] {
        let mut requests = vec![
            api::register_agent_as(project, json!({ "name": wrong })),
            api::create_token(project, id, json!({ "name": wrong })),
            api::create_token(project, id, json!({ "name": cx.name(), "description": wrong })),
        ];
        if cx.session.facts.receptive {
            requests.push(api::create_url(project, id, json!({ "url": wrong })));
        }
        for request in requests {
            let what = format!("{} with {}", request.operation_id(), text(&request));
            let answer = cx.send(request).await?;
            cx.adopt(project, &answer);
            cx.outcome(R::ExchangeFieldTypes, "refused", &answer, &what);
        }
    }
    let other = cx.agent().await?;
    let answer = cx.send(api::create_token(project, other.id, json!({ "name": 123 }))).await?;
    if cx.accepted(R::ExchangeFieldTypes, &answer, "a token with the number 123 for a name")
        && answer.is_success()
    {
        cx.same(R::ExchangeFieldTypes, &answer, "`name`", &json!("123"), answer.field("name"));
    }
    Ok(())
}

async fn no_trace(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let (project, id) = (&agent.project, agent.id);
    let mut requests = vec![
        api::create_token(project, id, json!({ "description": "without a name" })),
        api::create_token(project, id, json!({ "name": "x".repeat(256) })),
        api::create_token(project, id, json!({ "name": "x", "description": "x".repeat(1025) })),
    ];
    if cx.session.facts.receptive {
        requests.push(api::create_url(project, id, json!({ "url": "https://agent.example.com" })));
        let body = json!({ "url": "grpcs://agent.example.com", "ca_cert": "no certificate" });
        requests.push(api::create_url(project, id, body));
    }
    for request in requests {
        let answer = cx.send(request).await?;
        if (400..500).contains(&answer.status) {
            is_bare(cx, &agent).await?;
        }
    }
    refused_agent_is_not_listed(cx).await
}

async fn refused_agent_is_not_listed(cx: &Context<'_>) -> Result<(), Stop> {
    let name = format!("{}-", cx.name());
    let answer = cx.send(api::register_agent(cx.project(), &name)).await?;
    cx.adopt(cx.project(), &answer);
    if (400..500).contains(&answer.status) {
        let listed = cx.listed_agents(cx.project()).await?;
        let made = listed
            .items
            .iter()
            .any(|item| item["name"].as_str().is_some_and(|listed| name.starts_with(listed)));
        let got = format!("an agent like `{name}`");
        cx.expect_got(
            R::ExchangeRefusedNoTrace,
            !made,
            &listed.last,
            "no agent of a refused name",
            got,
        );
    }
    Ok(())
}
