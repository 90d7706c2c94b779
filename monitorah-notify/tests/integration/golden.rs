//! What each channel sends for each kind of message, as it goes over the wire.

#[cfg(test)]
mod tests {
    use crate::rig::{HTTP_KINDS, Rig, config};
    use monitorah_core::{alert::AlertKind, net::AddressGuard, testkit::ManualClock};
    use monitorah_notify::{
        render::Rendering,
        testkit::{Received, Receiver, Reply, message},
    };
    use serde_json::{Value, json};
    use std::sync::Arc;

    /// Path, headers that matter, and the body: JSON in lines, forms a field a line.
    fn shown(received: &Received) -> String {
        let body = String::from_utf8(received.body.clone()).unwrap();
        let kind = received.header("content-type").unwrap();
        let body = if kind == "application/json" {
            let value: Value = serde_json::from_str(&body).unwrap();
            serde_json::to_string_pretty(&value).unwrap()
        } else {
            let fields: Vec<_> = body
                .split('&')
                .map(|field| {
                    let bare = format!("http://x.example/?{field}");
                    let url = monitorah_notify::http::Url::parse(&bare).unwrap();
                    let (name, value) = url.query_pairs().next().unwrap();
                    format!("{name}={value}")
                })
                .collect();
            fields.join("\n")
        };
        let mut head = received.head.lines().next().unwrap().to_owned();
        for name in ["content-type", "authorization"] {
            if let Some(value) = received.header(name) {
                head.push_str(&format!("\n{name}: {value}"));
            }
        }
        format!("{head}\n\n{body}")
    }

    async fn golden(name: &str, kind: &str, config: &dyn Fn(&str) -> Value) {
        let clock = ManualClock::new(1);
        let rig = Rig::new(clock, AddressGuard::any(), Arc::default());
        let receiver = Receiver::start(Reply::status(200)).await.unwrap();
        for (count, about) in AlertKind::ALL.into_iter().enumerate() {
            let channel = rig.of(kind, config(&receiver.origin()));
            channel.deliver(&message(about)).await.unwrap();
            let received = receiver.received(count + 1).await.pop().unwrap();
            let name = format!("{name}.{}", about.as_str());
            insta::assert_snapshot!(name, shown(&received));
        }
    }

    #[tokio::test]
    async fn golden_requests() {
        for kind in HTTP_KINDS {
            let name = kind.to_lowercase();
            golden(&name, kind, &|origin| config(kind, origin)).await;
        }
        golden("twilio-voice", "TWILIO", &|origin| {
            let mut config = config("TWILIO", origin);
            config["mode"] = json!("VOICE");
            config
        })
        .await;
    }

    #[test]
    fn people_read_who_is_kept_quiet() {
        for kind in [AlertKind::Down, AlertKind::Reminder] {
            let rendering = Rendering::of(&message(kind));
            let names = rendering.fact("Keeps quiet").unwrap();
            assert!(names.starts_with("cart, checkout, search"), "{names}");
            assert!(names.ends_with("wishes and 2 more; 3 down"), "{names}");
        }
    }

    #[test]
    fn a_recovery_says_what_was_and_what_is() {
        let rendering = Rendering::of(&message(AlertKind::Up));
        assert_eq!(
            rendering.fact("Target"),
            Some("https://shop.example/health")
        );
        assert_eq!(rendering.fact("Was down for"), Some("12 min 34 s"));
        assert_eq!(rendering.fact("Reason was"), Some("HTTP_STATUS"));
        assert_eq!(rendering.fact("Reason"), None, "nothing is wrong now");
        assert_eq!(rendering.fact("Status code"), Some("200"));
        let degraded = Rendering::of(&message(AlertKind::Degraded));
        assert_eq!(degraded.fact("Reason"), Some("SLOW"));
    }
}
