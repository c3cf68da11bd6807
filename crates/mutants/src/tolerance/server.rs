//! Other servers, connections and projects.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use cluster_agents_reference::access::Role;
use cluster_agents_reference::fixture::FirstAgent;
use cluster_agents_server::Operation as O;
use http::{HeaderName, HeaderValue, Method};
use serde_json::Value;
use tokio::time::sleep;

use super::Odd;
use crate::kit::*;
use crate::seam::call::{Answer, Delivery};
use crate::seam::policy::Policy as Pol;
use crate::seam::wire::{Handler, after, around, instead};
use crate::server::Plant::{Fixture, NotReceptive, Policy, Wire};

pub(super) const ODDS: &[Odd] = &[
    // Headers.
    Odd::new(
        "headers-in-capitals",
        "The names of headers are in capitals.",
        Wire(|| after(|_, answer| answer.delivery = Delivery::Capitals)),
    ),
    Odd::new(
        "charset-in-label",
        "JSON is labelled with its charset.",
        Wire(|| {
            after(|_, answer| {
                if answer.headers.contains_key("content-type") {
                    answer.set_header("content-type", "application/json; charset=utf-8");
                }
            })
        }),
    ),
    Odd::new(
        "many-headers",
        "Answers have headers that nobody documented, some of them twice.",
        Wire(many_headers),
    ),
    Odd::new("no-totals", "Lists have no totals and no link to the last page.", Wire(no_totals)),
    Odd::new(
        "links-in-other-order",
        "The links of a page are in another order.",
        Wire(|| {
            pages(|_, answer| {
                let mut links: Vec<_> =
                    answer.header("link").split(", ").map(str::to_owned).collect();
                links.reverse();
                answer.set_header("link", &links.join(", "));
            })
        }),
    ),
    Odd::new(
        "head-not-offered",
        "There is no HEAD.",
        Wire(|| instead(|call| (call.method == Method::HEAD).then(|| Answer::empty(405)))),
    ),
    // Connections.
    Odd::new(
        "one-request-per-connection",
        "Every connection is closed after one answer.",
        Wire(|| after(|_, answer| answer.set_header("connection", "close"))),
    ),
    Odd::new(
        "chunked",
        "Bodies come in chunks.",
        Wire(|| {
            after(|_, answer| {
                if !answer.body.is_empty() {
                    answer.delivery = Delivery::Chunked;
                }
            })
        }),
    ),
    Odd::new(
        "trickled",
        "Bodies come in pieces.",
        Wire(|| {
            after(|_, answer| {
                if !answer.body.is_empty() {
                    answer.delivery = Delivery::Trickled(200, 1);
                }
            })
        }),
    ),
    Odd::new("latency-30ms", "Every answer takes 30 ms longer.", Wire(|| slow(ANY, 30))),
    Odd::new("uneven-latency", "Answers take up to 25 ms longer, each another time.", Wire(uneven)),
    Odd::new(
        "busy-now-and-then",
        "One answer in 300 is a 429 in plain text with Retry-After.",
        Wire(busy),
    ),
    Odd::new(
        "large-body-closes",
        "The connection is closed on a large body.",
        Wire(|| {
            after(|_, answer| {
                if answer.status == 413 {
                    answer.delivery = Delivery::Dropped;
                }
            })
        }),
    ),
    // What there is.
    Odd::new("not-receptive", "There are no receptive agents.", NotReceptive),
    Odd::new(
        "crowded-project",
        "The project already has 150 agents of other people.",
        Fixture(|fixture| {
            fixture.agents = (0..150)
                .map(|n| FirstAgent { project_id: 20, name: others_name(n), created_by: 41 })
                .collect();
        }),
    ),
    Odd::new(
        "developer-refused-urls",
        "A Developer may not read URL configurations.",
        Policy(Pol::user(|asked, user| {
            deny(asked, user, &[O::ListUrlConfigurations, O::GetUrlConfiguration], Role::Developer)
        })),
    ),
    Odd::new(
        "oldest-token-first",
        "Of the tokens that were never used the oldest comes first.",
        Wire(oldest_first),
    ),
];

/// Names before, between and after those of the suite.
fn others_name(number: i64) -> String {
    let initial = ["a", "cfm", "cfn", "m", "zz"][usize::try_from(number % 5).unwrap_or_default()];
    format!("{initial}-of-others-{number}")
}

fn many_headers() -> Handler {
    after(|_, answer| {
        for (name, value) in [
            ("etag", "W/\"0123456789abcdef\""),
            ("x-runtime", "0.027"),
            ("server", "example"),
            ("set-cookie", "a=1; Path=/"),
            ("set-cookie", "b=2; Path=/"),
            ("ratelimit-remaining", "599"),
        ] {
            answer.headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    })
}

fn no_totals() -> Handler {
    pages(|_, answer| {
        answer.headers.remove("x-total");
        answer.headers.remove("x-total-pages");
        let links = answer.header("link").split(", ").filter(|link| !link.contains("\"last\""));
        let links = links.collect::<Vec<_>>().join(", ");
        answer.set_header("link", &links);
    })
}

fn uneven() -> Handler {
    let asked = std::sync::Arc::new(AtomicU64::new(0));
    around(move |call, next| {
        let number = asked.fetch_add(1, Ordering::Relaxed);
        async move {
            sleep(Duration::from_millis(number.wrapping_mul(7919) % 26)).await;
            next.call(call).await
        }
    })
}

fn busy() -> Handler {
    let asked = AtomicU64::new(0);
    instead(move |_| {
        let is_busy = asked.fetch_add(1, Ordering::Relaxed) % 300 == 299;
        is_busy.then(|| {
            let mut answer = Answer::empty(429);
            answer.body = "Retry later\n".into();
            answer.set_header("content-type", "text/plain");
            answer.set_header("retry-after", "1");
            answer
        })
    })
}

/// With no more than two tokens there is one page, whatever its size, unless it holds one token.
fn oldest_first() -> Handler {
    around(|call, next| async move {
        let mut answer = next.call(call.clone()).await;
        if !call.is(&[O::ListAgentTokens]) || !answer.is_success() || call.method == Method::HEAD {
            return answer;
        }
        let mut all = call.clone();
        all.set_query("per_page=100");
        let (page, size) = (answer.header("x-page").parse(), answer.header("x-per-page").parse());
        let (Ok(page), Ok(size)) = (page, size) else { return answer };
        let (page, size): (usize, usize) = (page, size);
        if let Value::Array(mut tokens) = next.call(all).await.value() {
            tokens.reverse();
            let shown = tokens.into_iter().skip((page - 1).saturating_mul(size)).take(size);
            answer.set_value(&shown.collect());
        }
        answer
    })
}
