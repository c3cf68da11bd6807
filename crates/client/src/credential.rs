//! Who the client is.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use cluster_agents_types::SecretString;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};

use crate::clock::BoxFuture;
use crate::error::BoxError;

const PRIVATE_TOKEN: HeaderName = HeaderName::from_static("private-token");

/// A token, and how it is sent. `Debug` shows only how.
///
/// ```
/// use cluster_agents_client::Token;
///
/// let token = Token::Bearer("oauth-secret".into());
/// assert_eq!(format!("{token:?}"), "Bearer(SecretString(…))");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Token {
    /// A personal, project or group access token, sent as `PRIVATE-TOKEN`.
    Private(SecretString),
    /// An OAuth 2.0 token or any of the others, sent as `Authorization: Bearer`.
    Bearer(SecretString),
}

/// Who the client is: a token for good, or somebody who is asked for one before each call.
///
/// GitLab does not accept the token of a CI job (`CI_JOB_TOKEN`) for these operations.
///
/// ```
/// use cluster_agents_client::{Credential, Token};
///
/// let fixed = Credential::private_token("glpat-secret");
/// let rotated = Credential::provider(async || {
///     let token = std::fs::read_to_string("/run/secrets/gitlab")?;
///     Ok::<_, std::io::Error>(Token::Private(token.trim_end().into()))
/// });
/// assert_eq!(format!("{rotated:?}"), "Provider(…)");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Credential {
    /// Always the same token.
    Token(Token),
    /// Whatever token the provider has when a call begins.
    Provider(Provider),
}

impl Credential {
    /// A personal, project or group access token.
    pub fn private_token(token: impl Into<SecretString>) -> Self {
        Self::Token(Token::Private(token.into()))
    }

    /// An OAuth 2.0 token.
    pub fn bearer(token: impl Into<SecretString>) -> Self {
        Self::Token(Token::Bearer(token.into()))
    }

    /// A function that is asked for the token before each call, for tokens that are rotated. It is not
    /// asked again for a repetition. Each call waits for it: it should remember what it fetched.
    pub fn provider<F, Fut, E>(provide: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Token, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let provide = move || -> BoxFuture<'static, Result<Token, BoxError>> {
            let token = provide();
            Box::pin(async { token.await.map_err(Into::into) })
        };
        Self::Provider(Provider(Arc::new(provide)))
    }
}

impl From<Token> for Credential {
    fn from(token: Token) -> Self {
        Self::Token(token)
    }
}

type Provide = dyn Fn() -> BoxFuture<'static, Result<Token, BoxError>> + Send + Sync;

/// Somebody who is asked for a token; see [`Credential::provider`].
#[derive(Clone)]
pub struct Provider(Arc<Provide>);

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// A token that no header can carry: it is empty or has characters such as a line end.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the token is empty or has characters that no header can carry, such as a line end")]
pub struct TokenError;

/// A credential that was looked at once, so that a call has no work with it.
#[derive(Clone, Debug)]
pub(crate) enum Prepared {
    Header(HeaderName, HeaderValue),
    Provider(Provider),
}

impl Prepared {
    pub(crate) fn new(credential: Credential) -> Result<Self, TokenError> {
        match credential {
            Credential::Token(token) => {
                header(&token).map(|(name, value)| Self::Header(name, value))
            }
            Credential::Provider(provider) => Ok(Self::Provider(provider)),
        }
    }

    /// The header to send.
    pub(crate) async fn header(&self) -> Result<(HeaderName, HeaderValue), BoxError> {
        match self {
            Self::Header(name, value) => Ok((name.clone(), value.clone())),
            Self::Provider(Provider(provide)) => Ok(header(&provide().await?)?),
        }
    }
}

fn header(token: &Token) -> Result<(HeaderName, HeaderValue), TokenError> {
    let (name, text) = match token {
        Token::Private(token) => (PRIVATE_TOKEN, token.clone()),
        Token::Bearer(token) => (AUTHORIZATION, format!("Bearer {}", token.expose()).into()),
    };
    let (Token::Private(token) | Token::Bearer(token)) = token;
    if token.expose().is_empty() {
        return Err(TokenError);
    }
    let mut value = HeaderValue::from_str(text.expose()).map_err(|_| TokenError)?;
    value.set_sensitive(true);
    Ok((name, value))
}

/// The secrets in the headers of a request, as they were sent.
pub(crate) fn secrets(headers: &reqwest::header::HeaderMap) -> Vec<String> {
    let values = [PRIVATE_TOKEN, AUTHORIZATION].into_iter().filter_map(|name| headers.get(name));
    let texts = values.filter_map(|value| value.to_str().ok());
    texts.map(|text| text.strip_prefix("Bearer ").unwrap_or(text).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_header_which_is_sensitive() {
        let (name, value) = header(&Token::Private("secret".into())).unwrap();
        assert_eq!((name.as_str(), value.as_bytes()), ("private-token", &b"secret"[..]));
        assert!(value.is_sensitive());
        let (name, value) = header(&Token::Bearer("secret".into())).unwrap();
        assert_eq!((name.as_str(), value.as_bytes()), ("authorization", &b"Bearer secret"[..]));
        assert!(value.is_sensitive());
    }

    #[test]
    fn a_token_that_no_header_can_carry_is_refused_without_being_told() {
        for token in ["", "sentinel\n", "sentinel\u{0}"] {
            let refused = Prepared::new(Credential::private_token(token)).unwrap_err();
            assert!(!format!("{refused:?} {refused}").contains("sentinel"));
        }
    }

    #[test]
    fn no_debug_output_shows_a_token() {
        let credential = Credential::private_token("sentinel");
        let prepared = Prepared::new(credential.clone()).unwrap();
        for shown in [format!("{credential:?}"), format!("{prepared:?}")] {
            assert!(!shown.contains("sentinel"), "{shown}");
        }
    }
}
