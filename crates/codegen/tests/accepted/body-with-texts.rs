// @generated from body-with-texts.yaml by
// EXPECTORATE=overwrite cargo test -p cluster-agents-codegen --test accepted

#[allow(missing_docs, unreachable_pub, clippy::all, clippy::pedantic, clippy::restriction)]
pub mod types {
/// A colour.
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
pub enum Colour {
    #[serde(rename = "red")]
    Red,
    #[serde(rename = "dark-blue")]
    DarkBlue,
}
impl ::std::fmt::Display for Colour {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Red => f.write_str("red"),
            Self::DarkBlue => f.write_str("dark-blue"),
        }
    }
}
impl ::std::str::FromStr for Colour {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "red" => Ok(Self::Red),
            "dark-blue" => Ok(Self::DarkBlue),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Colour {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Colour {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
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
/// A name.
#[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
pub struct Name(::std::string::String);
impl ::std::ops::Deref for Name {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}
impl ::std::convert::From<Name> for ::std::string::String {
    fn from(value: Name) -> Self {
        value.0
    }
}
impl ::std::str::FromStr for Name {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        if value.chars().count() > 5usize {
            return Err("longer than 5 characters".into());
        }
        if value.chars().count() < 2usize {
            return Err("shorter than 2 characters".into());
        }
        static PATTERN: ::std::sync::LazyLock<::regex_lite::Regex> = ::std::sync::LazyLock::new(||
        { ::regex_lite::Regex::new("^[a-zä-ü]*$").unwrap() });
        if PATTERN.find(value).is_none() {
            return Err("doesn't match pattern \"^[a-zä-ü]*$\"".into());
        }
        Ok(Self(value.to_string()))
    }
}
impl ::std::convert::TryFrom<&str> for Name {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Name {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl<'de> ::serde::Deserialize<'de> for Name {
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
/// A new thing.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct NewThing {
    pub name: Name,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub nickname: ::std::option::Option<Name>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub colour: ::std::option::Option<Colour>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub shade: ::std::option::Option<Shade>,
    /// What it is like.
    #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
    pub tags: ::std::vec::Vec<Name>,
}
/// A shade.
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
pub enum Shade {
    #[serde(rename = "light")]
    Light,
    #[serde(rename = "dark")]
    Dark,
}
impl ::std::fmt::Display for Shade {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Light => f.write_str("light"),
            Self::Dark => f.write_str("dark"),
        }
    }
}
impl ::std::str::FromStr for Shade {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "light" => Ok(Self::Light),
            "dark" => Ok(Self::Dark),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Shade {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Shade {
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
/**Client for Named things

Texts in a body and their rules.

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
    /**Create a thing

It gets the next free number.

Sends a `POST` request to `/things`

*/
    pub async fn create_thing<'a>(
        &'a self,
        body: &'a crate::body_with_texts::types::NewThing,
    ) -> Result<ResponseValue<()>, Error<crate::body_with_texts::types::Error>> {
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
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_thing",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
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
    use crate::body_with_texts::types::*;
    pub struct CreateThingWhen(::httpmock::When);
    impl CreateThingWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::POST)
                    .path_matches(regex::Regex::new("^(?:/.*)?/things$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn body(self, value: &crate::body_with_texts::types::NewThing) -> Self {
            Self(self.0.json_body_obj(&value))
        }
    }
    pub struct CreateThingThen(::httpmock::Then);
    impl CreateThingThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn no_content(self) -> Self {
            Self(self.0.status(204u16))
        }
        pub fn bad_request(self, value: &crate::body_with_texts::types::Error) -> Self {
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
    fn create_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::CreateThingWhen, operations::CreateThingThen);
}
impl<S: crate::Mocks> MockServerExt for S {
    fn create_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::CreateThingWhen, operations::CreateThingThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::CreateThingWhen::new(when),
                operations::CreateThingThen::new(then),
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
    fn error(rejection: &Rejection) -> crate::body_with_texts::types::Error;
    /// Create a thing.
    ///
    /// `POST /things`
    ///
    /// It gets the next free number.
    fn create_thing(
        &self,
        request: CreateThingRequest,
    ) -> impl Future<Output = Outcome<CreateThingResponse>> + Send;
}
/// An operation of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Create a thing
    CreateThing,
}
impl Operation {
    /// All of them in the order of the document.
    pub const ALL: &'static [Self] = &[Self::CreateThing];
    /// Its `operationId`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::CreateThing => "createThing",
        }
    }
    /// Its method. A HEAD request is served by the operation for GET.
    #[must_use]
    pub fn method(self) -> http::Method {
        match self {
            Self::CreateThing => http::Method::POST,
        }
    }
    /// Its path template.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::CreateThing => "/things",
        }
    }
}
/// What `createThing` is asked with.
#[derive(Clone, Debug)]
pub struct CreateThingRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
    /// The body. One that breaks the schema is handed over, so that the operation decides
    /// whether it judges the rights of the caller first; `?` answers it as documented.
    pub body: Result<crate::body_with_texts::types::NewThing, InvalidBody>,
}
/// The errors that every operation documents.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorResponse {
    /// 400: Wrong.
    BadRequest(crate::body_with_texts::types::Error),
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
impl From<InvalidBody> for ErrorResponse {
    fn from(invalid: InvalidBody) -> Self {
        Self::BadRequest(invalid.error)
    }
}
/// What `createThing` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum CreateThingResponse {
    /// 204: It is there.
    NoContent,
    /// 400: Wrong.
    BadRequest(crate::body_with_texts::types::Error),
}
impl CreateThingResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NoContent { .. } => 204u16,
            Self::BadRequest { .. } => 400u16,
        }
    }
}
impl axum::response::IntoResponse for CreateThingResponse {
    fn into_response(self) -> Response {
        match self {
            Self::NoContent => respond::empty(204u16),
            Self::BadRequest(body) => respond::json(400u16, &body),
        }
    }
}
impl From<ErrorResponse> for CreateThingResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::BadRequest(body) => Self::BadRequest(body),
        }
    }
}
impl From<InvalidBody> for CreateThingResponse {
    fn from(invalid: InvalidBody) -> Self {
        Self::BadRequest(invalid.error)
    }
}
/// A request body whose fields break the schema.
#[derive(Clone, Debug, PartialEq)]
pub struct InvalidBody {
    /// What is wrong, in the order of the document's properties.
    pub violations: Vec<Violation>,
    /// The body of the answer.
    pub error: crate::body_with_texts::types::Error,
}
impl InvalidBody {
    fn new<A: Api>(violations: Vec<Violation>) -> Self {
        let error = A::error(&Rejection::Fields(violations.clone()));
        Self { violations, error }
    }
}
const NEW_THING_FIELDS: &[body::Field] = &[
    body::Field {
        name: "name",
        required: true,
        nullable: false,
        kind: body::Kind::Text {
            min: 2usize,
            max: 5usize,
            matches: |text| text.parse::<crate::body_with_texts::types::Name>().is_ok(),
        },
    },
    body::Field {
        name: "nickname",
        required: false,
        nullable: true,
        kind: body::Kind::Text {
            min: 2usize,
            max: 5usize,
            matches: |text| text.parse::<crate::body_with_texts::types::Name>().is_ok(),
        },
    },
    body::Field {
        name: "colour",
        required: false,
        nullable: false,
        kind: body::Kind::Text {
            min: 0usize,
            max: usize::MAX,
            matches: |text| text.parse::<crate::body_with_texts::types::Colour>().is_ok(),
        },
    },
    body::Field {
        name: "shade",
        required: false,
        nullable: true,
        kind: body::Kind::Text {
            min: 0usize,
            max: usize::MAX,
            matches: |text| text.parse::<crate::body_with_texts::types::Shade>().is_ok(),
        },
    },
    body::Field {
        name: "tags",
        required: false,
        nullable: false,
        kind: body::Kind::Other {
            is: body::is::<Vec<crate::body_with_texts::types::Name>>,
        },
    },
];
/// Routes every operation to an implementation.
///
/// Mount it below the path of the API with [`Router::nest`]. An unknown path, and a method
/// that a known path does not have, is a 404 with the error body of the implementation.
pub fn router<A: Api>(api: Arc<A>, options: Options) -> Router {
    Router::new()
        .route("/things", axum::routing::post(handle_create_thing::<A>))
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
async fn handle_create_thing<A: Api>(
    State(server): State<Server<A>>,
    OriginalUri(uri): OriginalUri,
    path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, body) = request.into_parts();
    let outcome = async {
        let parameters = Parameters::new(path.map_err(drop), &parts);
        let body = body::read(
                &parts.headers,
                body,
                parameters.query(),
                NEW_THING_FIELDS,
                &server.options,
            )
            .await?
            .map_err(InvalidBody::new::<A>);
        let request = CreateThingRequest { uri, body };
        Ok(server.api.create_thing(request).await?)
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
