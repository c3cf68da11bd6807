//! Lists in pages. The list of agents belongs to the whole project, so nothing else runs meanwhile;
//! what other people do to it is noticed, and the walk is made again.

use reqwest::Url;

use crate::api;
use crate::check::Check;
use crate::context::{Context, Outcome, Stop};
use crate::generated::RequirementId as R;
use crate::transport::{Exchange, Request};

pub(super) const CHECKS: &[Check] = &[
    Check::new("page-agents", LAWS, |cx| Box::pin(agents(cx))).alone(),
    Check::new("page-tokens", LAWS, |cx| Box::pin(tokens(cx))),
    Check::new("page-empty", &[R::PageHeaders, R::PageTotals], |cx| Box::pin(empty(cx))),
];

pub(super) const LAWS: &[R] =
    &[R::PageWalk, R::PageSize, R::PagePastEnd, R::PageHeaders, R::PageTotals, R::PageLink];

/// How often a walk is begun again because the list changed under it.
const ATTEMPTS: usize = 3;
/// How many pages a walk has at most.
const PAGES: usize = 200;
/// The default size of a page.
const DEFAULT: usize = 20;

/// One list, as the laws see it.
struct List<'c> {
    cx: &'c Context<'c>,
    request: Request,
}

async fn agents(cx: &Context<'_>) -> Outcome {
    for _ in 0..3 {
        cx.agent().await?;
    }
    agents_of_the_project(cx).await
}

/// The laws for whatever agents there are.
pub(super) async fn agents_of_the_project(cx: &Context<'_>) -> Outcome {
    let list = List { cx, request: api::list_agents(cx.project()) };
    // In a large project pages of one would be too many, and no page is larger than a hundred.
    let count = list.whole().await?.len();
    if count == 0 {
        return Err(Stop::Skip(String::from("the project has no agents to look at")));
    }
    let mut sizes = match count {
        1..=30 => vec![1, 2, count, 100],
        _ => vec![(count / 3).min(100), (count - 1).min(100), 100],
    };
    sizes.dedup();
    list.obeys_the_laws(&sizes).await
}

async fn tokens(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    cx.token(&agent).await?;
    cx.token(&agent).await?;
    let list = List { cx, request: api::list_tokens(&agent.project, agent.id) };
    list.obeys_the_laws(&[1, 2, 3]).await
}

