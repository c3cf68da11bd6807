// @generated from response-plain.yaml by
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
/**Client for Plain things

Answers that are a single value.

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
    /**Get the count

How many things there are.

Sends a `GET` request to `/count`

*/
    pub async fn get_count<'a>(
        &'a self,
    ) -> Result<ResponseValue<i64>, Error<crate::response_plain::types::Error>> {
        let url = format!("{}/count", self.baseurl,);
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
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_count",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get the note

Null if nobody wrote one.

Sends a `GET` request to `/note`

*/
    pub async fn get_note<'a>(
        &'a self,
    ) -> Result<
        ResponseValue<::std::option::Option<::std::string::String>>,
        Error<crate::response_plain::types::Error>,
    > {
        let url = format!("{}/note", self.baseurl,);
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
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_note",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List the flags

Null where one is torn.

Sends a `GET` request to `/flags`

*/
    pub async fn list_flags<'a>(
        &'a self,
    ) -> Result<
        ResponseValue<::std::vec::Vec<::std::option::Option<bool>>>,
        Error<crate::response_plain::types::Error>,
    > {
        let url = format!("{}/flags", self.baseurl,);
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
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_flags",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            404u16 => {
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
    use crate::response_plain::types::*;
    pub struct GetCountWhen(::httpmock::When);
    impl GetCountWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(regex::Regex::new("^(?:/.*)?/count$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
    }
    pub struct GetCountThen(::httpmock::Then);
    impl GetCountThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: i64) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn not_found(self, value: &crate::response_plain::types::Error) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
    }
    pub struct GetNoteWhen(::httpmock::When);
    impl GetNoteWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(regex::Regex::new("^(?:/.*)?/note$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
    }
    pub struct GetNoteThen(::httpmock::Then);
    impl GetNoteThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: Option<&str>) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn not_found(self, value: &crate::response_plain::types::Error) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
    }
    pub struct ListFlagsWhen(::httpmock::When);
    impl ListFlagsWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(regex::Regex::new("^(?:/.*)?/flags$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
    }
    pub struct ListFlagsThen(::httpmock::Then);
    impl ListFlagsThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &::std::vec::Vec<::std::option::Option<bool>>) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn not_found(self, value: &crate::response_plain::types::Error) -> Self {
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
    fn get_count<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::GetCountWhen, operations::GetCountThen);
    fn get_note<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::GetNoteWhen, operations::GetNoteThen);
    fn list_flags<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ListFlagsWhen, operations::ListFlagsThen);
}
impl<S: crate::Mocks> MockServerExt for S {
    fn get_count<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::GetCountWhen, operations::GetCountThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::GetCountWhen::new(when),
                operations::GetCountThen::new(then),
            )
        })
    }
    fn get_note<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::GetNoteWhen, operations::GetNoteThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::GetNoteWhen::new(when),
                operations::GetNoteThen::new(then),
            )
        })
    }
    fn list_flags<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ListFlagsWhen, operations::ListFlagsThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::ListFlagsWhen::new(when),
                operations::ListFlagsThen::new(then),
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
    fn error(rejection: &Rejection) -> crate::response_plain::types::Error;
    /// Get the count.
    ///
    /// `GET /count`
    ///
    /// How many things there are.
    fn get_count(
        &self,
        request: GetCountRequest,
    ) -> impl Future<Output = Outcome<GetCountResponse>> + Send;
    /// Get the note.
    ///
    /// `GET /note`
    ///
    /// Null if nobody wrote one.
    fn get_note(
        &self,
        request: GetNoteRequest,
    ) -> impl Future<Output = Outcome<GetNoteResponse>> + Send;
    /// List the flags.
    ///
    /// `GET /flags`
    ///
    /// Null where one is torn.
    fn list_flags(
        &self,
        request: ListFlagsRequest,
    ) -> impl Future<Output = Outcome<ListFlagsResponse>> + Send;
}
/// An operation of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Get the count
    GetCount,
    /// Get the note
    GetNote,
    /// List the flags
    ListFlags,
}
impl Operation {
    /// All of them in the order of the document.
    pub const ALL: &'static [Self] = &[Self::GetCount, Self::GetNote, Self::ListFlags];
    /// Its `operationId`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::GetCount => "getCount",
            Self::GetNote => "getNote",
            Self::ListFlags => "listFlags",
        }
    }
    /// Its method. A HEAD request is served by the operation for GET.
    #[must_use]
    pub fn method(self) -> http::Method {
        match self {
            Self::GetCount => http::Method::GET,
            Self::GetNote => http::Method::GET,
            Self::ListFlags => http::Method::GET,
        }
    }
    /// Its path template.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::GetCount => "/count",
            Self::GetNote => "/note",
            Self::ListFlags => "/flags",
        }
    }
}
/// What `getCount` is asked with.
#[derive(Clone, Debug)]
pub struct GetCountRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
}
/// What `getNote` is asked with.
#[derive(Clone, Debug)]
pub struct GetNoteRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
}
/// What `listFlags` is asked with.
#[derive(Clone, Debug)]
pub struct ListFlagsRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
}
/// The errors that every operation documents.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorResponse {
    /// 404: Wrong.
    NotFound(crate::response_plain::types::Error),
}
impl ErrorResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound { .. } => 404u16,
        }
    }
}
impl axum::response::IntoResponse for ErrorResponse {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
/// What `getCount` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum GetCountResponse {
    /// 200: The count.
    Ok(i64),
    /// 404: Wrong.
    NotFound(crate::response_plain::types::Error),
}
impl GetCountResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Ok { .. } => 200u16,
            Self::NotFound { .. } => 404u16,
        }
    }
}
impl axum::response::IntoResponse for GetCountResponse {
    fn into_response(self) -> Response {
        match self {
            Self::Ok(body) => respond::json(200u16, &body),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
impl From<ErrorResponse> for GetCountResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::NotFound(body) => Self::NotFound(body),
        }
    }
}
/// What `getNote` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum GetNoteResponse {
    /// 200: It.
    Ok(Option<String>),
    /// 404: Wrong.
    NotFound(crate::response_plain::types::Error),
}
impl GetNoteResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Ok { .. } => 200u16,
            Self::NotFound { .. } => 404u16,
        }
    }
}
impl axum::response::IntoResponse for GetNoteResponse {
    fn into_response(self) -> Response {
        match self {
            Self::Ok(body) => respond::json(200u16, &body),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
impl From<ErrorResponse> for GetNoteResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::NotFound(body) => Self::NotFound(body),
        }
    }
}
/// What `listFlags` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum ListFlagsResponse {
    /// 200: They.
    Ok(Vec<Option<bool>>),
    /// 404: Wrong.
    NotFound(crate::response_plain::types::Error),
}
impl ListFlagsResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Ok { .. } => 200u16,
            Self::NotFound { .. } => 404u16,
        }
    }
}
impl axum::response::IntoResponse for ListFlagsResponse {
    fn into_response(self) -> Response {
        match self {
            Self::Ok(body) => respond::json(200u16, &body),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
impl From<ErrorResponse> for ListFlagsResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
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
        .route("/count", axum::routing::get(handle_get_count::<A>))
        .route("/note", axum::routing::get(handle_get_note::<A>))
        .route("/flags", axum::routing::get(handle_list_flags::<A>))
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
async fn handle_get_count<A: Api>(
    State(server): State<Server<A>>,
    OriginalUri(uri): OriginalUri,
    _path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, _body) = request.into_parts();
    let outcome = async {
        let request = GetCountRequest { uri };
        Ok(server.api.get_count(request).await?)
    };
    answer::<
        A,
    >(
        outcome.await,
        Landing {
            credentials: 404u16,
            path: 404u16,
            not_found: 404u16,
            query: 404u16,
            header: 404u16,
            body: 404u16,
            too_large: 404u16,
            media_type: 404u16,
        },
    )
}
async fn handle_get_note<A: Api>(
    State(server): State<Server<A>>,
    OriginalUri(uri): OriginalUri,
    _path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, _body) = request.into_parts();
    let outcome = async {
        let request = GetNoteRequest { uri };
        Ok(server.api.get_note(request).await?)
    };
    answer::<
        A,
    >(
        outcome.await,
        Landing {
            credentials: 404u16,
            path: 404u16,
            not_found: 404u16,
            query: 404u16,
            header: 404u16,
            body: 404u16,
            too_large: 404u16,
            media_type: 404u16,
        },
    )
}
async fn handle_list_flags<A: Api>(
    State(server): State<Server<A>>,
    OriginalUri(uri): OriginalUri,
    _path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, _body) = request.into_parts();
    let outcome = async {
        let request = ListFlagsRequest { uri };
        Ok(server.api.list_flags(request).await?)
    };
    answer::<
        A,
    >(
        outcome.await,
        Landing {
            credentials: 404u16,
            path: 404u16,
            not_found: 404u16,
            query: 404u16,
            header: 404u16,
            body: 404u16,
            too_large: 404u16,
            media_type: 404u16,
        },
    )
}
}
