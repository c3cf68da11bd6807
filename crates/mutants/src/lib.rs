//! How good is the suite? Defects are planted in the reference server, one at a time and from
//! outside, and those that the suite finds are counted; and implementations that are odd but right
//! are put before it, of which it must not blame any.

mod seam;
mod server;

mod kit;

pub mod catalogue;
pub mod tolerance;

pub mod probe;

mod target;

pub mod lab;

pub mod campaign;
pub mod sample;

pub mod score;
mod silent;

pub mod report;

pub use catalogue::{Defect, defects};
pub use server::{Server, ServerError, loose_server, right_server};
pub use tolerance::{Odd, odds};
