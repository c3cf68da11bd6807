// @generated from parameter-enum.yaml by
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
/// By what things are sorted.
#[derive(
    ::serde::Deserialize,
    ::serde::Serialize,
    Clone,
    Copy,
    Debug,
    Eq,
    Hash,
    Ord,
    PartialEq,
    PartialOrd
)]
pub enum Order {
    #[serde(rename = "name")]
    Name,
    #[serde(rename = "created-at")]
    CreatedAt,
}
impl ::std::fmt::Display for Order {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Name => f.write_str("name"),
            Self::CreatedAt => f.write_str("created-at"),
        }
    }
}
impl ::std::str::FromStr for Order {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "name" => Ok(Self::Name),
            "created-at" => Ok(Self::CreatedAt),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Order {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Order {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
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
/**Client for Sorted things

A parameter that takes one of a few words.

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
    /**List the things

In an order.

Sends a `GET` request to `/things`

Arguments:
- `order_by`: The order.
*/
    pub async fn list_things<'a>(
        &'a self,
        order_by: Option<&'a crate::parameter_enum::types::Order>,
    ) -> Result<
        ResponseValue<::std::vec::Vec<::std::string::String>>,
        Error<crate::parameter_enum::types::Error>,
    > {
        let url = format!("{}/things", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("order_by", &order_by))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_things",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
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
    use crate::parameter_enum::types::*;
    pub struct ListThingsWhen(::httpmock::When);
    impl ListThingsWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(regex::Regex::new("^(?:/.*)?/things$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn order_by<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a crate::parameter_enum::types::Order>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("order_by", value.to_string()))
            } else {
                Self(self.0.query_param_missing("order_by"))
            }
        }
    }
    pub struct ListThingsThen(::httpmock::Then);
    impl ListThingsThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &::std::vec::Vec<::std::string::String>) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn bad_request(self, value: &crate::parameter_enum::types::Error) -> Self {
            Self(
                self
                    .0
                    .status(400u16)
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
    fn list_things<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ListThingsWhen, operations::ListThingsThen);
}
impl<S: crate::Mocks> MockServerExt for S {
    fn list_things<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ListThingsWhen, operations::ListThingsThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::ListThingsWhen::new(when),
                operations::ListThingsThen::new(then),
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
    fn error(rejection: &Rejection) -> crate::parameter_enum::types::Error;
    /// List the things.
    ///
    /// `GET /things`
    ///
    /// In an order.
    fn list_things(
        &self,
        request: ListThingsRequest,
    ) -> impl Future<Output = Outcome<ListThingsResponse>> + Send;
}
/// An operation of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// List the things
    ListThings,
}
impl Operation {
    /// All of them in the order of the document.
    pub const ALL: &'static [Self] = &[Self::ListThings];
    /// Its `operationId`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::ListThings => "listThings",
        }
    }
    /// Its method. A HEAD request is served by the operation for GET.
    #[must_use]
    pub fn method(self) -> http::Method {
        match self {
            Self::ListThings => http::Method::GET,
        }
    }
    /// Its path template.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::ListThings => "/things",
        }
    }
}
/// What `listThings` is asked with.
#[derive(Clone, Debug)]
pub struct ListThingsRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
    /// The order.
    pub order_by: Result<Option<crate::parameter_enum::types::Order>, InvalidParameter>,
}
/// The errors that every operation documents.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorResponse {
    /// 400: Wrong.
    BadRequest(crate::parameter_enum::types::Error),
}
impl ErrorResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::BadRequest { .. } => 400u16,
        }
    }
}
impl axum::response::IntoResponse for ErrorResponse {
    fn into_response(self) -> Response {
        match self {
            Self::BadRequest(body) => respond::json(400u16, &body),
        }
    }
}
impl From<InvalidParameter> for ErrorResponse {
    fn from(invalid: InvalidParameter) -> Self {
        Self::BadRequest(invalid.error)
    }
}
/// What `listThings` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum ListThingsResponse {
    /// 200: Their names.
    Ok(Vec<String>),
    /// 400: Wrong.
    BadRequest(crate::parameter_enum::types::Error),
}
impl ListThingsResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Ok { .. } => 200u16,
            Self::BadRequest { .. } => 400u16,
        }
    }
}
impl axum::response::IntoResponse for ListThingsResponse {
    fn into_response(self) -> Response {
        match self {
            Self::Ok(body) => respond::json(200u16, &body),
            Self::BadRequest(body) => respond::json(400u16, &body),
        }
    }
}
impl From<ErrorResponse> for ListThingsResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::BadRequest(body) => Self::BadRequest(body),
        }
    }
}
impl From<InvalidParameter> for ListThingsResponse {
    fn from(invalid: InvalidParameter) -> Self {
        Self::BadRequest(invalid.error)
    }
}
/// A parameter that breaks the schema.
///
/// It is handed over, so that the operation decides what it judges first; one that is
/// never looked at is never refused. Where the document allows it, `?` makes the
/// documented answer of it, or `into()` the response of the operation.
#[derive(Clone, Debug, PartialEq)]
pub struct InvalidParameter {
    /// What is wrong.
    pub rejection: Rejection,
    /// The body of the answer.
    pub error: crate::parameter_enum::types::Error,
}
impl InvalidParameter {
    fn new<A: Api>(rejection: Rejection) -> Self {
        let error = A::error(&rejection);
        Self { rejection, error }
    }
}
/// Routes every operation to an implementation.
///
/// Mount it below the path of the API with [`Router::nest`]. An unknown path, and a method
/// that a known path does not have, is a 404 with the error body of the implementation.
pub fn router<A: Api>(api: Arc<A>, options: Options) -> Router {
    Router::new()
        .route("/things", axum::routing::get(handle_list_things::<A>))
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
async fn handle_list_things<A: Api>(
    State(server): State<Server<A>>,
    OriginalUri(uri): OriginalUri,
    path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, _body) = request.into_parts();
    let outcome = async {
        let parameters = Parameters::new(path.map_err(drop), &parts);
        let request = ListThingsRequest {
            uri,
            order_by: parameters
                .query_text("order_by")
                .map_err(InvalidParameter::new::<A>),
        };
        Ok(server.api.list_things(request).await?)
    };
    answer::<
        A,
    >(
        outcome.await,
        Landing {
            credentials: 404u16,
            path: 400u16,
            not_found: 400u16,
            query: 400u16,
            header: 400u16,
            body: 400u16,
            too_large: 400u16,
            media_type: 400u16,
        },
    )
}
}
