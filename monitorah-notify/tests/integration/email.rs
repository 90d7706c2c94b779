//! Mail against a scripted server: what is said in plain text, what in TLS, what each answer means.

#[cfg(test)]
mod tests {
    use crate::rig::{
        Rig, Script, config,
        mail::{MailServer, NAME, Play},
    };
    use base64::{Engine, engine::general_purpose::STANDARD};
    use monitorah_core::{
        Env,
        alert::{AlertKind, Message},
        channel::{DeliveryError, Receipt},
        environment::SystemEnvironment,
        net::AddressGuard,
        testkit::ManualClock,
    };
    use monitorah_notify::testkit::{closed_address, hostile_message, message};
    use serde_json::{Value, json};
    use std::{sync::Arc, time::Duration};

    fn rig(environment: Env) -> Rig {
        let script = Script::default().with(NAME, &[&["127.0.0.1"]]);
        Rig::new(environment, AddressGuard::any(), Arc::new(script))
    }

    fn local() -> Rig {
        rig(Arc::new(SystemEnvironment::new()))
    }

    /// A configuration for this server by its name, trusting its certificate.
    fn to(server: &MailServer) -> Value {
        let mut config = config("EMAIL", &format!("smtp://{NAME}:{}", server.address.port()));
        config["caPem"] = json!(server.pem);
        config
    }

    /// No error and no receipt holds the password, in any of its forms.
    fn discreet(shown: &str) {
        for hidden in [
            "canary",
            &STANDARD.encode("canary-password"),
            &STANDARD.encode("\0mailer\0canary-password"),
            "127.0.0.1",
            "ops@example.org",
        ] {
            assert!(!shown.contains(hidden), "{hidden}: {shown}");
        }
    }

    async fn send(config: Value, message: &Message) -> Result<Receipt, DeliveryError> {
        let rig = local();
        let channel = rig.of("EMAIL", config);
        discreet(&format!("{channel:?} {channel:#?}"));
        let outcome = channel.deliver(message).await;
        match &outcome {
            Ok(receipt) => discreet(&format!("{receipt:?}")),
            Err(error) => discreet(&format!("{error} {error:?}")),
        }
        outcome
    }

    async fn played(play: Play) -> (Result<Receipt, DeliveryError>, MailServer) {
        let server = MailServer::start(play).await;
        let outcome = send(to(&server), &message(AlertKind::Down)).await;
        (outcome, server)
    }

    fn taken() -> Result<Receipt, DeliveryError> {
        Ok(Receipt {
            status_code: Some(250),
            note: None,
        })
    }

    /// What was said before the session was secret, and what in it.
    fn said(server: &MailServer) -> (Vec<String>, Vec<String>) {
        let lines = server.seen().lines;
        let secret = lines.iter().position(|line| line == "tls");
        let secret = secret.unwrap_or(lines.len());
        let (open, secret) = lines.split_at(secret);
        (open.to_vec(), secret.to_vec())
    }

    #[tokio::test]
    async fn golden_letters() {
        let server = MailServer::start(Play::default()).await;
        for kind in AlertKind::ALL {
            assert_eq!(send(to(&server), &message(kind)).await, taken());
            let letter = server.seen().letters.pop().unwrap();
            assert!(letter.is_ascii());
            let name = format!("email.{}", kind.as_str());
            insta::assert_snapshot!(name, letter.replace("\r\n", "\n"));
        }
        assert_eq!(server.seen().letters.len(), AlertKind::ALL.len());
    }

    #[tokio::test]
    async fn nothing_but_the_wish_for_tls_is_said_in_plain_text() {
        let (outcome, server) = played(Play::default()).await;
        assert_eq!(outcome, taken());
        let (open, secret) = said(&server);
        assert_eq!(open, ["GREETING", "EHLO example.org", "STARTTLS"]);
        let login = format!(
            "AUTH PLAIN {}",
            STANDARD.encode("\0mailer\0canary-password")
        );
        assert_eq!(
            secret,
            [
                "tls",
                "EHLO example.org",
                &login,
                "MAIL FROM:<monitorah@example.org>",
                "RCPT TO:<ops@example.org>",
                "RCPT TO:<ann@example.org>",
                "DATA",
                "LETTER",
                "QUIT",
            ]
        );
    }

