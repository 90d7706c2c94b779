//! What every channel over HTTP must do, built-in or of another crate. A suite that finds a
//! difference panics and says which sentence of the contract is broken.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a suite reports what it finds by panicking, as a test does"
)]

use crate::http::put;

use super::{Receiver, Reply, closed_address, hostile_message, message};
use monitorah_core::{
    Env,
    alert::{AlertKind, Message},
    channel::{Channel, ChannelEnv, ChannelType, DeliveryError, Receipt},
    environment::SystemEnvironment,
    testkit::ManualClock,
};
use serde_json::{Value, json};
use std::{fmt, sync::Arc, time::Duration};

/// The largest request that a channel may make of any message: bytes.
const MAX_REQUEST: usize = 64 * 1024;
/// The time limit that the suite gives.
const LIMIT: Duration = Duration::from_secs(10);

/// Spellings of addresses that an installation for strangers never reaches.
pub const FORBIDDEN: &[&str] = &[
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.66.66.66",
    "2130706433",
    "0x7f000001",
    "0x7f.0x0.0x0.0x1",
    "017700000001",
    "0177.0.0.1",
    "localhost",
    "LOCALHOST.",
    "a.localhost",
    "１２７.０.０.１",
    "127。0。0。1",
    "①②⑦.⓪.⓪.①",
    "loc%61lhost",
    "%31%32%37.0.0.1",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::127.0.0.1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[2a00::5efe:127.0.0.1]",
    "0",
    "0.0.0.0",
    "0x0",
    "[::]",
    "[::ffff:0.0.0.0]",
    "169.254.169.254",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "169.16689662",
    "169.254.170.2",
    "[::ffff:169.254.169.254]",
    "[64:ff9b::a9fe:a9fe]",
    "[2002:a9fe:a9fe::]",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "[fd20:ce::254]",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "10.0.0.1",
    "167772161",
    "012.0.0.1",
    "172.16.0.1",
    "192.168.1",
    "100.64.0.1",
    "[::ffff:10.0.0.1]",
    "[fc00::1]",
    "[fec0::1]",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.9",
    "198.18.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "4294967295",
    "[2001:db8::1]",
    "[3fff::1]",
    "[100::1]",
    "224.0.0.1",
    "[ff02::1]",
];

/// A channel type under test. Its means reach loopback, except in [`guarded`].
pub struct Subject<'a> {
    /// The registered type.
    pub kind: &'a ChannelType,
    /// A configuration that delivers to this origin, such as `http://127.0.0.1:4711`, and that
    /// holds every secret of the type, each with the word `canary` in it.
    pub config: &'a (dyn Fn(&str) -> Value + Send + Sync),
}

impl fmt::Debug for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Subject").field(&self.kind).finish()
    }
}

impl Subject<'_> {
    fn build(&self, origin: &str, environment: Env) -> Box<dyn Channel> {
        let env = ChannelEnv {
            environment,
            timeout: LIMIT,
            comes_back_soon: false,
        };
        let config = (self.config)(origin);
        let channel = self.kind.build(config, &env).unwrap();
        self.discreet(&format!("{channel:?} {channel:#?}"), origin);
        channel
    }

    /// What is shown holds no secret and no address.
    fn discreet(&self, shown: &str, origin: &str) {
        let address = origin.rsplit('/').next().unwrap_or_default();
        for hidden in ["canary", address] {
            assert!(
                !shown.contains(hidden),
                "{} shows {hidden:?}: {shown}",
                self.kind.kind
            );
        }
    }

    async fn deliver(&self, origin: &str, message: &Message) -> Result<Receipt, DeliveryError> {
        let channel = self.build(origin, Arc::new(SystemEnvironment::new()));
        let outcome = channel.deliver(message).await;
        match &outcome {
            Ok(receipt) => self.discreet(&format!("{receipt:?}"), origin),
            Err(error) => self.discreet(&format!("{error} {error:?}"), origin),
        }
        outcome
    }

    /// One message of every delivery reaches a receiver that answers so, in one request.
    async fn answered(&self, reply: Reply) -> Result<Receipt, DeliveryError> {
        let receiver = Receiver::start(reply).await.unwrap();
        let outcome = self
            .deliver(&receiver.origin(), &message(AlertKind::Down))
            .await;
        let seen = (receiver.connections(), receiver.request_count());
        assert_eq!(seen, (1, 1), "one request a delivery: {}", self.kind.kind);
        outcome
    }
}

