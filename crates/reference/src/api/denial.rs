//! How to say no: every error with the status and the words that GitLab has for it.

use cluster_agents_server::{
    ErrorResponse, InvalidParameter, Rejection, TooManyRequestsHeaders, UnauthorizedHeaders,
};
use cluster_agents_types::Error;
use http::HeaderValue;

use crate::access::{LoginError, Refusal};
use crate::error::RandomError;
use crate::pagination::SizeIsZero;
use crate::rate::Exceeded;
use crate::store::StoreError;

/// Why a request is not served. Each has its own answer on the wire.
#[derive(Debug)]
pub(crate) enum Denial {
    /// The token is of nobody.
    Unauthorized,
    /// The token is no longer good.
    Expired,
    /// The token was revoked.
    Revoked,
    /// The token is not for this.
    InsufficientScope,
    /// The caller sent too many requests.
    TooMany(Exceeded),
    /// The request does not have its form.
    Malformed(String),
    /// There is no such project for the caller.
    NoProject,
    /// There is no list of agents for the caller.
    NoList,
    /// There is no such agent or token.
    NotFound,
    /// There is no such URL configuration, or none at all. It has another spelling than the others.
    NoConfiguration,
    /// The caller may not.
    Forbidden,
    /// Rules of the resource are broken.
    Broken(Vec<String>),
    /// The agent has as many active tokens as it can have.
    TokenLimit,
    /// The agent has a URL configuration.
    AlreadyConfigured,
    /// A fault of the server, which was logged.
    Fault,
}

impl From<Denial> for ErrorResponse {
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::Unauthorized => Self::Unauthorized(
                Error::message("401 Unauthorized"),
                UnauthorizedHeaders::default(),
            ),
            Denial::Expired => invalid_token(
                "Token is expired. You can either do re-authorization or token refresh.",
            ),
            Denial::Revoked => {
                invalid_token("Token was revoked. You have to re-authorize from the user.")
            }
            Denial::InsufficientScope => insufficient_scope(),
            Denial::TooMany(exceeded) => too_many(exceeded),
            Denial::Malformed(reasons) => Self::BadRequest(Error::error(reasons)),
            Denial::NoProject => Self::NotFound(Error::message("404 Project Not Found")),
            Denial::NoList => Self::NotFound(Error::message("404 ClusterAgents Not Found")),
            Denial::NotFound => Self::NotFound(Error::message("404 Not found")),
            Denial::NoConfiguration => Self::NotFound(Error::message("404 Not Found")),
            Denial::Forbidden => Self::Forbidden(Error::message("403 Forbidden")),
            // A list within the text, as in `400 Bad request - ["…", "…"]`.
            Denial::Broken(reasons) => bad_request(&format!("{reasons:?}")),
            Denial::TokenLimit => bad_request("An agent can have only two active tokens at a time"),
            Denial::AlreadyConfigured => {
                bad_request("URL configuration already exists for this agent")
            }
            Denial::Fault => Self::InternalServerError(Error::message("500 Internal Server Error")),
        }
    }
}

fn bad_request(reason: &str) -> ErrorResponse {
    ErrorResponse::BadRequest(Error::message(format!("400 Bad request - {reason}")))
}

/// A token that is known and no longer good: its answer says so in a header as well.
fn invalid_token(description: &'static str) -> ErrorResponse {
    let challenge = format!(
        "Bearer realm=\"Protected by OAuth 2.0\", error=\"invalid_token\", \
         error_description=\"{description}\""
    );
    let www_authenticate = HeaderValue::from_str(&challenge).ok();
    let body = Error::oauth("invalid_token", description);
    ErrorResponse::Unauthorized(body, UnauthorizedHeaders { www_authenticate })
}

fn insufficient_scope() -> ErrorResponse {
    let mut body = Error::oauth(
        "insufficient_scope",
        "The request requires higher privileges than provided by the access token.",
    );
    body.scope = Some("api read_api".to_owned());
    ErrorResponse::Forbidden(body)
}

fn too_many(exceeded: Exceeded) -> ErrorResponse {
    // GitLab has this sentence in an object, which some clients cannot read where a text is usual.
    let body = Error::message("This endpoint has been requested too many times. Try again later.");
    let headers = TooManyRequestsHeaders { retry_after: Some(exceeded.retry_after) };
    ErrorResponse::TooManyRequests(body, headers)
}

/// The body for what the stub refuses by itself.
pub(crate) fn rejection(rejection: &Rejection) -> Error {
    match rejection {
        Rejection::Credentials => Error::message("401 Unauthorized"),
        other => Error::error(other.to_string()),
    }
}

impl From<LoginError> for Denial {
    fn from(error: LoginError) -> Self {
        match error {
            LoginError::Unknown => Self::Unauthorized,
            LoginError::Expired => Self::Expired,
            LoginError::Revoked => Self::Revoked,
            LoginError::InsufficientScope => Self::InsufficientScope,
        }
    }
}

impl From<Refusal> for Denial {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoProject => Self::NoProject,
            Refusal::NoList => Self::NoList,
            Refusal::NotFound => Self::NotFound,
            Refusal::Forbidden => Self::Forbidden,
        }
    }
}

impl From<Exceeded> for Denial {
    fn from(exceeded: Exceeded) -> Self {
        Self::TooMany(exceeded)
    }
}

impl From<SizeIsZero> for Denial {
    fn from(_: SizeIsZero) -> Self {
        Self::Malformed("per_page has a value not allowed".to_owned())
    }
}

impl From<InvalidParameter> for Denial {
    fn from(invalid: InvalidParameter) -> Self {
        match invalid.rejection {
            Rejection::NotFound { name: "id" } => Self::NoProject,
            Rejection::NotFound { name: "url_configuration_id" } => Self::NoConfiguration,
            Rejection::NotFound { .. } => Self::NotFound,
            other => Self::Malformed(other.to_string()),
        }
    }
}

impl From<StoreError> for Denial {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::NameTaken => Self::Broken(vec!["Name has already been taken".to_owned()]),
            StoreError::TokenLimit => Self::TokenLimit,
            StoreError::AlreadyConfigured => Self::AlreadyConfigured,
            // Only deletions have a precondition, and they answer it themselves.
            StoreError::Modified => Self::Fault,
            StoreError::Schema(_)
            | StoreError::Database(_)
            | StoreError::GivenUp
            | StoreError::InUse => {
                tracing::error!(error = &error as &dyn std::error::Error, "the store failed");
                Self::Fault
            }
        }
    }
}

impl From<RandomError> for Denial {
    fn from(error: RandomError) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "no secret could be made");
        Self::Fault
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_written_as_a_list_within_the_text() {
        let denial = Denial::Broken(vec!["a's".into(), "b".into()]);
        let ErrorResponse::BadRequest(body) = denial.into() else { panic!() };
        let json = serde_json::to_string(&body).unwrap();
        assert_eq!(json, r#"{"message":"400 Bad request - [\"a's\", \"b\"]"}"#);
    }

    #[test]
    fn a_failure_of_the_database_tells_the_caller_nothing_of_it() {
        let denial = Denial::from(StoreError::from(sqlx::Error::Protocol("sentinel".into())));
        let ErrorResponse::InternalServerError(body) = denial.into() else { panic!() };
        assert_eq!(body, Error::message("500 Internal Server Error"));
    }
}
