//! Client for GitLab's Agents API: agents for Kubernetes, their tokens, and the URL configurations
//! of receptive agents.
//!
//! - Every operation is a function of [`Client`] with typed arguments, answers and [errors](Error).
//! - [Lists](Listing) are read to their end, a page at a time; one [page](Page) is there as well.
//! - [Repetition](Retry) obeys rate limits, and never creates twice what should be there once.
//! - [`ensure_agent`](Client::ensure_agent), [`rotate_token`](Client::rotate_token) and
//!   [`ensure_url_configuration`](Client::ensure_url_configuration) can be interrupted anywhere and
//!   called again.
//! - A token is never shown in any `Debug` output, error or log, and never sent to another server.
//!
//! It is no client of the rest of GitLab, and no agent. The [guide] tells how to register an agent and
//! hand its token to Helm.
//!
//! ```no_run
//! use cluster_agents_client::{Client, types::ProjectRef};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::from_env()?; // GITLAB_HOST or CI_API_V4_URL, and GITLAB_TOKEN
//! let project: ProjectRef = "group/project".parse()?;
//! let mut agents = client.list_agents(&project);
//! while let Some(agent) = agents.next().await {
//!     let agent = agent?;
//!     println!("{}: {}", agent.id, agent.name);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! - `rustls` (default): https with rustls and ring, trusting the certificates of the system.
//! - `native-tls`: https with the library of the system. With both, rustls is taken.
//! - `blocking`: the same functions for programs without an asynchronous runtime.
//! - `cli`: the program `cluster-agents`.
//!
//! Without the default features there is plain http only, for tests.
//!
//! # Which way a call takes
//!
//! [`ClientBuilder`] checks where the API is and who the client is. A function of [`Client`] hands its
//! arguments to a generated operation ([`raw`]), whose hooks add the credential and send the request,
//! again if need be. What fails is noted whole on that way and becomes the [`Error`].

#![cfg_attr(docsrs, feature(doc_cfg))]

mod builder;
mod environment;

mod base_url;
mod credential;
mod tls;

#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
mod operations;

mod call;
#[rustfmt::skip]
#[allow(dead_code, missing_docs, unreachable_pub, unused_imports, clippy::all, clippy::pedantic, clippy::restriction)]
mod generated;
mod path;

mod send;

mod clock;
mod rate_limit;
mod retry;

mod listing;
mod next_page;
mod page;

mod base64;
mod moves;

mod error;

#[cfg(test)]
mod tests;

pub use base_url::BaseUrlProblem;
pub use builder::{BuildError, ClientBuilder};
pub use client::{Client, ServerVersion};
pub use cluster_agents_types as types;
pub use credential::{Credential, Provider, Token, TokenError};
pub use error::{BoxError, Error, Message, StatusError, TransportFailure};
pub use listing::{Listing, ListingProblem};
pub use moves::{Change, Ensured, RotateError, Rotated};
pub use page::{Page, PageRequest};
pub use rate_limit::RateLimit;
pub use reqwest::StatusCode;
pub use retry::Retry;

/// The generated operations, for what [`Client`] does not show: status and headers of a success.
///
/// They have the credential and the repetition of the [`Client`] that they come from, and no other way
/// to be made.
pub mod raw {
    pub use crate::call::Call;
    pub use crate::generated::{ByteStream, Client, ClientInfo, Error, ResponseValue};
}

#[doc = include_str!("../docs/helm.md")]
pub mod guide {}

/// The examples of the README are tests as well.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
