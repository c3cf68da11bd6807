//! Typed mocks of GitLab's Agents API for the tests of programs that use it, on top of [`httpmock`].
//!
//! [`MockGitLab`] is a server on loopback, and [`MockServerExt`] gives it – and httpmock's own server –
//! one function per operation; what a request must have and what the answer is are types. Mocks match
//! below any base path (`/api/v4` or none), and path values are compared as the client encodes them.
//!
//! ```
//! use cluster_agents_client::{Client, Credential, types::ProjectRef};
//! use cluster_agents_mock::{MockGitLab, MockServerExt};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = MockGitLab::start_async().await;
//! let project: ProjectRef = "group/project".parse()?;
//! let mock = server.list_agents(|when, then| {
//!     when.id(&project).per_page(5);
//!     then.ok(&vec![]);
//! });
//!
//! let token = Credential::private_token("secret");
//! let client = Client::builder().base_url(server.url()).allow_http().credential(token).build()?;
//! assert!(client.list_agents(&project).per_page(5).all().await?.is_empty());
//! mock.assert();
//! # Ok(())
//! # }
//! ```
//!
//! What no mock matches is answered with the status 418 by [`MockGitLab`], so that no test takes it for
//! an answer of GitLab.

#[rustfmt::skip]
#[allow(missing_docs, missing_debug_implementations, unused_imports, clippy::all, clippy::pedantic, clippy::restriction)]
mod generated;
mod pages;
mod server;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

pub use generated::*;
pub use pages::PageOf;
pub use server::{MockGitLab, Mocks};

/// The characters that the client encodes in a segment of a path.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The regular expression of a path value, encoded as the client encodes it.
fn segment(value: &str) -> String {
    regex::escape(&utf8_percent_encode(value, ENCODED).to_string())
}

/// The examples of the README are tests as well.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
