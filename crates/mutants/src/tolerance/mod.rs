//! Implementations that are odd but right: the sources allow what they do, so the suite must not
//! blame them.

mod answers;
mod kit;
mod server;

use crate::server::{Plant, Server, ServerError};

/// One implementation that is odd but right.
#[derive(Clone, Copy, Debug)]
pub struct Odd {
    /// What it is called, after what it does.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub does: &'static str,
    pub(crate) plant: Plant,
}

impl Odd {
    const fn new(name: &'static str, does: &'static str, plant: Plant) -> Self {
        Self { name, does, plant }
    }

    /// Starts a server of its kind.
    ///
    /// # Errors
    ///
    /// No port can be listened on.
    pub async fn start(&self) -> Result<Server, ServerError> {
        Server::start(self.plant).await
    }
}

/// All of them.
#[must_use]
pub fn odds() -> Vec<Odd> {
    [answers::ODDS, server::ODDS].concat()
}
