//! Two things beside each other: two reports of one implementation, or two implementations.

mod against;
mod reports;

pub use against::{Divergence, Side, Sides, Wrong, against};
pub use reports::{Change, Comparison, Direction, Summary};
