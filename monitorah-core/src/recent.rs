//! What was read of an account a moment ago, remembered so that who asks often costs the store no question.

use crate::id::AccountId;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// How long something is remembered: what another process writes is felt within that time.
pub(crate) const REMEMBERED: Duration = Duration::from_secs(1);
/// Of how many accounts, before all are read anew.
const MAX_ACCOUNTS: usize = 10_000;

/// Something of each account, and when it was read: monotonic.
#[derive(Debug)]
pub(crate) struct Recent<T>(Mutex<Known<T>>);

#[derive(Debug)]
struct Known<T> {
    /// Counts how often somebody changed something: what was read before that is not put back.
    generation: u64,
    of: HashMap<AccountId, (Duration, T)>,
}

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self(Mutex::new(Known {
            generation: 0,
            of: HashMap::new(),
        }))
    }
}

impl<T: Clone> Recent<T> {
    fn lock(&self) -> MutexGuard<'_, Known<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody changed something: all is read anew.
    pub(crate) fn forget(&self) {
        let mut known = self.lock();
        known.generation = known.generation.wrapping_add(1);
        known.of.clear();
    }

    /// What was read of an account, however long ago, and the generation of what is read from now
    /// on.
    pub(crate) fn of(&self, account: AccountId) -> (u64, Option<(Duration, T)>) {
        let known = self.lock();
        (known.generation, known.of.get(&account).cloned())
    }

    /// Remembers what was read since this generation, unless somebody changed something meanwhile.
    pub(crate) fn keep(&self, generation: u64, account: AccountId, read: (Duration, T)) {
        let mut known = self.lock();
        if known.generation != generation {
            return;
        }
        if known.of.len() >= MAX_ACCOUNTS && !known.of.contains_key(&account) {
            known.of.clear();
        }
        known.of.insert(account, read);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_before_a_change_is_not_put_back() {
        let recent = Recent::default();
        let account = AccountId::from_bytes([1; 16]);
        let (generation, _) = recent.of(account);
        recent.forget();
        recent.keep(generation, account, (Duration::ZERO, "before"));
        let (generation, known) = recent.of(account);
        assert_eq!(known, None);
        recent.keep(generation, account, (Duration::ZERO, "after"));
        assert_eq!(recent.of(account).1, Some((Duration::ZERO, "after")));
    }

    #[test]
    fn only_so_many_accounts_are_remembered() {
        let recent = Recent::default();
        for number in 0..=MAX_ACCOUNTS {
            let mut id = [0; 16];
            id[..8].copy_from_slice(&number.to_be_bytes());
            recent.keep(0, AccountId::from_bytes(id), (Duration::ZERO, ()));
        }
        assert!(recent.lock().of.len() <= MAX_ACCOUNTS);
    }
}
