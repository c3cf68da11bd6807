//! A working server of GitLab's Agents API, to develop and test against.
//!
//! It implements the [server stub](cluster_agents_server) with users, roles and projects from a
//! [`fixture`], on SQLite. It answers as GitLab does, down to the words of its errors; where
//! GitLab's documentation and GitLab differ, the documentation is followed. It is not for
//! production, and has no switch to make it answer wrongly.
//!
//! ```
//! use cluster_agents_reference::{Settings, demo, start};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let running = start(Settings { fixture: demo::fixture()?, ..Settings::default() }).await?;
//! assert!(running.base_url().ends_with("/api/v4"));
//! running.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! A request goes through [`server`] (connections, limits, logs) and the stub to [`api`], which asks
//! [`access`] whether the caller may, `validate` whether the values are right, and [`store`] for the
//! rest. [`companion`] serves the few other reads that real clients begin with.

mod settings;

pub mod fixture;

pub mod demo;

pub mod server;

pub mod companion;

pub mod api;

pub mod access;

mod validate;

mod rate;

mod pem;

pub mod pagination;

mod precondition;

pub mod secret;

pub mod keys;

pub mod vault;

pub mod store;

mod error;

pub use error::{RandomError, StartError};
pub use server::{Running, start};
pub use settings::{Database, Settings, UnknownDatabase};
