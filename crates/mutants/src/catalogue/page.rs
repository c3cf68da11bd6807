//! Pages, their headers and their links.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "second-page-skips-one",
        R::PageWalk,
        "The offset of the second page is one too high.",
        Store(Slip::PageSkips),
    ),
    Defect::new(
        "pages-overlap",
        R::PageWalk,
        "The last item of a page is the first of the next.",
        Store(Slip::PageOverlaps),
    ),
    Defect::new(
        "per-page-ignored",
        R::PageSize,
        "A page always has twenty items.",
        Wire(|| {
            before(|call| {
                if call.is(PAGES) {
                    let page = call.query("page").unwrap_or("1").to_owned();
                    call.set_query(&format!("page={page}"));
                }
            })
        }),
    ),
    Defect::new(
        "next-page-missing",
        R::PageHeaders,
        "X-Next-Page is always empty.",
        Wire(|| pages(|_, answer| answer.set_header("x-next-page", ""))),
    ),
    Defect::new(
        "total-of-page",
        R::PageTotals,
        "X-Total counts the items of the page.",
        Wire(|| {
            pages(|_, answer| {
                let count = answer.value().as_array().map_or(0, Vec::len);
                answer.set_header("x-total", &count.to_string());
            })
        }),
    ),
    Defect::new(
        "link-next-is-self",
        R::PageLink,
        "The link to the next page is that of this page.",
        Wire(|| pages(|_, answer| relink(answer, "next", |page| page - 1))),
    ),
    Defect::new(
        "past-end-answers-404",
        R::PagePastEnd,
        "A page past the last is not found.",
        Wire(|| {
            pages(|call, answer| {
                if answer.value() == json!([]) && call.query("page").is_some_and(|page| page != "1")
                {
                    *answer = Answer::error(404, "404 Not found");
                }
            })
        }),
    ),
    Defect::new(
        "word-as-page-accepted",
        R::PageInvalid,
        "A page that is a word is the first page.",
        Wire(|| {
            before(|call| {
                if call.is(PAGES)
                    && call.query("page").is_some_and(|page| page.parse::<f64>().is_err())
                {
                    call.set_query("page=1");
                }
            })
        }),
    ),
    Defect::new(
        "default-of-ten",
        R::PageSize,
        "A page has ten items by default.",
        Wire(|| {
            before(|call| {
                if call.is(PAGES) && call.query("per_page").is_none() {
                    let page = call.query("page").unwrap_or("1").to_owned();
                    call.set_query(&format!("page={page}&per_page=10"));
                }
            })
        }),
    ),
    Defect::new("cap-missing", R::PageSize, "per_page has no upper limit.", Wire(no_cap)),
    Defect::new(
        "link-missing",
        R::PageLink,
        "There is no Link.",
        Wire(|| {
            pages(|_, answer| {
                answer.headers.remove("link");
            })
        }),
    ),
    Defect::new(
        "link-last-too-far",
        R::PageLink,
        "The link to the last page is one page too far.",
        Wire(|| pages(|_, answer| relink(answer, "last", |page| page + 1))),
    ),
    Defect::new(
        "link-prev-is-first",
        R::PageLink,
        "The link to the previous page is that to the first.",
        Wire(|| pages(|_, answer| relink(answer, "prev", |_| 1))),
    ),
    Defect::new(
        "pages-from-zero",
        R::PageHeaders,
        "X-Page counts from zero.",
        Wire(|| {
            pages(|_, answer| {
                let page = answer.header("x-page").parse().unwrap_or(1) - 1;
                answer.set_header("x-page", &page.to_string());
            })
        }),
    ),
    Defect::new(
        "per-page-as-requested",
        R::PageHeaders,
        "X-Per-Page is what was asked for and not what was given.",
        Wire(|| {
            pages(|call, answer| {
                if let Some(size) = call.query("per_page").map(str::to_owned) {
                    answer.set_header("x-per-page", &size);
                }
            })
        }),
    ),
    Defect::new(
        "total-of-empty-is-one",
        R::PageTotals,
        "An empty list has an X-Total of one.",
        Wire(|| {
            pages(|_, answer| {
                if answer.header("x-total") == "0" {
                    answer.set_header("x-total", "1");
                }
            })
        }),
    ),
    Defect::new(
        "total-pages-too-few",
        R::PageTotals,
        "X-Total-Pages is rounded down.",
        Wire(|| {
            pages(|_, answer| {
                let (total, size): (u64, u64) = (
                    answer.header("x-total").parse().unwrap_or(0),
                    answer.header("x-per-page").parse().unwrap_or(1),
                );
                answer.set_header("x-total-pages", &(total / size.max(1)).to_string());
            })
        }),
    ),
    Defect::new(
        "prev-page-missing",
        R::PageHeaders,
        "X-Prev-Page is always empty.",
        Wire(|| pages(|_, answer| answer.set_header("x-prev-page", ""))),
    ),
    Defect::new(
        "page-headers-missing",
        R::PageHeaders,
        "There are no pagination headers but Link.",
        Wire(|| {
            pages(|_, answer| {
                for name in ["x-page", "x-per-page", "x-next-page", "x-prev-page"] {
                    answer.headers.remove(name);
                }
            })
        }),
    ),
    Defect::new(
        "past-end-is-first",
        R::PagePastEnd,
        "A page past the last is the first page again.",
        Wire(past_end_is_first),
    ),
    Defect::new(
        "size-zero-is-default",
        R::PageInvalid,
        "A per_page of zero is the default.",
        Wire(|| {
            before(|call| {
                if call.is(PAGES) && call.query("per_page") == Some("0") {
                    call.set_query("per_page=20");
                }
            })
        }),
    ),
    Defect::new(
        "size-zero-answers-500",
        R::ExchangeNoServerError,
        "A per_page of zero divides by it.",
        Wire(|| {
            after(|call, answer| {
                if call.is(PAGES) && call.query("per_page") == Some("0") && answer.status == 400 {
                    answer.status = 500;
                }
            })
        }),
    ),
    Defect::new(
        "negative-page-answers-500",
        R::ExchangeNoServerError,
        "A negative page is a server error.",
        Wire(|| {
            after(|call, answer| {
                if call.is(PAGES) && call.query("page").is_some_and(|page| page.starts_with('-')) {
                    *answer = Answer::error(500, "500 Internal Server Error");
                }
            })
        }),
    ),
    Defect::new(
        "cap-of-fifty",
        R::PageSize,
        "per_page is capped at 50.",
        Wire(|| {
            before(|call| {
                if call.is(PAGES)
                    && let Some(size) =
                        call.query("per_page").and_then(|size| size.parse::<u32>().ok())
                    && size > 50
                {
                    let page = call.query("page").unwrap_or("1").to_owned();
                    call.set_query(&format!("page={page}&per_page=50"));
                }
            })
        }),
    ),
    Defect::new(
        "last-item-lost",
        R::PageWalk,
        "The last item of the last page is missing.",
        Store(Slip::LastItemLost),
    ),
    Defect::new(
        "tokens-not-paged",
        R::PageWalk,
        "Every page of the tokens has all of them.",
        Wire(|| {
            before(|call| {
                if call.is(&[O::ListAgentTokens]) && call.query("page").is_some() {
                    let size = call.query("per_page").unwrap_or("20").to_owned();
                    call.set_query(&format!("per_page={size}"));
                    if size == "1" {
                        call.set_query("per_page=20");
                    }
                }
            })
        }),
    ),
];
