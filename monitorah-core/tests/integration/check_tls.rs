//! TLS over loopback: trust, names, expiry, versions, and four protocols that begin without it.

#[cfg(test)]
mod tests {
    use crate::rig::{
        Authority, Identity, Server, any_net, closed_port, full_listener, look, refused,
    };
    use jiff::{Timestamp, ToSpan, tz::TimeZone};
    use monitorah_core::{Observation, Reason, Status};
    use rustls::{
        SupportedProtocolVersion,
        pki_types::PrivateKeyDer,
        version::{TLS12, TLS13},
    };
    use serde_json::{Value, json};
    use std::sync::Arc;
    use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

    fn verdict(seen: &Observation) -> (Status, Reason) {
        (seen.status, seen.reason)
    }

    async fn tls(target: &str, config: Value) -> Observation {
        look(&any_net(), "TLS", target, config, 5000).await
    }

    fn target(server: &Server, host: &str) -> String {
        format!("{host}:{}", server.address.port())
    }

    /// A server that ends every session after its handshake.
    async fn serving(identity: &Identity) -> Server {
        let acceptor = tokio_rustls::TlsAcceptor::from(identity.server_config());
        accepting(acceptor).await
    }

    async fn accepting(acceptor: tokio_rustls::TlsAcceptor) -> Server {
        Server::start("127.0.0.1", move |stream| {
            let acceptor = acceptor.clone();
            Box::pin(async move {
                if let Ok(mut session) = acceptor.accept(stream).await {
                    let _closed = session.shutdown().await;
                }
            })
        })
        .await
    }

