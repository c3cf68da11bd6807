//! One page of a list.

use reqwest::header::HeaderMap;

/// Which page of a list to ask for.
///
/// ```
/// use cluster_agents_client::PageRequest;
///
/// let request = PageRequest::new(3).per_page(500);
/// assert_eq!((request.page(), request.size()), (3, 100));
/// assert_eq!(PageRequest::default(), PageRequest::new(1).per_page(100));
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PageRequest {
    page: u32,
    size: u8,
}

/// The most items that GitLab puts into a page.
const LARGEST: u8 = 100;

impl PageRequest {
    /// A page by its number, which begins with 1, of the largest size: 100 items.
    #[must_use]
    pub fn new(page: u32) -> Self {
        Self { page: page.max(1), size: LARGEST }
    }

    /// Another size, from 1 to 100 items; anything else is taken as the nearest of them.
    #[must_use]
    pub fn per_page(self, size: u32) -> Self {
        let size = size.clamp(1, LARGEST.into());
        Self { size: u8::try_from(size).unwrap_or(LARGEST), ..self }
    }

    /// The number of the page.
    #[must_use]
    pub fn page(&self) -> u32 {
        self.page
    }

    /// How many items the page has at most.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.size.into()
    }

    pub(crate) fn at(self, page: u32) -> Self {
        Self { page, ..self }
    }
}

impl Default for PageRequest {
    fn default() -> Self {
        Self::new(1)
    }
}

/// One page of a list, with what the server says of the others.
///
/// ```
/// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
/// # use doctest::example;
/// # example(async |client, project| {
/// use cluster_agents_client::PageRequest;
///
/// let page = client.list_agents_page(&project, PageRequest::default().per_page(2)).await?;
/// assert_eq!(page.items.len(), 2);
/// assert_eq!(page.total, Some(3));
/// let rest = client.list_agents_page(&project, page.next.unwrap()).await?;
/// assert_eq!((rest.items.len(), rest.next), (1, None));
/// # Ok(()) })
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items. Past the last page there are none.
    pub items: Vec<T>,
    /// What was asked for.
    pub request: PageRequest,
    /// The next page, if there is one.
    pub next: Option<PageRequest>,
    /// How many items there are on all pages. GitLab does not tell it above 10,000.
    pub total: Option<u64>,
    /// How many pages there are. GitLab does not tell it above 10,000 items.
    pub total_pages: Option<u64>,
}

impl<T> Page<T> {
    pub(crate) fn new(
        items: Vec<T>,
        request: PageRequest,
        headers: &HeaderMap,
        next: Option<u32>,
    ) -> Self {
        let count = |name: &str| headers.get(name)?.to_str().ok()?.parse().ok();
        Self {
            items,
            request,
            next: next.map(|page| request.at(page)),
            total: count("x-total"),
            total_pages: count("x-total-pages"),
        }
    }
}
