//! Where the implementation is, and who calls it.

use std::collections::BTreeMap;
use std::fmt;

use reqwest::Url;

use crate::error::Error;
use crate::implementation::Implementation;
use crate::manners::Manners;

/// The implementation under test with everything that the suite was given for it.
#[derive(Clone, Debug)]
pub struct Target {
    /// The API root, without a slash at its end.
    pub base_url: Url,
    /// The project in which the actors have the roles that their names say.
    pub project: Project,
    /// Another project in which the maintainer is Maintainer, too.
    pub second_project: Option<Project>,
    /// A project that the outsider can see without being a member.
    pub public_project: Option<Project>,
    /// A project that is archived.
    pub archived_project: Option<Project>,
    /// Who made it, as they say.
    pub implementation: Implementation,
    /// How it wants to be treated.
    pub manners: Manners,
    tokens: BTreeMap<Actor, Secret>,
}

impl Target {
    /// A target with nobody to call it yet.
    ///
    /// # Errors
    ///
    /// A URL that is not an API root: not HTTP, or with credentials, a query or a fragment.
    pub fn new(base_url: &str, project: Project) -> Result<Self, Error> {
        let base_url = api_root(base_url)?;
        let manners = Manners::towards(is_loopback(&base_url));
        Ok(Self {
            base_url,
            project,
            second_project: None,
            public_project: None,
            archived_project: None,
            implementation: Implementation::default(),
            manners,
            tokens: BTreeMap::new(),
        })
    }

    /// Adds the token of an actor.
    #[must_use]
    pub fn with_token(mut self, actor: Actor, token: Secret) -> Self {
        self.tokens.insert(actor, token);
        self
    }

    /// The same without the token of an actor.
    #[must_use]
    pub(crate) fn without_token(mut self, actor: Actor) -> Self {
        self.tokens.remove(&actor);
        self
    }

    /// The token of an actor, if it was given.
    pub fn token(&self, actor: Actor) -> Option<&Secret> {
        self.tokens.get(&actor)
    }

    /// The actors whose tokens were given.
    pub fn actors(&self) -> impl Iterator<Item = Actor> {
        self.tokens.keys().copied()
    }

    pub(crate) fn tokens(&self) -> impl Iterator<Item = (Actor, &Secret)> {
        self.tokens.iter().map(|(actor, token)| (*actor, token))
    }

    /// The projects that were given, by their names in transcripts.
    pub(crate) fn named_projects(&self) -> impl Iterator<Item = (&'static str, &Project)> {
        let others = [
            ("second_project", &self.second_project),
            ("public_project", &self.public_project),
            ("archived_project", &self.archived_project),
        ];
        let others = others.into_iter().filter_map(|(name, it)| Some((name, it.as_ref()?)));
        std::iter::once(("project", &self.project)).chain(others)
    }

    /// Whether requests stay on this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.base_url)
    }

    /// All projects that were given, the first one first.
    pub fn projects(&self) -> impl Iterator<Item = &Project> {
        let others = [&self.second_project, &self.public_project, &self.archived_project];
        std::iter::once(&self.project).chain(others.into_iter().flatten())
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn api_root(text: &str) -> Result<Url, Error> {
    let refuse = |problem: &str| Error::Setting {
        setting: String::from("--base-url (CONFORMANCE_BASE_URL)"),
        problem: format!("{problem}; it should look like https://gitlab.example.com/api/v4"),
    };
    let url = Url::parse(text).map_err(|_| refuse("this is not a URL"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(refuse("the scheme must be http or https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("credentials do not belong into the URL"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("a query or a fragment does not belong into the URL"));
    }
    Ok(url)
}

/// A project, by number or by full path.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Project {
    /// The number.
    Number(u64),
    /// The full path, as people write it: `group/project`.
    Path(String),
}

impl Project {
    /// Reads what somebody typed; `setting` names the place in messages.
    ///
    /// # Errors
    ///
    /// Text that is neither a number nor a path with at least one `/`.
    pub fn parse(text: &str, setting: &str) -> Result<Self, Error> {
        if let Ok(number) = text.parse() {
            return Ok(Self::Number(number));
        }
        let path = text.replace("%2F", "/").replace("%2f", "/");
        let mut segments = path.split('/');
        if path.contains('/') && segments.all(|segment| !segment.is_empty()) {
            return Ok(Self::Path(path));
        }
        Err(Error::Setting {
            setting: setting.to_owned(),
            problem: format!(
                "`{text}` is neither the number nor the full path (group/project) of a project"
            ),
        })
    }

    /// The project as one segment of a path.
    pub fn segment(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Path(path) => encode_segment(path),
        }
    }
}

impl fmt::Display for Project {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Path(path) => f.write_str(path),
        }
    }
}

