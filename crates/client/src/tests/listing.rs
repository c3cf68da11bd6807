use futures_util::TryStreamExt;
use proptest::prelude::*;

use super::server::{Reply, Server, answer, json};
use super::{agent, client};
use crate::{Error, ListingProblem, PageRequest};

const LIST: &str = "/api/v4/projects/20/cluster_agents";

fn page(names: &[&str], headers: &[(&str, &str)]) -> Reply {
    let items: Vec<_> = names.iter().map(|name| agent(1, name)).collect();
    answer(200, headers, serde_json::Value::from(items))
}

async fn names(server: &Server) -> Result<Vec<String>, Error> {
    let agents = client(server).0.list_agents(&20.into()).per_page(2).all().await?;
    Ok(agents.into_iter().map(|agent| agent.name).collect())
}

async fn problem(replies: impl IntoIterator<Item = Reply>) -> ListingProblem {
    let server = Server::start(replies).await;
    match names(&server).await {
        Err(Error::Listing { operation: "list_agents", problem }) => problem,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn all_pages_are_read_in_their_order() {
    let server = Server::start([
        page(&["a", "b"], &[("X-Next-Page", "2")]),
        page(&["c", "d"], &[("x-next-page", "3")]),
        page(&["e"], &[("X-Next-Page", "")]),
    ])
    .await;
    assert_eq!(names(&server).await.unwrap(), ["a", "b", "c", "d", "e"]);
    let pages = [1, 2, 3].map(|page| format!("GET …?page={page}&per_page=2"));
    assert_eq!(server.lines(), pages);
}

#[tokio::test]
async fn nothing_is_asked_for_before_it_is_needed() {
    let server = Server::start([
        page(&["a", "b"], &[("x-next-page", "2")]),
        page(&["c"], &[("x-next-page", "")]),
    ])
    .await;
    let mut agents = client(&server).0.list_agents(&20.into());
    assert_eq!(server.requests().len(), 0);
    for (name, requests) in [("a", 1), ("b", 1), ("c", 2)] {
        assert_eq!(agents.next().await.unwrap().unwrap().name, name);
        assert_eq!(server.requests().len(), requests, "{name}");
    }
    assert!(agents.next().await.is_none() && agents.next().await.is_none());
}

#[tokio::test]
async fn a_list_is_a_stream() {
    let server = Server::start([page(&["a", "b"], &[("x-next-page", "")])]).await;
    let agents = client(&server).0.list_agents(&20.into());
    let names = agents.map_ok(|agent| agent.name).try_collect::<Vec<_>>();
    assert_eq!(names.await.unwrap(), ["a", "b"]);
}

#[tokio::test]
async fn links_lead_on_where_numbers_are_missing() {
    let server = Server::start([
        page(&["a", "b"], &[("link", &format!("<{LIST}?page=2&per_page=2>; rel=\"next\""))]),
        page(&["c"], &[("link", &format!("<{LIST}?page=1>; rel=\"first\""))]),
    ])
    .await;
    assert_eq!(names(&server).await.unwrap(), ["a", "b", "c"]);
}

#[tokio::test]
async fn a_wrong_host_in_a_link_does_no_harm_beside_a_number() {
    let foreign = (
        "link",
        "<https://internal.invalid/api/v4/projects/20/cluster_agents?page=2>; rel=\"next\"",
    );
    let server = Server::start([
        page(&["a", "b"], &[("x-next-page", "2"), foreign]),
        page(&["c"], &[("x-next-page", "")]),
    ])
    .await;
    assert_eq!(names(&server).await.unwrap(), ["a", "b", "c"]);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_list_without_any_hint_is_read_until_a_page_is_empty() {
    let server = Server::start([page(&["a", "b"], &[]), page(&["c"], &[]), page(&[], &[])]).await;
    assert_eq!(names(&server).await.unwrap(), ["a", "b", "c"]);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_foreign_link_ends_with_an_error_and_is_not_followed() {
    let elsewhere = Server::start([page(&["c"], &[])]).await;
    let link = format!("<{}{LIST}?page=2>; rel=\"next\"", elsewhere.url());
    assert_eq!(problem([page(&["a"], &[("link", &link)])]).await, ListingProblem::Foreign);
    assert_eq!(elsewhere.requests().len(), 0);
}

#[tokio::test]
async fn a_list_without_an_end_ends_with_an_error() {
    use ListingProblem::{Circular, Endless};
    let link = format!("<{LIST}?page=1>; rel=\"next\"");
    assert_eq!(problem([page(&["a"], &[("link", &link)])]).await, Circular);
    assert_eq!(problem([page(&["a"], &[("x-next-page", "1")])]).await, Circular);
    assert_eq!(problem([page(&["a", "b"], &[]), page(&["a", "b"], &[])]).await, Circular);
    assert_eq!(problem([page(&[], &[("x-next-page", "2")])]).await, Endless);
    let pages = (2..9).map(|next| page(&["a"], &[("x-next-page", &next.to_string())]));
    let server = Server::start(pages).await;
    let agents = client(&server).0.list_agents(&20.into()).max_pages(3).all().await;
    assert!(matches!(agents, Err(Error::Listing { problem: Endless, .. })), "{agents:?}");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn an_error_is_the_last_item() {
    let server = Server::start([page(&["a"], &[("x-next-page", "2")]), answer(403, &[], "")]).await;
    for prefetch in [false, true] {
        let server = if prefetch {
            &Server::start([page(&["a"], &[("x-next-page", "2")]), answer(403, &[], "")]).await
        } else {
            &server
        };
        let agents = client(server).0.list_agents(&20.into());
        let mut agents = if prefetch { agents.prefetch() } else { agents };
        assert_eq!(agents.next().await.unwrap().unwrap().name, "a");
        assert!(agents.next().await.unwrap().unwrap_err().is_forbidden());
        assert!(agents.next().await.is_none());
    }
}

#[tokio::test]
async fn one_page_comes_with_its_counters() {
    let headers = [("x-next-page", "3"), ("x-total", "21"), ("x-total-pages", "11")];
    let server = Server::start([page(&["c", "d"], &headers), json("[]")]).await;
    let client = client(&server).0;
    let request = PageRequest::new(2).per_page(2);
    let page = client.list_agents_page(&20.into(), request).await.unwrap();
    assert_eq!((page.items.len(), page.total, page.total_pages), (2, Some(21), Some(11)));
    assert_eq!((page.request, page.next), (request, Some(PageRequest::new(3).per_page(2))));
    let past = client.list_agents_page(&20.into(), PageRequest::new(99)).await.unwrap();
    assert_eq!((past.items.len(), past.total, past.next), (0, None, None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_cutting_into_pages_gives_the_same_list(
        items in 0..40_usize, size in 1..9_usize, prefetch: bool, hints: bool,
    ) {
        let all: Vec<String> = (0..items).map(|item| format!("agent-{item:02}")).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let listed = runtime.block_on(async {
            let chunks: Vec<_> = all.chunks(size).collect();
            let reply = |(index, names): (usize, &&[String])| {
                let names: Vec<_> = names.iter().map(String::as_str).collect();
                let next = (index + 1 < chunks.len()).then(|| (index + 2).to_string());
                let next = next.unwrap_or_default();
                let headers = [("x-next-page", next.as_str())];
                page(&names, if hints { &headers } else { &[] })
            };
            let last = page(&[], if hints { &[("x-next-page", "")] } else { &[] });
            let replies: Vec<_> = chunks.iter().enumerate().map(reply).chain([last]).collect();
            let server = Server::start(replies).await;
            let agents = client(&server).0.list_agents(&20.into()).per_page(size as u32);
            let agents = if prefetch { agents.prefetch() } else { agents };
            agents.all().await.unwrap()
        });
        let names: Vec<String> = listed.into_iter().map(|agent| agent.name).collect();
        prop_assert_eq!(names, all);
    }
}
