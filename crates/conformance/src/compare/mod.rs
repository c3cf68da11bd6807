//! Two things beside each other: two reports of one implementation, or two implementations.

mod reports;

pub use reports::{Change, Comparison, Direction, Summary};