    async fn speaking(
        identity: &Identity,
        versions: &[&'static SupportedProtocolVersion],
    ) -> Server {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let key = PrivateKeyDer::try_from(identity.key.serialize_der()).unwrap();
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(identity.chain.clone(), key)
            .unwrap();
        accepting(tokio_rustls::TlsAcceptor::from(Arc::new(config))).await
    }

    /// A leaf that ends so many days and one hour from now.
    fn ending_in(authority: &Authority, days: i64) -> Identity {
        #[expect(
            clippy::disallowed_methods,
            reason = "certificates are of the real clock"
        )]
        let now = Timestamp::now();
        let end = now.checked_add((days * 24 + 1).hours()).unwrap();
        let end = end.to_zoned(TimeZone::UTC).datetime();
        let mut params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(2020, 1, 1);
        // rcgen knows dates only; the time of day is added in its own type.
        let month = u8::try_from(end.month()).unwrap();
        let day = u8::try_from(end.day()).unwrap();
        let seconds = i64::from(end.hour()) * 3600 + i64::from(end.minute()) * 60;
        params.not_after = rcgen::date_time_ymd(i32::from(end.year()), month, day)
            + std::time::Duration::from_secs(u64::try_from(seconds).unwrap());
        let key = rcgen::KeyPair::generate().unwrap();
        let leaf = params.signed_by(&key, &authority.issuer).unwrap();
        Identity {
            chain: vec![leaf.der().clone()],
            key,
            client_roots: None,
            alpn: Vec::new(),
        }
    }

    #[tokio::test]
    async fn up_with_the_certificate_and_its_phases() {
        let authority = Authority::new();
        let server = serving(&authority.issue(&["localhost"], 2020, 2035)).await;
        let seen = tls(
            &target(&server, "localhost"),
            json!({"caPem": authority.pem(), "addressFamily": "IPV4"}),
        )
        .await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");
        assert!(seen.timings.connect.is_some() && seen.timings.tls.is_some());
        let certificate = seen.certificate.unwrap();
        assert_eq!(certificate.subject, "CN=leaf");
        assert_eq!(
            certificate.not_after,
            "2035-01-01T00:00:00Z".parse().unwrap()
        );
    }

    #[tokio::test]
    async fn each_bad_certificate_has_its_reason_and_is_shown() {
        let authority = Authority::new();
        let stranger = Authority::new();
        let key = rcgen::KeyPair::generate().unwrap();
        let params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let own = params.self_signed(&key).unwrap();
        let self_signed = Identity {
            chain: vec![own.der().clone()],
            key,
            client_roots: None,
            alpn: Vec::new(),
        };
        for (identity, reason) in [
            (
                authority.issue(&["localhost"], 2010, 2020),
                Reason::TlsExpired,
            ),
            (
                authority.issue(&["localhost"], 2037, 2038),
                Reason::TlsExpired,
            ),
            (
                authority.issue(&["other.test"], 2020, 2035),
                Reason::TlsHostname,
            ),
            (
                stranger.issue(&["localhost"], 2020, 2035),
                Reason::TlsUntrusted,
            ),
            (self_signed, Reason::TlsUntrusted),
        ] {
            let server = serving(&identity).await;
            let target = target(&server, "localhost");
            let seen = tls(&target, json!({"caPem": authority.pem()})).await;
            assert_eq!(verdict(&seen), (Status::Down, reason), "{seen:?}");
            assert!(seen.certificate.is_some());

            // Nothing is verified: trust and name are not judged, the time still is.
            let seen = tls(&target, json!({"skipTlsVerification": true})).await;
            let expected = match reason {
                Reason::TlsExpired => (Status::Down, Reason::TlsExpired),
                _ => (Status::Up, Reason::Ok),
            };
            assert_eq!(verdict(&seen), expected, "{seen:?}");
        }
    }

    #[tokio::test]
    async fn the_name_may_differ_from_the_host() {
        let authority = Authority::new();
        let server = serving(&authority.issue(&["other.test"], 2020, 2035)).await;
        let config = json!({"caPem": authority.pem(), "serverName": "other.test"});
        let seen = tls(&target(&server, "127.0.0.1"), config).await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");
    }

    #[tokio::test]
    async fn days_left_are_judged_at_their_borders() {
        let authority = Authority::new();
        let server = serving(&ending_in(&authority, 10)).await;
        let target = target(&server, "localhost");
        for (warning, down, expected) in [
            (10, 0, (Status::Up, Reason::Ok)),
            (11, 0, (Status::Degraded, Reason::TlsExpiring)),
            (0, 0, (Status::Up, Reason::Ok)),
            (0, 11, (Status::Down, Reason::TlsExpiring)),
            (30, 11, (Status::Down, Reason::TlsExpiring)),
            (30, 10, (Status::Degraded, Reason::TlsExpiring)),
        ] {
            let config =
                json!({"caPem": authority.pem(), "warningDays": warning, "downDays": down});
            let seen = tls(&target, config).await;
            assert_eq!(verdict(&seen), expected, "{warning} {down} {seen:?}");
            if seen.status != Status::Up {
                assert_eq!(seen.detail.unwrap(), "a certificate expires in 10 days");
            }
        }
        // The default warns two weeks before.
        let seen = tls(&target, json!({"caPem": authority.pem()})).await;
        assert_eq!(seen.status, Status::Degraded);
    }

    #[tokio::test]
    async fn versions_are_told_apart() {
        let authority = Authority::new();
        let identity = authority.issue(&["localhost"], 2020, 2035);
        let old = json!({"caPem": authority.pem()});
        let new = json!({"caPem": authority.pem(), "minProtocol": "TLS_1_3"});
        for (version, config, expected) in [
            (&TLS12, &old, (Status::Up, Reason::Ok)),
            (&TLS12, &new, (Status::Down, Reason::TlsOldProtocol)),
            (&TLS13, &old, (Status::Up, Reason::Ok)),
            (&TLS13, &new, (Status::Up, Reason::Ok)),
        ] {
            let server = speaking(&identity, &[version]).await;
            let seen = tls(&target(&server, "localhost"), config.clone()).await;
            assert_eq!(verdict(&seen), expected, "{seen:?}");
            assert!(seen.certificate.is_some());
        }
        // A server that knows nothing newer than TLS 1.1 says so with this alert.
        let server = Server::start("127.0.0.1", |mut stream| {
            Box::pin(async move {
                let mut hello = [0; 512];
                let _read = stream.read(&mut hello).await;
                let _closed = stream.write_all(b"\x15\x03\x01\x00\x02\x02\x46").await;
                let _wait = stream.read(&mut hello).await;
            })
        })
        .await;
        let seen = tls(&target(&server, "localhost"), old).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::TlsOldProtocol));
    }

    #[tokio::test]
    async fn no_tls_no_listener_and_no_answer() {
        let plain = Server::start("127.0.0.1", |mut stream| {
            Box::pin(async move {
                let mut hello = [0; 512];
                let _read = stream.read(&mut hello).await;
                let _closed = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
                let _closed = stream.shutdown().await;
            })
        })
        .await;
        let seen = tls(&target(&plain, "127.0.0.1"), json!({})).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::TlsHandshake));
        assert_eq!(seen.detail.unwrap(), "the server's answer is not TLS");
        let (_held, address) = closed_port();
        let seen = tls(&address.to_string(), json!({})).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::ConnectRefused));
        let (_full, address) = full_listener().await;
        let seen = look(&any_net(), "TLS", &address.to_string(), json!({}), 300).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::ConnectTimeout));
        let silent = Server::stalling("").await;
        let target = silent.address.to_string();
        let seen = look(&any_net(), "TLS", &target, json!({}), 300).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::TlsHandshake));
    }

    #[tokio::test]
    async fn a_client_certificate_is_shown() {
        let authority = Authority::new();
        let client = authority.issue(&["client.test"], 2020, 2035);
        let mut identity = authority.issue(&["localhost"], 2020, 2035);
        identity.client_roots = Some(authority.der());
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut roots = rustls::RootCertStore::empty();
        roots.add(authority.der()).unwrap();
        let verifier = rustls::server::WebPkiClientVerifier::builder_with_provider(
            Arc::new(roots),
            Arc::clone(&provider),
        )
        .build()
        .unwrap();
        let key = PrivateKeyDer::try_from(identity.key.serialize_der()).unwrap();
        // With TLS 1.2 the handshake itself tells whether the server was content.
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS12])
            .unwrap()
            .with_client_cert_verifier(verifier)
            .with_single_cert(identity.chain.clone(), key)
            .unwrap();
        let server = accepting(tokio_rustls::TlsAcceptor::from(Arc::new(config))).await;
        let mut config = json!({"caPem": authority.pem()});
        let target = target(&server, "localhost");
        let seen = tls(&target, config.clone()).await;
        assert_eq!(
            verdict(&seen),
            (Status::Down, Reason::TlsHandshake),
            "{seen:?}"
        );
        config["clientCertificate"] = json!({
            "certificatePem": client.pem(),
            "privateKeyPem": client.key.serialize_pem(),
        });
        let seen = tls(&target, config).await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");
    }

    /// What a server says and waits for, line by line, before it begins TLS.
    type Script = &'static [(&'static str, &'static str)];

    async fn starting(identity: &Identity, script: Script, begin: bool) -> Server {
        let acceptor = tokio_rustls::TlsAcceptor::from(identity.server_config());
        Server::start("127.0.0.1", move |stream| {
            let acceptor = acceptor.clone();
            Box::pin(async move {
                let mut stream = BufReader::new(stream);
                for (wanted, said) in script {
                    if !wanted.is_empty() {
                        let mut line = String::new();
                        stream.read_line(&mut line).await.unwrap();
                        assert_eq!(line.trim_end(), *wanted);
                    }
                    let _closed = stream.write_all(said.as_bytes()).await;
                    let _closed = stream.flush().await;
                }
                if begin {
                    assert!(stream.buffer().is_empty(), "nothing was sent ahead");
                    if let Ok(mut session) = acceptor.accept(stream.into_inner()).await {
                        let _closed = session.shutdown().await;
                    }
                }
            })
        })
        .await
    }

    const SMTP: Script = &[
        ("", "220-mail.test\r\n220 ready\r\n"),
        (
            "EHLO monitorah.invalid",
            "250-mail.test\r\n250 STARTTLS\r\n",
        ),
        ("STARTTLS", "220 go\r\n"),
    ];
    const IMAP: Script = &[
        ("", "* OK ready\r\n"),
        ("a STARTTLS", "* CAPABILITY IMAP4rev2\r\na OK begin\r\n"),
    ];
    const POP3: Script = &[("", "+OK ready\r\n"), ("STLS", "+OK begin\r\n")];

    #[tokio::test]
    async fn tls_begins_after_what_each_protocol_says_first() {
        let authority = Authority::new();
        let identity = authority.issue(&["localhost"], 2020, 2035);
        for (protocol, script) in [("SMTP", SMTP), ("IMAP", IMAP), ("POP3", POP3)] {
            let server = starting(&identity, script, true).await;
            let config = json!({"caPem": authority.pem(), "startTls": protocol});
            let seen = tls(&target(&server, "localhost"), config).await;
            assert_eq!(
                verdict(&seen),
                (Status::Up, Reason::Ok),
                "{protocol} {seen:?}"
            );
            assert!(seen.certificate.is_some());
        }
        for (protocol, script, reason) in [
            (
                "SMTP",
                &[("", "554 no\r\n")] as Script,
                Reason::TlsHandshake,
            ),
            (
                "SMTP",
                &[
                    ("", "220 a\r\n"),
                    ("EHLO monitorah.invalid", "250 a\r\n"),
                    ("STARTTLS", "502 no\r\n"),
                ],
                Reason::TlsHandshake,
            ),
            ("SMTP", &[("", "+OK a pop\r\n")], Reason::Protocol),
            (
                "IMAP",
                &[("", "* OK a\r\n"), ("a STARTTLS", "a BAD no\r\n")],
                Reason::TlsHandshake,
            ),
            (
                "POP3",
                &[("", "+OK a\r\n"), ("STLS", "-ERR no\r\n")],
                Reason::TlsHandshake,
            ),
            ("POP3", &[("", "")], Reason::TlsHandshake),
        ] {
            let server = starting(&identity, script, false).await;
            let seen = tls(&target(&server, "localhost"), json!({"startTls": protocol})).await;
            assert_eq!(
                verdict(&seen),
                (Status::Down, reason),
                "{script:?} {seen:?}"
            );
        }
        // A line without an end is given up, not collected.
        let endless = Server::start("127.0.0.1", |mut stream| {
            Box::pin(async move { while stream.write_all(&[b'2'; 4096]).await.is_ok() {} })
        })
        .await;
        let seen = tls(&target(&endless, "localhost"), json!({"startTls": "SMTP"})).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::Protocol));
    }

    #[tokio::test]
    async fn postgres_answers_one_byte() {
        let authority = Authority::new();
        let identity = authority.issue(&["localhost"], 2020, 2035);
        for (byte, expected) in [
            (b'S', (Status::Up, Reason::Ok)),
            (b'N', (Status::Down, Reason::TlsHandshake)),
            (b'E', (Status::Down, Reason::Protocol)),
        ] {
            let acceptor = tokio_rustls::TlsAcceptor::from(identity.server_config());
            let server = Server::start("127.0.0.1", move |mut stream| {
                let acceptor = acceptor.clone();
                Box::pin(async move {
                    let mut request = [0; 8];
                    stream.read_exact(&mut request).await.unwrap();
                    assert_eq!(request, [0, 0, 0, 8, 4, 210, 22, 47]);
                    let _closed = stream.write_all(&[byte]).await;
                    let _closed = acceptor.accept(stream).await;
                })
            })
            .await;
            let config = json!({"caPem": authority.pem(), "startTls": "POSTGRES"});
            let seen = tls(&target(&server, "localhost"), config).await;
            assert_eq!(verdict(&seen), expected, "{seen:?}");
        }
    }

    #[test]
    fn refusals() {
        for (target, config, pointer) in [
            ("", json!({}), "/target"),
            ("https://a.test", json!({}), "/target"),
            ("a.test:0", json!({}), "/target"),
            ("a.test", json!({"serverName": "a b"}), "/config/serverName"),
            ("a.test", json!({"warningDays": 826}), "/config/warningDays"),
            (
                "a.test",
                json!({"warningDays": 5, "downDays": 6}),
                "/config/warningDays",
            ),
            (
                "a.test",
                json!({"minProtocol": "TLS_1_1"}),
                "/config/minProtocol",
            ),
            ("a.test", json!({"startTls": "LDAP"}), "/config/startTls"),
            ("a.test", json!({"caPem": "x"}), "/config/caPem"),
            (
                "a.test",
                json!({"clientCertificate": {"certificatePem": "x", "privateKeyPem": "y"}}),
                "/config/clientCertificate/certificatePem",
            ),
        ] {
            let wrong = refused("TLS", target, config.clone());
            assert_eq!(wrong[0].0, pointer, "{target} {config}: {wrong:?}");
        }
        let both = json!({"skipTlsVerification": true, "caPem": Authority::new().pem()});
        assert_eq!(
            refused("TLS", "a.test", both)[0].0,
            "/config/skipTlsVerification"
        );
    }
}
