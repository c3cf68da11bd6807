//! Which part of a list is asked for, and the headers that go with it.

use http::HeaderValue;

use crate::ListAgentsOkHeaders;

/// Above this many items totals are left out, because counting them is dear.
const COUNTED: i64 = 10_000;

/// A page of a list, by the document's rules for `page` and `per_page`.
///
/// ```
/// use cluster_agents_server::Page;
///
/// let page = Page::new(Some(2), Some(500)).expect("a size");
/// assert_eq!((page.size(), page.offset()), (100, 100));
/// assert!(Page::new(None, Some(0)).is_none());
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Page {
    number: i64,
    size: i64,
}

impl Page {
    /// The page that the two parameters ask for; none if `per_page` is 0, which is a 400.
    ///
    /// A page below 1 is the first. A size above 100 is 100, one below 0 is 20.
    #[must_use]
    pub fn new(page: Option<i64>, per_page: Option<i64>) -> Option<Self> {
        let size = match per_page.unwrap_or(20) {
            0 => return None,
            size if size < 0 => 20,
            size => size.min(100),
        };
        // A number this large is past the end of any list, and its offset still fits.
        Some(Self { number: page.unwrap_or(1).clamp(1, i64::MAX / 100), size })
    }

    /// The number of the page, from 1.
    #[must_use]
    pub fn number(self) -> i64 {
        self.number
    }

    /// How many items a full page has, 1 to 100.
    #[must_use]
    pub fn size(self) -> i64 {
        self.size
    }

    /// How many items come before the page.
    #[must_use]
    pub fn offset(self) -> i64 {
        (self.number - 1) * self.size
    }

    /// The items of the page out of all items.
    #[must_use]
    pub fn of<T>(self, items: Vec<T>) -> Vec<T> {
        let offset = usize::try_from(self.offset()).unwrap_or(usize::MAX);
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        items.into_iter().skip(offset).take(size).collect()
    }

    /// The headers of a list of `total` items. `url` gives the URL of a page by its number.
    pub fn headers(self, total: i64, url: impl Fn(i64) -> String) -> ListAgentsOkHeaders {
        let pages = ((total + self.size - 1) / self.size).max(1);
        let next = (self.number < pages).then(|| self.number + 1);
        let prev = (self.number > 1 && self.number <= pages).then(|| self.number - 1);
        let counted = |value: i64| (total <= COUNTED).then_some(value);
        let links = [("prev", prev), ("next", next), ("first", Some(1)), ("last", counted(pages))];
        let links = links
            .into_iter()
            .filter_map(|(rel, page)| page.map(|page| format!("<{}>; rel=\"{rel}\"", url(page))));
        let link = links.collect::<Vec<_>>().join(", ");
        ListAgentsOkHeaders {
            x_total: counted(total),
            x_total_pages: counted(pages),
            x_per_page: self.size,
            x_page: self.number,
            x_next_page: number(next),
            x_prev_page: number(prev),
            link: HeaderValue::from_str(&link).unwrap_or(HeaderValue::from_static("")),
        }
    }
}

fn number(page: Option<i64>) -> HeaderValue {
    page.map_or(HeaderValue::from_static(""), HeaderValue::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(page: i64, size: i64, total: i64) -> ListAgentsOkHeaders {
        Page::new(Some(page), Some(size)).unwrap().headers(total, |page| format!("u?page={page}"))
    }

    fn text(value: &HeaderValue) -> &str {
        value.to_str().unwrap()
    }

    #[test]
    fn a_page_in_the_middle_links_to_all_others() {
        let headers = headers(2, 1, 3);
        assert_eq!((text(&headers.x_prev_page), text(&headers.x_next_page)), ("1", "3"));
        assert_eq!(
            text(&headers.link),
            "<u?page=1>; rel=\"prev\", <u?page=3>; rel=\"next\", \
             <u?page=1>; rel=\"first\", <u?page=3>; rel=\"last\""
        );
    }

    #[test]
    fn an_empty_list_has_one_page() {
        let headers = headers(1, 20, 0);
        assert_eq!((headers.x_total, headers.x_total_pages), (Some(0), Some(1)));
        assert_eq!(text(&headers.link), "<u?page=1>; rel=\"first\", <u?page=1>; rel=\"last\"");
    }

    #[test]
    fn a_page_past_the_end_has_no_neighbours() {
        let headers = headers(5, 1, 2);
        assert_eq!(headers.x_page, 5);
        assert_eq!((text(&headers.x_prev_page), text(&headers.x_next_page)), ("", ""));
    }

    #[test]
    fn totals_are_left_out_of_a_long_list_and_the_next_page_is_not() {
        let headers = headers(1, 100, 10_001);
        assert_eq!((headers.x_total, headers.x_total_pages), (None, None));
        assert_eq!(text(&headers.x_next_page), "2");
        assert!(!text(&headers.link).contains("last"));
    }

    #[test]
    fn no_number_overflows() {
        for page in [i64::MIN, 0, i64::MAX] {
            for size in [i64::MIN, 1, i64::MAX] {
                let page = Page::new(Some(page), Some(size)).unwrap();
                assert!(page.offset() >= 0 && page.of(vec![1, 2, 3]).len() <= 3);
                let _ = page.headers(3, |page| page.to_string());
            }
        }
    }
}
