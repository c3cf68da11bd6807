// @generated from names-that-are-taken.yaml by
// EXPECTORATE=overwrite cargo test -p cluster-agents-codegen --test accepted

#[allow(missing_docs, unreachable_pub, clippy::all, clippy::pedantic, clippy::restriction)]
pub mod types {
/// An error.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Error {
    /// In words.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub error: ::std::option::Option<::std::string::String>,
}
/// Error types.
pub mod error {
    /// Error from a `TryFrom` or `FromStr` implementation.
    pub struct ConversionError(::std::borrow::Cow<'static, str>);
    impl ::std::error::Error for ConversionError {}
    impl ::std::fmt::Display for ConversionError {
        fn fmt(
            &self,
            f: &mut ::std::fmt::Formatter<'_>,
        ) -> Result<(), ::std::fmt::Error> {
            ::std::fmt::Display::fmt(&self.0, f)
        }
    }
    impl ::std::fmt::Debug for ConversionError {
        fn fmt(
            &self,
            f: &mut ::std::fmt::Formatter<'_>,
        ) -> Result<(), ::std::fmt::Error> {
            ::std::fmt::Debug::fmt(&self.0, f)
        }
    }
    impl From<&'static str> for ConversionError {
        fn from(value: &'static str) -> Self {
            Self(value.into())
        }
    }
    impl From<String> for ConversionError {
        fn from(value: String) -> Self {
            Self(value.into())
        }
    }
}
}

#[allow(dead_code, missing_docs, unreachable_pub, unused_imports, clippy::all, clippy::pedantic, clippy::restriction)]
pub mod client {
#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for Taken things

Names that the generated code uses as well.

Version: 1.0.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::call::Call,
}
impl Client {
    /// Create a new client.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new(baseurl: &str, inner: crate::call::Call) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new().connect_timeout(dur).timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap(), inner)
    }
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::call::Call,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<crate::call::Call> for Client {
    fn api_version() -> &'static str {
        "1.0.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::call::Call {
        &self.inner
    }
}
impl ClientHooks<crate::call::Call> for &Client {}
#[allow(clippy::all)]
impl Client {
    /**Get the thing

There is only one.

Sends a `GET` request to `/things/{value}`

Arguments:
- `value`: One.
- `client`: One.
- `parameters`: One.
- `request`: One.
- `response`: One.
- `result`: One.
- `uri`: One.
- `url`: One.
- `caller`: One.
- `parts`: One.
*/
    pub async fn request<'a>(
        &'a self,
        value: &'a str,
        client: Option<&'a str>,
        parameters: Option<&'a str>,
        request: Option<&'a str>,
        response: Option<&'a str>,
        result: Option<&'a str>,
        uri: Option<&'a str>,
        url: Option<&'a str>,
        caller: Option<&'a str>,
        parts: Option<&'a str>,
    ) -> Result<
        ResponseValue<::std::string::String>,
        Error<crate::names_that_are_taken::types::Error>,
    > {
        let _url = format!(
            "{}/things/{}", self.baseurl, crate ::path::encode(& value.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(3usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = caller {
            header_map.append("caller", value.to_string().try_into()?);
        }
        if let Some(value) = parts {
            header_map.append("parts", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut _request = self
            .client
            .get(_url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("client", &client))
            .query(&progenitor_client::QueryParam::new("parameters", &parameters))
            .query(&progenitor_client::QueryParam::new("request", &request))
            .query(&progenitor_client::QueryParam::new("response", &response))
            .query(&progenitor_client::QueryParam::new("result", &result))
            .query(&progenitor_client::QueryParam::new("uri", &uri))
            .query(&progenitor_client::QueryParam::new("url", &url))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "request",
        };
        self.pre(&mut _request, &info).await?;
        let _result = self.exec(_request, &info).await;
        self.post(&_result, &info).await?;
        let _response = _result?;
        match _response.status().as_u16() {
            200u16 => ResponseValue::from_response(_response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(_response).await?))
            }
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(_response).await?))
            }
            _ => Err(Error::UnexpectedResponse(_response)),
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
}

