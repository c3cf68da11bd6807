//! Typed mocks of GitLab's Agents API for the tests of programs that use it, on top of [`httpmock`].
//!
//! [`MockServerExt`] gives a [`httpmock::MockServer`] one method per operation; what a request must
//! have and what the answer is are types. Mocks match below any base path (`/api/v4` or none), and
//! path values are compared as clients encode them.
//!
//! ```
//! use cluster_agents_client::connect;
//! use cluster_agents_mock::MockServerExt;
//! use httpmock::MockServer;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = MockServer::start_async().await;
//! let project = "group/project".parse()?;
//! let mock = server.list_agents(|when, then| {
//!     when.id(&project).per_page(5);
//!     then.ok(&vec![]);
//! });
//! let client = connect(&server.url("/api/v4"), &"token".into())?;
//! assert!(client.list_agents(&project, None, Some(5)).await?.is_empty());
//! mock.assert();
//! # Ok(())
//! # }
//! ```
//!
//! httpmock answers what no mock matches with 404 and a JSON message, which looks like an answer of
//! GitLab: a test that expects a 404 has to [`assert`](httpmock::Mock::assert) its mock.

#[rustfmt::skip]
#[allow(missing_docs, missing_debug_implementations, unused_imports, clippy::all, clippy::pedantic, clippy::restriction)]
mod generated;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

pub use generated::*;

/// The characters that the client encodes in a segment of a path.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The regular expression of a path value, encoded as the client encodes it.
fn segment(value: &str) -> String {
    regex::escape(&utf8_percent_encode(value, ENCODED).to_string())
}
