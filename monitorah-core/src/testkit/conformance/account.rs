//! What an account store, a credential store and the audit log must do.

use super::{Subject, refusal, sample};
use crate::{
    error::StoreErrorKind::{AlreadyExists, NotFound, Replayed},
    id::DataKeyId,
    port::Page,
};
use std::sync::Arc;

/// Founding and reading back. Wants a store without any account but the stranger's.
pub async fn account_store(subject: &Subject) {
    let Subject {
        home,
        stranger,
        accounts,
        keys,
        resolver,
        ..
    } = subject;
    assert!(resolver.founder().await.unwrap().is_none());
    let founding = sample::founding();
    accounts.found(&founding, &sample::act(0)).await.unwrap();
    assert_eq!(accounts.account(home).await.unwrap(), founding.account);
    assert_eq!(
        resolver.founder().await.unwrap(),
        Some((*home, founding.account.founder))
    );
    assert_eq!(keys.data_key(home, None).await.unwrap(), founding.key);
    let id = founding.key.id;
    assert_eq!(keys.data_key(home, Some(id)).await.unwrap(), founding.key);
    assert_eq!(
        refusal(keys.data_key(stranger, Some(id)).await),
        Some(NotFound)
    );
    let unknown = Some(DataKeyId::from_bytes([9; 16]));
    assert_eq!(refusal(keys.data_key(home, unknown).await), Some(NotFound));

    // A second founding changes nothing, whoever it is for.
    let mut second = sample::founding();
    second.account.id = crate::id::AccountId::from_bytes(sample::bytes(3));
    second.api_key.hash = sample::hash(3);
    let refused = refusal(accounts.found(&second, &sample::act(0)).await);
    assert_eq!(refused, Some(AlreadyExists));
    let refused = refusal(accounts.found(&founding, &sample::act(0)).await);
    assert_eq!(refused, Some(AlreadyExists));
    let of_second = resolver.by_api_key(&sample::hash(3)).await.unwrap();
    assert!(of_second.is_none(), "a refused founding left a key behind");
}

/// API keys. Wants `home` founded.
pub async fn credential_store(subject: &Subject) {
    let Subject {
        home,
        stranger,
        credentials,
        resolver,
        ..
    } = subject;
    let key = sample::api_key(5);
    credentials
        .create_api_key(home, &key, &sample::act(1))
        .await
        .unwrap();
    let matched = resolver.by_api_key(&key.hash).await.unwrap().unwrap();
    assert_eq!(
        (matched.tenant, matched.key, matched.user),
        (*home, key.id, key.user)
    );
    assert_eq!(
        (matched.scopes, matched.expires_at),
        (key.scopes.clone(), key.expires_at)
    );
    assert!(
        resolver
            .by_api_key(&sample::hash(99))
            .await
            .unwrap()
            .is_none()
    );

    let again = credentials
        .create_api_key(home, &key, &sample::act(1))
        .await;
    assert_eq!(refusal(again), Some(AlreadyExists));
    let listed = credentials.api_keys(home, Page::first(10)).await.unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed.last(), Some(&key));
    let rest = Page::after(*sample::api_key(1).id.as_bytes(), 10);
    assert_eq!(
        credentials.api_keys(home, rest).await.unwrap(),
        std::slice::from_ref(&key)
    );
    assert!(
        credentials
            .api_keys(stranger, Page::first(10))
            .await
            .unwrap()
            .is_empty()
    );

    let by_stranger = credentials
        .revoke_api_key(stranger, key.id, &sample::act(2))
        .await;
    assert_eq!(refusal(by_stranger), Some(NotFound));
    credentials
        .revoke_api_key(home, key.id, &sample::act(2))
        .await
        .unwrap();
    let matched = resolver.by_api_key(&key.hash).await.unwrap().unwrap();
    assert_eq!(matched.revoked_at, Some(sample::at(2)));
    let twice = credentials
        .revoke_api_key(home, key.id, &sample::act(3))
        .await;
    assert_eq!(refusal(twice), Some(NotFound));
}

/// Acts are kept with what they did, and an idempotency key is used once. Wants `home` founded.
pub async fn audit_log(subject: &Subject) {
    let Subject {
        home,
        stranger,
        audit,
        channels,
        ..
    } = subject;
    let before = audit.acts(home, Page::first(100)).await.unwrap().len();
    let once = sample::act_once("k1");
    let channel = sample::channel(1);
    channels
        .create_channel(home, &channel, &once)
        .await
        .unwrap();
    let row = audit.by_idempotency_key(home, "k1").await.unwrap().unwrap();
    assert_eq!(
        (row.actor.as_str(), row.action.as_str()),
        ("operator", "thing.change")
    );
    assert_eq!((row.fingerprint, row.at), (Some(sample::hash(7)), once.at));
    assert!(
        audit
            .by_idempotency_key(stranger, "k1")
            .await
            .unwrap()
            .is_none()
    );

    // A repeated act is told so, although its channel would be refused as well.
    let repeated = channels.create_channel(home, &channel, &once).await;
    assert_eq!(refusal(repeated), Some(Replayed));
    let other = channels
        .create_channel(home, &sample::channel(2), &once)
        .await;
    assert_eq!(refusal(other), Some(Replayed));
    let absent = channels.channel(home, sample::channel(2).id).await;
    assert_eq!(
        refusal(absent),
        Some(NotFound),
        "a replay changed something"
    );

    // A refused write leaves no act, so its key can be used again.
    let second = sample::act_once("k2");
    let refused = channels.create_channel(home, &channel, &second).await;
    assert_eq!(refusal(refused), Some(AlreadyExists));
    assert!(
        audit
            .by_idempotency_key(home, "k2")
            .await
            .unwrap()
            .is_none()
    );
    channels
        .create_channel(home, &sample::channel(3), &second)
        .await
        .unwrap();
    let acts = audit.acts(home, Page::first(100)).await.unwrap();
    assert_eq!(acts.len(), before + 2);
    assert!(acts.is_sorted_by_key(|act| act.id));
}

/// Of many foundings at the same moment exactly one succeeds. Wants a store as
/// [`account_store`] does.
pub async fn founding_race(accounts: &Arc<dyn crate::port::AccountStore>, contenders: u8) {
    let races = (0..contenders).map(|number| async move {
        let mut founding = sample::founding();
        let id = sample::bytes(100 + u64::from(number));
        founding.account.id = crate::id::AccountId::from_bytes(id);
        founding.api_key.hash = sample::hash(100 + number);
        refusal(accounts.found(&founding, &sample::act(0)).await)
    });
    let outcomes = futures::future::join_all(races).await;
    let won = outcomes.iter().filter(|outcome| outcome.is_none()).count();
    let lost = outcomes
        .iter()
        .filter(|outcome| **outcome == Some(AlreadyExists))
        .count();
    assert_eq!(
        (won, lost),
        (1, usize::from(contenders) - 1),
        "{outcomes:?}"
    );
}
