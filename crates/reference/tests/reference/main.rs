//! What the reference server does, seen from outside: over a real socket, and through its stores.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot be set up should stop"
)]

mod agents;
mod clients;
mod command;
mod companion;
mod crash;
mod credentials;
mod hostile;
mod lifecycle;
#[cfg(feature = "postgres")]
mod postgres;
mod requests;
mod roles;
mod server;
mod store;
mod tokens;
mod url_configurations;
