//! HTTP over loopback: each reason that an answer, or its absence, can give.

#[cfg(test)]
mod tests {
    use crate::rig::{
        Script, Server, any_net, http, look, net_with, ok, public_net, read_head, redirect_to,
    };
    use monitorah_core::{
        Observation, Reason, Status,
        net::{AddressGuard, ResolveError},
    };
    use serde_json::json;
    use std::time::Duration;
    use tokio::io::AsyncWriteExt;

    fn verdict(observation: &Observation) -> (Status, Reason) {
        (observation.status, observation.reason)
    }

    async fn get(server: &Server) -> Observation {
        http(&server.url(), json!({"method": "GET"})).await
    }

    async fn get_in(server: &Server, timeout_ms: u64) -> Observation {
        look(
            &any_net(),
            "HTTP",
            &server.url(),
            json!({"method": "GET"}),
            timeout_ms,
        )
        .await
    }

    #[tokio::test]
    async fn up_with_phases_and_without_evidence() {
        let server = Server::replying(ok("hello")).await;
        let seen = get(&server).await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");
        assert_eq!(seen.status_code, Some(200));
        assert_eq!(seen.remote_address, Some("127.0.0.1".parse().unwrap()));
        assert!(seen.timings.connect.is_some() && seen.timings.first_byte.is_some());
        assert!(seen.timings.download.is_some() && seen.timings.tls.is_none());
        assert_eq!(
            (seen.excerpt, seen.detail, seen.certificate),
            (None, None, None)
        );
    }

    #[tokio::test]
    async fn head_is_the_default_and_says_who_we_are() {
        let server = Server::answering("127.0.0.1", |head| {
            let lower = head.to_ascii_lowercase();
            let well = head.starts_with("HEAD / HTTP/1.1\r\n")
                && lower.contains("user-agent: monitorah/")
                && lower.contains("accept-encoding: identity")
                && lower.contains("\r\nhost: 127.0.0.1:");
            let code = if well { 200 } else { 400 };
            format!("HTTP/1.1 {code} X\r\ncontent-length: 5\r\n\r\n")
        })
        .await;
        let seen = http(&server.url(), json!({})).await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");
    }

    #[tokio::test]
    async fn status_codes_ranges_and_classes() {
        let server = Server::replying("HTTP/1.1 204 No Content\r\n\r\n").await;
        for (expected, status) in [
            (json!([200]), Status::Down),
            (json!([200, 204]), Status::Up),
            (json!(["2xx"]), Status::Up),
            (json!(["201-203"]), Status::Down),
            (json!(["200-299"]), Status::Up),
        ] {
            let config = json!({"method": "GET", "expectedStatus": expected});
            let seen = http(&server.url(), config).await;
            assert_eq!(seen.status, status, "{expected}");
        }
    }

