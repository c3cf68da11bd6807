//! What a change to an OpenAPI document breaks, and for whom.
//!
//! The way of the data: [`spec`] reads any OpenAPI 3.0 document, [`diff`] walks two of them and
//! notes each [`change`], a [`policy`] judges it, and a [`review`] gathers the findings with the
//! [`version`] that follows, for a [`report`].
//!
//! Beside it, [`lint`] asks whether one document is well made, and [`trace`] where everything in it
//! comes from.
//!
//! The names of changes are those of oasdiff, whose catalogue is the widest there is; where it has no
//! word, names follow its pattern. What no rule understands is an `unclassified-change`.
//!
//! ```
//! use cluster_agents_review::{Policy, Review, Spec};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let text = "openapi: 3.0.3\ninfo: { title: a, version: 1.0.0 }\npaths:\n  /a:\n    get: {}\n";
//! let base = Spec::parse("base.yaml", text)?;
//! let revision = Spec::parse("revision.yaml", &text.replace("/a", "/b"))?;
//! let policy = Policy::named("gitlab").ok_or("no such policy")?;
//! let review = Review::of(&base, &revision, policy, "2026-01-31")?;
//! assert_eq!(review.findings[0].id, "api-path-removed-without-deprecation");
//! # Ok(())
//! # }
//! ```

pub mod approvals;
pub mod catalogue;
pub mod change;
pub mod compatibility;
pub mod diff;
pub mod lint;
pub mod page;
pub mod policy;
pub mod report;
pub mod review;
pub mod spec;
pub mod trace;
pub mod version;
pub mod witness;

pub use catalogue::Level;
pub use policy::Policy;
pub use review::{Finding, Review};
pub use spec::Spec;
