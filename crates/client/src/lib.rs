//! Client for GitLab's Agents API: agents for Kubernetes, their tokens, and the URL configurations
//! of receptive agents.
//!
//! Every operation of the API is a method of [`Client`] with typed arguments, a typed answer and a
//! typed error. [`connect`] makes a client that sends a credential and never takes it elsewhere.
//!
//! ```no_run
//! use cluster_agents_client::{connect, types::SecretString};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let token = SecretString::from(std::env::var("GITLAB_TOKEN")?);
//! let client = connect("https://gitlab.example.com/api/v4", &token)?;
//! let project = "group/project".parse()?;
//! for agent in client.list_agents(&project, None, None).await?.into_inner() {
//!     println!("{}: {}", *agent.id, agent.name);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Features: `rustls` (default) for https.

mod call;
mod connect;
mod path;
#[rustfmt::skip]
#[allow(dead_code, missing_docs, unreachable_pub, unused_imports, clippy::all, clippy::pedantic, clippy::restriction)]
mod generated;

pub use cluster_agents_types as types;
pub use connect::{ConnectError, connect};
pub use generated::{ByteStream, Client, ClientInfo, Error, ResponseValue};
