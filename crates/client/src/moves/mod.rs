//! What people build from the operations, built once: each can be interrupted anywhere and called
//! again.

mod ensure_agent;
mod ensure_url_configuration;
mod rotate_token;

pub use rotate_token::{RotateError, Rotated};

/// Something that is now as it was asked for, and whether that took a change.
///
/// ```
/// # mod doctest { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctest.rs")); }
/// # use doctest::example;
/// # example(async |client, project| {
/// use cluster_agents_client::Change;
///
/// let ensured = client.ensure_agent(&project, &"agent-2".parse().unwrap()).await?;
/// assert_eq!((ensured.value.name.as_str(), ensured.change), ("agent-2", Change::None));
/// # Ok(()) })
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Ensured<T> {
    /// How it is now.
    pub value: T,
    /// What that took.
    pub change: Change,
}

/// What it took to make something as it was asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// Nothing: it was so already.
    None,
    /// It was created.
    Created,
    /// Another one was there, and was deleted before.
    Replaced,
}
