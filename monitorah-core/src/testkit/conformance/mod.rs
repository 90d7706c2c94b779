//! The conformance suites of the storage ports: every store runs the same ones.
