//! Every channel over HTTP passes the one suite.

#[cfg(test)]
mod tests {
    use crate::rig::{Rig, config};
    use monitorah_notify::{
        KINDS,
        testkit::{Subject, http_channel},
    };
    use serde_json::{Value, json};
    use std::collections::BTreeSet;

    async fn passes(kind: &str, config: &(dyn Fn(&str) -> Value + Send + Sync)) {
        let rig = Rig::local();
        let kind = rig.kind(kind);
        http_channel(&Subject { kind, config }).await;
    }

    #[tokio::test]
    async fn discord() {
        passes("DISCORD", &|origin| config("DISCORD", origin)).await;
    }

    #[tokio::test]
    async fn discord_into_a_forum() {
        passes("DISCORD", &|origin| {
            let mut config = config("DISCORD", origin);
            config["threadName"] = json!("outages");
            config
        })
        .await;
    }

    #[tokio::test]
    async fn pagerduty() {
        passes("PAGERDUTY", &|origin| config("PAGERDUTY", origin)).await;
    }

    #[tokio::test]
    async fn slack() {
        passes("SLACK", &|origin| config("SLACK", origin)).await;
    }

    #[tokio::test]
    async fn telegram() {
        passes("TELEGRAM", &|origin| config("TELEGRAM", origin)).await;
    }

    #[tokio::test]
    async fn twilio_short_messages() {
        passes("TWILIO", &|origin| config("TWILIO", origin)).await;
    }

    #[tokio::test]
    async fn twilio_calls() {
        passes("TWILIO", &|origin| {
            let mut config = config("TWILIO", origin);
            config["mode"] = json!("VOICE");
            config
        })
        .await;
    }

    #[tokio::test]
    async fn webhook() {
        passes("WEBHOOK", &|origin| config("WEBHOOK", origin)).await;
    }

    #[test]
    fn the_list_of_types_is_what_is_registered() {
        let rig = Rig::local();
        let registered: BTreeSet<_> = rig.registry.iter().map(|kind| kind.kind).collect();
        assert_eq!(registered, BTreeSet::from(KINDS));
        for kind in rig.registry.iter() {
            // Where secrets go is said by fields that are there, and are no secrets.
            let schema = kind.schema.as_value();
            for pointer in kind.destination {
                let field = pointer.trim_start_matches('/');
                assert!(schema["properties"][field].is_object(), "{pointer}");
                assert!(!kind.secrets.contains(pointer), "{pointer}");
            }
        }
    }
}
