//! The only place that speaks HTTP: sends, waits where it is asked to, and bounds time and size.
//! Nothing that could change what belongs to others gets past its guard.

mod client;
mod curl;
mod exchange;
mod failure;
mod framing;
mod guard;
mod library;
mod limits;
mod pace;
mod raw;
mod request;
mod room;
#[cfg(test)]
mod tests;
mod tls;
mod valve;
mod watch;

pub(crate) use client::Transport;
pub(crate) use curl::command;
pub(crate) use exchange::{Exchange, Kept};
pub(crate) use failure::{Failure, FailureKind};
pub(crate) use guard::{Guard, Place, Ruling};
pub(crate) use limits::Limits;
pub(crate) use request::{Body, Credential, Request};
