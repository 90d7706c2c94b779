//! The guarded client behind the channels: what each answer means, and what is never reached.

#[cfg(test)]
mod tests {
    use crate::rig::{HTTP_KINDS, Rig, SECRET, Script, config};
    use monitorah_core::{
        channel::{DeliveryError, Receipt},
        environment::SystemEnvironment,
        net::{AddressGuard, Network},
        testkit::ManualClock,
    };
    use monitorah_notify::testkit::{
        FORBIDDEN, Receiver, Reply, Subject, closed_address, down_message, guarded,
    };
    use serde_json::{Value, json};
    use std::{
        net::{IpAddr, SocketAddr},
        sync::{Arc, atomic::Ordering},
        time::Duration,
    };

    fn hook(url: &str) -> Value {
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
        let channel = rig.channel(hook(url));
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
                note: None,
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
            note: None,
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

    /// Names that a resolver gives forbidden addresses for.
    const NAMES: &[&str] = &[
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

    /// Every type, the mail too, in an installation for strangers.
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
        let hosts = [FORBIDDEN, NAMES].concat();
        for kind in HTTP_KINDS {
            let config = |origin: &str| config(kind, origin);
            let subject = Subject {
                kind: rig.kind(kind),
                config: &config,
            };
            guarded(&subject, &receivers, &hosts).await;
        }
        for host in &hosts {
            // A percent sign is no spelling of a host outside of a URL.
            if host.contains('%') {
                continue;
            }
            for security in ["STARTTLS", "TLS"] {
                let mut config = config("EMAIL", &format!("smtp://{host}:{port}"));
                config["security"] = json!(security);
                let outcome = rig.of("EMAIL", config).deliver(&down_message()).await;
                let Err(DeliveryError::Refused {
                    status_code: None,
                    detail,
                }) = outcome
                else {
                    panic!("{security} {host}: {outcome:?}");
                };
                discreet(&detail);
            }
        }
        assert_eq!(
            receivers.iter().map(Receiver::connections).sum::<usize>(),
            0
        );
        // The counterpart: without the policy the same spelling is reached by each type, so the
        // zero means something.
        let mut rig = Rig::local();
        let mut connections = 0;
        for kind in HTTP_KINDS.into_iter().chain(["EMAIL"]) {
            if kind == "EMAIL" {
                // What listens there waits for a request, and mail for a greeting.
                rig.env.timeout = Duration::from_millis(300);
            }
            for host in ["127.1", "localhost"] {
                let config = config(kind, &format!("http://{host}:{port}"));
                let outcome = rig.of(kind, config).deliver(&down_message()).await;
                // What answers there is no mail server.
                assert_eq!(outcome.is_ok(), kind != "EMAIL", "{kind}: {outcome:?}");
                connections += 1;
                assert_eq!(receivers[0].connections(), connections, "{kind} {host}");
            }
        }
    }

    #[tokio::test]
    async fn v2_rebinding_reaches_nothing_through_any_type() {
        let outside = Receiver::start(Reply::status(200)).await.unwrap();
        let port = outside.address().port();
        let inside = SocketAddr::new("127.0.0.2".parse().unwrap(), port);
        let inside = Receiver::start_at(inside, Reply::status(200))
            .await
            .unwrap();
        let allowed: Network = "127.0.0.1".parse().unwrap();
        let guard = AddressGuard::public().allowing([allowed]);
        for kind in HTTP_KINDS.into_iter().chain(["EMAIL"]) {
            let answers: [&[&str]; 2] = [&["127.0.0.1"], &["127.0.0.2"]];
            let script = Arc::new(Script::default().with("rebind.test", &answers));
            let environment = Arc::new(SystemEnvironment::new());
            let mut rig = Rig::new(environment, guard.clone(), Arc::clone(&script));
            if kind == "EMAIL" {
                rig.env.timeout = Duration::from_millis(300);
            }
            let before = outside.connections();
            let origin = format!("http://rebind.test:{port}");
            for allowed in [true, false] {
                let outcome = rig
                    .of(kind, config(kind, &origin))
                    .deliver(&down_message())
                    .await;
                let refused = matches!(
                    outcome,
                    Err(DeliveryError::Refused {
                        status_code: None,
                        ..
                    })
                );
                assert_eq!(refused, !allowed, "{kind}: {outcome:?}");
            }
            // One question a delivery: what was judged is what is connected to.
            assert_eq!(script.asked.load(Ordering::SeqCst), 2, "{kind}");
            assert_eq!(outside.connections(), before + 1, "{kind}");
            assert_eq!(inside.connections(), 0, "{kind}");
        }
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