    #[tokio::test]
    async fn tls_from_the_first_byte() {
        let server = MailServer::start(Play {
            implicit: true,
            ..Play::default()
        })
        .await;
        let mut config = to(&server);
        config["security"] = json!("TLS");
        assert_eq!(send(config, &message(AlertKind::Down)).await, taken());
        assert_eq!(said(&server).0, Vec::<String>::new());
        assert_eq!(server.seen().letters.len(), 1);
    }

    #[tokio::test]
    async fn plain_text_to_this_machine_only() {
        let server = MailServer::start(Play {
            no_starttls: true,
            ..Play::default()
        })
        .await;
        let mut config = config("EMAIL", &format!("smtp://{}", server.address));
        config["security"] = json!("NONE");
        assert_eq!(
            send(config.clone(), &message(AlertKind::Down)).await,
            taken()
        );
        config["host"] = json!(NAME);
        assert_eq!(
            local().refused_by("EMAIL", config.clone()),
            ["/config/security", "/config/password"]
        );
        config["allowUnencrypted"] = json!(true);
        assert_eq!(
            local().refused_by("EMAIL", config.clone()),
            ["/config/password"]
        );
        for field in ["username", "password"] {
            config.as_object_mut().unwrap().remove(field);
        }
        assert_eq!(send(config, &message(AlertKind::Down)).await, taken());
    }

    #[tokio::test]
    async fn a_server_without_starttls_is_told_nothing() {
        let (outcome, server) = played(Play {
            no_starttls: true,
            ..Play::default()
        })
        .await;
        let Err(DeliveryError::Retry { detail, .. }) = outcome else {
            panic!("{outcome:?}");
        };
        assert!(detail.contains("STARTTLS"), "{detail}");
        assert_eq!(
            server.seen().lines,
            ["GREETING", "EHLO example.org", "QUIT"]
        );
    }

    #[tokio::test]
    async fn a_certificate_is_verified_against_the_configured_name() {
        let named = Play {
            named: Some("other.test"),
            ..Play::default()
        };
        let (outcome, server) = played(named).await;
        let unknown = MailServer::start(Play::default()).await;
        let mut untrusted = to(&unknown);
        untrusted.as_object_mut().unwrap().remove("caPem");
        let untrusted = send(untrusted, &message(AlertKind::Down)).await;
        // The address is right, and the certificate is for the name.
        let by_address = {
            let mut config = to(&unknown);
            config["host"] = json!("127.0.0.1");
            send(config, &message(AlertKind::Down)).await
        };
        for (outcome, word) in [
            (outcome, "another name"),
            (untrusted, "no trusted root"),
            (by_address, "another name"),
        ] {
            let Err(DeliveryError::Retry { detail, .. }) = outcome else {
                panic!("{word}: {outcome:?}");
            };
            assert!(detail.contains(word), "{detail}");
        }
        for server in [server, unknown] {
            let lines = server.seen().lines;
            assert!(
                !lines
                    .iter()
                    .any(|line| line.starts_with("AUTH") || line.starts_with("MAIL")),
                "{lines:?}"
            );
        }
    }

