//! Who may do what: users and their tokens, projects and their members, and the policy.
//!
//! Nothing in here does I/O. Users and projects come from the fixture and never change while the
//! server runs.

mod directory;
mod login;
mod policy;
mod role;

pub use directory::{AccessToken, Directory, Project, User};
pub use login::LoginError;
pub use policy::{Action, Refusal, authorize, sees};
pub use role::{Role, Scope, Visibility};
