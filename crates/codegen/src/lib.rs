//! Empty so far.

pub mod check;
pub mod document;
pub mod finding;
pub mod ledger;
