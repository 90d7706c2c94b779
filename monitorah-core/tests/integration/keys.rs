//! API keys end at their time, to the microsecond.

#[cfg(test)]
mod tests {
    use monitorah_core::{
        Env, Environment, Region, Tenant,
        channel::ChannelRegistry,
        check::CheckRegistry,
        crypt::{Keyring, RootKey},
        port::{MemoryStore, Ports},
        service::{ApiKeyDraft, Caller, Means, Service, token},
        testkit::ManualClock,
    };
    use std::{sync::Arc, time::Duration};

    #[tokio::test]
    async fn a_key_stands_for_somebody_until_its_end_and_not_at_it() {
        let clock = ManualClock::new(9);
        let environment: Env = Arc::<ManualClock>::clone(&clock);
        let ports = Ports::of(&Arc::new(MemoryStore::new()));
        let root = Arc::new(RootKey::from_bytes(Arc::clone(&environment), [7; 32]));
        let keys = Arc::clone(&ports.keys);
        let service = Service::new(Means {
            environment: Arc::clone(&environment),
            ports,
            keyring: Arc::new(Keyring::new(environment, root, keys)),
            checks: Arc::new(CheckRegistry::offline()),
            channels: Arc::new(ChannelRegistry::new()),
            region: Region::LOCAL,
        });
        let founded = service.found("ops@example.org").await.unwrap();
        let caller = Caller::operator(Tenant::of(founded.account));
        let end = clock.now() + jiff::SignedDuration::from_secs(60);
        let make = async |name: &str, expires_at| {
            let draft = ApiKeyDraft {
                name: name.to_owned(),
                scopes: vec!["monitors:read".to_owned()],
                expires_at,
            };
            let made = service.create_api_key(&caller, founded.user, draft).await;
            made.unwrap().key.expose().clone()
        };
        let (short, endless) = (make("short", Some(end)).await, make("endless", None).await);
        let known = async |key: &str| {
            let hash = token::hash(key);
            [
                service.authenticate(key).await.unwrap().is_some(),
                service.key_in_force(&hash).await.unwrap().is_some(),
            ]
        };
        clock.advance(Duration::from_secs(60) - Duration::from_micros(1));
        assert_eq!(known(&short).await, [true; 2], "a microsecond before");
        clock.advance(Duration::from_micros(1));
        assert_eq!(known(&short).await, [false; 2], "at its end");
        clock.advance(Duration::from_secs(86_400));
        assert_eq!(known(&short).await, [false; 2], "a day later");
        assert_eq!(known(&endless).await, [true; 2], "without an end");
    }
}
