//! The twelve operations, by what they are about.

mod agents;
mod tokens;
mod url_configurations;

use std::future::Future;
use std::sync::Arc;

use cluster_agents_types::Timestamp;
use progenitor_client::ResponseValue;

use crate::client::Client;
use crate::error::Error;
use crate::listing::Listing;
use crate::next_page::{self, Next};
use crate::page::{Page, PageRequest};

/// What one page of a list was answered with.
type Answer<T> = Result<ResponseValue<Vec<T>>, Error>;

impl Client {
    /// A page from its answer, and where the list goes on.
    fn page<T>(
        &self,
        operation: &'static str,
        request: PageRequest,
        answer: ResponseValue<Vec<T>>,
    ) -> Result<(Page<T>, Next), Error> {
        let base = &self.call().shared.base_url;
        let next = next_page::next(answer.headers(), base, request.page())
            .map_err(|problem| Error::Listing { operation, problem })?;
        let number = match next {
            Next::Page(number) => Some(number),
            // A full page may have another behind it, and an empty one has none.
            Next::Unknown if !answer.is_empty() => Some(request.page().saturating_add(1)),
            Next::End | Next::Unknown => None,
        };
        let headers = answer.headers().clone();
        Ok((Page::new(answer.into_inner(), request, &headers, number), next))
    }

    /// A whole list from the function that fetches a page of it.
    fn listing<T, F, Fut>(&self, operation: &'static str, fetch: F) -> Listing<T>
    where
        T: Clone + PartialEq + Unpin + Send + 'static,
        F: Fn(Self, PageRequest) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Answer<T>> + Send + 'static,
    {
        let client = self.clone();
        Listing::new(
            operation,
            Arc::new(move |request| {
                let (client, answer) = (client.clone(), fetch(client.clone(), request));
                Box::pin(async move { client.page(operation, request, answer.await?) })
            }),
        )
    }
}

/// The numbers of a page as the generated operations take them.
fn numbers(request: PageRequest) -> (Option<i64>, Option<i64>) {
    (Some(request.page().into()), Some(request.size().into()))
}

/// A time as `If-Unmodified-Since` takes it: with milliseconds, which an HTTP date does not have.
fn precondition(unmodified_since: Option<Timestamp>) -> Option<String> {
    unmodified_since.map(|time| time.to_string())
}
