//! Where a list goes on.
//!
//! Only a number is taken from an answer. The next page is always asked for at the base URL of the
//! client, so that no server can send the token elsewhere, and a wrong host in a `Link`, which proxies
//! and misconfigured servers are known for, does no harm.

use reqwest::header::{HeaderMap, LINK};

use crate::base_url::BaseUrl;
use crate::listing::ListingProblem;

/// Where a list goes on after a page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Next {
    /// Nowhere.
    End,
    /// On this page.
    Page(u32),
    /// The answer has neither `X-Next-Page` nor `Link`, as behind proxies that take headers away.
    Unknown,
}

/// Where a list goes on after `page`, by `X-Next-Page`, else by the `next` of `Link`.
pub(crate) fn next(headers: &HeaderMap, base: &BaseUrl, page: u32) -> Result<Next, ListingProblem> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?").trim());
    let next = match (text("x-next-page"), text(LINK.as_str())) {
        (Some(""), _) => return Ok(Next::End),
        (Some(number), _) => number.parse().map_err(|_| ListingProblem::Unreadable)?,
        (None, Some(link)) => match target(link, "next") {
            None => return Ok(Next::End),
            Some(target) => linked_page(target, base)?,
        },
        (None, None) => return Ok(Next::Unknown),
    };
    // A list that goes back or stays would never end.
    if next > page { Ok(Next::Page(next)) } else { Err(ListingProblem::Circular) }
}

fn linked_page(target: &str, base: &BaseUrl) -> Result<u32, ListingProblem> {
    let url = base.join(target).ok_or(ListingProblem::Unreadable)?;
    if !base.owns(&url) {
        return Err(ListingProblem::Foreign);
    }
    let page = url.query_pairs().find(|(name, _)| name == "page");
    page.and_then(|(_, number)| number.parse().ok()).ok_or(ListingProblem::Unreadable)
}

/// The target of a relation in a `Link` header, by RFC 8288: `<url>; rel="next", …`.
fn target<'a>(link: &'a str, relation: &str) -> Option<&'a str> {
    let mut rest = link;
    loop {
        // A `,` or `;` may be part of the URL, so the URL goes first.
        let (url, after) = rest.split_once('<')?.1.split_once('>')?;
        let parameters = after.split('<').next().unwrap_or_default();
        if parameters.split([';', ',']).any(|parameter| is_relation(parameter, relation)) {
            return Some(url);
        }
        rest = after;
    }
}

fn is_relation(parameter: &str, relation: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    let mut values = value.trim().trim_matches('"').split_ascii_whitespace();
    name.trim().eq_ignore_ascii_case("rel")
        && values.any(|value| value.eq_ignore_ascii_case(relation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderName, HeaderValue};

    fn after(page: u32, headers: &[(&'static str, &str)]) -> Result<Next, ListingProblem> {
        let base = BaseUrl::parse("https://example.com/gitlab", false).unwrap();
        let header = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        };
        next(&headers.iter().map(header).collect(), &base, page)
    }

    fn link(page: u32, link: &str) -> Result<Next, ListingProblem> {
        after(page, &[("link", link)])
    }

    const LIST: &str = "https://example.com/gitlab/api/v4/projects/20/cluster_agents";

    #[test]
    fn the_number_of_the_next_page_comes_before_links() {
        assert_eq!(after(1, &[("x-next-page", "2")]), Ok(Next::Page(2)));
        assert_eq!(after(1, &[("x-next-page", "")]), Ok(Next::End));
        let foreign = ("link", "<https://evil.example/?page=9>; rel=\"next\"");
        assert_eq!(after(1, &[("x-next-page", "2"), foreign]), Ok(Next::Page(2)));
        assert_eq!(after(1, &[("x-next-page", ""), foreign]), Ok(Next::End));
        assert_eq!(after(1, &[]), Ok(Next::Unknown));
    }

    #[test]
    fn a_link_is_read_wherever_its_relation_stands() {
        for text in [
            format!("<{LIST}?id=20&page=2&per_page=1>; rel=\"next\""),
            format!(
                "<{LIST}?page=1>; rel=\"prev\", <{LIST}?page=2>; rel=\"next\", <{LIST}>; rel=\"first\""
            ),
            format!("<{LIST}?q=a,b;c&page=2>;title=\"x\";REL=next"),
            format!("<{LIST}?page=2>; rel=\"last next\""),
            "</gitlab/api/v4/projects/20/cluster_agents?page=2>; rel=\"next\"".to_owned(),
        ] {
            assert_eq!(link(1, &text), Ok(Next::Page(2)), "{text}");
        }
        assert_eq!(link(1, &format!("<{LIST}?page=1>; rel=\"first\"")), Ok(Next::End));
        assert_eq!(link(1, "nonsense"), Ok(Next::End));
    }

    #[test]
    fn a_list_that_does_not_go_forward_is_refused() {
        use ListingProblem::{Circular, Unreadable};
        assert_eq!(after(2, &[("x-next-page", "2")]), Err(Circular));
        assert_eq!(after(2, &[("x-next-page", "1")]), Err(Circular));
        assert_eq!(link(2, &format!("<{LIST}?page=2>; rel=\"next\"")), Err(Circular));
        assert_eq!(after(1, &[("x-next-page", "two")]), Err(Unreadable));
        assert_eq!(link(1, &format!("<{LIST}?cursor=abc>; rel=\"next\"")), Err(Unreadable));
    }

    #[test]
    fn a_link_that_leads_elsewhere_is_refused_where_it_has_to_be_followed() {
        for url in [
            "https://evil.example/gitlab/api/v4/projects/20/cluster_agents?page=2",
            "http://example.com/gitlab/api/v4/projects/20/cluster_agents?page=2",
            "https://example.com:8443/gitlab/api/v4/projects/20/cluster_agents?page=2",
            "https://example.com/other?page=2",
            "//evil.example/gitlab/api/v4/x?page=2",
        ] {
            let text = format!("<{url}>; rel=\"next\"");
            assert_eq!(link(1, &text), Err(ListingProblem::Foreign), "{url}");
        }
    }
}
