//! Finds the credential of a request.

use cluster_agents_types::SecretString;
use http::HeaderMap;
use http::header::AUTHORIZATION;

/// The value of a header that carries a key, if there is one that is not empty.
pub(crate) fn api_key(headers: &HeaderMap, name: &str) -> Option<SecretString> {
    text(headers, name).map(SecretString::from)
}

/// The token of `Authorization: Bearer <token>`; the scheme in any case.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<SecretString> {
    let (scheme, token) = text(headers, AUTHORIZATION.as_str())?.split_once(' ')?;
    let token = token.trim_start();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| token.into())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(value: &'static str) -> HeaderMap {
        [(AUTHORIZATION, http::HeaderValue::from_static(value))].into_iter().collect()
    }

    #[test]
    fn the_bearer_scheme_is_read_in_any_case_and_no_other_scheme_is() {
        for value in ["Bearer secret", "bearer secret", "BEARER  secret"] {
            assert_eq!(bearer(&headers(value)).unwrap().expose(), "secret");
        }
        for value in ["Basic secret", "secret", "Bearer", "Bearer ", "Bearersecret", ""] {
            assert!(bearer(&headers(value)).is_none(), "{value}");
        }
    }

    #[test]
    fn an_empty_key_is_no_key() {
        assert!(api_key(&headers(""), "authorization").is_none());
        assert!(api_key(&headers("x"), "private-token").is_none());
        assert_eq!(api_key(&headers("x"), "Authorization").unwrap().expose(), "x");
    }
}
