//! Asks a stub without a socket.

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

/// The error body of every document here: the rejection in words.
macro_rules! error_in_words {
    () => {
        fn error(rejection: &crate::Rejection) -> types::Error {
            types::Error { error: Some(rejection.to_string()) }
        }
    };
}

/// A request on its way.
pub(crate) struct Ask {
    router: Router,
    request: http::request::Builder,
}

/// What came back. `body` is null where there is none.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    /// The status, and the text of the error if it is one of the documents' errors.
    pub(crate) fn error(&self) -> (u16, &str) {
        (self.status.as_u16(), self.body["error"].as_str().unwrap_or_default())
    }

    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

impl Ask {
    pub(crate) fn new(router: Router, method: Method, uri: &str) -> Self {
        Self { router, request: Request::builder().method(method).uri(uri) }
    }

    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        Self { request: self.request.header(name, value), ..self }
    }

    /// Sends the request without a body.
    pub(crate) async fn send(self) -> Answer {
        self.send_body(Body::empty()).await
    }

    /// Sends the request with a body of JSON, whatever its text.
    pub(crate) async fn send_json(self, text: impl ToString) -> Answer {
        let text = text.to_string();
        self.header("content-type", "application/json").send_body(text.into()).await
    }

    /// Sends the request with any body.
    pub(crate) async fn send_body(self, body: Body) -> Answer {
        let request = self.request.body(body).unwrap();
        let (parts, body) = self.router.oneshot(request).await.unwrap().into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let body =
            if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

pub(crate) fn get(router: Router, uri: &str) -> Ask {
    Ask::new(router, Method::GET, uri)
}

pub(crate) fn post(router: Router, uri: &str) -> Ask {
    Ask::new(router, Method::POST, uri)
}
