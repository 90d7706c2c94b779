//! HTTPS over loopback: what each certificate and each handshake says.

#[cfg(test)]
mod tests {
    use crate::rig::{
        Authority, Identity, Server, any_net, environment, http, look, ok, redirect_to, serve_http2,
    };
    use monitorah_core::{
        Observation, Reason, Status,
        net::{AddressGuard, Net, NetOptions},
    };
    use serde_json::json;
    use std::sync::Arc;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    fn verdict(observation: &Observation) -> (Status, Reason) {
        (observation.status, observation.reason)
    }

    async fn well(identity: Identity) -> Server {
        Server::tls(identity, |_| ok("secure")).await
    }

    #[tokio::test]
    async fn up_with_the_certificate_and_its_phase() {
        let authority = Authority::new();
        let server = well(authority.issue(&["localhost"], 2020, 2035)).await;
        let config = json!({"caPem": authority.pem(), "addressFamily": "IPV4"});
        let seen = http(&server.https("localhost"), config).await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");
        assert!(seen.timings.tls.is_some());
        let certificate = seen.certificate.unwrap();
        assert_eq!(certificate.subject, "CN=leaf");
        assert_eq!(certificate.issuer, "CN=Monitorah test root");
        assert_eq!(
            certificate.not_after,
            "2035-01-01T00:00:00Z".parse().unwrap()
        );
        assert_eq!(
            certificate.not_before,
            "2020-01-01T00:00:00Z".parse().unwrap()
        );
        assert_eq!(certificate.fingerprint.len(), 64);
    }

    #[tokio::test]
    async fn the_earliest_expiry_of_the_chain_counts() {
        let authority = Authority::valid_until(2030);
        let mut identity = authority.issue(&["localhost"], 2020, 2035);
        identity.chain.push(authority.der());
        let server = well(identity).await;
        let config = json!({
            "caPem": authority.pem(),
            "assertions": [{"type": "CERTIFICATE_DAYS", "min": 825, "severity": "DEGRADED"}],
        });
        let seen = http(&server.https("localhost"), config).await;
        assert_eq!(seen.status, Status::Up, "{seen:?}");
        assert_eq!(
            seen.certificate.unwrap().not_after,
            "2030-01-01T00:00:00Z".parse().unwrap()
        );
    }

