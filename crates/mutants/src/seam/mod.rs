//! The places outside the reference where something can go wrong: around the trait of the stub, in
//! its store, between the server and the wire, and on the wire.

pub(crate) mod policy;

pub(crate) mod slip;
pub(crate) mod store;
mod tables;

pub(crate) mod call;
pub(crate) mod wire;

pub(crate) mod socket;
