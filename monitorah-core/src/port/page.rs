//! A page of a list: everything is listed in the order of its id, newest last or first as said.

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Only what comes after the thing with this id.
    pub after: Option<[u8; 16]>,
    /// At most so many; a caller that wants to know whether there is more asks for one more.
    pub limit: u32,
}

impl Page {
    /// The first `limit` things.
    #[must_use]
    pub const fn first(limit: u32) -> Self {
        Self { after: None, limit }
    }

    /// The next `limit` things after this one.
    #[must_use]
    pub const fn after(id: [u8; 16], limit: u32) -> Self {
        Self {
            after: Some(id),
            limit,
        }
    }
}
