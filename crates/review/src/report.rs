//! Reviews as text for people and machines.

pub mod terminal;
