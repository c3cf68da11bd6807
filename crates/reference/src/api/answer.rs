//! How to say no: every error with the words that GitLab has for it.

use cluster_agents_server::{ErrorResponse, Rejection, UnauthorizedHeaders};
use cluster_agents_types::Error;
use http::HeaderValue;

use crate::access::{LoginError, Refusal};
use crate::error::RandomError;
use crate::pagination::SizeIsZero;
use crate::store::StoreError;

/// There is no such project for the caller.
pub(super) fn no_project() -> ErrorResponse {
    ErrorResponse::NotFound(Error::message("404 Project Not Found"))
}

/// There is no such agent or token.
pub(super) fn not_found() -> ErrorResponse {
    ErrorResponse::NotFound(Error::message("404 Not found"))
}

/// There is no such URL configuration, or none at all. It has another spelling than the others.
pub(super) fn no_configuration() -> ErrorResponse {
    ErrorResponse::NotFound(Error::message("404 Not Found"))
}

/// Rules of the resource are broken: a list within the text, as in `400 Bad request - ["…", "…"]`.
pub(super) fn invalid(reasons: &[String]) -> ErrorResponse {
    bad_request(&format!("{reasons:?}"))
}

/// One rule of the resource is broken.
pub(super) fn bad_request(reason: &str) -> ErrorResponse {
    ErrorResponse::BadRequest(Error::message(format!("400 Bad request - {reason}")))
}

/// No credential, or an unknown one.
pub(crate) fn unauthorized() -> ErrorResponse {
    let body = Error::message("401 Unauthorized");
    ErrorResponse::Unauthorized(body, UnauthorizedHeaders::default())
}

/// A token that is known and no longer good: its answer says so in a header as well.
fn unauthenticated(description: &'static str) -> ErrorResponse {
    let challenge = format!(
        "Bearer realm=\"Protected by OAuth 2.0\", error=\"invalid_token\", \
         error_description=\"{description}\""
    );
    let headers = UnauthorizedHeaders { www_authenticate: HeaderValue::from_str(&challenge).ok() };
    ErrorResponse::Unauthorized(Error::oauth("invalid_token", description), headers)
}

fn fault() -> ErrorResponse {
    ErrorResponse::InternalServerError(Error::message("500 Internal Server Error"))
}

/// The body for what the stub refuses by itself.
pub(crate) fn rejection(rejection: &Rejection) -> Error {
    match rejection {
        Rejection::Credentials => Error::message("401 Unauthorized"),
        Rejection::NotFound { name: "id" } => Error::message("404 Project Not Found"),
        Rejection::NotFound { name: "url_configuration_id" } => Error::message("404 Not Found"),
        Rejection::NotFound { .. } => Error::message("404 Not found"),
        other => Error::error(other.to_string()),
    }
}

impl From<LoginError> for ErrorResponse {
    fn from(error: LoginError) -> Self {
        match error {
            LoginError::Unknown => unauthorized(),
            LoginError::Expired => unauthenticated(
                "Token is expired. You can either do re-authorization or token refresh.",
            ),
            LoginError::Revoked => {
                unauthenticated("Token was revoked. You have to re-authorize from the user.")
            }
            LoginError::InsufficientScope => {
                let mut body = Error::oauth(
                    "insufficient_scope",
                    "The request requires higher privileges than provided by the access token.",
                );
                body.scope = Some("api read_api".to_owned());
                Self::Forbidden(body)
            }
        }
    }
}

impl From<Refusal> for ErrorResponse {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoProject => no_project(),
            Refusal::NoList => Self::NotFound(Error::message("404 ClusterAgents Not Found")),
            Refusal::NotFound => not_found(),
            Refusal::Forbidden => Self::Forbidden(Error::message("403 Forbidden")),
        }
    }
}

impl From<SizeIsZero> for ErrorResponse {
    fn from(_: SizeIsZero) -> Self {
        Self::BadRequest(Error::error("per_page has a value not allowed"))
    }
}

impl From<StoreError> for ErrorResponse {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => not_found(),
            StoreError::NameTaken => invalid(&["Name has already been taken".to_owned()]),
            StoreError::TokenLimit => {
                bad_request("An agent can have only two active tokens at a time")
            }
            StoreError::AlreadyConfigured => {
                bad_request("URL configuration already exists for this agent")
            }
            // Only deletions have a precondition, and they answer it themselves.
            StoreError::Modified => fault(),
            StoreError::Schema(_) | StoreError::Database(_) | StoreError::GivenUp => {
                tracing::error!(error = &error as &dyn std::error::Error, "the store failed");
                fault()
            }
        }
    }
}

impl From<RandomError> for ErrorResponse {
    fn from(error: RandomError) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "no secret could be made");
        fault()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_written_as_a_list_within_the_text() {
        let ErrorResponse::BadRequest(body) = invalid(&["a's".into(), "b".into()]) else {
            panic!()
        };
        let json = serde_json::to_string(&body).unwrap();
        assert_eq!(json, r#"{"message":"400 Bad request - [\"a's\", \"b\"]"}"#);
    }

    #[test]
    fn a_failure_of_the_database_tells_the_caller_nothing_of_it() {
        let error = StoreError::from(sqlx::Error::Protocol("sentinel".into()));
        let ErrorResponse::InternalServerError(body) = error.into() else { panic!() };
        assert_eq!(body, Error::message("500 Internal Server Error"));
    }
}
