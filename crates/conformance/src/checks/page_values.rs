//! What may be asked for as a page and its size, and what is taken if nothing is asked.

use crate::api;
use crate::check::Check;
use crate::context::{Agent, Context, Outcome};
use crate::generated::RequirementId as R;

pub(super) const CHECKS: &[Check] = &[
    Check::new("page-values", &[R::PageInvalid, R::PageBelowOne], |cx| Box::pin(values(cx))),
    Check::new("page-default", &[R::PageSize, R::PageHeaders], |cx| Box::pin(default_size(cx)))
        .alone(),
];

/// The default size of a page.
const DEFAULT: usize = 20;

async fn values(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let lists = [api::list_agents(cx.project()), api::list_tokens(&agent.project, agent.id)];
    let invalid = [("page", "abc"), ("page", "1.5"), ("per_page", "abc"), ("per_page", "0")];
    let below_one = [("page", "0"), ("page", "-1"), ("per_page", "-1")];
    for list in &lists {
        for (name, value) in invalid {
            let answer = cx.send(list.clone().query(name, value)).await?;
            cx.accepted(R::PageInvalid, &answer, &format!("{name}={value}"));
        }
        for (name, value) in below_one {
            let answer = cx.send(list.clone().query(name, value)).await?;
            cx.accepted(R::PageBelowOne, &answer, &format!("{name}={value}"));
        }
    }
    Ok(())
}

/// More agents than a page has by default, and a page that is asked to be too large.
async fn default_size(cx: &Context<'_>) -> Outcome {
    let mut agents: Vec<Agent> = Vec::new();
    while agents.len() <= DEFAULT {
        agents.push(cx.agent().await?);
    }
    let answer = cx.send(api::list_agents(cx.project())).await?;
    let count = answer.items().map_or(0, Vec::len);
    let got = format!("{count} entries");
    cx.expect_got(
        R::PageSize,
        count == DEFAULT,
        &answer,
        format!("{DEFAULT} entries by default"),
        got,
    );
    let answer = cx.send(api::list_agents(cx.project()).query("per_page", 101)).await?;
    let count = answer.items().map_or(0, Vec::len);
    let holds = answer.is_success() && (agents.len()..=100).contains(&count);
    let expected = "per_page=101 taken as 100";
    cx.expect_got(
        R::PageSize,
        holds,
        &answer,
        expected,
        format!("status {}, {count} entries", answer.status),
    );
    let per_page = answer.header("x-per-page");
    let got = format!("X-Per-Page: {}", per_page.unwrap_or("none"));
    cx.expect_got(R::PageHeaders, per_page == Some("100"), &answer, "X-Per-Page: 100", got);
    Ok(())
}
