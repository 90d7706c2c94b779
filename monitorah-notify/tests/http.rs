//! The guarded client behind the channels: what each answer means, and what is never reached.

#[cfg(test)]
mod rig;

#[cfg(test)]
mod tests {
    use crate::rig::{Rig, SECRET, Script};
    use monitorah_core::{
        channel::{DeliveryError, Receipt},
        environment::SystemEnvironment,
        net::{AddressGuard, Network},
        testkit::ManualClock,
    };
    use monitorah_notify::testkit::{Receiver, Reply, closed_address, down_message};
    use serde_json::{Value, json};
    use std::{
        net::{IpAddr, SocketAddr},
        sync::{Arc, atomic::Ordering},
        time::Duration,
    };

    fn config(url: &str) -> Value {
        json!({
            "url": url,
            "headers": {"Authorization": "Bearer canary-header"},
            "signingSecret": SECRET,
        })
    }

    /// What an error and a channel show of themselves holds nothing that was configured.
    fn discreet(shown: &str) {
        for hidden in ["canary", "127.0.0.1", "whsec_", "Y2FuYXJ5"] {
            assert!(!shown.contains(hidden), "{shown}");
        }
    }

    async fn deliver(rig: &Rig, url: &str) -> Result<Receipt, DeliveryError> {
        let channel = rig.channel(config(url));
        discreet(&format!("{channel:?} {channel:#?}"));
        let outcome = channel.deliver(&down_message()).await;
        if let Err(error) = &outcome {
            discreet(&format!("{error} {error:?}"));
        }
        outcome
    }

    async fn answered(reply: Reply) -> (Result<Receipt, DeliveryError>, Receiver) {
        let receiver = Receiver::start(reply).await.unwrap();
        let outcome = deliver(&Rig::local(), &receiver.url()).await;
        assert_eq!((receiver.connections(), receiver.request_count()), (1, 1));
        (outcome, receiver)
    }

    fn retry(status_code: Option<u16>, after: Option<u64>, detail: &str) -> DeliveryError {
        DeliveryError::Retry {
            detail: detail.to_owned(),
            status_code,
            after: after.map(Duration::from_secs),
        }
    }

    #[tokio::test]
    async fn what_each_status_means() {
        for code in [200, 201, 202, 204, 299] {
            let taken = Receipt {
                status_code: Some(code),
            };
            assert_eq!(answered(Reply::status(code)).await.0, Ok(taken));
        }
        for code in [408, 429, 500, 502, 503, 599] {
            let detail = format!("the receiver answered {code}");
            let expected = retry(Some(code), None, &detail);
            assert_eq!(answered(Reply::status(code)).await.0, Err(expected));
        }
        for code in [300, 304, 400, 401, 403, 404, 409, 410, 413, 422, 451, 600] {
            let (outcome, _receiver) = answered(Reply::status(code)).await;
            let Err(DeliveryError::Refused {
                status_code,
                detail,
            }) = outcome
            else {
                panic!("{code}: {outcome:?}");
            };
            assert_eq!(status_code, Some(code));
            assert!(detail.contains(&code.to_string()), "{detail}");
        }
    }

