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
];
