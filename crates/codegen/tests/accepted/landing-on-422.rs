// @generated from landing-on-422.yaml by
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
/// A thing.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Thing {
    /// What it is called.
    pub name: ::std::string::String,
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
/**Client for Strict things

What is wrong with a request is a 422.

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
    /**Replace a thing

All of it.

Sends a `PUT` request to `/things/{id}`

Arguments:
- `id`: Its number.
- `dry_run`: 1 to only try.
- `body`
*/
    pub async fn replace_thing<'a>(
        &'a self,
        id: i64,
        dry_run: Option<i64>,
        body: &'a crate::landing_on_422::types::Thing,
    ) -> Result<ResponseValue<()>, Error<crate::landing_on_422::types::Error>> {
        let url = format!(
            "{}/things/{}", self.baseurl, crate ::path::encode(& id.to_string()),
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
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .query(&progenitor_client::QueryParam::new("dry_run", &dry_run))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "replace_thing",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            413u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            415u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            422u16 => {
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
    use crate::landing_on_422::types::*;
    pub struct ReplaceThingWhen(::httpmock::When);
    impl ReplaceThingWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::PUT)
                    .path_matches(regex::Regex::new("^(?:/.*)?/things/[^/]*$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn id(self, value: i64) -> Self {
            let re = regex::Regex::new(
                    &format!(
                        "^(?:/.*)?/things/{}$", crate ::segment(& value.to_string())
                    ),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
        pub fn dry_run<T>(self, value: T) -> Self
        where
            T: Into<Option<i64>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("dry_run", value.to_string()))
            } else {
                Self(self.0.query_param_missing("dry_run"))
            }
        }
        pub fn body(self, value: &crate::landing_on_422::types::Thing) -> Self {
            Self(self.0.json_body_obj(&value))
        }
    }
    pub struct ReplaceThingThen(::httpmock::Then);
    impl ReplaceThingThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn no_content(self) -> Self {
            Self(self.0.status(204u16))
        }
        pub fn not_found(self, value: &crate::landing_on_422::types::Error) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn payload_too_large(self, value: &crate::landing_on_422::types::Error) -> Self {
            Self(
                self
                    .0
                    .status(413u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn unsupported_media_type(
            self,
            value: &crate::landing_on_422::types::Error,
        ) -> Self {
            Self(
                self
                    .0
                    .status(415u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn unprocessable_entity(
            self,
            value: &crate::landing_on_422::types::Error,
        ) -> Self {
            Self(
                self
                    .0
                    .status(422u16)
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
    fn replace_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ReplaceThingWhen, operations::ReplaceThingThen);
}
impl<S: crate::Mocks> MockServerExt for S {
    fn replace_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ReplaceThingWhen, operations::ReplaceThingThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::ReplaceThingWhen::new(when),
                operations::ReplaceThingThen::new(then),
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
    fn error(rejection: &Rejection) -> crate::landing_on_422::types::Error;
    /// Replace a thing.
    ///
    /// `PUT /things/{id}`
    ///
    /// All of it.
    fn replace_thing(
        &self,
        request: ReplaceThingRequest,
    ) -> impl Future<Output = Outcome<ReplaceThingResponse>> + Send;
}
/// An operation of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Replace a thing
    ReplaceThing,
}
impl Operation {
    /// All of them in the order of the document.
    pub const ALL: &'static [Self] = &[Self::ReplaceThing];
    /// Its `operationId`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::ReplaceThing => "replaceThing",
        }
    }
    /// Its method. A HEAD request is served by the operation for GET.
    #[must_use]
    pub fn method(self) -> http::Method {
        match self {
            Self::ReplaceThing => http::Method::PUT,
        }
    }
    /// Its path template.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::ReplaceThing => "/things/{id}",
        }
    }
}
/// What `replaceThing` is asked with.
#[derive(Clone, Debug)]
pub struct ReplaceThingRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
    /// Its number.
    pub id: Result<i64, InvalidParameter>,
    /// 1 to only try.
    pub dry_run: Result<Option<i64>, InvalidParameter>,
    /// The body. One that breaks the schema is handed over, so that the operation decides
    /// whether it judges the rights of the caller first; `?` answers it as documented.
    pub body: Result<crate::landing_on_422::types::Thing, InvalidBody>,
}
/// The errors that every operation documents.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorResponse {
    /// 404: Wrong.
    NotFound(crate::landing_on_422::types::Error),
    /// 413: Wrong.
    PayloadTooLarge(crate::landing_on_422::types::Error),
    /// 415: Wrong.
    UnsupportedMediaType(crate::landing_on_422::types::Error),
    /// 422: Wrong.
    UnprocessableEntity(crate::landing_on_422::types::Error),
}
impl ErrorResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound { .. } => 404u16,
            Self::PayloadTooLarge { .. } => 413u16,
            Self::UnsupportedMediaType { .. } => 415u16,
            Self::UnprocessableEntity { .. } => 422u16,
        }
    }
}
impl axum::response::IntoResponse for ErrorResponse {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound(body) => respond::json(404u16, &body),
            Self::PayloadTooLarge(body) => respond::json(413u16, &body),
            Self::UnsupportedMediaType(body) => respond::json(415u16, &body),
            Self::UnprocessableEntity(body) => respond::json(422u16, &body),
        }
    }
}
impl From<InvalidBody> for ErrorResponse {
    fn from(invalid: InvalidBody) -> Self {
        Self::UnprocessableEntity(invalid.error)
    }
}
impl From<InvalidParameter> for ErrorResponse {
    fn from(invalid: InvalidParameter) -> Self {
        match invalid.rejection {
            Rejection::NotFound { .. } => Self::NotFound(invalid.error),
            Rejection::Path { .. } => Self::NotFound(invalid.error),
            _ => Self::UnprocessableEntity(invalid.error),
        }
    }
}
/// What `replaceThing` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum ReplaceThingResponse {
    /// 204: It is replaced.
    NoContent,
    /// 404: Wrong.
    NotFound(crate::landing_on_422::types::Error),
    /// 413: Wrong.
    PayloadTooLarge(crate::landing_on_422::types::Error),
    /// 415: Wrong.
    UnsupportedMediaType(crate::landing_on_422::types::Error),
    /// 422: Wrong.
    UnprocessableEntity(crate::landing_on_422::types::Error),
}
impl ReplaceThingResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NoContent { .. } => 204u16,
            Self::NotFound { .. } => 404u16,
            Self::PayloadTooLarge { .. } => 413u16,
            Self::UnsupportedMediaType { .. } => 415u16,
            Self::UnprocessableEntity { .. } => 422u16,
        }
    }
}
impl axum::response::IntoResponse for ReplaceThingResponse {
    fn into_response(self) -> Response {
        match self {
            Self::NoContent => respond::empty(204u16),
            Self::NotFound(body) => respond::json(404u16, &body),
            Self::PayloadTooLarge(body) => respond::json(413u16, &body),
            Self::UnsupportedMediaType(body) => respond::json(415u16, &body),
            Self::UnprocessableEntity(body) => respond::json(422u16, &body),
        }
    }
}
impl From<ErrorResponse> for ReplaceThingResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::NotFound(body) => Self::NotFound(body),
            ErrorResponse::PayloadTooLarge(body) => Self::PayloadTooLarge(body),
            ErrorResponse::UnsupportedMediaType(body) => Self::UnsupportedMediaType(body),
            ErrorResponse::UnprocessableEntity(body) => Self::UnprocessableEntity(body),
        }
    }
}
impl From<InvalidBody> for ReplaceThingResponse {
    fn from(invalid: InvalidBody) -> Self {
        Self::UnprocessableEntity(invalid.error)
    }
}
impl From<InvalidParameter> for ReplaceThingResponse {
    fn from(invalid: InvalidParameter) -> Self {
        match invalid.rejection {
            Rejection::NotFound { .. } => Self::NotFound(invalid.error),
            Rejection::Path { .. } => Self::NotFound(invalid.error),
            _ => Self::UnprocessableEntity(invalid.error),
        }
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
    pub error: crate::landing_on_422::types::Error,
}
impl InvalidParameter {
    fn new<A: Api>(rejection: Rejection) -> Self {
        let error = A::error(&rejection);
        Self { rejection, error }
    }
}
/// A request body whose fields break the schema.
#[derive(Clone, Debug, PartialEq)]
pub struct InvalidBody {
    /// What is wrong, in the order of the document's properties.
    pub violations: Vec<Violation>,
    /// The body of the answer.
    pub error: crate::landing_on_422::types::Error,
}
impl InvalidBody {
    fn new<A: Api>(violations: Vec<Violation>) -> Self {
        let error = A::error(&Rejection::Fields(violations.clone()));
        Self { violations, error }
    }
}
const THING_FIELDS: &[body::Field] = &[
    body::Field {
        name: "name",
        required: true,
        nullable: false,
        kind: body::Kind::Text {
            min: 0usize,
            max: usize::MAX,
            matches: |_| true,
        },
    },
];
/// Routes every operation to an implementation.
///
/// Mount it below the path of the API with [`Router::nest`]. An unknown path, and a method
/// that a known path does not have, is a 404 with the error body of the implementation.
pub fn router<A: Api>(api: Arc<A>, options: Options) -> Router {
    Router::new()
        .route("/things/{id}", axum::routing::put(handle_replace_thing::<A>))
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
async fn handle_replace_thing<A: Api>(
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
                THING_FIELDS,
                &server.options,
            )
            .await?
            .map_err(InvalidBody::new::<A>);
        let request = ReplaceThingRequest {
            uri,
            id: parameters.path_integer("id").map_err(InvalidParameter::new::<A>),
            dry_run: parameters
                .query_integer("dry_run")
                .map_err(InvalidParameter::new::<A>),
            body,
        };
        Ok(server.api.replace_thing(request).await?)
    };
    answer::<
        A,
    >(
        outcome.await,
        Landing {
            credentials: 404u16,
            path: 404u16,
            not_found: 404u16,
            query: 422u16,
            header: 422u16,
            body: 422u16,
            too_large: 413u16,
            media_type: 415u16,
        },
    )
}
}
