//! What tests of the engine, of stores and of channels are written with.

pub mod conformance;
