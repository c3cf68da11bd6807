//! The headers of a page of a list, without which a client cannot know whether another one follows.

use cluster_agents_types::{Agent, AgentToken};
use httpmock::Then;

use crate::operations::{ListAgentTokensThen, ListAgentsThen};

/// Which page of a list a mock answers with.
///
/// ```
/// use cluster_agents_mock::PageOf;
///
/// let page = PageOf { page: 2, per_page: 20, total: 41 };
/// assert_eq!(page.total_pages(), 3);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PageOf {
    /// The number of the page, from 1.
    pub page: usize,
    /// How many items a page has.
    pub per_page: usize,
    /// How many items there are on all pages.
    pub total: usize,
}

impl PageOf {
    /// How many pages there are, at least one.
    #[must_use]
    pub fn total_pages(&self) -> usize {
        self.total.div_ceil(self.per_page.max(1)).max(1)
    }

    fn headers(self, then: Then) -> Then {
        let Self { page, per_page, total } = self;
        let next = (page < self.total_pages()).then(|| page + 1);
        let previous =
            page.checked_sub(1).filter(|previous| (1..=self.total_pages()).contains(previous));
        let number = |page: Option<usize>| page.map(|page| page.to_string()).unwrap_or_default();
        then.header("x-total", total.to_string())
            .header("x-total-pages", self.total_pages().to_string())
            .header("x-per-page", per_page.to_string())
            .header("x-page", page.to_string())
            .header("x-next-page", number(next))
            .header("x-prev-page", number(previous))
    }
}

/// The headers of a list with a single page.
pub(crate) fn only(then: Then, items: usize) -> Then {
    PageOf { page: 1, per_page: 100, total: items }.headers(then)
}

macro_rules! list {
    ($($then:ty => $item:ty;)*) => {$(
        impl $then {
            /// Answers with one page of several. `ok` answers with the only page.
            ///
            /// ```
            /// use cluster_agents_mock::{MockGitLab, MockServerExt, PageOf};
            ///
            /// let server = MockGitLab::start();
            /// server.list_agents(|when, then| {
            ///     when.page(2);
            ///     then.ok_page(&[], PageOf { page: 2, per_page: 100, total: 100 });
            /// });
            /// ```
            pub fn ok_page(self, items: &[$item], page: PageOf) -> Self {
                let then = self.into_inner().status(200).header("content-type", "application/json");
                Self::new(page.headers(then.json_body_obj(&items)))
            }
        }
    )*};
}

list! {
    ListAgentsThen => Agent;
    ListAgentTokensThen => AgentToken;
}
