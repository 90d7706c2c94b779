//! The layers around every handler, in the order in which a request meets them.

pub(crate) mod extract;
pub(crate) mod limit;
pub(crate) mod request;
pub(crate) mod strict;
