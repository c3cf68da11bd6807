//! Server stub of GitLab's Agents API, for whoever implements the API.
//!
//! Implement [`Api`], a trait with one `async fn` per operation, and [`router`] makes an
//! [`axum::Router`] of it. The stub stores nothing and decides nothing: it reads requests, hands
//! them over as types, and writes the answers.
//!
//! **What compiles answers only what is documented.** Each operation has its own closed response
//! enum with one variant per documented status, which carries that status's body and headers:
//!
//! ```compile_fail,E0599
//! # use cluster_agents_server::DeleteAgentResponse;
//! // Deleting has no 200 in the document.
//! let response = DeleteAgentResponse::Ok;
//! ```
//! ```compile_fail,E0599
//! # use cluster_agents_server::GetAgentResponse;
//! # use cluster_agents_types::Error;
//! // Nothing can be "precondition failed" about reading.
//! let response = GetAgentResponse::PreconditionFailed(Error::message("412"));
//! ```
//! ```compile_fail,E0061
//! # use cluster_agents_server::ListAgentsResponse;
//! // A page without its pagination headers is not a documented answer.
//! let response = ListAgentsResponse::Ok(Vec::new());
//! ```
//! ```compile_fail,E0308
//! # use cluster_agents_server::CreateAgentTokenResponse;
//! # fn token() -> cluster_agents_types::AgentToken { unimplemented!() }
//! // A created token carries its secret, a listed one does not.
//! let response = CreateAgentTokenResponse::Created(token());
//! ```
//! ```compile_fail,E0046
//! # use cluster_agents_server::{Api, Credential, ErrorResponse, Operation, Rejection};
//! # use cluster_agents_types::Error;
//! // Eleven of the twelve operations are missing.
//! struct Half;
//! impl Api for Half {
//!     type Caller = ();
//!     async fn authenticate(&self, _: Operation, _: Credential) -> Result<(), ErrorResponse> {
//!         Ok(())
//!     }
//!     fn error(rejection: &Rejection) -> Error {
//!         Error::message(rejection.to_string())
//!     }
//! }
//! ```
//!
//! What the stub refuses by itself – no credential, a malformed parameter, a body that is too large
//! or of another media type – is a [`Rejection`]. It lands on a status that the operation documents
//! for it, with the body that [`Api::error`] gives it. A body that cannot be read is told first, then
//! the credential; parameters and fields come as `Result`, so that the operation says when it judges
//! them.
//!
//! `examples/memory.rs` is a complete implementation in memory; start there.

// What the generated code uses of `body`, `credential`, `parameters` and `respond` depends on the
// document.
#[allow(dead_code)]
mod body;
#[allow(dead_code)]
mod credential;
#[rustfmt::skip]
#[allow(missing_docs, clippy::pedantic, clippy::large_enum_variant)]
mod generated;
mod options;
mod page;
#[allow(dead_code)]
mod parameters;
mod rejection;
#[allow(dead_code)]
mod respond;

pub use generated::*;
pub use options::Options;
pub use page::Page;
pub use rejection::{Rejection, Violation, ViolationKind};

/// The examples of the README are tests as well.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
