// @generated from methods.yaml by
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
/**Client for Handled things

Every method of one path.

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
    /**Get it

It stays.

Sends a `GET` request to `/thing`

*/
    pub async fn get_thing<'a>(
        &'a self,
    ) -> Result<ResponseValue<()>, Error<crate::methods::types::Error>> {
        let url = format!("{}/thing", self.baseurl,);
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
            204u16 => Ok(ResponseValue::empty(response)),
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Replace it

It is another.

Sends a `PUT` request to `/thing`

*/
    pub async fn replace_thing<'a>(
        &'a self,
    ) -> Result<ResponseValue<()>, Error<crate::methods::types::Error>> {
        let url = format!("{}/thing", self.baseurl,);
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
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Make it

It is new.

Sends a `POST` request to `/thing`

*/
    pub async fn make_thing<'a>(
        &'a self,
    ) -> Result<ResponseValue<()>, Error<crate::methods::types::Error>> {
        let url = format!("{}/thing", self.baseurl,);
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
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "make_thing",
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
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Delete it

It is gone.

Sends a `DELETE` request to `/thing`

*/
    pub async fn delete_thing<'a>(
        &'a self,
    ) -> Result<ResponseValue<()>, Error<crate::methods::types::Error>> {
        let url = format!("{}/thing", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "delete_thing",
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
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Check it

It stays.

Sends a `HEAD` request to `/thing`

*/
    pub async fn check_thing<'a>(
        &'a self,
    ) -> Result<ResponseValue<()>, Error<crate::methods::types::Error>> {
        let url = format!("{}/thing", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .head(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "check_thing",
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
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Change it

It is the same.

Sends a `PATCH` request to `/thing`

*/
    pub async fn change_thing<'a>(
        &'a self,
    ) -> Result<ResponseValue<()>, Error<crate::methods::types::Error>> {
        let url = format!("{}/thing", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .patch(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "change_thing",
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
    use crate::methods::types::*;
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
    }
    pub struct GetThingThen(::httpmock::Then);
    impl GetThingThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn no_content(self) -> Self {
            Self(self.0.status(204u16))
        }
        pub fn not_found(self, value: &crate::methods::types::Error) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
    }
    pub struct ReplaceThingWhen(::httpmock::When);
    impl ReplaceThingWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::PUT)
                    .path_matches(regex::Regex::new("^(?:/.*)?/thing$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
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
        pub fn not_found(self, value: &crate::methods::types::Error) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
    }
    pub struct MakeThingWhen(::httpmock::When);
    impl MakeThingWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::POST)
                    .path_matches(regex::Regex::new("^(?:/.*)?/thing$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
    }
    pub struct MakeThingThen(::httpmock::Then);
    impl MakeThingThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn no_content(self) -> Self {
            Self(self.0.status(204u16))
        }
        pub fn not_found(self, value: &crate::methods::types::Error) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
    }
    pub struct DeleteThingWhen(::httpmock::When);
    impl DeleteThingWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::DELETE)
                    .path_matches(regex::Regex::new("^(?:/.*)?/thing$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
    }
    pub struct DeleteThingThen(::httpmock::Then);
    impl DeleteThingThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn no_content(self) -> Self {
            Self(self.0.status(204u16))
        }
        pub fn not_found(self, value: &crate::methods::types::Error) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
    }
    pub struct CheckThingWhen(::httpmock::When);
    impl CheckThingWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::HEAD)
                    .path_matches(regex::Regex::new("^(?:/.*)?/thing$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
    }
    pub struct CheckThingThen(::httpmock::Then);
    impl CheckThingThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn no_content(self) -> Self {
            Self(self.0.status(204u16))
        }
        pub fn not_found(self, value: &crate::methods::types::Error) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
    }
    pub struct ChangeThingWhen(::httpmock::When);
    impl ChangeThingWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::PATCH)
                    .path_matches(regex::Regex::new("^(?:/.*)?/thing$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
    }
    pub struct ChangeThingThen(::httpmock::Then);
    impl ChangeThingThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn no_content(self) -> Self {
            Self(self.0.status(204u16))
        }
        pub fn not_found(self, value: &crate::methods::types::Error) -> Self {
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
    fn replace_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ReplaceThingWhen, operations::ReplaceThingThen);
    fn make_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::MakeThingWhen, operations::MakeThingThen);
    fn delete_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::DeleteThingWhen, operations::DeleteThingThen);
    fn check_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::CheckThingWhen, operations::CheckThingThen);
    fn change_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ChangeThingWhen, operations::ChangeThingThen);
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
    fn make_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::MakeThingWhen, operations::MakeThingThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::MakeThingWhen::new(when),
                operations::MakeThingThen::new(then),
            )
        })
    }
    fn delete_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::DeleteThingWhen, operations::DeleteThingThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::DeleteThingWhen::new(when),
                operations::DeleteThingThen::new(then),
            )
        })
    }
    fn check_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::CheckThingWhen, operations::CheckThingThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::CheckThingWhen::new(when),
                operations::CheckThingThen::new(then),
            )
        })
    }
    fn change_thing<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ChangeThingWhen, operations::ChangeThingThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::ChangeThingWhen::new(when),
                operations::ChangeThingThen::new(then),
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
    fn error(rejection: &Rejection) -> crate::methods::types::Error;
    /// Get it.
    ///
    /// `GET /thing`
    ///
    /// It stays.
    fn get_thing(
        &self,
        request: GetThingRequest,
    ) -> impl Future<Output = Outcome<GetThingResponse>> + Send;
    /// Check it.
    ///
    /// `HEAD /thing`
    ///
    /// It stays.
    fn check_thing(
        &self,
        request: CheckThingRequest,
    ) -> impl Future<Output = Outcome<CheckThingResponse>> + Send;
    /// Make it.
    ///
    /// `POST /thing`
    ///
    /// It is new.
    fn make_thing(
        &self,
        request: MakeThingRequest,
    ) -> impl Future<Output = Outcome<MakeThingResponse>> + Send;
    /// Replace it.
    ///
    /// `PUT /thing`
    ///
    /// It is another.
    fn replace_thing(
        &self,
        request: ReplaceThingRequest,
    ) -> impl Future<Output = Outcome<ReplaceThingResponse>> + Send;
    /// Change it.
    ///
    /// `PATCH /thing`
    ///
    /// It is the same.
    fn change_thing(
        &self,
        request: ChangeThingRequest,
    ) -> impl Future<Output = Outcome<ChangeThingResponse>> + Send;
    /// Delete it.
    ///
    /// `DELETE /thing`
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
    /// Get it
    GetThing,
    /// Check it
    CheckThing,
    /// Make it
    MakeThing,
    /// Replace it
    ReplaceThing,
    /// Change it
    ChangeThing,
    /// Delete it
    DeleteThing,
}
impl Operation {
    /// All of them in the order of the document.
    pub const ALL: &'static [Self] = &[
        Self::GetThing,
        Self::CheckThing,
        Self::MakeThing,
        Self::ReplaceThing,
        Self::ChangeThing,
        Self::DeleteThing,
    ];
    /// Its `operationId`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::GetThing => "getThing",
            Self::CheckThing => "checkThing",
            Self::MakeThing => "makeThing",
            Self::ReplaceThing => "replaceThing",
            Self::ChangeThing => "changeThing",
            Self::DeleteThing => "deleteThing",
        }
    }
    /// Its method. A HEAD request is served by the operation for GET.
    #[must_use]
    pub fn method(self) -> http::Method {
        match self {
            Self::GetThing => http::Method::GET,
            Self::CheckThing => http::Method::HEAD,
            Self::MakeThing => http::Method::POST,
            Self::ReplaceThing => http::Method::PUT,
            Self::ChangeThing => http::Method::PATCH,
            Self::DeleteThing => http::Method::DELETE,
        }
    }
    /// Its path template.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::GetThing => "/thing",
            Self::CheckThing => "/thing",
            Self::MakeThing => "/thing",
            Self::ReplaceThing => "/thing",
            Self::ChangeThing => "/thing",
            Self::DeleteThing => "/thing",
        }
    }
}
/// What `getThing` is asked with.
#[derive(Clone, Debug)]
pub struct GetThingRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
}
/// What `checkThing` is asked with.
#[derive(Clone, Debug)]
pub struct CheckThingRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
}
/// What `makeThing` is asked with.
#[derive(Clone, Debug)]
pub struct MakeThingRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
}
/// What `replaceThing` is asked with.
#[derive(Clone, Debug)]
pub struct ReplaceThingRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
}
/// What `changeThing` is asked with.
#[derive(Clone, Debug)]
pub struct ChangeThingRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
}
/// What `deleteThing` is asked with.
#[derive(Clone, Debug)]
pub struct DeleteThingRequest {
    /// The URI as it was sent.
    pub uri: http::Uri,
}
/// The errors that every operation documents.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorResponse {
    /// 404: Wrong.
    NotFound(crate::methods::types::Error),
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
/// What `getThing` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum GetThingResponse {
    /// 204: Done.
    NoContent,
    /// 404: Wrong.
    NotFound(crate::methods::types::Error),
}
impl GetThingResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NoContent { .. } => 204u16,
            Self::NotFound { .. } => 404u16,
        }
    }
}
impl axum::response::IntoResponse for GetThingResponse {
    fn into_response(self) -> Response {
        match self {
            Self::NoContent => respond::empty(204u16),
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
/// What `checkThing` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum CheckThingResponse {
    /// 204: Done.
    NoContent,
    /// 404: Wrong.
    NotFound(crate::methods::types::Error),
}
impl CheckThingResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NoContent { .. } => 204u16,
            Self::NotFound { .. } => 404u16,
        }
    }
}
impl axum::response::IntoResponse for CheckThingResponse {
    fn into_response(self) -> Response {
        match self {
            Self::NoContent => respond::empty(204u16),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
impl From<ErrorResponse> for CheckThingResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::NotFound(body) => Self::NotFound(body),
        }
    }
}
/// What `makeThing` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum MakeThingResponse {
    /// 204: Done.
    NoContent,
    /// 404: Wrong.
    NotFound(crate::methods::types::Error),
}
impl MakeThingResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NoContent { .. } => 204u16,
            Self::NotFound { .. } => 404u16,
        }
    }
}
impl axum::response::IntoResponse for MakeThingResponse {
    fn into_response(self) -> Response {
        match self {
            Self::NoContent => respond::empty(204u16),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
impl From<ErrorResponse> for MakeThingResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::NotFound(body) => Self::NotFound(body),
        }
    }
}
/// What `replaceThing` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum ReplaceThingResponse {
    /// 204: Done.
    NoContent,
    /// 404: Wrong.
    NotFound(crate::methods::types::Error),
}
impl ReplaceThingResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NoContent { .. } => 204u16,
            Self::NotFound { .. } => 404u16,
        }
    }
}
impl axum::response::IntoResponse for ReplaceThingResponse {
    fn into_response(self) -> Response {
        match self {
            Self::NoContent => respond::empty(204u16),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
impl From<ErrorResponse> for ReplaceThingResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::NotFound(body) => Self::NotFound(body),
        }
    }
}
/// What `changeThing` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum ChangeThingResponse {
    /// 204: Done.
    NoContent,
    /// 404: Wrong.
    NotFound(crate::methods::types::Error),
}
impl ChangeThingResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NoContent { .. } => 204u16,
            Self::NotFound { .. } => 404u16,
        }
    }
}
impl axum::response::IntoResponse for ChangeThingResponse {
    fn into_response(self) -> Response {
        match self {
            Self::NoContent => respond::empty(204u16),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
impl From<ErrorResponse> for ChangeThingResponse {
    fn from(error: ErrorResponse) -> Self {
        match error {
            ErrorResponse::NotFound(body) => Self::NotFound(body),
        }
    }
}
/// What `deleteThing` can answer.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum DeleteThingResponse {
    /// 204: Done.
    NoContent,
    /// 404: Wrong.
    NotFound(crate::methods::types::Error),
}
impl DeleteThingResponse {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NoContent { .. } => 204u16,
            Self::NotFound { .. } => 404u16,
        }
    }
}
impl axum::response::IntoResponse for DeleteThingResponse {
    fn into_response(self) -> Response {
        match self {
            Self::NoContent => respond::empty(204u16),
            Self::NotFound(body) => respond::json(404u16, &body),
        }
    }
}
impl From<ErrorResponse> for DeleteThingResponse {
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
        .route(
            "/thing",
            axum::routing::get(handle_get_thing::<A>)
                .head(handle_check_thing::<A>)
                .post(handle_make_thing::<A>)
                .put(handle_replace_thing::<A>)
                .patch(handle_change_thing::<A>)
                .delete(handle_delete_thing::<A>),
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
    _path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, _body) = request.into_parts();
    let outcome = async {
        let request = GetThingRequest { uri };
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
async fn handle_check_thing<A: Api>(
    State(server): State<Server<A>>,
    OriginalUri(uri): OriginalUri,
    _path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, _body) = request.into_parts();
    let outcome = async {
        let request = CheckThingRequest { uri };
        Ok(server.api.check_thing(request).await?)
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
async fn handle_make_thing<A: Api>(
    State(server): State<Server<A>>,
    OriginalUri(uri): OriginalUri,
    _path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, _body) = request.into_parts();
    let outcome = async {
        let request = MakeThingRequest { uri };
        Ok(server.api.make_thing(request).await?)
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
async fn handle_replace_thing<A: Api>(
    State(server): State<Server<A>>,
    OriginalUri(uri): OriginalUri,
    _path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, _body) = request.into_parts();
    let outcome = async {
        let request = ReplaceThingRequest { uri };
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
            query: 404u16,
            header: 404u16,
            body: 404u16,
            too_large: 404u16,
            media_type: 404u16,
        },
    )
}
async fn handle_change_thing<A: Api>(
    State(server): State<Server<A>>,
    OriginalUri(uri): OriginalUri,
    _path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, _body) = request.into_parts();
    let outcome = async {
        let request = ChangeThingRequest { uri };
        Ok(server.api.change_thing(request).await?)
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
async fn handle_delete_thing<A: Api>(
    State(server): State<Server<A>>,
    OriginalUri(uri): OriginalUri,
    _path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    #[allow(unused_variables)]
    let (parts, _body) = request.into_parts();
    let outcome = async {
        let request = DeleteThingRequest { uri };
        Ok(server.api.delete_thing(request).await?)
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
