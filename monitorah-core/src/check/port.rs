//! PORT.
