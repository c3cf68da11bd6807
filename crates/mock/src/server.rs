//! A server of mocks that says clearly when a test asked for something that nobody mocked.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use httpmock::{HttpMockRequest, HttpMockResponse, Mock, MockServer, Then, When};

/// A server of mocks: httpmock's own, or [`MockGitLab`].
pub trait Mocks {
    /// Adds a mock, as [`MockServer::mock`] does.
    ///
    /// ```
    /// use cluster_agents_mock::{MockGitLab, Mocks};
    ///
    /// let server = MockGitLab::start();
    /// let mock = Mocks::mock(&server, |when, then| {
    ///     when.path("/api/v4/version");
    ///     then.status(200).body(r#"{"version":"18.5.0"}"#);
    /// });
    /// mock.assert_calls(0);
    /// ```
    fn mock<F: FnOnce(When, Then)>(&self, config: F) -> Mock<'_>;
}

impl Mocks for MockServer {
    fn mock<F: FnOnce(When, Then)>(&self, config: F) -> Mock<'_> {
        // The function of the type, not this one.
        Self::mock(self, config)
    }
}

/// A GitLab of mocks on a free port of loopback.
///
/// A request that no mock matches is answered with the status 418 and the words `no mock matches …`.
/// httpmock's own server answers 404 with a JSON message then, as GitLab does for what does not exist,
/// so that a test that expects a 404 passes without any mock. Mocks match in the order in which they
/// were made.
///
/// ```
/// use cluster_agents_client::{Client, Credential, types::{AgentId, Error, ProjectRef}};
/// use cluster_agents_mock::{MockGitLab, MockServerExt};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let server = MockGitLab::start_async().await;
/// let token = Credential::private_token("secret");
/// let client = Client::builder().base_url(server.url()).allow_http().credential(token).build()?;
/// let project = ProjectRef::from(20);
///
/// let forgotten = client.get_agent(&project, AgentId(5)).await.unwrap_err();
/// assert!(!forgotten.is_not_found());
/// let told = "no mock matches GET /api/v4/projects/20/cluster_agents/5";
/// assert_eq!(forgotten.body(), Some(told));
///
/// let mock = server.get_agent(|when, then| {
///     when.id(&project).agent_id(&AgentId(5));
///     then.not_found(&Error::message("404 Not found"));
/// });
/// assert!(client.get_agent(&project, AgentId(5)).await.unwrap_err().is_not_found());
/// mock.assert();
/// # Ok(())
/// # }
/// ```
pub struct MockGitLab {
    server: MockServer,
    /// The id of the mock that matches what no other matches, and has to be the last.
    last: Mutex<usize>,
}

impl MockGitLab {
    /// Starts a server, or takes a free one of those that httpmock has started.
    ///
    /// ```
    /// use cluster_agents_mock::MockGitLab;
    ///
    /// let server = MockGitLab::start();
    /// assert!(server.url().ends_with("/api/v4"));
    /// ```
    #[must_use]
    pub fn start() -> Self {
        Self::with(MockServer::start())
    }

    /// Starts a server, or takes a free one, in an asynchronous test.
    ///
    /// ```
    /// # use cluster_agents_mock::MockGitLab;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let server = MockGitLab::start_async().await;
    /// assert!(server.address().ip().is_loopback());
    /// # }
    /// ```
    pub async fn start_async() -> Self {
        Self::with(MockServer::start_async().await)
    }

    fn with(server: MockServer) -> Self {
        let last = Mutex::new(unmatched(&server));
        Self { server, last }
    }

    /// The root of the API, as a client wants it: `http://127.0.0.1:49152/api/v4`.
    #[must_use]
    pub fn url(&self) -> String {
        self.server.url("/api/v4")
    }

    /// Where the server listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        *self.server.address()
    }

    /// Adds a mock for anything beside the operations of the API.
    ///
    /// ```
    /// use cluster_agents_mock::MockGitLab;
    ///
    /// let server = MockGitLab::start();
    /// let mock = server.mock(|when, then| {
    ///     when.path("/api/v4/version");
    ///     then.status(200).body(r#"{"version":"18.5.0"}"#);
    /// });
    /// mock.assert_calls(0);
    /// ```
    pub fn mock<F: FnOnce(When, Then)>(&self, config: F) -> Mock<'_> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        Mock::new(*last, &self.server).delete();
        let mock = self.server.mock(config);
        *last = unmatched(&self.server);
        mock
    }
}

impl Mocks for MockGitLab {
    fn mock<F: FnOnce(When, Then)>(&self, config: F) -> Mock<'_> {
        Self::mock(self, config)
    }
}

impl fmt::Debug for MockGitLab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockGitLab").field("address", &self.address()).finish_non_exhaustive()
    }
}

/// Adds the mock that matches everything; its id.
fn unmatched(server: &MockServer) -> usize {
    let mock = server.mock(|when, then| {
        when.any_request();
        then.respond_with(no_mock);
    });
    mock.id()
}

fn no_mock(request: &HttpMockRequest) -> HttpMockResponse {
    // Of no operation of the API, and nothing that a client tries again.
    const TEAPOT: u16 = 418;
    let uri = request.uri();
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let told = format!("no mock matches {} {target}", request.method_str());
    HttpMockResponse::builder()
        .status(TEAPOT)
        .header("content-type", "text/plain; charset=utf-8")
        .body(told)
        .build()
}