#[allow(missing_docs, missing_debug_implementations, unused_imports, clippy::all, clippy::pedantic, clippy::restriction)]
pub mod mock {
pub mod operations {
    //! [`When`](::httpmock::When) and [`Then`](::httpmock::Then)
    //! wrappers for each operation. Each can be converted to
    //! its inner type with a call to `into_inner()`. This can
    //! be used to explicitly deviate from permitted values.
    use crate::names_that_are_taken::types::*;
    pub struct RequestWhen(::httpmock::When);
    impl RequestWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(regex::Regex::new("^(?:/.*)?/things/[^/]*$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn value(self, value: &str) -> Self {
            let re = regex::Regex::new(
                    &format!(
                        "^(?:/.*)?/things/{}$", crate ::segment(& value.to_string())
                    ),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
        pub fn client<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a str>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("client", value.to_string()))
            } else {
                Self(self.0.query_param_missing("client"))
            }
        }
        pub fn parameters<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a str>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("parameters", value.to_string()))
            } else {
                Self(self.0.query_param_missing("parameters"))
            }
        }
        pub fn request<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a str>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("request", value.to_string()))
            } else {
                Self(self.0.query_param_missing("request"))
            }
        }
        pub fn response<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a str>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("response", value.to_string()))
            } else {
                Self(self.0.query_param_missing("response"))
            }
        }
        pub fn result<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a str>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("result", value.to_string()))
            } else {
                Self(self.0.query_param_missing("result"))
            }
        }
        pub fn uri<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a str>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("uri", value.to_string()))
            } else {
                Self(self.0.query_param_missing("uri"))
            }
        }
        pub fn url<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a str>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("url", value.to_string()))
            } else {
                Self(self.0.query_param_missing("url"))
            }
        }
        pub fn caller<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a str>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.header("caller", value.to_string()))
            } else {
                Self(self.0.header_missing("caller"))
            }
        }
        pub fn parts<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a str>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.header("parts", value.to_string()))
            } else {
                Self(self.0.header_missing("parts"))
            }
        }
    }
    pub struct RequestThen(::httpmock::Then);
    impl RequestThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &str) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn bad_request(self, value: &crate::names_that_are_taken::types::Error) -> Self {
            Self(
                self
                    .0
                    .status(400u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn not_found(self, value: &crate::names_that_are_taken::types::Error) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
    }
}
/// An extension trait for [`MockServer`](::httpmock::MockServer) that
/// adds a method for each operation. These are the equivalent of
/// type-checked [`mock()`](::httpmock::MockServer::mock) calls.
pub trait MockServerExt {
    fn request<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::RequestWhen, operations::RequestThen);
}
impl<S: crate::Mocks> MockServerExt for S {
    fn request<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::RequestWhen, operations::RequestThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::RequestWhen::new(when),
                operations::RequestThen::new(then),
            )
        })
    }
}
}

