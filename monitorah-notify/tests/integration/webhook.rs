//! The webhook on the wire: its golden request, its signatures, its secrets, its configuration.

#[cfg(test)]
mod tests {
    use crate::rig::{Rig, SECRET};
    use ::http::{HeaderMap, HeaderName, HeaderValue};
    use monitorah_core::{
        environment::{Environment, SystemEnvironment},
        net::AddressGuard,
        testkit::ManualClock,
    };
    use monitorah_notify::testkit::{Received, Receiver, Reply, down_message};
    use serde_json::{Value, json};
    use standardwebhooks::Webhook;
    use std::{sync::Arc, time::Duration};

    async fn taking() -> Receiver {
        Receiver::start(Reply::status(200)).await.unwrap()
    }

    fn verifies(secret: &str, received: &Received) -> bool {
        let headers: HeaderMap = received
            .headers()
            .map(|(name, value)| {
                let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
                (name, HeaderValue::from_str(value).unwrap())
            })
            .collect();
        let oracle = Webhook::new(secret).unwrap();
        oracle.verify(&received.body, &headers).is_ok()
    }

    #[tokio::test]
    async fn golden_request() {
        let clock = ManualClock::new(1);
        let rig = Rig::new(clock, AddressGuard::any(), Arc::default());
        let receiver = taking().await;
        let config = json!({
            "url": receiver.url(),
            "headers": {"Authorization": "Bearer t", "X-Tenant": "7"},
            "signingSecret": SECRET,
        });
        let receipt = rig.channel(config).deliver(&down_message()).await.unwrap();
        assert_eq!(receipt.status_code, Some(200));
        let received = receiver.received(1).await.remove(0);
        let mut lines: Vec<_> = received.head.lines().collect();
        lines[1..].sort_unstable();
        let address = receiver.address().to_string();
        let head = lines.join("\n").replace(&address, "receiver");
        let body = String::from_utf8(received.body.clone()).unwrap();
        insta::assert_snapshot!("golden_request", format!("{head}\n\n{body}"));
        // The oracle signs the same bytes the same way.
        let id = received.header("webhook-id").unwrap();
        let timestamp = received.header("webhook-timestamp").unwrap();
        let signature =
            Webhook::new(SECRET)
                .unwrap()
                .sign(id, timestamp.parse().unwrap(), &received.body);
        let expected = signature.unwrap();
        assert_eq!(received.header("webhook-signature"), Some(&*expected));
    }

    #[tokio::test]
    async fn the_oracle_verifies_and_notices_every_change() {
        let rig = Rig::local();
        let receiver = taking().await;
        let (config, secret) = rig.provision(json!({"url": receiver.url()}), None);
        let secret = secret.unwrap();
        let channel = rig.channel(config);
        channel.deliver(&down_message()).await.unwrap();
        channel.deliver(&down_message()).await.unwrap();
        let received = receiver.received(2).await;
        // F2: the id is the same in every attempt, which is how a duplicate is told.
        assert_eq!(
            received[0].header("webhook-id"),
            received[1].header("webhook-id")
        );
        assert_eq!(received[0].body, received[1].body);
        for received in received {
            assert!(verifies(secret.expose(), &received));
            assert!(!verifies(SECRET, &received));
            let mut other = received.clone();
            other.body[1] ^= 1;
            assert!(!verifies(secret.expose(), &other));
            let mut other = received.clone();
            other.head = other.head.replace("webhook-id: ntf", "webhook-id: ntg");
            assert_ne!(other.head, received.head);
            assert!(!verifies(secret.expose(), &other));
        }
    }

    #[tokio::test]
    async fn both_secrets_verify_during_the_overlap_and_only_the_new_one_after_it() {
        const OVERLAP: Duration = Duration::from_secs(60);
        let clock = ManualClock::new(2);
        // The oracle knows the real time only.
        clock.step_wall(SystemEnvironment::new().now().duration_since(clock.now()));
        let environment: Arc<ManualClock> = Arc::clone(&clock);
        let rig = Rig::new(environment, AddressGuard::any(), Arc::default());
        let receiver = taking().await;
        let (config, old) = rig.provision(json!({"url": receiver.url()}), None);
        let (config, new) = rig.provision(config, Some(OVERLAP));
        let (old, new) = (old.unwrap(), new.unwrap());
        assert_ne!(old, new);
        assert_eq!(config["previousSecret"]["secret"], json!(old.expose()));
        let channel = rig.channel(config.clone());
        channel.deliver(&down_message()).await.unwrap();
        clock.advance(OVERLAP - Duration::from_micros(1));
        channel.deliver(&down_message()).await.unwrap();
        clock.advance(Duration::from_micros(1));
        channel.deliver(&down_message()).await.unwrap();
        let received = receiver.received(3).await;
        for (at, old_one) in [(0, true), (1, true), (2, false)] {
            assert!(verifies(new.expose(), &received[at]), "{at}");
            assert_eq!(verifies(old.expose(), &received[at]), old_one, "{at}");
            let signatures = received[at].header("webhook-signature").unwrap();
            assert_eq!(signatures.split(' ').count(), if old_one { 2 } else { 1 });
        }
        // The plain signature is of the newest secret, always.
        assert_eq!(
            received[0].header("x-monitorah-signature"),
            received[2].header("x-monitorah-signature")
        );
        // The next rotation ends the oldest secret; one without an overlap ends all but the new.
        let (config, newer) = rig.provision(config, Some(OVERLAP));
        assert_eq!(config["previousSecret"]["secret"], json!(new.expose()));
        let (config, newest) = rig.provision(config, Some(Duration::ZERO));
        assert_eq!(config.get("previousSecret"), None);
        assert_eq!(config["signingSecret"], json!(newest.unwrap().expose()));
        assert_ne!(config["signingSecret"], json!(newer.unwrap().expose()));
    }