impl List<'_> {
    async fn page(&self, page: usize, size: usize) -> Result<Exchange, Stop> {
        self.cx.send(self.request.clone().query("page", page).query("per_page", size)).await
    }

    /// The ids of the whole list.
    async fn whole(&self) -> Result<Vec<u64>, Stop> {
        let mut ids = Vec::new();
        for page in 1..=PAGES {
            let answer = self.page(page, 100).await?;
            let found = answer.ids().filter(|_| answer.is_success());
            let found =
                found.ok_or_else(|| self.cx.blocked("a list could not be read", &answer))?;
            let is_last = found.len() < 100;
            ids.extend(found);
            if is_last {
                break;
            }
        }
        Ok(ids)
    }

    async fn obeys_the_laws(&self, sizes: &[usize]) -> Outcome {
        for size in sizes {
            self.walk(*size).await?;
        }
        self.past_the_end().await
    }

    /// Walks with pages of one size. The pages count only if the list is the same after the walk.
    async fn walk(&self, size: usize) -> Outcome {
        for _ in 0..ATTEMPTS {
            let before = self.whole().await?;
            let mut pages = Vec::new();
            for page in 1..=before.len().div_ceil(size).max(1) {
                pages.push(self.page(page, size).await?);
            }
            let told = self.follow(&pages[0], pages.len(), next_page).await?;
            let linked = self.follow(&pages[0], pages.len(), next_link).await?;
            if self.whole().await? == before {
                self.walked(R::PageWalk, "by what each answer says of the next", &before, &told);
                self.judge(&before, size, &pages);
                self.links(&pages, &linked, &before);
                return Ok(());
            }
        }
        Err(Stop::Skip(String::from("the list changed during every walk")))
    }

    /// Judges that pages have every entry once.
    fn walked(&self, requirement: R, how: &str, whole: &[u64], pages: &[Exchange]) {
        let ids: Vec<u64> = pages.iter().flat_map(|page| page.ids().unwrap_or_default()).collect();
        let got = format!(
            "{} entries on {} pages, {} of them different",
            ids.len(),
            pages.len(),
            distinct(&ids)
        );
        let expected = format!("{} entries, each once, {how}", whole.len());
        self.cx.expect_got(requirement, same_set(&ids, whole), &pages[0], expected, got);
    }

    fn judge(&self, whole: &[u64], size: usize, pages: &[Exchange]) {
        let cx = self.cx;
        self.walked(R::PageWalk, &format!("in pages of {size}"), whole, pages);
        for (index, page) in pages.iter().enumerate() {
            let count = page.ids().unwrap_or_default().len();
            let due = whole.len().saturating_sub(index * size).min(size);
            let got = format!("{count} entries");
            cx.expect_got(
                R::PageSize,
                count == due,
                page,
                format!("{due} entries on the page"),
                got,
            );
            self.headers(page, index + 1, size, pages.len());
            self.totals(page, whole.len(), pages.len());
        }
    }

    fn headers(&self, page: &Exchange, number: usize, size: usize, count: usize) {
        let next = if number < count { (number + 1).to_string() } else { String::new() };
        let previous = if number > 1 { (number - 1).to_string() } else { String::new() };
        let expected = [
            ("X-Page", number.to_string()),
            ("X-Per-Page", size.to_string()),
            ("X-Next-Page", next),
            ("X-Prev-Page", previous),
        ];
        for (name, value) in expected {
            self.header(R::PageHeaders, page, name, &value);
        }
    }

    fn header(&self, requirement: R, page: &Exchange, name: &str, value: &str) {
        let got = page.header(name);
        let words = got.map_or_else(|| format!("no {name}"), |got| format!("{name}: {got}"));
        self.cx.expect_got(
            requirement,
            got == Some(value),
            page,
            format!("{name}: {value}"),
            words,
        );
    }

    fn totals(&self, page: &Exchange, items: usize, pages: usize) {
        if page.header("x-total").is_none() && page.header("x-total-pages").is_none() {
            self.cx.note(R::PageTotals, "totals are left out");
            self.cx.pass(R::PageTotals);
            return;
        }
        self.header(R::PageTotals, page, "X-Total", &items.to_string());
        self.header(R::PageTotals, page, "X-Total-Pages", &pages.to_string());
    }

    /// The pages that the first one leads to, and one more than there are if it goes on and on.
    async fn follow(
        &self,
        first: &Exchange,
        pages: usize,
        next: Next,
    ) -> Result<Vec<Exchange>, Stop> {
        let mut walked = vec![first.clone()];
        while let Some(query) = walked.last().and_then(next).filter(|_| walked.len() <= pages) {
            let request = Request { query, ..self.request.clone() };
            walked.push(self.cx.send(request).await?);
        }
        Ok(walked)
    }

    fn links(&self, pages: &[Exchange], linked: &[Exchange], whole: &[u64]) {
        let cx = self.cx;
        self.walked(R::PageLink, "following rel=\"next\"", whole, linked);
        for (index, page) in pages.iter().enumerate() {
            let number = |relation| link(page, relation).and_then(|url| page_of(&url));
            let is_last = index + 1 == pages.len();
            let holds = number("first") == Some(1)
                && number("prev") == (index > 0).then_some(index)
                && number("next") == (!is_last).then_some(index + 2)
                && number("last").is_none_or(|last| last == pages.len());
            let got = format!("Link: {}", page.header("link").unwrap_or("none"));
            cx.expect_got(
                R::PageLink,
                holds,
                page,
                "links to the first, previous, next and last page",
                got,
            );
            if link(page, "last").is_none() {
                cx.note(R::PageLink, "rel=\"last\" is left out");
            }
        }
    }

    async fn past_the_end(&self) -> Outcome {
        let answer = self.page(5_000, 100).await?;
        let is_empty = answer.is_success() && answer.items().is_some_and(Vec::is_empty);
        self.cx.expect(R::PagePastEnd, is_empty, &answer, "an empty array past the last page");
        Ok(())
    }
}

/// What a page says of the next one: the query that leads there.
type Next = fn(&Exchange) -> Option<Vec<(String, String)>>;

/// By the header that most clients walk by, and where there is none by the other.
fn next_page(page: &Exchange) -> Option<Vec<(String, String)>> {
    let Some(next) = page.header("x-next-page") else { return next_link(page) };
    let others = page.request.query.iter().filter(|(name, _)| name != "page").cloned();
    (!next.is_empty()).then(|| others.chain([(String::from("page"), next.to_owned())]).collect())
}

fn next_link(page: &Exchange) -> Option<Vec<(String, String)>> {
    let url = link(page, "next")?;
    Some(url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
}

fn distinct(ids: &[u64]) -> usize {
    ids.iter().collect::<std::collections::BTreeSet<_>>().len()
}

fn same_set(one: &[u64], other: &[u64]) -> bool {
    let sorted = |ids: &[u64]| {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids
    };
    sorted(one) == sorted(other)
}

/// The address that a relation of the header `Link` has.
fn link(page: &Exchange, relation: &str) -> Option<Url> {
    page.header("link")?.split(',').find_map(|entry| {
        let (address, parameters) = entry.trim().strip_prefix('<')?.split_once('>')?;
        let is_meant = parameters.split(';').any(|parameter| {
            let value = parameter.trim().strip_prefix("rel=");
            value.is_some_and(|value| value.trim_matches('"') == relation)
        });
        is_meant.then(|| Url::parse(address).ok()).flatten()
    })
}

fn page_of(url: &Url) -> Option<usize> {
    let (_, value) = url.query_pairs().find(|(name, _)| name == "page")?;
    value.parse().ok()
}

async fn empty(cx: &Context<'_>) -> Outcome {
    let agent = cx.agent().await?;
    let list = List { cx, request: api::list_tokens(&agent.project, agent.id) };
    let answer = cx.send(list.request.clone()).await?;
    list.headers(&answer, 1, DEFAULT, 1);
    list.totals(&answer, 0, 1);
    Ok(())
}
