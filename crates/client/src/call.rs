//! One call: which credential it has, how it is sent, and why it failed.
//!
//! The generated operations know nothing of this; progenitor's hooks lead them here.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use progenitor_client::{ClientHooks, Error as RawFailure, OperationInfo, ResponseValue};
use reqwest::{Request, Response};

use crate::base_url::BaseUrl;
use crate::clock::Clock;
use crate::credential::Prepared;
use crate::error::{self, Error, RawError};
use crate::raw;
use crate::retry::Retry;
use crate::send;

/// What all calls of a client share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) base_url: BaseUrl,
    pub(crate) credential: Prepared,
    pub(crate) clock: Arc<dyn Clock>,
}

/// How the generated operations send a request. It is made by
/// [`ClientBuilder`](crate::ClientBuilder) alone.
#[derive(Clone)]
pub struct Call {
    pub(crate) shared: Arc<Shared>,
    pub(crate) retry: Retry,
    /// Where a call of [`Client`](crate::Client) finds why it failed. The generated errors have no
    /// place for it.
    failure: Option<Arc<Mutex<Option<Error>>>>,
}

impl Call {
    pub(crate) fn new(shared: Arc<Shared>, retry: Retry) -> Self {
        Self { shared, retry, failure: None }
    }

    /// Notes why the call failed, if there is somebody to read it.
    pub(crate) fn note(&self, make: impl FnOnce() -> Error) -> bool {
        let Some(place) = &self.failure else { return false };
        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(make());
        true
    }

    fn take_failure(&self) -> Option<Error> {
        self.failure.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("retry", &self.retry).finish_non_exhaustive()
    }
}

impl raw::Client {
    /// A client for one call.
    pub(crate) fn for_one_call(&self) -> Self {
        let mut client = self.clone();
        client.inner.failure = Some(Arc::default());
        client
    }

    /// The result of the one call with the whole of its error.
    pub(crate) fn settle<T>(
        &self,
        operation: &'static str,
        result: Result<ResponseValue<T>, RawError>,
    ) -> Result<ResponseValue<T>, Error> {
        result.map_err(|raw| {
            self.inner.take_failure().unwrap_or_else(|| error::from_raw(operation, raw))
        })
    }
}

impl ClientHooks<Call> for raw::Client {
    /// Adds the credential.
    async fn pre<E>(
        &self,
        request: &mut Request,
        info: &OperationInfo,
    ) -> Result<(), RawFailure<E>> {
        let call = &self.inner;
        // GitLab knows no such header; the version is in the path.
        request.headers_mut().remove("api-version");
        match call.shared.credential.header().await {
            Ok((name, value)) => {
                request.headers_mut().insert(name, value);
                Ok(())
            }
            Err(source) => {
                let text = format!("there is no credential: {source}");
                call.note(|| Error::Credential { operation: info.operation_id, source });
                Err(RawFailure::Custom(text))
            }
        }
    }

    /// Sends, and repeats where [`Retry`] says so.
    async fn exec(&self, request: Request, info: &OperationInfo) -> reqwest::Result<Response> {
        send::send(&self.client, &self.inner, request, info.operation_id).await
    }
}
