//! Data types of GitLab's Agents API, shared by its client, mock and server stub.
//!
//! This crate knows nothing of HTTP. What the OpenAPI document says is generated and re-exported
//! from the root; by hand are [`SecretString`], [`Timestamp`], [`AgentTokenStatus`], the name
//! [`ProjectRef`], and constructors for whoever produces answers.
//!
//! ```
//! use cluster_agents_types::{AgentName, NewAgent};
//!
//! let name: AgentName = "production-eu".parse()?;
//! assert!("Production EU".parse::<AgentName>().is_err());
//! let body = serde_json::to_string(&NewAgent { name })?;
//! assert_eq!(body, r#"{"name":"production-eu"}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error_body;
#[rustfmt::skip]
#[allow(missing_docs, unreachable_pub, clippy::all, clippy::pedantic, clippy::restriction)]
mod generated;
mod new;
mod number_or_text;
mod project;
mod secret;
mod status;
mod timestamp;

pub use generated::*;
pub use project::ProjectRef;
pub use secret::SecretString;
pub use status::AgentTokenStatus;
pub use timestamp::Timestamp;

/// The examples of the README are tests as well.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