/// A channel over HTTP: its schema, what each answer means, its time limit, its discretion.
pub async fn http_channel(subject: &Subject<'_>) {
    schema(subject);
    every_message_is_one_request(subject).await;
    what_answers_mean(subject).await;
    what_no_answer_means(subject).await;
    hostile_text_is_only_text(subject).await;
}

/// The published schema is closed and names every secret, and what does not fit it is refused with
/// a pointer.
fn schema(subject: &Subject<'_>) {
    let kind = subject.kind;
    let published = kind.schema.as_value();
    assert_eq!(
        published.get("type"),
        Some(&json!("object")),
        "{}",
        kind.kind
    );
    assert_eq!(
        published.get("additionalProperties"),
        Some(&json!(false)),
        "{}: unknown fields are refused",
        kind.kind
    );
    let secrets = published.to_string().matches("\"writeOnly\"").count();
    assert_eq!(
        secrets,
        kind.secrets.len(),
        "{}: SECRETS names every field that is a SecretText",
        kind.kind
    );
    let env = ChannelEnv {
        environment: Arc::new(SystemEnvironment::new()),
        timeout: LIMIT,
        comes_back_soon: false,
    };
    let good = (subject.config)("https://receiver.example");
    for pointer in kind.secrets {
        let held = match pointer.strip_suffix("/*") {
            Some(parent) => good.pointer(parent).map(Value::to_string),
            None => good.pointer(pointer).map(Value::to_string),
        };
        assert!(
            held.is_some_and(|held| held.contains("canary")),
            "{}: the configuration under test holds a canary at {pointer}",
            kind.kind
        );
    }
    let mut unknown = good.clone();
    put(&mut unknown, "colour of the canary", "canary");
    for wrong in [unknown, json!([]), json!("canary"), json!({"canary": 1})] {
        let error = kind.build(wrong, &env).unwrap_err();
        assert!(!error.fields.is_empty());
        for field in &error.fields {
            assert!(field.pointer.starts_with("/config"), "{field:?}");
        }
    }
    // A value of another type is refused, and is not repeated.
    let fields = good.as_object().unwrap().keys().cloned();
    for field in fields {
        let mut config = good.clone();
        put(&mut config, &field, json!({"canary": ["canary"]}));
        if let Err(error) = kind.build(config, &env) {
            assert!(
                !format!("{error:?} {error}").contains("[\"canary\"]"),
                "{error:?}"
            );
        }
    }
}

/// Every kind of message is one request, and a second attempt sends the same body.
async fn every_message_is_one_request(subject: &Subject<'_>) {
    let receiver = Receiver::start(Reply::status(200)).await.unwrap();
    let mut count = 0;
    for kind in AlertKind::ALL {
        for _ in 0..2 {
            let outcome = subject.deliver(&receiver.origin(), &message(kind)).await;
            assert_eq!(outcome.map(|receipt| receipt.status_code), Ok(Some(200)));
        }
        count += 2;
        let received = receiver.received(count).await;
        assert_eq!(received.len(), count, "{} {kind:?}", subject.kind.kind);
        let mut last = received.into_iter().rev();
        let (second, first) = (last.next().unwrap(), last.next().unwrap());
        assert_eq!(first.body, second.body, "{} {kind:?}", subject.kind.kind);
    }
}

async fn what_answers_mean(subject: &Subject<'_>) {
    let kind = subject.kind.kind;
    for code in [200, 202, 204] {
        let outcome = subject.answered(Reply::status(code)).await;
        assert_eq!(
            outcome.map(|receipt| receipt.status_code),
            Ok(Some(code)),
            "{kind}"
        );
    }
    for (code, asked, expected) in [
        (429, Some("90"), Some(90)),
        (429, None, None),
        (503, Some("7"), Some(7)),
        (500, None, None),
        (502, None, None),
        (408, None, None),
    ] {
        let reply = asked.map_or_else(
            || Reply::status(code),
            |asked| Reply::with_header(code, "Retry-After", asked),
        );
        match subject.answered(reply).await {
            Err(DeliveryError::Retry {
                status_code, after, ..
            }) => {
                assert_eq!(status_code, Some(code), "{kind}");
                assert_eq!(after, expected.map(Duration::from_secs), "{kind}");
            }
            other => panic!("{kind}: {code} may be taken later, and was {other:?}"),
        }
    }
    for code in [400, 401, 403, 404, 410, 422] {
        // The body repeats what was sent, as some receivers do.
        let echo = json!({"message": "canary", "description": "canary", "code": "canary"});
        for reply in [Reply::status(code), Reply::json(code, &echo)] {
            match subject.answered(reply).await {
                Err(DeliveryError::Refused { status_code, .. }) => {
                    assert_eq!(status_code, Some(code), "{kind}");
                }
                other => panic!("{kind}: {code} is final, and was {other:?}"),
            }
        }
    }
    let other = Receiver::start(Reply::status(200)).await.unwrap();
    for code in [301, 302, 303, 307, 308] {
        let outcome = subject
            .answered(Reply::with_header(code, "Location", &other.url()))
            .await;
        assert!(
            matches!(outcome, Err(DeliveryError::Refused { .. })),
            "{kind}: a redirect is refused, and was {outcome:?}"
        );
    }
    assert_eq!(other.connections(), 0, "{kind}: a redirect is not followed");
}