    #[test]
    fn a_secret_is_made_unless_one_is_given() {
        let rig = Rig::local();
        let url = "https://receiver.example/hook";
        let (config, secret) = rig.provision(json!({"url": url}), None);
        let secret = secret.expect("it is shown once");
        assert_eq!(
            config,
            json!({"url": url, "signingSecret": secret.expose()})
        );
        assert_eq!(secret.expose().len(), "whsec_".len() + 44);
        assert!(Webhook::new(secret.expose()).is_ok());
        rig.channel(config.clone());
        let again = rig.provision(json!({"url": url}), None).1.unwrap();
        assert_ne!(secret, again);
        let given = json!({"url": url, "signingSecret": SECRET});
        let (config, shown) = rig.provision(given.clone(), None);
        assert_eq!((config, shown), (given, None));
    }

    #[test]
    fn what_a_configuration_may_not_say() {
        let rig = Rig::local();
        let good = json!({"url": "https://receiver.example/hook", "signingSecret": SECRET});
        rig.channel(good.clone());
        let with = |pointer: &str, value: Value| {
            let mut config = good.clone();
            config[pointer] = value;
            rig.refused(config)
        };
        for url in [
            "",
            "canary",
            "ftp://receiver.example/canary",
            "file:///etc/canary",
            "gopher://receiver.example",
            "https://canary@receiver.example/",
            "https://user:canary@receiver.example/",
            "https://receiver.example/#canary",
            "https://[fe80::1%25eth0]/canary",
            "https://..//canary",
            "http://",
        ] {
            assert_eq!(with("url", json!(url)), ["/config/url"], "{url}");
        }
        let long = format!("https://receiver.example/{}", "canary".repeat(400));
        assert_eq!(with("url", json!(long)), ["/config/url"]);
        let nested = json!({"secret": "canary", "expiresAt": "2026-01-01T00:00:00Z"});
        assert_eq!(
            with("previousSecret", nested),
            ["/config/previousSecret/secret"]
        );
        assert_eq!(
            with("signingSecret", json!("canary")),
            ["/config/signingSecret"]
        );
        assert_eq!(
            with("signingSecret", Value::Null),
            ["/config/signingSecret"]
        );
        let header = json!({"X-Monitorah-Signature": "canary"});
        assert_eq!(
            with("headers", header),
            ["/config/headers/X-Monitorah-Signature"]
        );
        let many: serde_json::Map<_, _> = (0..21)
            .map(|n| (format!("x-{n}"), json!("canary")))
            .collect();
        assert_eq!(with("headers", json!(many)), ["/config/headers"]);
        assert_eq!(with("unknown", json!(1)).len(), 1);
        // Everything that is wrong is said at once.
        let all = json!({"url": "x", "headers": {"Host": "y"}, "signingSecret": "z"});
        assert_eq!(
            rig.refused(all),
            [
                "/config/url",
                "/config/signingSecret",
                "/config/headers/Host"
            ]
        );
    }

    #[test]
    fn every_secret_of_the_schema_is_named() {
        let rig = Rig::local();
        let kind = rig.registry.get("WEBHOOK").unwrap();
        assert_eq!(
            kind.secrets,
            ["/headers/*", "/signingSecret", "/previousSecret/secret"]
        );
        let schema = serde_json::to_string(&kind.schema).unwrap();
        assert_eq!(schema.matches("writeOnly").count(), kind.secrets.len());
        assert_eq!(kind.schema.as_value()["additionalProperties"], json!(false));
    }

    #[tokio::test]
    async fn what_looks_like_a_template_arrives_literally() {
        let forms = [
            "{{x}}", "{% x %}", "${x}", "#{x}", "<%= x %>", "{{{x}}}", "$(x)", "`x`", "%{x}",
            "[[x]]",
        ];
        let inner = [
            "7*7",
            "env.HOME",
            "self.__class__.__mro__",
            "process.env",
            "''.join('a')",
            "include('/etc/passwd')",
            "range(1,9)",
            "T(java.lang.Runtime)",
            "monitor.name",
            "url",
            "signingSecret",
            "\"\\n\"",
            "x|upper",
            "#each .",
            "/if",
            "!--",
            "lookup . 'secret'",
            "@root",
            "0x7f",
            "a.b.c",
            "sleep 9",
            "\u{202e}",
            "é",
            "\\u007b",
            "%s%n",
            "..",
            "x ? y : z",
            "{{7*7}}",
            "$1",
            "\r\nX-Injected: 1",
        ];
        let payloads: Vec<String> = forms
            .iter()
            .flat_map(|form| inner.iter().map(move |inner| form.replacen('x', inner, 1)))
            .collect();
        assert_eq!(payloads.len(), 300);
        let rig = Rig::local();
        let receiver = taking().await;
        let channel = rig.channel(json!({"url": receiver.url(), "signingSecret": SECRET}));
        for payload in &payloads {
            let mut message = down_message();
            message.summary.clone_from(payload);
            message.monitor.as_mut().unwrap().name.clone_from(payload);
            channel.deliver(&message).await.unwrap();
        }
        let received = receiver.received(payloads.len()).await;
        for (payload, received) in payloads.iter().zip(&received) {
            let body: Value = serde_json::from_slice(&received.body).unwrap();
            assert_eq!(body["summary"], json!(payload));
            assert_eq!(body["monitor"]["name"], json!(payload));
            assert_eq!(received.header("x-injected"), None);
        }
    }
}
