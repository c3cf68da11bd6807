//! What should exist after any sequence of operations, whoever takes them, and programs that compare.
//!
//! The way of the data: [`step`] (what is generated, with symbolic references) → [`state`] (the pure
//! reference model: what must come of a step, and what exists after it) with [`access`] (who may do
//! what) → [`program`] (carries the steps out on agents of its own, compares each answer, and reads
//! the whole state at the end) → [`shrink`] (the shortest program that finds the same). [`trace`] keeps
//! the answers so that those of two implementations can be compared.

mod access;
mod program;
mod shrink;
mod state;
mod step;
#[cfg(test)]
pub(crate) mod tests;
mod told;
mod trace;

pub(crate) use program::{run, trace};
pub(crate) use shrink::shortest;
pub(crate) use step::program;
pub(crate) use trace::Traced;
