// @generated from path-with-several-parameters.yaml by
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
/// The number of a part.
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
#[serde(transparent)]
pub struct PartId(pub i16);
impl ::std::ops::Deref for PartId {
    type Target = i16;
    fn deref(&self) -> &i16 {
        &self.0
    }
}
impl ::std::convert::From<PartId> for i16 {
    fn from(value: PartId) -> Self {
        value.0
    }
}
impl ::std::convert::From<i16> for PartId {
    fn from(value: i16) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for PartId {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for PartId {
    type Err = <i16 as ::std::str::FromStr>::Err;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.parse()?))
    }
}
impl ::std::convert::TryFrom<&str> for PartId {
    type Error = <i16 as ::std::str::FromStr>::Err;
    fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<String> for PartId {
    type Error = <i16 as ::std::str::FromStr>::Err;
    fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
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
/**Client for Deep things

Parameters of paths.

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
    /**Get a thing

One of a shop.

Sends a `GET` request to `/shops/{shop}/things/{id}`

Arguments:
- `shop`: A shop.
- `id`: Its number.
*/
    pub async fn get_thing<'a>(
        &'a self,
        shop: &'a str,
        id: i64,
    ) -> Result<
        ResponseValue<::std::string::String>,
        Error<crate::path_with_several_parameters::types::Error>,
    > {
        let url = format!(
            "{}/shops/{}/things/{}", self.baseurl, crate ::path::encode(& shop
            .to_string()), crate ::path::encode(& id.to_string()),
        );
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
            operation_id: "get_thing",
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
    /**Get a part of a thing

The path names its parameters differently.

Sends a `GET` request to `/shops/{name}/things/{thing}/parts/{partId}`

Arguments:
- `name`: A shop.
- `thing`: A thing.
- `part_id`: A part.
*/
    pub async fn get_part<'a>(
        &'a self,
        name: &'a str,
        thing: i32,
        part_id: &'a crate::path_with_several_parameters::types::PartId,
    ) -> Result<
        ResponseValue<::std::string::String>,
        Error<crate::path_with_several_parameters::types::Error>,
    > {
        let url = format!(
            "{}/shops/{}/things/{}/parts/{}", self.baseurl, crate ::path::encode(& name
            .to_string()), crate ::path::encode(& thing.to_string()), crate
            ::path::encode(& part_id.to_string()),
        );
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
            operation_id: "get_part",
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
    use crate::path_with_several_parameters::types::*;
    pub struct GetThingWhen(::httpmock::When);
    impl GetThingWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(
                        regex::Regex::new("^(?:/.*)?/shops/[^/]*/things/[^/]*$").unwrap(),
                    ),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn shop(self, value: &str) -> Self {
            let re = regex::Regex::new(
                    &format!(
                        "^(?:/.*)?/shops/{}/things/[^/]*$", crate ::segment(& value
                        .to_string())
                    ),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
        pub fn id(self, value: i64) -> Self {
            let re = regex::Regex::new(
                    &format!(
                        "^(?:/.*)?/shops/[^/]*/things/{}$", crate ::segment(& value
                        .to_string())
                    ),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
    }
    pub struct GetThingThen(::httpmock::Then);
    impl GetThingThen {
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
        pub fn not_found(self, value: &crate::path_with_several_parameters::types::Error) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
    }
    pub struct GetPartWhen(::httpmock::When);
    impl GetPartWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(
                        regex::Regex::new(
                                "^(?:/.*)?/shops/[^/]*/things/[^/]*/parts/[^/]*$",
                            )
                            .unwrap(),
                    ),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn name(self, value: &str) -> Self {
            let re = regex::Regex::new(
                    &format!(
                        "^(?:/.*)?/shops/{}/things/[^/]*/parts/[^/]*$", crate ::segment(&
                        value.to_string())
                    ),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
        pub fn thing(self, value: i32) -> Self {
            let re = regex::Regex::new(
                    &format!(
                        "^(?:/.*)?/shops/[^/]*/things/{}/parts/[^/]*$", crate ::segment(&
                        value.to_string())
                    ),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
        pub fn part_id(self, value: &crate::path_with_several_parameters::types::PartId) -> Self {
            let re = regex::Regex::new(
                    &format!(
                        "^(?:/.*)?/shops/[^/]*/things/[^/]*/parts/{}$", crate ::segment(&
                        value.to_string())
                    ),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
    }
    pub struct GetPartThen(::httpmock::Then);
    impl GetPartThen {
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
        pub fn not_found(self, value: &crate::path_with_several_parameters::types::Error) -> Self {
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
    fn get_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::GetThingWhen, operations::GetThingThen);
    fn get_part<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::GetPartWhen, operations::GetPartThen);
}
impl<S: crate::Mocks> MockServerExt for S {
    fn get_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::GetThingWhen, operations::GetThingThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::GetThingWhen::new(when),
                operations::GetThingThen::new(then),
            )
        })
    }
    fn get_part<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::GetPartWhen, operations::GetPartThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::GetPartWhen::new(when),
                operations::GetPartThen::new(then),
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
    fn error(rejection: &Rejection) -> crate::path_with_several_parameters::types::Error;
    /// Get a thing.
    ///
    /// `GET /shops/{shop}/things/{id}`
    ///
    /// One of a shop.
    fn get_thing(
        &self,
        request: GetThingRequest,
    ) -> impl Future<Output = Outcome<GetThingResponse>> + Send;
    /// Get a part of a thing.
    ///
    /// `GET /shops/{name}/things/{thing}/parts/{partId}`
    ///
    /// The path names its parameters differently.
    fn get_part(
        &self,
        request: GetPartRequest,
    ) -> impl Future<Output = Outcome<GetPartResponse>> + Send;
}
/// An operation of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Get a thing
    GetThing,
    /// Get a part of a thing
    GetPart,
}
impl Operation {
    /// All of them in the order of the document.
    pub const ALL: &'static [Self] = &[Self::GetThing, Self::GetPart];
    /// Its `operationId`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::GetThing => "getThing",
            Self::GetPart => "getPart",
        }
    }
    /// Its method. A HEAD request is served by the operation for GET.
    #[must_use]
    pub fn method(self) -> http::Method {
        match self {
            Self::GetThing => http::Method::GET,
            Self::GetPart => http::Method::GET,
        }
    }
    /// Its path template.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::GetThing => "/shops/{shop}/things/{id}",
            Self::GetPart => "/shops/{name}/things/{thing}/parts/{partId}",
        }
    }
}
/// What `getThing` is asked with.
#[derive(Clone, Debug)]
pub struct GetThingRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
    /// Its number.
    pub id: Result<i64, InvalidParameter>,
    /// A shop.
    pub shop: String,
}
/// What `getPart` is asked with.
#[derive(Clone, Debug)]
pub struct GetPartRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
    /// A shop.
    pub name: String,
    /// A thing.
    pub thing: Result<i32, InvalidParameter>,
    /// A part.
    pub part_id: Result<crate::path_with_several_parameters::types::PartId, InvalidParameter>,
}
/// The errors that every operation documents.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorResponse {
    /// 404: Wrong.
    NotFound(crate::path_with_several_parameters::types::Error),
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
impl From<InvalidParameter> for ErrorResponse {
    fn from(invalid: InvalidParameter) -> Self {
        Self::NotFound(invalid.error)
    }
}
/// What `getThing` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum GetThingResponse {
    /// 200: Its name.
    Ok(String),
    /// 404: Wrong.
    NotFound(crate::path_with_several_parameters::types::Error),
}
impl GetThingResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Ok { .. } => 200u16,
            Self::NotFound { .. } => 404u16,
        }
    }
}
impl axum::response::IntoResponse for GetThingResponse {
    fn into_response(self) -> Response {
        match self {
            Self::Ok(body) => respond::json(200u16, &body),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
impl From<ErrorResponse> for GetThingResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::NotFound(body) => Self::NotFound(body),
        }
    }
}
impl From<InvalidParameter> for GetThingResponse {
    fn from(invalid: InvalidParameter) -> Self {
        Self::NotFound(invalid.error)
    }
}
/// What `getPart` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum GetPartResponse {
    /// 200: Its name.
    Ok(String),
    /// 404: Wrong.
    NotFound(crate::path_with_several_parameters::types::Error),
}
impl GetPartResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Ok { .. } => 200u16,
            Self::NotFound { .. } => 404u16,
        }
    }
}
impl axum::response::IntoResponse for GetPartResponse {
    fn into_response(self) -> Response {
        match self {
            Self::Ok(body) => respond::json(200u16, &body),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
impl From<ErrorResponse> for GetPartResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::NotFound(body) => Self::NotFound(body),
        }
    }
}
impl From<InvalidParameter> for GetPartResponse {
    fn from(invalid: InvalidParameter) -> Self {
        Self::NotFound(invalid.error)
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
    pub error: crate::path_with_several_parameters::types::Error,
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
        .route("/shops/{shop}/things/{id}", axum::routing::get(handle_get_thing::<A>))
        .route(
            "/shops/{name}/things/{thing}/parts/{partId}",
            axum::routing::get(handle_get_part::<A>),
        )
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
async fn handle_get_thing<A: Api>(
    State(server): State<Server<A>>,
    OriginalUri(uri): OriginalUri,
    path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, _body) = request.into_parts();
    let outcome = async {
        let parameters = Parameters::new(path.map_err(drop), &parts);
        let request = GetThingRequest {
            uri,
            id: parameters.path_integer("id").map_err(InvalidParameter::new::<A>),
            shop: parameters.path_text("shop")?,
        };
        Ok(server.api.get_thing(request).await?)
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
async fn handle_get_part<A: Api>(
    State(server): State<Server<A>>,
    OriginalUri(uri): OriginalUri,
    path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, _body) = request.into_parts();
    let outcome = async {
        let parameters = Parameters::new(path.map_err(drop), &parts);
        let request = GetPartRequest {
            uri,
            name: parameters.path_text("name")?,
            thing: parameters.path_integer("thing").map_err(InvalidParameter::new::<A>),
            part_id: parameters
                .path_integer("partId")
                .map_err(InvalidParameter::new::<A>),
        };
        Ok(server.api.get_part(request).await?)
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
