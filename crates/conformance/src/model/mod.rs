//! What one project should look like after any sequence of operations, and programs that compare.
//!
//! The way of the data: [`step`] (what is generated, with symbolic references) → [`state`] (the pure
//! reference model: what must come of a step, and what exists after it) → [`program`] (carries the
//! steps out on agents of its own, compares each answer, and reads the whole state at the end).

mod program;
mod state;
mod step;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use program::run;
pub(crate) use step::program;