    /// CVE-2011-0411 and its kin: what stands behind the answer to STARTTLS in plain text was
    /// written by nobody whom we know.
    #[tokio::test]
    async fn what_is_injected_behind_starttls_is_not_believed() {
        let (outcome, server) = played(Play {
            injected: "250-mail.test\r\n250 SIZE 1\r\n235 welcome\r\n",
            ..Play::default()
        })
        .await;
        let (_, secret) = said(&server);
        match outcome {
            // It came with the answer and was dropped: the session is in step, to its end.
            Ok(receipt) => {
                assert_eq!(Ok(receipt), taken());
                assert_eq!(secret.len(), 9, "{secret:?}");
            }
            // It came later, where a handshake was expected: that ends the session.
            Err(DeliveryError::Retry { .. }) => assert_eq!(secret, Vec::<String>::new()),
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn what_each_answer_means() {
        for (at, permanent, transient) in [
            ("GREETING", "554 no", "421 later"),
            ("EHLO", "550 no", "421 later"),
            ("AUTH", "535 canary-password is wrong", "454 later"),
            ("MAIL", "550 no", "451 later"),
            ("RCPT", "550 no", "450 grey"),
            ("DATA", "554 no", "451 later"),
            ("LETTER", "554 spam", "452 full"),
        ] {
            for (reply, again) in [(permanent, false), (transient, true)] {
                let (outcome, _server) = played(Play {
                    answers: vec![(at, reply)],
                    ..Play::default()
                })
                .await;
                let code = reply.split(' ').next().unwrap().parse().ok();
                match outcome {
                    Err(DeliveryError::Refused { status_code, .. }) if !again => {
                        assert_eq!(status_code, code, "{at}");
                    }
                    Err(DeliveryError::Retry { status_code, .. }) if again => {
                        assert_eq!(status_code, code, "{at}");
                    }
                    other => panic!("{at} {reply}: {other:?}"),
                }
            }
        }
    }

    #[tokio::test]
    async fn one_bad_recipient_keeps_it_from_nobody_else() {
        // The rig's deliveries do not come back, so that 450 is final enough.
        for reply in ["550 no such user", "450 grey", "452 full"] {
            let (outcome, server) = played(Play {
                answers: vec![("RCPT TO:<ops", reply)],
                ..Play::default()
            })
            .await;
            let receipt = outcome.unwrap();
            assert_eq!(receipt.status_code, Some(250));
            let note = receipt.note.unwrap();
            assert_eq!(
                note,
                "taken, but not for 1 of 2 recipients: number 1 in the list"
            );
            assert_eq!(server.seen().letters.len(), 1);
        }
        // When nobody is taken, one who may be taken later is worth another attempt.
        let (outcome, server) = played(Play {
            answers: vec![("RCPT TO:<ops", "550 no"), ("RCPT TO:<ann", "450 grey")],
            ..Play::default()
        })
        .await;
        let Err(DeliveryError::Retry {
            status_code: Some(450),
            ..
        }) = outcome
        else {
            panic!("{outcome:?}");
        };
        assert!(server.seen().letters.is_empty());
    }

    #[tokio::test]
    async fn who_would_be_taken_in_a_minute_is_waited_for_and_a_full_mailbox_is_not() {
        let first = async |answers: Vec<(&'static str, &'static str)>| {
            let play = Play {
                answers,
                ..Play::default()
            };
            let server = MailServer::start(play).await;
            let mut rig = local();
            rig.env.comes_back_soon = true;
            let channel = rig.of("EMAIL", to(&server));
            (channel.deliver(&message(AlertKind::Down)).await, server)
        };
        for answers in [
            vec![("RCPT TO:<ann", "450 grey")],
            vec![("RCPT TO:<ann", "451 later")],
        ] {
            let (outcome, server) = first(answers.clone()).await;
            let Err(DeliveryError::Retry { detail, .. }) = outcome else {
                panic!("{answers:?}: {outcome:?}");
            };
            assert!(detail.ends_with("to recipient 2"), "{detail}");
            discreet(&detail);
            let seen = server.seen();
            assert!(
                seen.letters.is_empty(),
                "nobody has it, so that all get it once"
            );
            assert!(!seen.lines.iter().any(|line| line == "DATA"), "{seen:?}");
        }
        for reply in ["452 full", "550 no such user"] {
            let (outcome, server) = first(vec![("RCPT TO:<ops", reply)]).await;
            let note = outcome.unwrap().note.unwrap();
            assert!(note.starts_with("taken, but not for 1 of 2"), "{note}");
            assert_eq!(server.seen().letters.len(), 1);
        }
    }

    #[tokio::test]
    async fn a_server_that_hangs_is_left_at_the_time_limit_wherever_it_does() {
        for at in [
            "GREETING", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "LETTER",
        ] {
            let server = MailServer::start(Play {
                hang_at: Some(at),
                ..Play::default()
            })
            .await;
            let clock = ManualClock::new(3);
            let environment: Arc<ManualClock> = Arc::clone(&clock);
            // The certificate is of the real time.
            clock.step_wall({
                use monitorah_core::environment::Environment;
                SystemEnvironment::new().now().duration_since(clock.now())
            });
            let rig = rig(environment);
            let channel = rig.of("EMAIL", to(&server));
            let down = message(AlertKind::Down);
            let (outcome, ()) = tokio::join!(channel.deliver(&down), async {
                server.saw(at).await;
                clock.advance(Duration::from_secs(10));
            });
            let expected = DeliveryError::Retry {
                detail: "no answer within 10 s".to_owned(),
                status_code: None,
                after: None,
            };
            assert_eq!(outcome, Err(expected), "{at}");
        }
    }

    #[tokio::test]
    async fn a_connection_that_breaks_off_is_tried_again_and_a_farewell_is_not_missed() {
        for at in [
            "GREETING", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "LETTER",
        ] {
            let (outcome, _server) = played(Play {
                close_at: Some(at),
                ..Play::default()
            })
            .await;
            assert!(
                matches!(
                    outcome,
                    Err(DeliveryError::Retry {
                        status_code: None,
                        ..
                    })
                ),
                "{at}: {outcome:?}"
            );
        }
        let (outcome, _server) = played(Play {
            close_at: Some("QUIT"),
            ..Play::default()
        })
        .await;
        assert_eq!(outcome, taken());
        let closed = closed_address().await.unwrap();
        let closed = config("EMAIL", &format!("smtp://{closed}"));
        let outcome = send(closed, &message(AlertKind::Down)).await;
        let Err(DeliveryError::Retry { detail, .. }) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(detail, "nothing accepts connections at the port");
    }

    #[tokio::test]
    async fn what_is_no_mail_server_is_tried_again() {
        let (outcome, _server) = played(Play {
            answers: vec![("GREETING", "HTTP/1.1 400 Bad Request")],
            ..Play::default()
        })
        .await;
        let Err(DeliveryError::Retry { detail, .. }) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(detail, "the server does not speak SMTP");
    }

    /// The headers of a letter, unfolded.
    fn headers(letter: &str) -> Vec<(String, String)> {
        let head = letter.split("\r\n\r\n").next().unwrap();
        let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        unfolded
            .split("\r\n")
            .map(|line| {
                let (name, value) = line.split_once(": ").unwrap();
                (name.to_owned(), value.to_owned())
            })
            .collect()
    }

    #[tokio::test]
    async fn no_text_becomes_a_header_a_recipient_or_the_end_of_the_letter() {
        let server = MailServer::start(Play::default()).await;
        send(to(&server), &message(AlertKind::Down)).await.unwrap();
        let first = server.seen().letters[0].clone();
        let (_, boundary_of_before) = first.split_once("boundary=\"").unwrap();
        let boundary_of_before = boundary_of_before.split('"').next().unwrap();
        let plain: Vec<_> = headers(&first).into_iter().map(|(name, _)| name).collect();
        for text in [
            "a\r\nBcc: evil@example.net\r\n\r\nbody",
            "a\nBcc: evil@example.net",
            "a\r\n.\r\nMAIL FROM:<evil@example.net>\r\nRCPT TO:<evil@example.net>\r\nDATA",
            "\u{2028}Bcc: evil@example.net\u{85}Bcc: evil@example.net",
            ".\r\n..\r\n...",
            &format!("--{boundary_of_before}--"),
            &format!("--{boundary_of_before}\r\nContent-Type: text/html\r\n\r\n<b>"),
            "=?utf-8?q?=0D=0ABcc:_evil@example.net?=",
            &"ü\u{1f534}".repeat(5_000),
            &"x".repeat(50_000),
        ] {
            let before = server.seen();
            assert_eq!(send(to(&server), &hostile_message(text)).await, taken());
            let seen = server.seen();
            assert_eq!(seen.letters.len(), before.letters.len() + 1);
            let letter = seen.letters.last().unwrap();
            let names: Vec<_> = headers(letter).into_iter().map(|(name, _)| name).collect();
            assert_eq!(names, plain, "{text:?}");
            let recipients = seen.lines[before.lines.len()..]
                .iter()
                .filter(|line| line.starts_with("RCPT"))
                .count();
            assert_eq!(recipients, 2);
            assert!(
                letter.lines().all(|line| line.len() <= 998),
                "RFC 5322, 2.1.1"
            );
            assert!(letter.len() < 64 * 1024, "{}", letter.len());
            // The parts are still two: the boundary stands three times, at the start of a line.
            let (_, boundary) = letter.split_once("boundary=\"").unwrap();
            let boundary = boundary.split('"').next().unwrap();
            let stands = letter.matches(&format!("\r\n--{boundary}")).count();
            assert_eq!(stands, 3, "{text:?}: {letter}");
        }
    }

    /// F2: a second attempt is the same letter, and everything about one event is one thread.
    #[tokio::test]
    async fn a_second_attempt_is_the_same_letter() {
        let server = MailServer::start(Play::default()).await;
        for kind in [AlertKind::Down, AlertKind::Down, AlertKind::Up] {
            send(to(&server), &message(kind)).await.unwrap();
        }
        let letters = server.seen().letters;
        assert_eq!(letters[0], letters[1]);
        let of = |letter: &str, name: &str| {
            let mut headers = headers(letter).into_iter();
            headers.find(|(known, _)| known == name).unwrap().1
        };
        assert_eq!(
            of(&letters[0], "Message-ID"),
            "<ntf_11111111111111111111111111111111@example.org>"
        );
        assert_eq!(of(&letters[0], "Auto-Submitted"), "auto-generated");
        for letter in &letters {
            assert_eq!(
                of(letter, "References"),
                "<evt_22222222222222222222222222222222@example.org>"
            );
        }
    }

    #[test]
    fn what_a_configuration_may_not_say() {
        let good = config("EMAIL", "smtp://mail.example.org:587");
        let rig = local();
        rig.of("EMAIL", good.clone());
        let with = |field: &str, value: Value| {
            let mut config = good.clone();
            config[field] = value;
            rig.refused_by("EMAIL", config)
        };
        for (field, value, pointers) in [
            ("host", json!(""), &["/config/host"][..]),
            ("host", json!("fe80::1%canary"), &["/config/host"]),
            ("host", json!("a b"), &["/config/host"]),
            ("port", json!(0), &["/config/port"]),
            ("port", json!(70_000), &["/config/port"]),
            ("security", json!("SSL"), &["/config/security"]),
            ("username", Value::Null, &["/config/username"]),
            ("password", Value::Null, &["/config/password"]),
            ("password", json!("canary\r\n"), &["/config/password"]),
            ("username", json!("canary\r\n"), &["/config/username"]),
            ("from", json!("canary"), &["/config/from"]),
            (
                "from",
                json!("a@b.example\r\nBcc: canary@c.example"),
                &["/config/from"],
            ),
            ("to", json!([]), &["/config/to"]),
            ("to", json!(vec!["a@b.example"; 51]), &["/config/to"]),
            (
                "to",
                json!(["a@b.example", "canary", "ü@b.example"]),
                &["/config/to/1", "/config/to/2"],
            ),
            (
                "to",
                json!(["a@b.example", "A <a@b.example>"]),
                &["/config/to/1"],
            ),
            ("to", json!("canary@b.example"), &["/config/to"]),
            ("caPem", json!("canary"), &["/config/caPem"]),
            ("unknown", json!("canary"), &["/config/unknown"]),
        ] {
            assert_eq!(with(field, value.clone()), pointers, "{field} {value}");
        }
        // Everything that is wrong is said at once.
        let all = json!({"host": "", "from": "x", "to": ["y"], "username": "z", "caPem": "c"});
        assert_eq!(
            rig.refused_by("EMAIL", all),
            [
                "/config/host",
                "/config/password",
                "/config/from",
                "/config/to/0",
                "/config/caPem",
            ]
        );
    }

    #[test]
    fn the_schema_says_what_is_needed_and_what_is_secret() {
        let rig = local();
        let kind = rig.kind("EMAIL");
        let schema = kind.schema.as_value();
        assert_eq!(schema["additionalProperties"], json!(false));
        assert_eq!(schema["required"], json!(["host", "from", "to"]));
        assert_eq!(schema.to_string().matches("writeOnly").count(), 1);
        assert_eq!(kind.secrets, ["/password"]);
    }
}
