//! What both SQL databases share: the statements, the rows, and the ports written once.
//!
//! `port/` is compiled twice, below `sqlite` and below `postgres`, each time against the `Store`
//! and `Db` of its parent. A macro would do the same to code that no tool could format or read;
//! generic functions over `sqlx::Database` would repeat a page of bounds at every one of them.

mod columns;
pub(crate) mod fault;
mod log_row;
mod quiet_row;
pub(crate) mod row;
pub(crate) mod statement;
pub(crate) mod value;
