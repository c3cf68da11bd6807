//! The headers of a page.

use std::collections::BTreeMap;

use cluster_agents_server::ListAgentsOkHeaders;
use http::{HeaderValue, Uri};

use crate::pagination::Navigation;

/// The headers of a page of the list at `uri` below `root`. `path_parameters` are carried on in the
/// links, as GitLab does.
pub(super) fn headers(
    navigation: &Navigation,
    root: &str,
    uri: &Uri,
    path_parameters: &[(&str, String)],
) -> ListAgentsOkHeaders {
    let query = uri.query().unwrap_or_default();
    let mut parameters: BTreeMap<String, String> =
        form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    // A token in the query would be a token in every log that sees the links.
    parameters.retain(|name, _| !matches!(&**name, "private_token" | "access_token"));
    parameters
        .extend(path_parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    let link = navigation.link(&format!("{root}{}", uri.path()), parameters);
    ListAgentsOkHeaders {
        x_total: navigation.total,
        x_total_pages: navigation.total_pages,
        x_per_page: navigation.per_page(),
        x_page: navigation.page(),
        x_next_page: number(navigation.next),
        x_prev_page: number(navigation.prev),
        link: text(&link),
    }
}

fn number(page: Option<i64>) -> HeaderValue {
    page.map_or_else(|| HeaderValue::from_static(""), HeaderValue::from)
}

/// Links are percent-encoded, and so always fit into a header.
fn text(link: &str) -> HeaderValue {
    HeaderValue::from_str(link).unwrap_or_else(|_| HeaderValue::from_static(""))
}
