//! Sends a request, repeats it where that is safe, and notes why it failed.

use std::time::Duration;

use bytes::Bytes;
use cluster_agents_types as types;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, StatusCode};
use reqwest::{Request, Response, ResponseBuilderExt, Url};

use crate::call::Call;
use crate::credential;
use crate::error::{Error, Message, StatusError, TransportFailure};
use crate::retry::{Attempts, Failed};

/// How much of the body of an error is read. No server says more than this.
const ERROR_BODY: usize = 64 * 1024;

/// An answer with its whole body.
struct Answer {
    url: Url,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// Sends a request until it is answered for good.
pub(crate) async fn send(
    http: &reqwest::Client,
    call: &Call,
    request: Request,
    operation: &'static str,
) -> reqwest::Result<Response> {
    let clock = &*call.shared.clock;
    let mut attempts = Attempts::new(call.retry, clock);
    loop {
        // A body in memory can always be cloned, and the operations have no others.
        let Some(attempt) = request.try_clone() else { return http.execute(request).await };
        let result = execute(http, attempt).await;
        let failed = match &result {
            Ok(answer) if answer.status.is_success() => return result.map(response),
            Ok(answer) => Failed::Answer(answer.status, &answer.headers),
            Err(error) => Failed::Transport(TransportFailure::of(error)),
        };
        match attempts.next(request.method(), &failed) {
            Some(wait) => {
                tell(operation, &attempts, &failed, wait);
                clock.sleep(wait).await;
            }
            None => {
                return match result {
                    Ok(answer) => Ok(conclude(call, &request, operation, &attempts, answer)),
                    Err(error) => Err(unreached(call, operation, &attempts, error)),
                };
            }
        }
    }
}

/// The last error of the transport. Without a connection nothing is done, unless it was done before.
fn unreached(
    call: &Call,
    operation: &'static str,
    attempts: &Attempts<'_>,
    error: reqwest::Error,
) -> reqwest::Error {
    if attempts.may_be_done() {
        let (failure, source) = (TransportFailure::Interrupted, error.to_string().into());
        call.note(|| Error::Transport { operation, failure, source });
    }
    error
}

async fn execute(http: &reqwest::Client, request: Request) -> reqwest::Result<Answer> {
    let mut response = http.execute(request).await?;
    let (status, url) = (response.status(), response.url().clone());
    let headers = std::mem::take(response.headers_mut());
    let body = if status.is_success() { response.bytes().await? } else { some(response).await };
    Ok(Answer { url, status, headers, body })
}

/// The beginning of a body, as far as it arrives: the status counts even if the rest never comes.
async fn some(mut response: Response) -> Bytes {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() >= ERROR_BODY {
            body.truncate(ERROR_BODY);
            break;
        }
    }
    body.into()
}

fn tell(operation: &str, attempts: &Attempts<'_>, failed: &Failed<'_>, wait: Duration) {
    let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
    let attempt = attempts.failed();
    tracing::warn!(operation, attempt, reason = %failed, wait_ms, "the request is repeated");
}

/// The last answer, which is no success, as the generated operations can read it.
fn conclude(
    call: &Call,
    request: &Request,
    operation: &'static str,
    attempts: &Attempts<'_>,
    answer: Answer,
) -> Response {
    let Answer { status, ref headers, ref body, .. } = answer;
    let mut error = StatusError::new(operation, status, headers, body, &secrets(request));
    error.may_be_done = attempts.may_be_done();
    if attempts.may_be_done() && is_gone(request.method(), &error) {
        tracing::debug!(operation, "an earlier attempt has deleted it");
        return response(Answer { status: StatusCode::NO_CONTENT, body: Bytes::new(), ..answer });
    }
    let body = readable(body, &error);
    call.note(|| error.into());
    let mut answer = Answer { body, ..answer };
    answer.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response(answer)
}

/// Whether a repeated DELETE finds its work done. Without its project it has found nothing.
fn is_gone(method: &Method, error: &StatusError) -> bool {
    let project = |message: &Message| message.to_string().contains("Project");
    *method == Method::DELETE
        && error.status == StatusCode::NOT_FOUND
        && !error.message.as_ref().is_some_and(project)
}

/// The body as it came if it is an error of the API, else an error of the API with its text: the
/// generated operations would lose the status of anything else.
fn readable(body: &Bytes, error: &StatusError) -> Bytes {
    if serde_json::from_slice::<types::Error>(body).is_ok() {
        return body.clone();
    }
    let text = match &error.message {
        Some(message) => message.to_string(),
        None => error.body.clone(),
    };
    serde_json::to_vec(&types::Error::message(text)).unwrap_or_default().into()
}

fn response(answer: Answer) -> Response {
    let Answer { url, status, headers, body } = answer;
    let mut response = http::Response::builder().url(url).body(body).unwrap_or_default();
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response.into()
}

/// The secrets that a request carries: its credential, and the private key of a URL configuration.
fn secrets(request: &Request) -> Vec<String> {
    let mut secrets = credential::secrets(request.headers());
    let body = request.body().and_then(reqwest::Body::as_bytes);
    let json = body.and_then(|body| serde_json::from_slice::<serde_json::Value>(body).ok());
    let key = json.as_ref().and_then(|json| json["client_key"].as_str());
    secrets.extend(key.map(ToOwned::to_owned));
    secrets
}