    #[tokio::test]
    async fn the_wait_that_a_receiver_asks_for_is_passed_on() {
        for (code, asked, expected) in [
            (429, "90", Some(90)),
            (503, "0", Some(0)),
            (429, "9999999", Some(86_400)),
            (429, "Thu, 31 Dec 2099 23:59:59 GMT", Some(86_400)),
            (429, "Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
            (429, "later", None),
        ] {
            let (outcome, _receiver) =
                answered(Reply::with_header(code, "Retry-After", asked)).await;
            let detail = format!("the receiver answered {code}");
            assert_eq!(
                outcome,
                Err(retry(Some(code), expected, &detail)),
                "{asked}"
            );
        }
    }

    #[tokio::test]
    async fn a_redirect_is_refused_and_not_followed() {
        let other = Receiver::start(Reply::status(200)).await.unwrap();
        for code in [301, 302, 303, 307, 308] {
            let (outcome, _receiver) =
                answered(Reply::with_header(code, "Location", &other.url())).await;
            let Err(DeliveryError::Refused { detail, .. }) = outcome else {
                panic!("{outcome:?}");
            };
            assert!(detail.contains("redirect"), "{detail}");
        }
        assert_eq!(other.connections(), 0);
    }

    #[tokio::test]
    async fn no_answer_is_tried_again() {
        let broken_off = "the connection broke off before an answer came";
        let (outcome, _receiver) = answered(Reply::Close).await;
        assert_eq!(outcome, Err(retry(None, None, broken_off)));
        let (outcome, _receiver) = answered(Reply::Text("220 smtp ready\r\n".into())).await;
        assert_eq!(outcome, Err(retry(None, None, broken_off)));
        let closed = closed_address().await.unwrap();
        let outcome = deliver(&Rig::local(), &format!("http://{closed}/canary")).await;
        let refused = retry(None, None, "the connection was refused");
        assert_eq!(outcome, Err(refused));
        let outcome = deliver(&Rig::local(), "http://unknown.test/canary").await;
        assert!(
            matches!(&outcome, Err(DeliveryError::Retry { detail, .. }) if detail.contains("name")),
            "{outcome:?}"
        );
    }

    #[tokio::test]
    async fn a_receiver_that_hangs_is_left_at_the_time_limit() {
        let clock = ManualClock::new(3);
        let environment: Arc<ManualClock> = Arc::clone(&clock);
        let rig = Rig::new(environment, AddressGuard::any(), Arc::default());
        let receiver = Receiver::start(Reply::Hang).await.unwrap();
        let url = receiver.url();
        let (outcome, ()) = tokio::join!(deliver(&rig, &url), async {
            receiver.received(1).await;
            clock.advance(Duration::from_secs(10));
        });
        assert_eq!(outcome, Err(retry(None, None, "no answer within 10 s")));
    }

    #[tokio::test]
    async fn a_body_that_never_comes_or_never_ends_changes_nothing() {
        let taken = Ok(Receipt {
            status_code: Some(200),
        });
        // No clock is needed to leave an endless body: it is left at its size limit.
        let clock = ManualClock::new(4);
        let environment: Arc<ManualClock> = Arc::clone(&clock);
        let rig = Rig::new(environment, AddressGuard::any(), Arc::default());
        let receiver = Receiver::start(Reply::Endless).await.unwrap();
        assert_eq!(deliver(&rig, &receiver.url()).await, taken);
        let receiver = Receiver::start(Reply::HeadOnly).await.unwrap();
        let url = receiver.url();
        // The clock runs on once the body is waited for, which is the only thing due in 5 s.
        let (outcome, ()) = tokio::join!(deliver(&rig, &url), async {
            receiver.received(1).await;
            while clock.next_wake() != Some(Duration::from_secs(5)) {
                tokio::task::yield_now().await;
            }
            clock.advance(Duration::from_secs(5));
        });
        assert_eq!(outcome, taken);
    }

    /// Spellings of addresses that an installation for strangers never reaches.
    const FORBIDDEN: &[&str] = &[
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
        // Names that a resolver gives such addresses for.
        "loopback.test",
        "metadata.test",
        "mapped.test",
        "several.test",
    ];

    /// Receivers on every loopback address that the spellings mean, all on one port.
    async fn receivers() -> Vec<Receiver> {
        let first = Receiver::start(Reply::status(200)).await.unwrap();
        let port = first.address().port();
        let mut receivers = vec![first];
        for ip in ["127.66.66.66", "::1"] {
            let address = SocketAddr::new(ip.parse::<IpAddr>().unwrap(), port);
            // A machine without IPv6 has nothing to listen on there, and nothing to reach.
            receivers.extend(Receiver::start_at(address, Reply::status(200)).await.ok());
        }
        receivers
    }

    #[tokio::test]
    async fn v1_forbidden_receivers_get_no_connection() {
        let script = Script::default()
            .with("loopback.test", &[&["127.0.0.1"]])
            .with("metadata.test", &[&["169.254.169.254"]])
            .with("mapped.test", &[&["::ffff:127.0.0.1"]])
            .with("several.test", &[&["127.0.0.1", "::1", "10.0.0.1"]]);
        let environment = Arc::new(SystemEnvironment::new());
        let rig = Rig::new(environment, AddressGuard::public(), Arc::new(script));
        let receivers = receivers().await;
        let port = receivers[0].address().port();
        for host in FORBIDDEN {
            for scheme in ["http", "https"] {
                let outcome = deliver(&rig, &format!("{scheme}://{host}:{port}/canary")).await;
                let Err(DeliveryError::Refused {
                    status_code,
                    detail,
                }) = outcome
                else {
                    panic!("{scheme} {host}: {outcome:?}");
                };
                assert_eq!(status_code, None);
                let begin = "the address is not allowed here: ";
                assert!(detail.starts_with(begin), "{host}: {detail}");
            }
        }
        assert_eq!(
            receivers.iter().map(Receiver::connections).sum::<usize>(),
            0
        );
        // The counterpart: without the policy the same spelling is reached, so the zero means
        // something.
        let rig = Rig::local();
        for host in ["127.1", "localhost"] {
            assert!(
                deliver(&rig, &format!("http://{host}:{port}/"))
                    .await
                    .is_ok()
            );
        }
        assert_eq!(receivers[0].connections(), 2);
    }

    #[tokio::test]
    async fn v2_rebinding_reaches_nothing() {
        const DELIVERIES: usize = 400;
        let outside = Receiver::start(Reply::status(200)).await.unwrap();
        let port = outside.address().port();
        let inside = SocketAddr::new("127.0.0.2".parse().unwrap(), port);
        let inside = Receiver::start_at(inside, Reply::status(200))
            .await
            .unwrap();
        // Allowed first, forbidden at the next question, and so on.
        let answers: Vec<&[&str]> = (0..DELIVERIES)
            .map(|n| {
                if n % 2 == 0 {
                    &["127.0.0.1"][..]
                } else {
                    &["127.0.0.2"][..]
                }
            })
            .collect();
        let script = Script::default()
            .with("rebind.test", &answers)
            .with("mixed.test", &[&["127.0.0.2", "127.0.0.1"]]);
        let script = Arc::new(script);
        let allowed: Network = "127.0.0.1".parse().unwrap();
        let guard = AddressGuard::public().allowing([allowed]);
        let environment = Arc::new(SystemEnvironment::new());
        let rig = Rig::new(environment, guard, Arc::clone(&script));
        for delivery in 0..DELIVERIES {
            let outcome = deliver(&rig, &format!("http://rebind.test:{port}/canary")).await;
            assert_eq!(outcome.is_ok(), delivery % 2 == 0, "{outcome:?}");
        }
        // One question a delivery: what was judged is what is connected to.
        assert_eq!(script.asked.load(Ordering::SeqCst), DELIVERIES);
        assert_eq!(outside.connections(), DELIVERIES / 2);
        let outcome = deliver(&rig, &format!("http://mixed.test:{port}/")).await;
        assert!(outcome.is_ok(), "{outcome:?}");
        assert_eq!(inside.connections(), 0);
    }
}
