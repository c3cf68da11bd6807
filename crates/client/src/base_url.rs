//! Where the API begins.

use std::fmt;

use reqwest::Url;

/// What is wrong with a base URL. The URL itself is not repeated, because it may hold a password.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BaseUrlProblem {
    /// It is no absolute URL, as in `gitlab.example.com`.
    #[error("it is no absolute URL, such as `https://gitlab.example.com`")]
    NotAbsolute,
    /// It is neither https nor http.
    #[error("it is neither https nor http")]
    Scheme,
    /// It is http, which [`allow_http`](crate::ClientBuilder::allow_http) did not allow.
    #[error("it is http, which would show the token to the network; `allow_http` allows it")]
    Http,
    /// It has a user or a password, a query or a fragment.
    #[error("it has more than a host, a port and a path")]
    Surplus,
    /// It goes on after `/api/v4`, as the URL of a request does.
    #[error("it goes on after `/api/v4`, as the URL of a request does")]
    Request,
}

/// The root of the API without a `/` at its end: `https://gitlab.example.com/sub/api/v4`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    /// Reads a URL with or without `/api/v4` and with or without a `/` at its end.
    pub(crate) fn parse(text: &str, allow_http: bool) -> Result<Self, BaseUrlProblem> {
        let mut url = Url::parse(text.trim()).map_err(|_| BaseUrlProblem::NotAbsolute)?;
        match url.scheme() {
            "https" => {}
            "http" if allow_http => {}
            "http" => return Err(BaseUrlProblem::Http),
            _ => return Err(BaseUrlProblem::Scheme),
        }
        let has_user = !url.username().is_empty() || url.password().is_some();
        if has_user || url.query().is_some() || url.fragment().is_some() {
            return Err(BaseUrlProblem::Surplus);
        }
        let path = url.path().trim_end_matches('/');
        let path = path.strip_suffix("/api/v4").unwrap_or(path);
        if path.contains("/api/v4/projects") {
            return Err(BaseUrlProblem::Request);
        }
        url.set_path(&format!("{}/api/v4", path.trim_end_matches('/')));
        Ok(Self(url))
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether a URL, absolute or relative to the base, is of the same API.
    pub(crate) fn owns(&self, url: &Url) -> bool {
        let below = url.path().strip_prefix(self.0.path());
        url.origin() == self.0.origin() && below.is_some_and(|rest| rest.starts_with('/'))
    }

    /// A URL as a server writes it in a header, which may be a path alone.
    pub(crate) fn join(&self, text: &str) -> Option<Url> {
        self.0.join(text).ok()
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<String, BaseUrlProblem> {
        BaseUrl::parse(text, true).map(|base| base.to_string())
    }

    #[test]
    fn every_spelling_of_the_root_means_the_same() {
        for text in [
            "https://gitlab.example.com",
            "https://gitlab.example.com/",
            "https://gitlab.example.com/api/v4",
            "https://gitlab.example.com/api/v4/",
            " HTTPS://GitLab.Example.COM:443//\n",
        ] {
            assert_eq!(read(text).unwrap(), "https://gitlab.example.com/api/v4", "{text}");
        }
    }

    #[test]
    fn a_path_and_a_port_are_kept() {
        for (text, root) in [
            ("https://example.com/gitlab", "https://example.com/gitlab/api/v4"),
            ("https://example.com/gitlab/api/v4/", "https://example.com/gitlab/api/v4"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v4"),
            ("https://[::1]:8443/a/b/", "https://[::1]:8443/a/b/api/v4"),
        ] {
            assert_eq!(read(text).unwrap(), root);
        }
    }

    #[test]
    fn what_could_send_the_token_elsewhere_is_refused() {
        use BaseUrlProblem::{Http, NotAbsolute, Request, Scheme, Surplus};
        for (text, problem) in [
            ("gitlab.example.com", NotAbsolute),
            ("/api/v4", NotAbsolute),
            ("https://a.example/api/v4/projects", Request),
            ("", NotAbsolute),
            ("https://", NotAbsolute),
            ("ftp://gitlab.example.com", Scheme),
            ("file:///api/v4", Scheme),
            ("https://user:password@gitlab.example.com", Surplus),
            ("https://gitlab.example.com?private_token=a", Surplus),
            ("https://gitlab.example.com#a", Surplus),
        ] {
            assert_eq!(read(text), Err(problem), "{text}");
        }
        assert_eq!(BaseUrl::parse("http://gitlab.example.com", false), Err(Http));
        assert!(BaseUrl::parse("https://gitlab.example.com", false).is_ok());
    }

    #[test]
    fn only_what_is_below_the_root_of_the_same_origin_is_its_own() {
        let base = BaseUrl::parse("https://example.com/gitlab", false).unwrap();
        let owns = |text: &str| base.owns(&base.join(text).unwrap());
        assert!(owns("https://example.com/gitlab/api/v4/projects/20/cluster_agents?page=2"));
        assert!(owns("/gitlab/api/v4/projects/20/cluster_agents?page=2"));
        for foreign in [
            "http://example.com/gitlab/api/v4/projects",
            "https://example.com:8443/gitlab/api/v4/projects",
            "https://example.org/gitlab/api/v4/projects",
            "//example.org/gitlab/api/v4/projects",
            "https://example.com/api/v4/projects",
            "https://example.com/gitlab/api/v44/projects",
            "https://example.com/gitlab/api/v4/../../evil",
        ] {
            assert!(!owns(foreign), "{foreign}");
        }
    }

    proptest! {
        #[test]
        fn reading_what_was_read_changes_nothing(text in "https?://[a-z.]{1,9}(:[0-9]{1,4})?(/[a-z0-9/]{0,12})?") {
            if let Ok(once) = read(&text) {
                prop_assert_eq!(read(&once), Ok(once));
            }
        }
    }
}