#[allow(missing_docs, clippy::pedantic, clippy::large_enum_variant)]
pub mod server {
use std::future::Future;
use std::sync::Arc;
use axum::Router;
use axum::extract::{OriginalUri, RawPathParams, Request, State};
use axum::extract::rejection::RawPathParamsRejection;
use axum::response::Response;
use crate::{Options, Rejection};
use crate::rejection::Landing;
use crate::respond;
#[allow(unused_imports)]
use crate::{Violation, body, credential, parameters, parameters::Parameters};
/// What an operation comes to: its own response, or an error that all operations have.
pub type Outcome<T> = Result<T, ErrorResponse>;
/// The API. Implementations write each method as a plain `async fn`.
///
/// `?` works on whatever converts into [`ErrorResponse`].
pub trait Api: Send + Sync + 'static {
    /// The body of an answer that the stub gives by itself.
    fn error(rejection: &Rejection) -> crate::names_that_are_taken::types::Error;
    /// Get the thing.
    ///
    /// `GET /things/{value}`
    ///
    /// There is only one.
    fn request(
        &self,
        request: RequestRequest,
    ) -> impl Future<Output = Outcome<RequestResponse>> + Send;
}
/// An operation of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Get the thing
    Request,
}
impl Operation {
    /// All of them in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Request];
    /// Its `operationId`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Request => "request",
        }
    }
    /// Its method. A HEAD request is served by the operation for GET.
    #[must_use]
    pub fn method(self) -> http::Method {
        match self {
            Self::Request => http::Method::GET,
        }
    }
    /// Its path template.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Request => "/things/{value}",
        }
    }
}
/// What `request` is asked with.
#[derive(Clone, Debug)]
pub struct RequestRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
    /// One.
    pub value: String,
    /// One.
    pub uri_: Option<String>,
    /// One.
    pub url: Option<String>,
    /// One.
    pub client: Option<String>,
    /// One.
    pub request: Option<String>,
    /// One.
    pub response: Option<String>,
    /// One.
    pub result: Option<String>,
    /// One.
    pub parameters: Option<String>,
    /// One.
    pub parts: Option<String>,
    /// One.
    pub caller: Option<String>,
}
/// The errors that every operation documents.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorResponse {
    /// 400: Wrong.
    BadRequest(crate::names_that_are_taken::types::Error),
    /// 404: Wrong.
    NotFound(crate::names_that_are_taken::types::Error),
}
impl ErrorResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::BadRequest { .. } => 400u16,
            Self::NotFound { .. } => 404u16,
        }
    }
}
impl axum::response::IntoResponse for ErrorResponse {
    fn into_response(self) -> Response {
        match self {
            Self::BadRequest(body) => respond::json(400u16, &body),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
/// What `request` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum RequestResponse {
    /// 200: The thing.
    Ok(String),
    /// 400: Wrong.
    BadRequest(crate::names_that_are_taken::types::Error),
    /// 404: Wrong.
    NotFound(crate::names_that_are_taken::types::Error),
}
impl RequestResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Ok { .. } => 200u16,
            Self::BadRequest { .. } => 400u16,
            Self::NotFound { .. } => 404u16,
        }
    }
}
impl axum::response::IntoResponse for RequestResponse {
    fn into_response(self) -> Response {
        match self {
            Self::Ok(body) => respond::json(200u16, &body),
            Self::BadRequest(body) => respond::json(400u16, &body),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
impl From<ErrorResponse> for RequestResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::BadRequest(body) => Self::BadRequest(body),
            ErrorResponse::NotFound(body) => Self::NotFound(body),
        }
    }
}
/// Routes every operation to an implementation.
///
/// Mount it below the path of the API with [`Router::nest`]. An unknown path, and a method
/// that a known path does not have, is a 404 with the error body of the implementation.
pub fn router<A: Api>(api: Arc<A>, options: Options) -> Router {
    Router::new()
        .route("/things/{value}", axum::routing::get(handle_request::<A>))
        .fallback(async || respond::json(404, &A::error(&Rejection::UnknownPath)))
        .method_not_allowed_fallback(async || {
            respond::json(404, &A::error(&Rejection::UnknownMethod))
        })
        .with_state(Server { api, options })
}
struct Server<A> {
    api: Arc<A>,
    options: Options,
}
impl<A> Clone for Server<A> {
    fn clone(&self) -> Self {
        Self {
            api: Arc::clone(&self.api),
            options: self.options,
        }
    }
}
/// Why a handler has no response of its operation.
enum Refused {
    Rejected(Rejection),
    Answered(Response),
}
impl From<Rejection> for Refused {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}
impl From<ErrorResponse> for Refused {
    fn from(error: ErrorResponse) -> Self {
        Self::Answered(axum::response::IntoResponse::into_response(error))
    }
}
fn answer<A: Api>(
    outcome: Result<impl axum::response::IntoResponse, Refused>,
    landing: Landing,
) -> Response {
    match outcome {
        Ok(response) => response.into_response(),
        Err(Refused::Answered(response)) => response,
        Err(Refused::Rejected(rejection)) => {
            respond::json(landing.status(&rejection).as_u16(), &A::error(&rejection))
        }
    }
}
async fn handle_request<A: Api>(
    State(server): State<Server<A>>,
    OriginalUri(uri): OriginalUri,
    path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, _body) = request.into_parts();
    let outcome = async {
        let parameters = Parameters::new(path.map_err(drop), &parts);
        let request = RequestRequest {
            uri,
            value: parameters.path_text("value")?,
            uri_: parameters.query_text("uri")?,
            url: parameters.query_text("url")?,
            client: parameters.query_text("client")?,
            request: parameters.query_text("request")?,
            response: parameters.query_text("response")?,
            result: parameters.query_text("result")?,
            parameters: parameters.query_text("parameters")?,
            parts: parameters.header_text("parts")?,
            caller: parameters.header_text("caller")?,
        };
        Ok(server.api.request(request).await?)
    };
    answer::<
        A,
    >(
        outcome.await,
        Landing {
            credentials: 404u16,
            path: 400u16,
            not_found: 404u16,
            query: 400u16,
            header: 400u16,
            body: 400u16,
            too_large: 400u16,
            media_type: 400u16,
        },
    )
}
}
