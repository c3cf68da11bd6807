//! Addresses, TLS hosts and CA certificates: which are taken, and that they come back as sent.

use proptest::strategy::{Just, Strategy};
use serde_json::{Value, json};

use crate::api;
use crate::check::Check;
use crate::checks::url_identity::{CA_CERT, is_echoed, with_certificates};
use crate::context::{Agent, Context, Outcome, Stop};
use crate::generated::RequirementId as R;
use crate::property;
use crate::transport::Exchange;

pub(super) const CHECKS: &[Check] = &[
    Check::new("url-required", &[R::UrlRequired], |cx| Box::pin(required(cx))).receptive(),
    Check::new("url-accepted", &[R::UrlAccepted], |cx| Box::pin(accepted(cx))).receptive(),
    Check::new("url-refused", &[R::UrlRefused], |cx| Box::pin(refused(cx))).receptive(),
    Check::new("url-tls-host", &[R::UrlTlsHost], |cx| Box::pin(tls_host(cx))).receptive(),
    Check::new("url-fields-kept", &[R::UrlFieldsKept], |cx| Box::pin(fields_kept(cx))).receptive(),
];

const URL: &str = "grpcs://agent.example.com:4242";

async fn create(cx: &Context<'_>, agent: &Agent, body: Value) -> Result<Exchange, Stop> {
    cx.send(api::create_url(&agent.project, agent.id, body)).await
}

/// Makes room for the next configuration of the agent.
async fn remove(cx: &Context<'_>, agent: &Agent, created: &Exchange) -> Result<(), Stop> {
    if let Some(id) = created.field("id").as_u64().filter(|_| created.is_success()) {
        cx.send(api::delete_url(&agent.project, agent.id, id)).await?;
    }
    Ok(())
}

async fn required(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    for body in [json!({}), json!({ "url": null }), json!({ "url": "" })] {
        let what = format!("creating {body}");
        let answer = create(cx, &agent, body).await?;
        cx.accepted(R::UrlRequired, &answer, &what);
        let list = cx.send(api::list_urls(&agent.project, agent.id)).await?;
        cx.same(R::UrlRequired, &list, "the configurations", &json!([]), &json!(list.ids()));
    }
    Ok(())
}

fn address() -> impl Strategy<Value = String> {
    let scheme = proptest::sample::select(vec!["grpc", "grpcs"]);
    let name = "[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?\\.example\\.com";
    let number = (1..224_u8, 0..=255_u8, 1..255_u8);
    let number = number.prop_map(|(a, b, d)| format!("{a}.{b}.0.{d}"));
    let port = proptest::option::of(1..=65_535_u16);
    (
        scheme,
        proptest::prop_oneof![name.prop_map(String::from), number, Just(String::from("localhost"))],
        port,
    )
        .prop_map(|(scheme, host, port)| match port {
            Some(port) => format!("{scheme}://{host}:{port}"),
            None => format!("{scheme}://{host}"),
        })
}

async fn accepted(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let test = async |url: String| {
        let answer = create(cx, &agent, json!({ "url": url })).await?;
        remove(cx, &agent, &answer).await?;
        let finding = |got: String| cx.finding(&answer, format!("{url} is accepted and kept"), got);
        Ok(match answer.is_success() {
            false => Some(finding(format!("status {}", answer.status))),
            true if answer.field("url") != &json!(url) => {
                Some(finding(answer.field("url").to_string()))
            }
            true => None,
        })
    };
    property::holds(cx, R::UrlAccepted, address(), test).await
}

async fn refused(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let addresses = [
        "https://agent.example.com",
        "http://agent.example.com",
        "ws://agent.example.com",
        "wss://agent.example.com",
        "ftp://agent.example.com",
        "file:///etc/passwd",
        "agent.example.com",
        "agent.example.com:4242",
        "//agent.example.com",
        "grpcs://agent example.com",
        " grpcs://agent.example.com",
        "grpcs://agent.example.com\n",
        "javascript:alert(1)",
    ];
    for url in addresses {
        let answer = create(cx, &agent, json!({ "url": url })).await?;
        cx.accepted(R::UrlRefused, &answer, &format!("the address {url:?}"));
        remove(cx, &agent, &answer).await?;
    }
    Ok(())
}

async fn tls_host(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    for host in
        ["agent.example.com", "*.example.com", "AGENT.example.com", "192.0.2.1", "localhost"]
    {
        let answer = create(cx, &agent, json!({ "url": URL, "tls_host": host })).await?;
        if cx.succeeded(R::UrlTlsHost, &answer, &format!("the TLS host {host}")) {
            cx.same(R::UrlTlsHost, &answer, "`tls_host`", &json!(host), answer.field("tls_host"));
        }
        remove(cx, &agent, &answer).await?;
    }
    for host in [
        "https://agent.example.com",
        "agent.example.com/path",
        "agent.example.com:4242",
        "agent example.com",
    ] {
        let answer = create(cx, &agent, json!({ "url": URL, "tls_host": host })).await?;
        cx.accepted(R::UrlTlsHost, &answer, &format!("the TLS host {host:?}"));
        remove(cx, &agent, &answer).await?;
    }
    Ok(())
}

async fn fields_kept(cx: &Context<'_>) -> Outcome {
    let (full, bare) = (cx.agent().await?, cx.agent().await?);
    let (url, host) = ("grpcs://Agent-7.Example.com:4242", "TLS.Example.com");
    let body = json!({ "url": url, "ca_cert": CA_CERT, "tls_host": host });
    let (_, answer) = with_certificates(cx, &full, &body).await?;
    if !cx.succeeded(R::UrlFieldsKept, &answer, "a configuration with all fields") {
        return Ok(());
    }
    let id = answer.field("id").to_string();
    let read = cx.send(api::get_url(&full.project, full.id, id)).await?;
    for answer in [&answer, &read] {
        for (key, value) in
            [("agent_id", json!(full.id)), ("url", json!(url)), ("tls_host", json!(host))]
        {
            cx.same(R::UrlFieldsKept, answer, &format!("`{key}`"), &value, answer.field(key));
        }
        let got = format!("`ca_cert` {}", answer.field("ca_cert"));
        let holds = is_echoed(answer.field("ca_cert"), CA_CERT);
        cx.expect_got(R::UrlFieldsKept, holds, answer, "the CA certificate that was sent", got);
    }
    left_out(cx, &bare).await
}

async fn left_out(cx: &Context<'_>, agent: &Agent) -> Outcome {
    for body in [json!({ "url": URL }), json!({ "url": URL, "ca_cert": null, "tls_host": null })] {
        let answer = create(cx, agent, body).await?;
        if cx.succeeded(R::UrlFieldsKept, &answer, "a configuration with an address only") {
            for key in ["ca_cert", "tls_host"] {
                cx.same(
                    R::UrlFieldsKept,
                    &answer,
                    &format!("`{key}`"),
                    &Value::Null,
                    answer.field(key),
                );
            }
        }
        remove(cx, agent, &answer).await?;
    }
    Ok(())
}