async fn what_no_answer_means(subject: &Subject<'_>) {
    let kind = subject.kind.kind;
    let retried = |outcome: &Result<Receipt, DeliveryError>| {
        matches!(
            outcome,
            Err(DeliveryError::Retry {
                status_code: None,
                ..
            })
        )
    };
    let outcome = subject.answered(Reply::Close).await;
    assert!(retried(&outcome), "{kind}: broken off: {outcome:?}");
    let closed = format!("http://{}", closed_address().await.unwrap());
    let outcome = subject.deliver(&closed, &message(AlertKind::Down)).await;
    assert!(retried(&outcome), "{kind}: refused: {outcome:?}");
    // A receiver that hangs is left at the time limit, and not a moment later.
    let clock = ManualClock::new(3);
    let environment: Arc<ManualClock> = Arc::clone(&clock);
    let receiver = Receiver::start(Reply::Hang).await.unwrap();
    let channel = subject.build(&receiver.origin(), environment);
    let down = message(AlertKind::Down);
    let (outcome, ()) = tokio::join!(channel.deliver(&down), async {
        receiver.received(1).await;
        clock.advance(LIMIT);
    });
    assert!(retried(&outcome), "{kind}: hangs: {outcome:?}");
    // A body that never ends changes nothing: the head has said it all.
    let outcome = subject.answered(Reply::Endless).await;
    assert!(outcome.is_ok(), "{kind}: endless: {outcome:?}");
}

/// Long and strange text is delivered, within bounds, and begins no header of its own.
async fn hostile_text_is_only_text(subject: &Subject<'_>) {
    let receiver = Receiver::start(Reply::status(200)).await.unwrap();
    let texts = [
        "x".repeat(100_000),
        "\u{1f534}".repeat(50_000),
        "&<>\"'".repeat(20_000),
        "*_`~|[](){}\\#@:-+".repeat(5_000),
        "\r\nX-Injected: 1\r\n\r\n.\r\n\0\u{1b}[31m\u{202e}".repeat(100),
        String::new(),
    ];
    for (count, text) in texts.iter().enumerate() {
        let outcome = subject
            .deliver(&receiver.origin(), &hostile_message(text))
            .await;
        assert!(outcome.is_ok(), "{}: {outcome:?}", subject.kind.kind);
        let received = receiver.received(count + 1).await.pop().unwrap();
        assert_eq!(received.header("x-injected"), None);
        // The generic webhook carries everything as it is.
        assert!(
            subject.kind.kind == "WEBHOOK" || received.body.len() <= MAX_REQUEST,
            "{}: {} bytes",
            subject.kind.kind,
            received.body.len()
        );
    }
}

/// No spelling of a forbidden address is connected to. The means of the type reach public
/// addresses only, and `receivers` listen where the spellings lead, all at one port.
pub async fn guarded(subject: &Subject<'_>, receivers: &[Receiver], hosts: &[&str]) {
    let port = receivers.first().unwrap().address().port();
    for host in hosts {
        for scheme in ["http", "https"] {
            let origin = format!("{scheme}://{host}:{port}");
            let outcome = subject.deliver(&origin, &message(AlertKind::Down)).await;
            match outcome {
                Err(DeliveryError::Refused {
                    status_code: None, ..
                }) => {}
                other => panic!("{} {origin}: {other:?}", subject.kind.kind),
            }
        }
    }
    let connections: usize = receivers.iter().map(Receiver::connections).sum();
    assert_eq!(connections, 0, "{}", subject.kind.kind);
}
