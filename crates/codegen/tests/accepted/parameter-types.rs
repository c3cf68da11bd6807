// @generated from parameter-types.yaml by
// EXPECTORATE=overwrite cargo test -p cluster-agents-codegen --test accepted

#[allow(missing_docs, unreachable_pub, clippy::all, clippy::pedantic, clippy::restriction)]
pub mod types {
/// A depth.
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
pub struct Depth(pub i16);
impl ::std::ops::Deref for Depth {
    type Target = i16;
    fn deref(&self) -> &i16 {
        &self.0
    }
}
impl ::std::convert::From<Depth> for i16 {
    fn from(value: Depth) -> Self {
        value.0
    }
}
impl ::std::convert::From<i16> for Depth {
    fn from(value: i16) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for Depth {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for Depth {
    type Err = <i16 as ::std::str::FromStr>::Err;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.parse()?))
    }
}
impl ::std::convert::TryFrom<&str> for Depth {
    type Error = <i16 as ::std::str::FromStr>::Err;
    fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<String> for Depth {
    type Error = <i16 as ::std::str::FromStr>::Err;
    fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
/// An error.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Error {
    /// In words.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub error: ::std::option::Option<::std::string::String>,
}
/// A host.
#[derive(
    ::serde::Deserialize,
    ::serde::Serialize,
    Clone,
    Debug,
    Eq,
    Hash,
    Ord,
    PartialEq,
    PartialOrd
)]
#[serde(transparent)]
pub struct Host(pub ::std::string::String);
impl ::std::ops::Deref for Host {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}
impl ::std::convert::From<Host> for ::std::string::String {
    fn from(value: Host) -> Self {
        value.0
    }
}
impl ::std::convert::From<::std::string::String> for Host {
    fn from(value: ::std::string::String) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for Host {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for Host {
    type Err = ::std::convert::Infallible;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.to_string()))
    }
}
/// A moment.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[serde(transparent)]
pub struct Moment(pub ::cluster_agents_types::Timestamp);
impl ::std::ops::Deref for Moment {
    type Target = ::cluster_agents_types::Timestamp;
    fn deref(&self) -> &::cluster_agents_types::Timestamp {
        &self.0
    }
}
impl ::std::convert::From<Moment> for ::cluster_agents_types::Timestamp {
    fn from(value: Moment) -> Self {
        value.0
    }
}
impl ::std::convert::From<::cluster_agents_types::Timestamp> for Moment {
    fn from(value: ::cluster_agents_types::Timestamp) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for Moment {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for Moment {
    type Err = <::cluster_agents_types::Timestamp as ::std::str::FromStr>::Err;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.parse()?))
    }
}
impl ::std::convert::TryFrom<&str> for Moment {
    type Error = <::cluster_agents_types::Timestamp as ::std::str::FromStr>::Err;
    fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<String> for Moment {
    type Error = <::cluster_agents_types::Timestamp as ::std::str::FromStr>::Err;
    fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
/// A word.
#[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
pub struct Word(::std::string::String);
impl ::std::ops::Deref for Word {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}
impl ::std::convert::From<Word> for ::std::string::String {
    fn from(value: Word) -> Self {
        value.0
    }
}
impl ::std::str::FromStr for Word {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        static PATTERN: ::std::sync::LazyLock<::regex_lite::Regex> = ::std::sync::LazyLock::new(||
        { ::regex_lite::Regex::new("^[a-z]+$").unwrap() });
        if PATTERN.find(value).is_none() {
            return Err("doesn't match pattern \"^[a-z]+$\"".into());
        }
        Ok(Self(value.to_string()))
    }
}
impl ::std::convert::TryFrom<&str> for Word {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Word {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl<'de> ::serde::Deserialize<'de> for Word {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        ::std::string::String::deserialize(deserializer)?
            .parse()
            .map_err(|e: self::error::ConversionError| {
                <D::Error as ::serde::de::Error>::custom(e.to_string())
            })
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
/**Client for Selected things

What a parameter can be.

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

Sends a `GET` request to `/thing`

Arguments:
- `host`: Where.
- `offset`: How far.
- `serial`: A number.
- `since`: When.
- `until`: When.
- `word`: A word.
- `x_depth`: How far.
*/
    pub async fn get_thing<'a>(
        &'a self,
        host: Option<&'a crate::parameter_types::types::Host>,
        offset: Option<u64>,
        serial: Option<&'a str>,
        since: Option<&'a ::cluster_agents_types::Timestamp>,
        until: Option<&'a crate::parameter_types::types::Moment>,
        word: Option<&'a crate::parameter_types::types::Word>,
        x_depth: Option<&'a crate::parameter_types::types::Depth>,
    ) -> Result<
        ResponseValue<::std::string::String>,
        Error<crate::parameter_types::types::Error>,
    > {
        let url = format!("{}/thing", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = x_depth {
            header_map.append("X-Depth", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("host", &host))
            .query(&progenitor_client::QueryParam::new("offset", &offset))
            .query(&progenitor_client::QueryParam::new("serial", &serial))
            .query(&progenitor_client::QueryParam::new("since", &since))
            .query(&progenitor_client::QueryParam::new("until", &until))
            .query(&progenitor_client::QueryParam::new("word", &word))
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
    use crate::parameter_types::types::*;
    pub struct GetThingWhen(::httpmock::When);
    impl GetThingWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(regex::Regex::new("^(?:/.*)?/thing$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn host<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a crate::parameter_types::types::Host>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("host", value.to_string()))
            } else {
                Self(self.0.query_param_missing("host"))
            }
        }
        pub fn offset<T>(self, value: T) -> Self
        where
            T: Into<Option<u64>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("offset", value.to_string()))
            } else {
                Self(self.0.query_param_missing("offset"))
            }
        }
        pub fn serial<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a str>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("serial", value.to_string()))
            } else {
                Self(self.0.query_param_missing("serial"))
            }
        }
        pub fn since<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a ::cluster_agents_types::Timestamp>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("since", value.to_string()))
            } else {
                Self(self.0.query_param_missing("since"))
            }
        }
        pub fn until<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a crate::parameter_types::types::Moment>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("until", value.to_string()))
            } else {
                Self(self.0.query_param_missing("until"))
            }
        }
        pub fn word<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a crate::parameter_types::types::Word>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("word", value.to_string()))
            } else {
                Self(self.0.query_param_missing("word"))
            }
        }
        pub fn x_depth<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a crate::parameter_types::types::Depth>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.header("X-Depth", value.to_string()))
            } else {
                Self(self.0.header_missing("X-Depth"))
            }
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
        pub fn bad_request(self, value: &crate::parameter_types::types::Error) -> Self {
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
    fn get_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::GetThingWhen, operations::GetThingThen);
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
    fn error(rejection: &Rejection) -> crate::parameter_types::types::Error;
    /// Get the thing.
    ///
    /// `GET /thing`
    ///
    /// There is only one.
    fn get_thing(
        &self,
        request: GetThingRequest,
    ) -> impl Future<Output = Outcome<GetThingResponse>> + Send;
}
/// An operation of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Get the thing
    GetThing,
}
impl Operation {
    /// All of them in the order of the document.
    pub const ALL: &'static [Self] = &[Self::GetThing];
    /// Its `operationId`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::GetThing => "getThing",
        }
    }
    /// Its method. A HEAD request is served by the operation for GET.
    #[must_use]
    pub fn method(self) -> http::Method {
        match self {
            Self::GetThing => http::Method::GET,
        }
    }
    /// Its path template.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::GetThing => "/thing",
        }
    }
}
/// What `getThing` is asked with.
#[derive(Clone, Debug)]
pub struct GetThingRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
    /// When.
    pub since: Result<Option<::cluster_agents_types::Timestamp>, InvalidParameter>,
    /// When.
    pub until: Result<Option<crate::parameter_types::types::Moment>, InvalidParameter>,
    /// A word.
    pub word: Result<Option<crate::parameter_types::types::Word>, InvalidParameter>,
    /// A number.
    pub serial: Option<String>,
    /// Where.
    pub host: Result<Option<crate::parameter_types::types::Host>, InvalidParameter>,
    /// How far.
    pub offset: Result<Option<u64>, InvalidParameter>,
    /// How far.
    pub x_depth: Result<Option<crate::parameter_types::types::Depth>, InvalidParameter>,
}
/// The errors that every operation documents.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorResponse {
    /// 400: Wrong.
    BadRequest(crate::parameter_types::types::Error),
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
/// What `getThing` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum GetThingResponse {
    /// 200: What it is.
    Ok(String),
    /// 400: Wrong.
    BadRequest(crate::parameter_types::types::Error),
}
impl GetThingResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Ok { .. } => 200u16,
            Self::BadRequest { .. } => 400u16,
        }
    }
}
impl axum::response::IntoResponse for GetThingResponse {
    fn into_response(self) -> Response {
        match self {
            Self::Ok(body) => respond::json(200u16, &body),
            Self::BadRequest(body) => respond::json(400u16, &body),
        }
    }
}
impl From<ErrorResponse> for GetThingResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::BadRequest(body) => Self::BadRequest(body),
        }
    }
}
impl From<InvalidParameter> for GetThingResponse {
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
    pub error: crate::parameter_types::types::Error,
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
        .route("/thing", axum::routing::get(handle_get_thing::<A>))
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
            since: parameters.query_text("since").map_err(InvalidParameter::new::<A>),
            until: parameters.query_text("until").map_err(InvalidParameter::new::<A>),
            word: parameters.query_text("word").map_err(InvalidParameter::new::<A>),
            serial: parameters.query_text("serial")?,
            host: parameters.query_text("host").map_err(InvalidParameter::new::<A>),
            offset: parameters
                .query_integer("offset")
                .map_err(InvalidParameter::new::<A>),
            x_depth: parameters
                .header_integer("X-Depth")
                .map_err(InvalidParameter::new::<A>),
        };
        Ok(server.api.get_thing(request).await?)
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