    #[tokio::test]
    async fn refused_certificates_are_shown_nevertheless() {
        let authority = Authority::new();
        let stranger = Authority::new();
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
        ] {
            let server = well(identity).await;
            let target = server.https("localhost");
            let seen = http(&target, json!({"caPem": authority.pem()})).await;
            assert_eq!(verdict(&seen), (Status::Down, reason));
            assert_eq!(seen.certificate.as_ref().unwrap().subject, "CN=leaf");
            assert!(seen.timings.connect.is_some());

            let trusting = http(&target, json!({"skipTlsVerification": true})).await;
            assert_eq!(trusting.status, Status::Up, "{trusting:?}");
            assert_eq!(trusting.certificate, seen.certificate);
        }
    }

    #[tokio::test]
    async fn self_signed_is_untrusted() {
        let key = rcgen::KeyPair::generate().unwrap();
        let params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let leaf = params.self_signed(&key).unwrap();
        let server = well(Identity {
            chain: vec![leaf.der().clone()],
            key,
            client_roots: None,
            alpn: Vec::new(),
        })
        .await;
        let seen = http(&server.https("localhost"), json!({})).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::TlsUntrusted));
        assert!(seen.certificate.is_some());
    }

    #[tokio::test]
    async fn an_address_is_verified_as_an_address() {
        let authority = Authority::new();
        let server = well(authority.issue(&["127.0.0.1"], 2020, 2035)).await;
        let config = json!({"caPem": authority.pem()});
        let seen = http(&server.https("127.0.0.1"), config.clone()).await;
        assert_eq!(seen.status, Status::Up, "{seen:?}");
        let seen = http(&server.https("localhost"), config).await;
        assert_eq!(seen.reason, Reason::TlsHostname);
    }

    #[tokio::test]
    async fn roots_of_the_operator_serve_every_check() {
        let authority = Authority::new();
        let server = well(authority.issue(&["localhost"], 2020, 2035)).await;
        let options = NetOptions {
            guard: AddressGuard::any(),
            extra_roots_pem: Some(authority.pem()),
            ..NetOptions::default()
        };
        let net = Arc::new(Net::new(environment(), options).unwrap());
        let target = server.https("localhost");
        let seen = look(&net, "HTTP", &target, json!({}), 10_000).await;
        assert_eq!(seen.status, Status::Up, "{seen:?}");
    }

    #[tokio::test]
    async fn old_protocols_are_told_apart() {
        // The alert protocol_version, and a server hello of TLS 1.1.
        let alert = b"\x15\x03\x01\x00\x02\x02\x46".to_vec();
        let mut hello = b"\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02".to_vec();
        hello.extend([7; 32]);
        hello.extend(b"\x00\x00\x2f\x00");
        for reply in [alert, hello] {
            let server = Server::start("127.0.0.1", move |mut stream| {
                let reply = reply.clone();
                Box::pin(async move {
                    let mut hello = [0; 512];
                    let _read = stream.read(&mut hello).await;
                    let _closed = stream.write_all(&reply).await;
                    let _wait = stream.read(&mut hello).await;
                })
            })
            .await;
            let seen = http(&server.https("localhost"), json!({})).await;
            assert_eq!(
                verdict(&seen),
                (Status::Down, Reason::TlsOldProtocol),
                "{seen:?}"
            );
        }
    }

    #[tokio::test]
    async fn no_tls_at_all_and_a_closed_handshake() {
        for reply in ["HTTP/1.1 400 Bad Request\r\n\r\n", ""] {
            let server = Server::start("127.0.0.1", move |mut stream| {
                Box::pin(async move {
                    let mut hello = vec![0; 4096];
                    let _read = stream.read(&mut hello).await;
                    let _closed = stream.write_all(reply.as_bytes()).await;
                    let _closed = stream.shutdown().await;
                })
            })
            .await;
            let seen = http(&server.https("localhost"), json!({})).await;
            assert_eq!(verdict(&seen), (Status::Down, Reason::TlsHandshake));
        }
    }

    #[tokio::test]
    async fn http2_by_alpn_and_http1_when_asked() {
        let authority = Authority::new();
        let mut identity = authority.issue(&["localhost"], 2020, 2035);
        identity.alpn = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let acceptor = tokio_rustls::TlsAcceptor::from(identity.server_config());
        let server = Server::start("127.0.0.1", move |stream| {
            let acceptor = acceptor.clone();
            Box::pin(async move {
                let Ok(mut session) = acceptor.accept(stream).await else {
                    return;
                };
                if session.get_ref().1.alpn_protocol() == Some(b"h2") {
                    serve_http2(session, |_| http::Response::new("two".to_owned())).await;
                } else {
                    crate::rig::read_head(&mut session).await;
                    let _closed = session.write_all(ok("one").as_bytes()).await;
                    let _closed = session.shutdown().await;
                }
            })
        })
        .await;
        for (version, text) in [("AUTO", "two"), ("HTTP2", "two"), ("HTTP1", "one")] {
            let config = json!({
                "method": "GET",
                "caPem": authority.pem(),
                "httpVersion": version,
                "assertions": [{"type": "BODY_CONTAINS", "text": text}],
            });
            let seen = http(&server.https("localhost"), config).await;
            assert_eq!(
                verdict(&seen),
                (Status::Up, Reason::Ok),
                "{version} {seen:?}"
            );
        }
    }

    #[tokio::test]
    async fn client_certificate_is_shown_at_home_only() {
        let authority = Authority::new();
        let client = authority.issue(&["client.test"], 2020, 2035);
        let mut identity = authority.issue(&["localhost"], 2020, 2035);
        identity.client_roots = Some(authority.der());
        let server = Server::tls(identity, |_| ok("")).await;
        let mut config = json!({
            "caPem": authority.pem(),
            "clientCertificate": {
                "certificatePem": client.pem(),
                "privateKeyPem": client.key.serialize_pem(),
            },
        });
        let target = server.https("localhost");
        let seen = http(&target, config.clone()).await;
        assert_eq!(seen.status, Status::Up, "{seen:?}");
        let seen = http(&target, json!({"caPem": authority.pem()})).await;
        assert_eq!(seen.status, Status::Down, "without a certificate");

        let hop = Server::replying(redirect_to(&target)).await;
        config["followRedirects"] = json!(true);
        let seen = http(&hop.url(), config).await;
        assert_eq!(seen.status, Status::Down, "another origin gets none");
    }

    #[tokio::test]
    async fn a_body_cut_off_below_tls_is_truncated() {
        let authority = Authority::new();
        let identity = authority.issue(&["localhost"], 2020, 2035);
        let acceptor = tokio_rustls::TlsAcceptor::from(identity.server_config());
        let server = Server::start("127.0.0.1", move |stream| {
            let acceptor = acceptor.clone();
            Box::pin(async move {
                let mut session = acceptor.accept(stream).await.unwrap();
                crate::rig::read_head(&mut session).await;
                // No length and no close_notify: an attacker could have cut it off.
                let _closed = session.write_all(b"HTTP/1.1 200 OK\r\n\r\nhalf").await;
                let _closed = session.flush().await;
                let (mut tcp, _) = session.into_inner();
                let _closed = tcp.shutdown().await;
            })
        })
        .await;
        let config = json!({"method": "GET", "caPem": authority.pem()});
        let seen = http(&server.https("localhost"), config).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::BodyTruncated));
    }

    #[tokio::test]
    async fn the_shared_policy_is_shared() {
        let net = any_net();
        let plain = monitorah_core::net::TlsOptions::default();
        assert!(net.tls_policy(&plain).is_ok());
        let wrong = monitorah_core::net::TlsOptions {
            extra_roots_pem: Some("no certificate"),
            ..plain
        };
        let error = net.tls_policy(&wrong).unwrap_err();
        assert_eq!(error.fields[0].pointer, "/config/caPem");
    }
}
