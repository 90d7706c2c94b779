//! What tests of the engine, of stores and of third-party checks are written with.

mod clock;
pub mod conformance;

pub use clock::{ManualClock, Simulation};
