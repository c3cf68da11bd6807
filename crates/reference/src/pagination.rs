//! Pages of a list, and the headers that lead from one to the next.

use std::collections::BTreeMap;

/// Above this many items a list tells no totals: counting them would cost more than the page.
pub const TOTAL_LIMIT: i64 = 10_000;

const DEFAULT_SIZE: i64 = 20;
const MAX_SIZE: i64 = 100;

/// A page of a list, as it was asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Page {
    number: i64,
    size: i64,
    requested_size: i64,
}

/// A page of size zero was asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SizeIsZero;

/// The part of a list that a page shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Window {
    /// How many items at most.
    pub limit: i64,
    /// How many items come before.
    pub offset: i64,
}

/// Some items of a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Listing<T> {
    /// The items of the window.
    pub items: Vec<T>,
    /// How many items the whole list has; none above [`TOTAL_LIMIT`].
    pub total: Option<i64>,
    /// Whether there are items after the window.
    pub more: bool,
}

impl<T> Listing<T> {
    /// The window of a whole list.
    #[must_use]
    pub fn of(list: Vec<T>, window: Window) -> Self {
        let total = i64::try_from(list.len()).ok().filter(|total| *total <= TOTAL_LIMIT);
        let offset = usize::try_from(window.offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(window.limit).unwrap_or_default();
        let more = list.len() > offset.saturating_add(limit);
        Self { items: list.into_iter().skip(offset).take(limit).collect(), total, more }
    }

    /// The same window with other items.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Listing<U> {
        let Self { items, total, more } = self;
        Listing { items: items.into_iter().map(change).collect(), total, more }
    }
}

impl Page {
    /// The page with this number and size. Numbers below 1 count as 1, sizes below zero as 20, and
    /// sizes above 100 as 100.
    ///
    /// # Errors
    ///
    /// The size is zero.
    pub fn new(number: Option<i64>, size: Option<i64>) -> Result<Self, SizeIsZero> {
        let requested_size = size.unwrap_or(DEFAULT_SIZE);
        let size = match requested_size {
            0 => return Err(SizeIsZero),
            size if size < 0 => DEFAULT_SIZE,
            size => size.min(MAX_SIZE),
        };
        Ok(Self { number: number.unwrap_or(1).max(1), size, requested_size })
    }

    /// What the page shows of its list.
    #[must_use]
    pub fn window(&self) -> Window {
        Window { limit: self.size, offset: (self.number - 1).saturating_mul(self.size) }
    }

    /// The way from this page, which shows `listing`, to the others.
    #[must_use]
    pub fn navigation<T>(&self, listing: &Listing<T>) -> Navigation {
        let total_pages = listing.total.map(|total| ((total + self.size - 1) / self.size).max(1));
        let past_the_end = listing.items.is_empty();
        Navigation {
            page: *self,
            total: listing.total,
            total_pages,
            next: listing.more.then(|| self.number + 1),
            prev: (self.number > 1 && !past_the_end).then(|| self.number - 1),
        }
    }
}

/// The way from one page to the others.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Navigation {
    page: Page,
    /// How many items there are, unless they are too many to count.
    pub total: Option<i64>,
    /// How many pages there are, at least one.
    pub total_pages: Option<i64>,
    /// The number of the next page.
    pub next: Option<i64>,
    /// The number of the page before.
    pub prev: Option<i64>,
}

impl Navigation {
    /// The number of this page.
    #[must_use]
    pub fn page(&self) -> i64 {
        self.page.number
    }

    /// The size of a page.
    #[must_use]
    pub fn per_page(&self) -> i64 {
        self.page.size
    }

