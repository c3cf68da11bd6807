//! A whole list, page by page.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use crate::clock::BoxFuture;
use crate::error::Error;
use crate::next_page::Next;
use crate::page::{Page, PageRequest};

/// Why the pages of a list do not lead to its end.
///
/// ```
/// use cluster_agents_client::ListingProblem;
///
/// let told = ListingProblem::Foreign.to_string();
/// assert_eq!(told, "the next page is on another server or below another path");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ListingProblem {
    /// The next page of a page is itself or an earlier one, or it has the same items.
    #[error("the next page is none that comes later")]
    Circular,
    /// The only hint to the next page is a link to another server or path, which is not followed.
    #[error("the next page is on another server or below another path")]
    Foreign,
    /// The hint to the next page is no number.
    #[error("the next page has no number")]
    Unreadable,
    /// An empty page says that another one follows, or there were more pages than
    /// [`Listing::max_pages`] allows.
    #[error("the pages have no end")]
    Endless,
}

/// A page, and where the list goes on.
type Fetched<T> = Result<(Page<T>, Next), Error>;

/// Fetches one page.
type Fetch<T> = Arc<dyn Fn(PageRequest) -> BoxFuture<'static, Fetched<T>> + Send + Sync>;

/// A whole list: a [`Stream`] that asks for a page when it needs one. Nothing is sent before the first
/// item is asked for. After an error there is nothing more.
///
/// Items that are registered or deleted meanwhile may be missed or come twice, as with any list in
/// pages.
///
/// ```
/// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
/// # use doctest::example;
/// # example(async |client, project| {
/// let mut agents = client.list_agents(&project).per_page(2).prefetch();
/// let mut names = Vec::new();
/// while let Some(agent) = agents.next().await {
///     names.push(agent?.name);
/// }
/// assert_eq!(names, ["agent-1", "agent-2", "agent-3"]);
/// # Ok(()) })
/// ```
#[must_use = "nothing is sent before an item is asked for"]
pub struct Listing<T> {
    operation: &'static str,
    fetch: Fetch<T>,
    next: Option<PageRequest>,
    pages_left: u32,
    prefetch: bool,
    pending: Option<BoxFuture<'static, Fetched<T>>>,
    /// A page that arrived while items of the one before are left.
    arrived: Option<Fetched<T>>,
    items: vec::IntoIter<T>,
    /// The first item of the last page, where only that tells whether a list goes on.
    last_first: Option<T>,
}

impl<T> fmt::Debug for Listing<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listing")
            .field("operation", &self.operation)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

impl<T: Clone + PartialEq + Unpin> Listing<T> {
    pub(crate) fn new(operation: &'static str, fetch: Fetch<T>) -> Self {
        Self {
            operation,
            fetch,
            next: Some(PageRequest::default()),
            pages_left: 10_000,
            prefetch: false,
            pending: None,
            arrived: None,
            items: Vec::new().into_iter(),
            last_first: None,
        }
    }

    /// How many items are asked for at once, from 1 to 100; 100 unless set.
    pub fn per_page(mut self, size: u32) -> Self {
        self.next = self.next.map(|next| next.per_page(size));
        self
    }

    /// Asks for the next page as soon as the first item of a page is taken, which hides the way to the
    /// server and keeps two pages in memory. The request goes on each time an item is taken.
    pub fn prefetch(mut self) -> Self {
        self.prefetch = true;
        self
    }

    /// After how many pages the list is taken as endless; 10,000 unless set.
    pub fn max_pages(mut self, pages: u32) -> Self {
        self.pages_left = pages;
        self
    }

    /// The next item; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All items that are left.
    ///
    /// # Errors
    ///
    /// The first error of any page.
    pub async fn all(mut self) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    fn start(&mut self) {
        if self.pending.is_none()
            && self.arrived.is_none()
            && let Some(request) = self.next.take()
        {
            self.pending = Some((self.fetch)(request));
        }
    }

    /// Takes a page, and decides where the list goes on.
    fn accept(&mut self, page: Page<T>, next: Next) -> Result<(), Error> {
        let problem = |problem| Error::Listing { operation: self.operation, problem };
        self.pages_left = self.pages_left.saturating_sub(1);
        let number = page.request.page();
        let next = match next {
            Next::Page(_) if page.items.is_empty() => {
                return Err(problem(ListingProblem::Endless));
            }
            Next::Page(number) => Some(number),
            Next::End => None,
            // Without any hint only an empty page is the end.
            Next::Unknown if page.items.is_empty() => None,
            Next::Unknown if self.last_first.as_ref() == page.items.first() => {
                return Err(problem(ListingProblem::Circular));
            }
            Next::Unknown => {
                self.last_first = page.items.first().cloned();
                Some(number.saturating_add(1))
            }
        };
        if next.is_some() && self.pages_left == 0 {
            return Err(problem(ListingProblem::Endless));
        }
        self.next = next.map(|next| page.request.at(next));
        self.items = page.items.into_iter();
        Ok(())
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Fetched<T>> {
        if let Some(page) = self.arrived.take() {
            return Poll::Ready(page);
        }
        match &mut self.pending {
            None => Poll::Pending,
            Some(pending) => {
                let page = ready!(pending.as_mut().poll(context));
                self.pending = None;
                Poll::Ready(page)
            }
        }
    }

    fn end(&mut self) {
        (self.next, self.pending) = (None, None);
        self.items = Vec::new().into_iter();
    }
}

impl<T: Clone + PartialEq + Unpin> Stream for Listing<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if self.prefetch {
                self.start();
                if self.pending.is_some()
                    && let Poll::Ready(page) = self.poll_page(context)
                {
                    self.arrived = Some(page);
                }
            }
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            self.start();
            if self.pending.is_none() && self.arrived.is_none() {
                return Poll::Ready(None);
            }
            let page = ready!(self.poll_page(context));
            if let Err(error) = page.and_then(|(page, next)| self.accept(page, next)) {
                self.end();
                return Poll::Ready(Some(Err(error)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::sync::atomic::{AtomicU32, Ordering};

    use reqwest::header::HeaderMap;

    use super::*;

    /// A list whose first page has two items and whose second never comes, and how many pages were
    /// asked for.
    fn list() -> (Listing<u8>, Arc<AtomicU32>) {
        let asked = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&asked);
        let fetch = move |request: PageRequest| -> BoxFuture<'static, Fetched<u8>> {
            if count.fetch_add(1, Ordering::SeqCst) > 0 {
                return Box::pin(pending());
            }
            let page = Page::new(vec![1, 2], request, &HeaderMap::new(), Some(2));
            Box::pin(async { Ok((page, Next::Page(2))) })
        };
        (Listing::new("list", Arc::new(fetch)), asked)
    }

    async fn asked_after_each_of_two(prefetch: bool) -> [u32; 3] {
        let (list, asked) = list();
        let mut list = if prefetch { list.prefetch() } else { list };
        let count = || asked.load(Ordering::SeqCst);
        let before = count();
        list.next().await.unwrap().unwrap();
        let first = count();
        list.next().await.unwrap().unwrap();
        [before, first, count()]
    }

    #[tokio::test]
    async fn a_page_is_asked_for_when_it_is_needed_or_one_page_before() {
        assert_eq!(asked_after_each_of_two(false).await, [0, 1, 1]);
        assert_eq!(asked_after_each_of_two(true).await, [0, 2, 2]);
    }
}
