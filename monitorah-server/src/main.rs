//! The reference server and command line.

fn main() {}