    /// The `Link` header: `prev`, `next`, `first` and `last` as far as there are such pages.
    ///
    /// `url` is the address of the list without a query, `parameters` are all parameters of the
    /// request, decoded; each link carries them on in alphabetical order.
    #[must_use]
    pub fn link(&self, url: &str, mut parameters: BTreeMap<String, String>) -> String {
        let pages = [
            ("prev", self.prev),
            ("next", self.next),
            ("first", Some(1)),
            ("last", self.total_pages),
        ];
        parameters.insert("per_page".into(), self.page.requested_size.to_string());
        let mut link = String::new();
        for (rel, page) in pages {
            let Some(page) = page else { continue };
            parameters.insert("page".into(), page.to_string());
            link.push_str(if link.is_empty() { "<" } else { ", <" });
            link.push_str(url);
            link.push('?');
            let begin = link.len();
            let mut query = form_urlencoded::Serializer::for_suffix(link, begin);
            link = query.extend_pairs(&parameters).finish();
            link.push_str(">; rel=\"");
            link.push_str(rel);
            link.push('"');
        }
        link
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page(number: i64, size: i64, items: usize) -> (Listing<usize>, Navigation) {
        let page = Page::new(Some(number), Some(size)).unwrap();
        let listing = Listing::of((0..items).collect(), page.window());
        let navigation = page.navigation(&listing);
        (listing, navigation)
    }

    fn link(number: i64, size: i64, items: usize) -> String {
        let parameters = [("id", "root/test"), ("x", "a b")];
        let parameters = parameters.map(|(name, value)| (name.into(), value.into())).into();
        page(number, size, items).1.link("http://h/list", parameters)
    }

    #[test]
    fn numbers_and_sizes_out_of_range_are_brought_into_it() {
        let resolved = |number, size| {
            let page = Page::new(number, size).unwrap();
            (page.number, page.size)
        };
        assert_eq!(resolved(None, None), (1, 20));
        assert_eq!(resolved(Some(0), Some(-1)), (1, 20));
        assert_eq!(resolved(Some(-5), Some(101)), (1, 100));
        assert_eq!(resolved(Some(i64::MAX), Some(i64::MAX)), (i64::MAX, 100));
        assert_eq!(Page::new(None, Some(0)), Err(SizeIsZero));
    }

    #[test]
    fn links_lead_to_the_neighbours_first_and_last_page_with_all_parameters() {
        insta::assert_snapshot!(link(2, 2, 5).replace(", ", ",\n"), @r#"
        <http://h/list?id=root%2Ftest&page=1&per_page=2&x=a+b>; rel="prev",
        <http://h/list?id=root%2Ftest&page=3&per_page=2&x=a+b>; rel="next",
        <http://h/list?id=root%2Ftest&page=1&per_page=2&x=a+b>; rel="first",
        <http://h/list?id=root%2Ftest&page=3&per_page=2&x=a+b>; rel="last"
        "#);
    }

    #[test]
    fn past_the_end_only_the_first_and_the_last_page_are_linked() {
        let link = link(9, 2, 5);
        assert!(!link.contains("prev") && !link.contains("next"), "{link}");
        assert!(link.contains("page=1&") && link.contains("page=3&"), "{link}");
    }

    #[test]
    fn a_link_repeats_the_size_that_was_asked_for_not_the_one_that_was_applied() {
        let (_, navigation) = page(1, 500, 5);
        assert_eq!(navigation.per_page(), 100);
        assert!(navigation.link("u", BTreeMap::new()).contains("per_page=500"));
    }

    #[test]
    fn an_empty_list_has_one_page() {
        let (_, navigation) = page(1, 20, 0);
        assert_eq!((navigation.total, navigation.total_pages), (Some(0), Some(1)));
        assert_eq!((navigation.prev, navigation.next), (None, None));
    }

    #[test]
    fn a_list_above_the_limit_tells_no_totals_and_no_last_page() {
        let (_, navigation) = page(2, 20, 10_001);
        assert_eq!((navigation.total, navigation.total_pages), (None, None));
        assert_eq!((navigation.prev, navigation.next), (Some(1), Some(3)));
        assert!(!navigation.link("u", BTreeMap::new()).contains("last"));
        assert_eq!(page(1, 20, 10_000).1.total_pages, Some(500));
    }

    proptest! {
        #[test]
        fn following_next_shows_every_item_once_and_in_order(size in 1..120i64, items in 0..500usize) {
            let (mut seen, mut next) = (Vec::new(), Some(1));
            while let Some(number) = next {
                let (listing, navigation) = page(number, size, items);
                seen.extend(listing.items);
                next = navigation.next;
            }
            prop_assert_eq!(seen, (0..items).collect::<Vec<_>>());
        }

        #[test]
        fn no_page_overflows(number: i64, size: i64, items in 0..3usize) {
            prop_assume!(size != 0);
            let page = Page::new(Some(number), Some(size)).unwrap();
            let listing = Listing::of(vec![(); items], page.window());
            let link = page.navigation(&listing).link("u", BTreeMap::new());
            prop_assert!(link.contains("first"));
        }
    }
}