    #[tokio::test]
    async fn wrong_status_keeps_the_body_as_evidence_without_secrets() {
        let server = Server::answering("127.0.0.1", |head| {
            let body = format!("maintenance\u{1}\n{head}{}", "x".repeat(10_000));
            format!(
                "HTTP/1.1 503 No\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            )
        })
        .await;
        let config = json!({
            "method": "GET",
            "secretHeaders": {"X-Custom": "canary-header-11"},
            "basicAuth": {"username": "ada", "password": "canary-pass-22"},
        });
        let seen = http(&server.url(), config).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::HttpStatus));
        assert_eq!(seen.status_code, Some(503));
        let excerpt = seen.excerpt.unwrap();
        assert!(
            excerpt.starts_with("maintenance\nGET / HTTP/1.1"),
            "{excerpt}"
        );
        assert!(excerpt.len() <= 4096);
        assert!(
            excerpt.contains("***") && !excerpt.contains("canary"),
            "{excerpt}"
        );
        assert!(
            !excerpt.contains("YWRhOmNhbmFyeS1wYXNzLTIy"),
            "the encoded pair is masked"
        );
    }

    #[tokio::test]
    async fn truncated_bodies() {
        for reply in [
            "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n50\r\nhello",
        ] {
            let server = Server::replying(reply).await;
            let seen = get(&server).await;
            assert_eq!(
                verdict(&seen),
                (Status::Down, Reason::BodyTruncated),
                "{reply}"
            );
            assert!(seen.excerpt.is_some());
        }
        let complete =
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
        let server = Server::replying(complete).await;
        assert_eq!(get(&server).await.status, Status::Up);
        let until_close = Server::replying("HTTP/1.1 200 OK\r\n\r\nhello").await;
        assert_eq!(get(&until_close).await.status, Status::Up);
    }

    #[tokio::test]
    async fn broken_protocol() {
        for reply in [
            "",
            "HTTP/1.1 200",
            "SSH-2.0-OpenSSH_9.2\r\n\r\n",
            "HTTP/1.1 abc OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nbad header line\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n",
        ] {
            let server = Server::replying(reply).await;
            let seen = get(&server).await;
            assert_eq!(
                verdict(&seen),
                (Status::Down, Reason::Protocol),
                "{reply:?}"
            );
        }
    }

    #[tokio::test]
    async fn large_headers() {
        let many: String = (0..200).map(|n| format!("x-{n}: 1\r\n")).collect();
        for headers in [format!("x: {}\r\n", "y".repeat(80 * 1024)), many] {
            let server = Server::replying(format!("HTTP/1.1 200 OK\r\n{headers}\r\n")).await;
            let seen = get(&server).await;
            assert_eq!(verdict(&seen), (Status::Down, Reason::HeadersTooLarge));
        }
    }

    #[tokio::test]
    async fn endless_body_ends_at_the_cap() {
        let server = Server::start("127.0.0.1", |mut stream| {
            Box::pin(async move {
                read_head(&mut stream).await;
                let _closed = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
                let block = [b'x'; 8192];
                while stream.write_all(&block).await.is_ok() {}
            })
        })
        .await;
        let config = json!({"method": "GET", "maxBodyBytes": 100_000});
        let seen = http(&server.url(), config).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::BodyTooLarge));
        assert_eq!(seen.excerpt.unwrap().len(), 4096);
    }

    #[tokio::test]
    async fn reset_before_and_inside_the_answer() {
        for reply in ["", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhello"] {
            let server = Server::start("127.0.0.1", move |mut stream| {
                Box::pin(async move {
                    read_head(&mut stream).await;
                    let _closed = stream.write_all(reply.as_bytes()).await;
                    // Closing with linger zero sends a reset.
                    let socket = stream.into_std().unwrap();
                    reset_on_close(&socket);
                })
            })
            .await;
            let seen = get(&server).await;
            assert_eq!(seen.status, Status::Down);
            assert_eq!(seen.reason, Reason::ConnectReset, "{reply:?}");
        }
    }

    /// Makes the drop of the socket send a reset.
    fn reset_on_close(socket: &std::net::TcpStream) {
        let socket = tokio::net::TcpStream::from_std(socket.try_clone().unwrap()).unwrap();
        #[expect(deprecated, reason = "the blocking on drop is zero seconds")]
        socket.set_linger(Some(Duration::ZERO)).unwrap();
    }

    #[tokio::test]
    async fn each_phase_tells_its_own_hang() {
        let silent = Server::stalling("").await;
        let seen = get_in(&silent, 300).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::TimeoutFirstByte));
        assert!(seen.timings.connect.is_some() && seen.timings.first_byte.is_none());

        let stalled = Server::stalling("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhello").await;
        let seen = get_in(&stalled, 300).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::TimeoutBody));
        assert!(seen.timings.first_byte.is_some());
        assert_eq!(seen.excerpt.as_deref(), Some("hello"));

        let url = silent.url().replace("http:", "https:");
        let seen = look(&any_net(), "HTTP", &url, json!({}), 300).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::TlsHandshake));
        assert_eq!(
            seen.detail.as_deref(),
            Some("the TLS handshake did not end in time")
        );

        let net = net_with(AddressGuard::any(), Script::hanging());
        let seen = look(&net, "HTTP", "http://name.test/", json!({}), 300).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::DnsTimeout));

        // A listener whose queue is full drops further attempts in silence.
        let (_full, address) = crate::rig::full_listener().await;
        let seen = look(
            &any_net(),
            "HTTP",
            &format!("http://{address}/"),
            json!({}),
            300,
        )
        .await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::ConnectTimeout));
    }

    #[tokio::test]
    async fn a_wrong_status_is_told_before_a_stalled_body() {
        let server =
            Server::stalling("HTTP/1.1 500 No\r\ncontent-length: 100\r\n\r\nstack trace").await;
        let seen = get_in(&server, 300).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::HttpStatus));
        assert_eq!(seen.excerpt.as_deref(), Some("stack trace"));
    }

    #[tokio::test]
    async fn refused_and_unresolved() {
        let (_closed, address) = crate::rig::closed_port();
        let seen = http(&format!("http://{address}/"), json!({})).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::ConnectRefused));

        let script = Script::default()
            .with("servfail.test", vec![Err(ResolveError::ServerFailure)])
            .with("nodata.test", vec![Err(ResolveError::NoAddress)])
            .with("slow.test", vec![Err(ResolveError::Timeout)])
            .with("ours.test", vec![Err(ResolveError::Unavailable)]);
        let net = net_with(AddressGuard::any(), script);
        for (host, expected) in [
            ("none.test", (Status::Down, Reason::DnsNxdomain)),
            ("nodata.test", (Status::Down, Reason::DnsNxdomain)),
            ("servfail.test", (Status::Down, Reason::DnsServfail)),
            ("slow.test", (Status::Down, Reason::DnsTimeout)),
            ("ours.test", (Status::Unknown, Reason::ResolverFailure)),
        ] {
            let target = format!("http://{host}/");
            let seen = look(&net, "HTTP", &target, json!({}), 5000).await;
            assert_eq!(verdict(&seen), expected, "{host}");
        }
    }

    #[tokio::test]
    async fn the_next_address_is_tried() {
        let server = Server::replying(ok("")).await;
        let script = Script::default().with("two.test", vec![Ok(vec!["127.0.0.9", "127.0.0.1"])]);
        let net = net_with(AddressGuard::any(), script);
        let target = format!("http://two.test:{}/", server.address.port());
        let seen = look(&net, "HTTP", &target, json!({}), 5000).await;
        assert_eq!(seen.status, Status::Up, "{seen:?}");
        assert_eq!(seen.remote_address, Some("127.0.0.1".parse().unwrap()));
    }

    #[tokio::test]
    async fn redirects_are_the_answer_unless_followed() {
        let server = Server::answering("127.0.0.1", |head| {
            if head.contains(" /end?q=1 ") {
                ok("")
            } else {
                redirect_to("/end?q=1#part")
            }
        })
        .await;
        let seen = http(&server.url(), json!({})).await;
        assert_eq!(seen.status_code, Some(302));
        assert_eq!(seen.reason, Reason::HttpStatus);
        let seen = http(&server.url(), json!({"followRedirects": true})).await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok));
        assert_eq!(
            server.connections(),
            3,
            "each request has its own connection"
        );
    }

    #[tokio::test]
    async fn redirect_loop_and_too_many() {
        let server = Server::answering("127.0.0.1", |head| {
            redirect_to(if head.contains(" /a ") { "/b" } else { "/a" })
        })
        .await;
        let seen = http(&server.url(), json!({"followRedirects": true})).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::RedirectLoop));

        let endless = Server::answering("127.0.0.1", |head| {
            let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
            redirect_to(&format!("{path}x"))
        })
        .await;
        let config = json!({"followRedirects": true, "maxRedirects": 3});
        let seen = http(&endless.url(), config).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::TooManyRedirects));
        assert_eq!(endless.connections(), 4);
    }

    #[tokio::test]
    async fn another_origin_gets_no_credentials() {
        let other = Server::answering("127.0.0.1", |head| {
            let lower = head.to_ascii_lowercase();
            if lower.contains("canary") || lower.contains("authorization") {
                "HTTP/1.1 500 Leaked\r\ncontent-length: 0\r\n\r\n".to_owned()
            } else if lower.contains("x-plain: kept") {
                ok("")
            } else {
                "HTTP/1.1 501 Lost\r\ncontent-length: 0\r\n\r\n".to_owned()
            }
        })
        .await;
        let away = other.url();
        let home = Server::answering("127.0.0.1", move |head| {
            let lower = head.to_ascii_lowercase();
            let complete = lower.contains("authorization: bearer canary-1")
                && lower.contains("x-secret: canary-2")
                && lower.contains("host: canary.test");
            match (complete, head.contains(" /next ")) {
                (true, true) => redirect_to(&away),
                (true, false) => redirect_to("/next"),
                (false, _) => "HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n".to_owned(),
            }
        })
        .await;
        let config = json!({
            "followRedirects": true,
            "bearerToken": "canary-1",
            "secretHeaders": {"X-Secret": "canary-2"},
            "headers": {"X-Plain": "kept", "Host": "canary.test"},
        });
        let seen = http(&home.url(), config).await;
        assert_eq!(seen.status_code, Some(200), "{seen:?}");
        assert_eq!((home.connections(), other.connections()), (2, 1));
    }

    #[tokio::test]
    async fn post_sends_its_body_and_becomes_get_after_303() {
        let server = Server::start("127.0.0.1", |mut stream| {
            Box::pin(async move {
                use tokio::io::AsyncReadExt;
                let head = read_head(&mut stream).await;
                let reply = if head.starts_with("POST / ") {
                    let mut rest = Vec::new();
                    if !head.ends_with("{\"a\":1}") {
                        rest.resize(7, 0);
                        stream.read_exact(&mut rest).await.unwrap();
                    }
                    let whole = format!("{head}{}", String::from_utf8_lossy(&rest));
                    let well = whole.contains("content-type: application/json")
                        && whole.ends_with("{\"a\":1}");
                    let to = if well { "/done" } else { "/wrong" };
                    redirect_to(to).replace("302", "303")
                } else if head.starts_with("GET /done ") {
                    ok("")
                } else {
                    "HTTP/1.1 400 No\r\ncontent-length: 0\r\n\r\n".to_owned()
                };
                let _closed = stream.write_all(reply.as_bytes()).await;
            })
        })
        .await;
        let config = json!({
            "method": "POST",
            "body": "{\"a\":1}",
            "contentType": "application/json",
            "followRedirects": true,
        });
        let seen = http(&server.url(), config).await;
        assert_eq!(seen.status, Status::Up, "{seen:?}");
    }

    #[tokio::test]
    async fn a_redirect_to_another_scheme_is_refused() {
        for location in [
            "file:///etc/passwd",
            "gopher://127.0.0.1:70/_x",
            "data:text/plain,hello",
            "ftp://127.0.0.1/",
            "javascript:alert(1)",
            "view-source:http://127.0.0.1/",
            "unix:/var/run/docker.sock",
            "jar:http://127.0.0.1/x.jar!/",
        ] {
            let server = Server::replying(redirect_to(location)).await;
            let config = json!({"followRedirects": true});
            let seen = http(&server.url(), config).await;
            assert_eq!(
                verdict(&seen),
                (Status::Down, Reason::Protocol),
                "{location}"
            );
        }
    }

    #[tokio::test]
    async fn assertions_on_a_real_answer() {
        let body = r#"{"status":"ok","queue":7}"#;
        let server = Server::replying(format!(
            "HTTP/1.1 200 OK\r\nx-version: 1.4\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ))
        .await;
        let assert = async |assertion: serde_json::Value| {
            let config = json!({"method": "GET", "assertions": [assertion]});
            let seen = http(&server.url(), config).await;
            verdict(&seen)
        };
        let up = (Status::Up, Reason::Ok);
        let down = (Status::Down, Reason::Assertion);
        assert_eq!(
            assert(
                json!({"type": "JSON_PATH", "path": "$.queue", "operator": "LESS_THAN", "value": 8})
            )
            .await,
            up
        );
        assert_eq!(
            assert(json!({"type": "JSON_PATH", "path": "$.status", "operator": "EQUALS", "value": "no"})).await,
            down
        );
        assert_eq!(
            assert(json!({"type": "HEADER", "name": "X-Version", "matches": "^1\\."})).await,
            up
        );
        assert_eq!(
            assert(json!({"type": "BODY_CONTAINS", "text": "OK", "ignoreCase": true})).await,
            up
        );
        assert_eq!(
            assert(json!({"type": "BODY_CONTAINS", "text": "ok", "negate": true, "severity": "DEGRADED"})).await,
            (Status::Degraded, Reason::Assertion)
        );
        assert_eq!(
            assert(json!({"type": "CERTIFICATE_DAYS", "min": 5})).await,
            down,
            "no certificate over plain HTTP"
        );
    }

    #[tokio::test]
    async fn a_full_host_is_our_own_delay() {
        let server = Server::stalling("").await;
        let net = crate::rig::narrow_net(1);
        let key = server.address.to_string();
        let held = net.slot(&key).await;
        let seen = look(&net, "HTTP", &server.url(), json!({}), 200).await;
        assert_eq!(verdict(&seen), (Status::Unknown, Reason::ProbeLate));
        assert_eq!(server.connections(), 0);
        drop(held);
        let seen = look(&net, "HTTP", &server.url(), json!({}), 200).await;
        assert_eq!(seen.reason, Reason::TimeoutFirstByte);
    }

    /// What a look waits for its place at a busy host is none of the target's time: the wait and
    /// the answer are longer than the timeout together, and neither is alone.
    #[tokio::test]
    async fn the_timeout_begins_with_the_place_at_the_host() {
        let wait = Duration::from_millis(300);
        let slow = |mut stream: tokio::net::TcpStream| -> futures::future::BoxFuture<'static, ()> {
            Box::pin(async move {
                read_head(&mut stream).await;
                crate::rig::environment()
                    .sleep(Duration::from_millis(200))
                    .await;
                let _closed = stream.write_all(ok("well").as_bytes()).await;
                let _closed = stream.shutdown().await;
            })
        };
        let server = Server::start("127.0.0.1", slow).await;
        for (kind, target) in [("HTTP", server.url()), ("PORT", server.address.to_string())] {
            let net = crate::rig::narrow_net(1);
            let held = net.slot(&server.address.to_string()).await;
            let free = async {
                crate::rig::environment().sleep(wait).await;
                drop(held);
            };
            let (seen, ()) = futures::join!(look(&net, kind, &target, json!({}), 400), free);
            assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{kind}: {seen:?}");
            assert!(seen.total < wait + wait / 2, "{kind}: {:?}", seen.total);
        }
    }

    #[tokio::test]
    async fn http2_with_prior_knowledge() {
        let server = Server::start("127.0.0.1", |stream| {
            Box::pin(crate::rig::serve_http2(stream, |request| {
                let well = request.uri().path() == "/x"
                    && request.uri().authority().is_some()
                    && !request.headers().contains_key("connection");
                http::Response::builder()
                    .status(if well { 200 } else { 400 })
                    .body("over two".to_owned())
                    .unwrap()
            }))
        })
        .await;
        let target = format!("{}x", server.url());
        let config = json!({
            "method": "GET",
            "httpVersion": "HTTP2",
            "assertions": [{"type": "BODY_CONTAINS", "text": "over two"}],
        });
        let seen = http(&target, config).await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");

        let old = Server::replying(ok("")).await;
        let seen = http(&old.url(), json!({"httpVersion": "HTTP2"})).await;
        assert_eq!(seen.status, Status::Down);
        assert_eq!(seen.reason, Reason::Protocol);
    }

    #[tokio::test]
    async fn http2_large_headers_and_truncated_bodies() {
        let server = Server::start("127.0.0.1", |stream| {
            Box::pin(crate::rig::serve_http2(stream, |request| {
                let response = http::Response::builder();
                if request.uri().path() == "/large" {
                    response
                        .header("x", "y".repeat(80 * 1024))
                        .body(String::new())
                } else {
                    // The library notices that less is sent, and resets the stream.
                    response
                        .header("content-length", 100)
                        .body("short".to_owned())
                }
                .unwrap()
            }))
        })
        .await;
        for (path, reason) in [
            ("large", Reason::HeadersTooLarge),
            ("short", Reason::BodyTruncated),
        ] {
            let config = json!({"method": "GET", "httpVersion": "HTTP2"});
            let seen = http(&format!("{}{path}", server.url()), config).await;
            assert_eq!(verdict(&seen), (Status::Down, reason), "{path} {seen:?}");
        }
    }

    #[tokio::test]
    async fn the_family_that_was_asked_for() {
        let server = Server::replying(ok("")).await;
        let seen = http(&server.url(), json!({"addressFamily": "IPV4"})).await;
        assert_eq!(seen.status, Status::Up);
        let seen = http(&server.url(), json!({"addressFamily": "IPV6"})).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::DnsNxdomain));
        assert_eq!(server.connections(), 1);
    }

    #[tokio::test]
    async fn dropping_the_look_closes_its_connection() {
        let (closed, mut seen) = tokio::sync::mpsc::unbounded_channel();
        let server = Server::start("127.0.0.1", move |mut stream| {
            let closed = closed.clone();
            Box::pin(async move {
                use tokio::io::AsyncReadExt;
                read_head(&mut stream).await;
                closed.send("request").unwrap();
                let _end = stream.read(&mut [0; 16]).await;
                closed.send("closed").unwrap();
            })
        })
        .await;
        let net = any_net();
        let check = monitorah_core::check::CheckRegistry::builtin(std::sync::Arc::clone(&net))
            .build("HTTP", json!({}), crate::rig::check_env(&server.url()))
            .unwrap();
        let cx = crate::rig::context(&net, 60_000);
        let run = check.run(&cx);
        let first = {
            let arrived = std::pin::pin!(seen.recv());
            match futures::future::select(run, arrived).await {
                futures::future::Either::Right((event, run)) => {
                    drop(run);
                    event
                }
                futures::future::Either::Left((seen, _)) => panic!("ended by itself: {seen:?}"),
            }
        };
        assert_eq!(first, Some("request"));
        assert_eq!(seen.recv().await, Some("closed"));
    }

    #[tokio::test]
    async fn a_blocked_redirect_is_unknown_and_reaches_nothing() {
        let inside = Server::start("127.0.0.2", |_| Box::pin(async {})).await;
        let outside = Server::replying(redirect_to(&inside.url())).await;
        let config = json!({"followRedirects": true});
        let net = public_net(Script::default());
        let seen = look(&net, "HTTP", &outside.url(), config, 5000).await;
        assert_eq!(verdict(&seen), (Status::Unknown, Reason::TargetBlocked));
        assert_eq!((outside.connections(), inside.connections()), (1, 0));
    }
}
