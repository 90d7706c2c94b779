//! How many looks at one host are in flight at once, so that a host that hangs holds nobody else up.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The hosts that are looked at right now. A host without a look takes no memory.
pub(crate) struct Slots {
    limit: usize,
    hosts: Mutex<HashMap<Arc<str>, Arc<Semaphore>>>,
}

impl fmt::Debug for Slots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slots")
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// One look's place; given back when dropped.
pub struct Slot<'a> {
    slots: &'a Slots,
    host: Arc<str>,
    permit: Option<OwnedSemaphorePermit>,
}

impl fmt::Debug for Slot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slot").finish_non_exhaustive()
    }
}

impl Slots {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit: limit.clamp(1, Semaphore::MAX_PERMITS),
            hosts: Mutex::default(),
        }
    }

    /// Waits for a place at this host.
    pub(crate) async fn acquire(&self, host: &str) -> Slot<'_> {
        let (host, semaphore) = self.of(host);
        // The slot exists before the wait, so that a dropped wait cleans up too.
        let mut slot = Slot {
            slots: self,
            host,
            permit: None,
        };
        // The semaphore is never closed, so there is always a permit in the end.
        slot.permit = semaphore.acquire_owned().await.ok();
        slot
    }

    fn of(&self, host: &str) -> (Arc<str>, Arc<Semaphore>) {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((host, semaphore)) = hosts.get_key_value(host) {
            return (Arc::clone(host), Arc::clone(semaphore));
        }
        let host: Arc<str> = host.into();
        let semaphore = Arc::new(Semaphore::new(self.limit));
        hosts.insert(Arc::clone(&host), Arc::clone(&semaphore));
        (host, semaphore)
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        let mut hosts = self
            .slots
            .hosts
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        drop(self.permit.take());
        // Only the map holds it: nobody uses this host and nobody waits for it.
        if hosts
            .get(&self.host)
            .is_some_and(|semaphore| Arc::strong_count(semaphore) == 1)
        {
            hosts.remove(&self.host);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[test]
    fn a_full_host_waits_and_others_do_not() {
        let slots = Slots::new(1);
        let first = slots.acquire("a").now_or_never();
        assert!(first.is_some());
        assert!(slots.acquire("a").now_or_never().is_none());
        let other = slots.acquire("b").now_or_never();
        assert!(other.is_some());
        drop(first);
        assert!(slots.acquire("a").now_or_never().is_some());
        drop(other);
        assert!(slots.hosts.lock().unwrap().is_empty());
    }
}
