//! Makes a client that is safe to give a credential.

use std::time::Duration;

use cluster_agents_types::SecretString;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect;

use crate::Client;

const PRIVATE_TOKEN: HeaderName = HeaderName::from_static("private-token");

/// How long a connection, and a whole request, may take.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Why there is no client. No variant repeats the token.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The token has characters that no header can carry, such as a line end.
    #[error("the token has characters that no header can carry")]
    Token,
    /// The base URL is not an absolute http or https URL.
    #[error("`{0}` is not an http or https URL")]
    BaseUrl(String),
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up")]
    Http(#[source] reqwest::Error),
}

/// A client of the API below `base_url` (`https://gitlab.example.com/api/v4`, a `/` at the end does
/// no harm) that sends `token` as `PRIVATE-TOKEN`. Sends nothing yet.
///
/// Redirects are not followed: the token would go with them to wherever they lead. A connection
/// and a request have 30 seconds each.
///
/// # Errors
///
/// See [`ConnectError`].
pub fn connect(base_url: &str, token: &SecretString) -> Result<Client, ConnectError> {
    let base_url = base_url.trim_end_matches('/');
    let url = reqwest::Url::parse(base_url).ok();
    if !url.is_some_and(|url| matches!(url.scheme(), "http" | "https")) {
        return Err(ConnectError::BaseUrl(base_url.to_owned()));
    }
    let mut value = HeaderValue::from_str(token.expose()).map_err(|_| ConnectError::Token)?;
    value.set_sensitive(true);
    provide_tls();
    let http = reqwest::Client::builder()
        .default_headers(HeaderMap::from_iter([(PRIVATE_TOKEN, value)]))
        .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .connect_timeout(TIME_LIMIT)
        .timeout(TIME_LIMIT)
        .build()
        .map_err(ConnectError::Http)?;
    Ok(Client::new_with_client(base_url, http, crate::call::Call))
}

/// Takes ring for TLS, unless the program has chosen another provider before.
#[cfg(feature = "rustls")]
fn provide_tls() {
    // The only error is that there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

#[cfg(not(feature = "rustls"))]
fn provide_tls() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_work_is_refused_before_anything_is_sent() {
        let token = SecretString::from("sentinel\n");
        let refused = connect("https://gitlab.example.com/api/v4", &token).unwrap_err();
        assert!(!format!("{refused:?} {refused}").contains("sentinel"));
        for url in ["gitlab.example.com/api/v4", "ftp://gitlab.example.com", ""] {
            let refused = connect(url, &"token".into());
            assert!(matches!(refused, Err(ConnectError::BaseUrl(_))), "{url}");
        }
    }

    #[test]
    fn no_debug_output_of_a_client_shows_its_token() {
        let client = connect("http://127.0.0.1:1/api/v4/", &"sentinel".into()).unwrap();
        assert!(!format!("{client:?}").contains("sentinel"));
    }
}
