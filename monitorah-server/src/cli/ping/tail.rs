//! The end of what a job says, whatever it says before.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// How much of the output is reported: bytes, as heartbeats keep it.
pub(super) const MAX_BODY: usize = 10_000;

/// The last [`MAX_BODY`] bytes, of both outputs as they came. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Tail(Arc<Mutex<VecDeque<u8>>>);

impl Tail {
    pub(super) fn push(&self, bytes: &[u8]) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = bytes.len().saturating_sub(MAX_BODY);
        kept.extend(bytes.iter().skip(last));
        let over = kept.len().saturating_sub(MAX_BODY);
        kept.drain(..over);
    }

    /// At most this many of the last bytes, from the beginning of a character on.
    pub(super) fn last(&self, most: usize) -> Vec<u8> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let skipped = kept.len().saturating_sub(most);
        let cut = skipped > 0 || kept.len() == MAX_BODY;
        kept.iter()
            .skip(skipped)
            .copied()
            .enumerate()
            // A character has at most three bytes after its first.
            .skip_while(|(place, byte)| cut && *place < 3 && byte & 0xc0 == 0x80)
            .map(|(_, byte)| byte)
            .collect()
    }
}

impl fmt::Debug for Tail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tail").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_is_kept_and_no_character_is_cut() {
        let tail = Tail::default();
        tail.push(b"first ");
        tail.push(&vec![b'x'; 3 * MAX_BODY]);
        tail.push("end ü".as_bytes());
        assert_eq!(tail.last(MAX_BODY).len(), MAX_BODY);
        assert_eq!(tail.last(6), "end ü".as_bytes());
        assert_eq!(tail.last(1), b"");
        assert_eq!(tail.last(0), b"");
        let short = Tail::default();
        short.push(b"\xbf\xbf whole");
        assert_eq!(short.last(MAX_BODY), b"\xbf\xbf whole");
    }
}
