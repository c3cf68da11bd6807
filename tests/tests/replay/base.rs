// @generated from base.yaml by
// EXPECTORATE=overwrite cargo test -p contract-tests --test replay

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
    #[serde(rename = "blue")]
    Blue,
}
impl ::std::fmt::Display for Colour {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Red => f.write_str("red"),
            Self::Blue => f.write_str("blue"),
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
            "blue" => Ok(Self::Blue),
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
/// What it is.
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
pub enum Kind {
    #[serde(rename = "hat")]
    Hat,
    #[serde(rename = "coat")]
    Coat,
}
impl ::std::fmt::Display for Kind {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Hat => f.write_str("hat"),
            Self::Coat => f.write_str("coat"),
        }
    }
}
impl ::std::str::FromStr for Kind {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "hat" => Ok(Self::Hat),
            "coat" => Ok(Self::Coat),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Kind {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Kind {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
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
        if value.chars().count() > 8usize {
            return Err("longer than 8 characters".into());
        }
        if value.chars().count() < 1usize {
            return Err("shorter than 1 characters".into());
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
    pub nick: ::std::option::Option<Nick>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub size: ::std::option::Option<Size>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub colour: ::std::option::Option<Colour>,
}
/// A short name.
#[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
pub struct Nick(::std::string::String);
impl ::std::ops::Deref for Nick {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}
impl ::std::convert::From<Nick> for ::std::string::String {
    fn from(value: Nick) -> Self {
        value.0
    }
}
impl ::std::str::FromStr for Nick {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        static PATTERN: ::std::sync::LazyLock<::regex_lite::Regex> = ::std::sync::LazyLock::new(||
        { ::regex_lite::Regex::new("^[a-z]*$").unwrap() });
        if PATTERN.find(value).is_none() {
            return Err("doesn't match pattern \"^[a-z]*$\"".into());
        }
        Ok(Self(value.to_string()))
    }
}
impl ::std::convert::TryFrom<&str> for Nick {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Nick {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl<'de> ::serde::Deserialize<'de> for Nick {
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
/// A size.
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
pub struct Size(pub i64);
impl ::std::ops::Deref for Size {
    type Target = i64;
    fn deref(&self) -> &i64 {
        &self.0
    }
}
impl ::std::convert::From<Size> for i64 {
    fn from(value: Size) -> Self {
        value.0
    }
}
impl ::std::convert::From<i64> for Size {
    fn from(value: i64) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for Size {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for Size {
    type Err = <i64 as ::std::str::FromStr>::Err;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.parse()?))
    }
}
impl ::std::convert::TryFrom<&str> for Size {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<String> for Size {
    type Error = <i64 as ::std::str::FromStr>::Err;
    fn try_from(value: String) -> ::std::result::Result<Self, Self::Error> {
        value.parse()
    }
}
/// A thing.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Thing {
    /// Its number.
    pub id: i64,
    pub kind: Kind,
    /// What one says.
    pub note: ::std::string::String,
    /// When.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub made: ::std::option::Option<::std::string::String>,
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
    fn error(rejection: &Rejection) -> crate::base::types::Error;
    /// Create a thing.
    ///
    /// `POST /things`
    ///
    /// It gets the next free number.
    fn create_thing(
        &self,
        request: CreateThingRequest,
    ) -> impl Future<Output = Outcome<CreateThingResponse>> + Send;
    /// Get a thing.
    ///
    /// `GET /things/{id}`
    ///
    /// One thing.
    fn get_thing(
        &self,
        request: GetThingRequest,
    ) -> impl Future<Output = Outcome<GetThingResponse>> + Send;
    /// Delete a thing.
    ///
    /// `DELETE /things/{id}`
    ///
    /// It is gone.
    fn delete_thing(
        &self,
        request: DeleteThingRequest,
    ) -> impl Future<Output = Outcome<DeleteThingResponse>> + Send;
}
/// An operation of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Create a thing
    CreateThing,
    /// Get a thing
    GetThing,
    /// Delete a thing
    DeleteThing,
}
impl Operation {
    /// All of them in the order of the document.
    pub const ALL: &'static [Self] = &[
        Self::CreateThing,
        Self::GetThing,
        Self::DeleteThing,
    ];
    /// Its `operationId`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::CreateThing => "createThing",
            Self::GetThing => "getThing",
            Self::DeleteThing => "deleteThing",
        }
    }
    /// Its method. A HEAD request is served by the operation for GET.
    #[must_use]
    pub fn method(self) -> http::Method {
        match self {
            Self::CreateThing => http::Method::POST,
            Self::GetThing => http::Method::GET,
            Self::DeleteThing => http::Method::DELETE,
        }
    }
    /// Its path template.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::CreateThing => "/things",
            Self::GetThing => "/things/{id}",
            Self::DeleteThing => "/things/{id}",
        }
    }
}
/// What `createThing` is asked with.
#[derive(Clone, Debug)]
pub struct CreateThingRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
    /// Only try.
    pub dry: Option<String>,
    /// The body. One that breaks the schema is handed over, so that the operation decides
    /// whether it judges the rights of the caller first; `?` answers it as documented.
    pub body: Result<crate::base::types::NewThing, InvalidBody>,
}
/// What `getThing` is asked with.
#[derive(Clone, Debug)]
pub struct GetThingRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
    /// Its number.
    pub id: Result<i64, InvalidParameter>,
}
/// What `deleteThing` is asked with.
#[derive(Clone, Debug)]
pub struct DeleteThingRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
    /// Its number.
    pub id: Result<i64, InvalidParameter>,
}
/// The errors that every operation documents.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorResponse {
    /// 400: Wrong.
    BadRequest(crate::base::types::Error),
    /// 404: Wrong.
    NotFound(crate::base::types::Error),
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
impl From<InvalidBody> for ErrorResponse {
    fn from(invalid: InvalidBody) -> Self {
        Self::BadRequest(invalid.error)
    }
}
impl From<InvalidParameter> for ErrorResponse {
    fn from(invalid: InvalidParameter) -> Self {
        match invalid.rejection {
            Rejection::NotFound { .. } => Self::NotFound(invalid.error),
            _ => Self::BadRequest(invalid.error),
        }
    }
}
/// What `createThing` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum CreateThingResponse {
    /// 200: The thing.
    Ok(crate::base::types::Thing),
    /// 400: Wrong.
    BadRequest(crate::base::types::Error),
    /// 404: Wrong.
    NotFound(crate::base::types::Error),
}
impl CreateThingResponse {
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
impl axum::response::IntoResponse for CreateThingResponse {
    fn into_response(self) -> Response {
        match self {
            Self::Ok(body) => respond::json(200u16, &body),
            Self::BadRequest(body) => respond::json(400u16, &body),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
impl From<ErrorResponse> for CreateThingResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::BadRequest(body) => Self::BadRequest(body),
            ErrorResponse::NotFound(body) => Self::NotFound(body),
        }
    }
}
impl From<InvalidBody> for CreateThingResponse {
    fn from(invalid: InvalidBody) -> Self {
        Self::BadRequest(invalid.error)
    }
}
/// What `getThing` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum GetThingResponse {
    /// 200: The thing.
    Ok(crate::base::types::Thing),
    /// 400: Wrong.
    BadRequest(crate::base::types::Error),
    /// 404: Wrong.
    NotFound(crate::base::types::Error),
}
impl GetThingResponse {
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
impl axum::response::IntoResponse for GetThingResponse {
    fn into_response(self) -> Response {
        match self {
            Self::Ok(body) => respond::json(200u16, &body),
            Self::BadRequest(body) => respond::json(400u16, &body),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
impl From<ErrorResponse> for GetThingResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::BadRequest(body) => Self::BadRequest(body),
            ErrorResponse::NotFound(body) => Self::NotFound(body),
        }
    }
}
impl From<InvalidParameter> for GetThingResponse {
    fn from(invalid: InvalidParameter) -> Self {
        match invalid.rejection {
            Rejection::NotFound { .. } => Self::NotFound(invalid.error),
            _ => Self::BadRequest(invalid.error),
        }
    }
}
/// What `deleteThing` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum DeleteThingResponse {
    /// 200: The thing.
    Ok(crate::base::types::Thing),
    /// 400: Wrong.
    BadRequest(crate::base::types::Error),
    /// 404: Wrong.
    NotFound(crate::base::types::Error),
}
impl DeleteThingResponse {
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
impl axum::response::IntoResponse for DeleteThingResponse {
    fn into_response(self) -> Response {
        match self {
            Self::Ok(body) => respond::json(200u16, &body),
            Self::BadRequest(body) => respond::json(400u16, &body),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
impl From<ErrorResponse> for DeleteThingResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::BadRequest(body) => Self::BadRequest(body),
            ErrorResponse::NotFound(body) => Self::NotFound(body),
        }
    }
}
impl From<InvalidParameter> for DeleteThingResponse {
    fn from(invalid: InvalidParameter) -> Self {
        match invalid.rejection {
            Rejection::NotFound { .. } => Self::NotFound(invalid.error),
            _ => Self::BadRequest(invalid.error),
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
    pub error: crate::base::types::Error,
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
    pub error: crate::base::types::Error,
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
            min: 1usize,
            max: 8usize,
            matches: |_| true,
        },
    },
    body::Field {
        name: "nick",
        required: false,
        nullable: false,
        kind: body::Kind::Text {
            min: 0usize,
            max: usize::MAX,
            matches: |text| text.parse::<crate::base::types::Nick>().is_ok(),
        },
    },
    body::Field {
        name: "size",
        required: false,
        nullable: true,
        kind: body::Kind::Integer {
            min: 0i64,
            max: 9i64,
        },
    },
    body::Field {
        name: "colour",
        required: false,
        nullable: false,
        kind: body::Kind::Text {
            min: 0usize,
            max: usize::MAX,
            matches: |text| text.parse::<crate::base::types::Colour>().is_ok(),
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
        .route(
            "/things/{id}",
            axum::routing::get(handle_get_thing::<A>).delete(handle_delete_thing::<A>),
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
        let request = CreateThingRequest {
            uri,
            dry: parameters.query_text("dry")?,
            body,
        };
        Ok(server.api.create_thing(request).await?)
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
            not_found: 404u16,
            query: 400u16,
            header: 400u16,
            body: 400u16,
            too_large: 400u16,
            media_type: 400u16,
        },
    )
}
async fn handle_delete_thing<A: Api>(
    State(server): State<Server<A>>,
    OriginalUri(uri): OriginalUri,
    path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, _body) = request.into_parts();
    let outcome = async {
        let parameters = Parameters::new(path.map_err(drop), &parts);
        let request = DeleteThingRequest {
            uri,
            id: parameters.path_integer("id").map_err(InvalidParameter::new::<A>),
        };
        Ok(server.api.delete_thing(request).await?)
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
