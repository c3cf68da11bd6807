//! What other tasks need of this one: the reference as something to judge.

pub mod embedded;
