//! The only place that speaks HTTP: sends, waits where it is asked to, and bounds time and size.

mod client;
mod curl;
mod exchange;
mod framing;
mod guard;
mod raw;
mod request;
#[cfg(test)]
mod tests;
mod tls;

pub(crate) use client::{Failure, FailureKind, Limits, Transport};
pub(crate) use curl::command;
pub(crate) use exchange::Exchange;
pub(crate) use guard::objection;
pub(crate) use request::{Body, Credential, Request};