/// Percent-encodes everything but unreserved characters.
pub(crate) fn encode_segment(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Who calls: a user in a role, or a token in some state.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Actor {
    /// Has the role Maintainer in the project and in the second project.
    Maintainer,
    /// Has the role Owner.
    Owner,
    /// Administers the instance.
    Admin,
    /// Has the role Developer.
    Developer,
    /// Has the role Reporter.
    Reporter,
    /// Has the role Guest.
    Guest,
    /// Is no member of any of the projects.
    Outsider,
    /// A token of a Maintainer with the scope `read_api`.
    ReadOnly,
    /// A token that is past its date.
    Expired,
    /// A token that was revoked.
    Revoked,
}

impl Actor {
    /// All actors, the only necessary one first.
    pub const ALL: [Self; 10] = [
        Self::Maintainer,
        Self::Owner,
        Self::Admin,
        Self::Developer,
        Self::Reporter,
        Self::Guest,
        Self::Outsider,
        Self::ReadOnly,
        Self::Expired,
        Self::Revoked,
    ];

    /// The environment variable that holds the token.
    pub const fn variable(self) -> &'static str {
        match self {
            Self::Maintainer => "CONFORMANCE_TOKEN_MAINTAINER",
            Self::Owner => "CONFORMANCE_TOKEN_OWNER",
            Self::Admin => "CONFORMANCE_TOKEN_ADMIN",
            Self::Developer => "CONFORMANCE_TOKEN_DEVELOPER",
            Self::Reporter => "CONFORMANCE_TOKEN_REPORTER",
            Self::Guest => "CONFORMANCE_TOKEN_GUEST",
            Self::Outsider => "CONFORMANCE_TOKEN_OUTSIDER",
            Self::ReadOnly => "CONFORMANCE_TOKEN_READONLY",
            Self::Expired => "CONFORMANCE_TOKEN_EXPIRED",
            Self::Revoked => "CONFORMANCE_TOKEN_REVOKED",
        }
    }
}

impl Actor {
    /// The end of the variable in small letters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Maintainer => "maintainer",
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Developer => "developer",
            Self::Reporter => "reporter",
            Self::Guest => "guest",
            Self::Outsider => "outsider",
            Self::ReadOnly => "readonly",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Maintainer => "the maintainer",
            Self::Owner => "the owner",
            Self::Admin => "the administrator",
            Self::Developer => "the developer",
            Self::Reporter => "the reporter",
            Self::Guest => "the guest",
            Self::Outsider => "the outsider",
            Self::ReadOnly => "the read-only token",
            Self::Expired => "the expired token",
            Self::Revoked => "the revoked token",
        })
    }
}

/// A value that never gets into a message, a log or a report.
#[derive(Clone, Eq, PartialEq)]
pub struct Secret(String);

impl Secret {
    /// Keeps `value` from being printed.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value itself, for the wire.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_never_shows_its_tokens() {
        let target = Target::new("http://127.0.0.1:1/api/v4", Project::Number(20))
            .expect("a good URL")
            .with_token(Actor::Maintainer, Secret::new("sentinel"));
        assert!(!format!("{target:?} {target:#?}").contains("sentinel"));
    }

    #[test]
    fn a_path_is_one_segment_however_deep_it_is() {
        let project = Project::parse("group/sub group/a.b", "--project").expect("a path");
        assert_eq!(project.segment(), "group%2Fsub%20group%2Fa.b");
    }

    #[test]
    fn a_path_may_be_given_as_it_is_sent() {
        assert_eq!(
            Project::parse("group%2Fproject", "--project").expect("a path"),
            Project::Path(String::from("group/project"))
        );
    }

    #[test]
    fn a_bare_name_is_no_project() {
        for text in ["project", "", "/project", "group//project", "-5"] {
            assert!(Project::parse(text, "--project").is_err(), "{text}");
        }
    }

    #[test]
    fn an_api_root_has_no_credentials_query_or_other_scheme() {
        for text in ["gitlab", "ftp://h/", "http://u:p@h/", "http://h/?a", "http://h/#a"] {
            assert!(Target::new(text, Project::Number(1)).is_err(), "{text}");
        }
    }
}
