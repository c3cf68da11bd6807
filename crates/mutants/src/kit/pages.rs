//! Pages of lists.

use serde_json::Value;

use super::PAGES;
use crate::seam::call::{Answer, Call};
use crate::seam::wire::{Handler, after, around};

/// Changes the successful answers of paginated lists.
pub(crate) fn pages(edit: fn(&Call, &mut Answer)) -> Handler {
    after(move |call, answer| {
        if call.is(PAGES) && answer.is_success() {
            edit(call, answer);
        }
    })
}

/// Changes the page that a link of the header names.
pub(crate) fn relink(answer: &mut Answer, relation: &str, other: impl Fn(i64) -> i64) {
    let relation = format!("rel=\"{relation}\"");
    let links = answer.header("link").split(", ").map(|link| {
        let is_it = link.contains(&relation);
        if is_it { renumber(link, &other) } else { link.to_owned() }
    });
    let links = links.collect::<Vec<_>>().join(", ");
    answer.set_header("link", &links);
}

fn renumber(link: &str, other: impl Fn(i64) -> i64) -> String {
    let Some((before, rest)) = link.split_once("&page=") else { return link.to_owned() };
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let page = rest[..end].parse().map(&other).unwrap_or_default();
    format!("{before}&page={page}{}", &rest[end..])
}

/// Gives pages of any size.
pub(crate) fn no_cap() -> Handler {
    around(|call, next| async move {
        let size = call.query("per_page").and_then(|size| size.parse::<usize>().ok());
        let Some(size) = size.filter(|size| call.is(PAGES) && *size > 100) else {
            return next.call(call).await;
        };
        let mut items = Vec::new();
        let mut page = call;
        page.set_query("per_page=100&page=1");
        let mut answer = next.call(page.clone()).await;
        for number in 2.. {
            let Value::Array(found) = answer.value() else { return answer };
            let is_last = found.len() < 100;
            items.extend(found);
            if is_last || items.len() >= size {
                break;
            }
            page.set_query(&format!("per_page=100&page={number}"));
            answer = next.call(page.clone()).await;
        }
        answer.set_header("x-per-page", &size.to_string());
        answer.set_value(&Value::Array(items));
        answer
    })
}
