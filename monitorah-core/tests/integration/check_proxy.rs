//! HTTP checks through real proxies: an HTTP proxy that forwards and tunnels, and a SOCKS5 proxy.

#[cfg(test)]
mod tests {
    use crate::rig::{
        Authority, Script, Server, any_net, check_env, closed_port, look, net_with, ok, public_net,
        read_head, redirect_to, refused,
    };
    use monitorah_core::{
        Observation, Reason, Status,
        check::CheckRegistry,
        net::{AddressGuard, Net},
    };
    use serde_json::{Value, json};
    use std::{
        net::SocketAddr,
        sync::{Arc, Mutex},
    };
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
        net::TcpStream,
    };

    fn verdict(seen: &Observation) -> (Status, Reason) {
        (seen.status, seen.reason)
    }

    /// What a proxy was asked for, and how it behaves.
    #[derive(Debug, Default)]
    struct Behaviour {
        asked: Mutex<Vec<String>>,
        /// The credentials that it wants: `user:password`.
        wants: Option<&'static str>,
        /// What it answers instead of serving.
        answer: Option<&'static [u8]>,
        /// Where every name leads.
        leads_to: Option<SocketAddr>,
    }

    impl Behaviour {
        fn asked(&self) -> Vec<String> {
            self.asked.lock().unwrap().clone()
        }

        async fn open(&self, authority: &str) -> Option<TcpStream> {
            self.asked.lock().unwrap().push(authority.to_owned());
            let address = self.leads_to.or_else(|| authority.parse().ok())?;
            #[expect(clippy::disallowed_methods, reason = "the test's own proxy")]
            TcpStream::connect(address).await.ok()
        }
    }

    /// An HTTP proxy: CONNECT, and requests in absolute form.
    async fn http_proxy(behaviour: &Arc<Behaviour>) -> Server {
        let behaviour = Arc::clone(behaviour);
        Server::start("127.0.0.1", move |mut stream| {
            let behaviour = Arc::clone(&behaviour);
            Box::pin(async move {
                let head = read_head(&mut stream).await;
                if let Some(wanted) = behaviour.wants {
                    use base64::{Engine, engine::general_purpose::STANDARD};
                    let wanted =
                        format!("proxy-authorization: Basic {}\r\n", STANDARD.encode(wanted));
                    if !head.contains(&wanted) {
                        let refusal = b"HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n";
                        let _closed = stream.write_all(refusal).await;
                        return;
                    }
                }
                if let Some(answer) = behaviour.answer {
                    let _closed = stream.write_all(answer).await;
                    let _wait = stream.read(&mut [0; 64]).await;
                    return;
                }
                let mut words = head.split(' ');
                let (method, uri) = (words.next().unwrap(), words.next().unwrap());
                if method == "CONNECT" {
                    assert!(head.contains(&format!("host: {uri}\r\n")), "{head}");
                    let Some(mut there) = behaviour.open(uri).await else {
                        let failure = b"HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n";
                        let _closed = stream.write_all(failure).await;
                        return;
                    };
                    stream.write_all(b"HTTP/1.1 200 Yes\r\n\r\n").await.unwrap();
                    let _closed = copy_bidirectional(&mut stream, &mut there).await;
                } else {
                    let rest = uri.strip_prefix("http://").expect("the absolute form");
                    let (authority, path) = rest.split_once('/').unwrap();
                    let Some(mut there) = behaviour.open(authority).await else {
                        let failure = b"HTTP/1.1 502 No\r\ncontent-length: 0\r\n\r\n";
                        let _closed = stream.write_all(failure).await;
                        return;
                    };
                    let lines: Vec<&str> = head
                        .lines()
                        .skip(1)
                        .filter(|line| !line.starts_with("proxy-"))
                        .collect();
                    let request =
                        format!("{method} /{path} HTTP/1.1\r\n{}\r\n", lines.join("\r\n"));
                    there.write_all(request.as_bytes()).await.unwrap();
                    let _closed = copy_bidirectional(&mut stream, &mut there).await;
                }
            })
        })
        .await
    }

    /// A SOCKS5 proxy (RFC 1928), with a password (RFC 1929) where one is wanted.
    async fn socks_proxy(behaviour: &Arc<Behaviour>) -> Server {
        let behaviour = Arc::clone(behaviour);
        Server::start("127.0.0.1", move |stream| {
            let behaviour = Arc::clone(&behaviour);
            Box::pin(async move {
                // A client that goes away in between ends the conversation.
                let _gone = socks(stream, &behaviour).await;
            })
        })
        .await
    }

    async fn socks(mut stream: TcpStream, behaviour: &Behaviour) -> std::io::Result<()> {
        assert_eq!(stream.read_u8().await?, 5);
        let mut methods = vec![0; usize::from(stream.read_u8().await?)];
        stream.read_exact(&mut methods).await?;
        match behaviour.wants {
            None => stream.write_all(&[5, 0]).await?,
            Some(_) if !methods.contains(&2) => return stream.write_all(&[5, 0xff]).await,
            Some(wanted) => {
                stream.write_all(&[5, 2]).await?;
                assert_eq!(stream.read_u8().await?, 1);
                let mut texts = Vec::new();
                for _ in 0..2 {
                    let mut text = vec![0; usize::from(stream.read_u8().await?)];
                    stream.read_exact(&mut text).await?;
                    texts.push(String::from_utf8(text).unwrap());
                }
                let right = texts.join(":") == wanted;
                stream.write_all(&[1, u8::from(!right)]).await?;
                if !right {
                    return Ok(());
                }
            }
        }
        let mut head = [0; 4];
        stream.read_exact(&mut head).await?;
        assert_eq!(head[..3], [5, 1, 0]);
        let host = match head[3] {
            1 => {
                let mut octets = [0; 4];
                stream.read_exact(&mut octets).await?;
                std::net::Ipv4Addr::from(octets).to_string()
            }
            4 => {
                let mut octets = [0; 16];
                stream.read_exact(&mut octets).await?;
                format!("[{}]", std::net::Ipv6Addr::from(octets))
            }
            _ => {
                let mut name = vec![0; usize::from(stream.read_u8().await?)];
                stream.read_exact(&mut name).await?;
                String::from_utf8(name).unwrap()
            }
        };
        let port = stream.read_u16().await?;
        if let Some(answer) = behaviour.answer {
            return stream.write_all(answer).await;
        }
        match behaviour.open(&format!("{host}:{port}")).await {
            Some(mut there) => {
                // A bound address that is a name must be read to its end too.
                stream
                    .write_all(b"\x05\x00\x00\x03\x04here\x00\x50")
                    .await?;
                let _closed = copy_bidirectional(&mut stream, &mut there).await;
                Ok(())
            }
            None => stream.write_all(&[5, 5, 0, 1, 0, 0, 0, 0, 0, 0]).await,
        }
    }

    async fn through(net: &Arc<Net>, target: &str, proxy: Value, more: Value) -> Observation {
        let mut config = json!({"method": "GET", "proxy": proxy});
        for (name, value) in more.as_object().unwrap() {
            config[name] = value.clone();
        }
        look(net, "HTTP", target, config, 3000).await
    }

    fn url(scheme: &str, server: &Server) -> Value {
        json!({"url": format!("{scheme}://{}", server.address)})
    }

    #[tokio::test]
    async fn an_http_proxy_forwards_plain_requests() {
        let home = Server::answering("127.0.0.1", |head| {
            assert!(head.starts_with("GET /x?y=1 HTTP/1.1\r\n"), "{head}");
            assert!(!head.to_lowercase().contains("proxy"), "{head}");
            ok("home")
        })
        .await;
        let behaviour = Arc::new(Behaviour {
            leads_to: Some(home.address),
            ..Behaviour::default()
        });
        let proxy = http_proxy(&behaviour).await;
        let seen = through(
            &any_net(),
            "http://name.test/x?y=1",
            url("http", &proxy),
            json!({"assertions": [{"type": "BODY_CONTAINS", "text": "home"}]}),
        )
        .await;
        // The name is nobody's here: the proxy knows it.
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");
        assert_eq!(behaviour.asked(), ["name.test"]);
        assert_eq!(seen.remote_address, Some(proxy.address.ip()));
    }

    #[tokio::test]
    async fn both_proxies_tunnel_tls_to_the_name() {
        let authority = Authority::new();
        let home = Server::tls(authority.issue(&["name.test"], 2020, 2035), |_| ok("")).await;
        for scheme in ["http", "socks5", "socks5h"] {
            let behaviour = Arc::new(Behaviour {
                leads_to: Some(home.address),
                ..Behaviour::default()
            });
            let proxy = match scheme {
                "http" => http_proxy(&behaviour).await,
                _ => socks_proxy(&behaviour).await,
            };
            let config = json!({"caPem": authority.pem()});
            let target = "https://name.test:8443/";
            let seen = through(&any_net(), target, url(scheme, &proxy), config).await;
            assert_eq!(
                verdict(&seen),
                (Status::Up, Reason::Ok),
                "{scheme} {seen:?}"
            );
            assert_eq!(behaviour.asked(), ["name.test:8443"]);
            assert_eq!(seen.certificate.unwrap().subject, "CN=leaf");
        }
    }

    #[tokio::test]
    async fn socks_takes_names_and_addresses_of_both_families() {
        let home = Server::answering("127.0.0.1", |_| ok("")).await;
        for (host, asked) in [
            ("name.test", "name.test:81"),
            ("192.0.2.1", "192.0.2.1:81"),
            ("[2001:db8::1]", "[2001:db8::1]:81"),
        ] {
            let behaviour = Arc::new(Behaviour {
                leads_to: Some(home.address),
                ..Behaviour::default()
            });
            let proxy = socks_proxy(&behaviour).await;
            let target = format!("http://{host}:81/");
            let seen = through(&any_net(), &target, url("socks5", &proxy), json!({})).await;
            assert_eq!(seen.status, Status::Up, "{seen:?}");
            assert_eq!(behaviour.asked(), [asked]);
        }
    }

    #[tokio::test]
    async fn credentials_are_shown_to_the_proxy_and_to_nobody_else() {
        let home = Server::answering("127.0.0.1", |head| {
            let head = head.to_lowercase();
            assert!(
                !head.contains("authorization") && !head.contains("c2vzyw0"),
                "{head}"
            );
            // A target that could see the password would show it here.
            ok(&head)
        })
        .await;
        for (scheme, target) in [
            ("http", "http://name.test/"),
            ("http", "https://name.test/"),
            ("socks5", "http://name.test/"),
        ] {
            let authority = Authority::new();
            let identity = authority.issue(&["name.test"], 2020, 2035);
            let secure = Server::tls(identity, |_| ok("")).await;
            let leads_to = if target.starts_with("https") {
                secure.address
            } else {
                home.address
            };
            let behaviour = Arc::new(Behaviour {
                wants: Some("sesame:open it"),
                leads_to: Some(leads_to),
                ..Behaviour::default()
            });
            let proxy = match scheme {
                "http" => http_proxy(&behaviour).await,
                _ => socks_proxy(&behaviour).await,
            };
            let more = json!({"caPem": authority.pem()});
            let address = proxy.address;
            let plain = format!("{scheme}://{address}");
            for written in [
                json!({"url": format!("{scheme}://sesame:open%20it@{address}")}),
                json!({"url": plain, "username": "sesame", "password": "open it"}),
            ] {
                let seen = through(&any_net(), target, written, more.clone()).await;
                assert_eq!(
                    verdict(&seen),
                    (Status::Up, Reason::Ok),
                    "{scheme} {seen:?}"
                );
            }
            for written in [
                json!({"url": plain}),
                json!({"url": plain, "username": "sesame", "password": "wrong"}),
            ] {
                let seen = through(&any_net(), target, written, more.clone()).await;
                assert_eq!(
                    verdict(&seen),
                    (Status::Unknown, Reason::Proxy),
                    "{scheme} {target} {seen:?}"
                );
                assert!(!format!("{seen:?}").contains("wrong"));
            }
        }
    }

    #[tokio::test]
    async fn a_proxy_that_fails_is_not_the_target() {
        let (_held, closed) = closed_port();
        for scheme in ["http", "socks5"] {
            let proxy = json!({"url": format!("{scheme}://{closed}")});
            for target in ["http://name.test/", "https://name.test/"] {
                let seen = through(&any_net(), target, proxy.clone(), json!({})).await;
                assert_eq!(verdict(&seen), (Status::Unknown, Reason::Proxy), "{seen:?}");
            }
            let proxy = json!({"url": format!("{scheme}://proxy.test:3128")});
            let seen = through(&any_net(), "http://name.test/", proxy, json!({})).await;
            assert_eq!(verdict(&seen), (Status::Unknown, Reason::Proxy), "{seen:?}");
        }
        let (_full, address) = crate::rig::full_listener().await;
        let config = json!({"proxy": {"url": format!("http://{address}")}});
        let seen = look(&any_net(), "HTTP", "https://name.test/", config, 300).await;
        assert_eq!(verdict(&seen), (Status::Unknown, Reason::Proxy), "{seen:?}");
        // A SOCKS5 proxy that does not even greet.
        let silent = Server::stalling("").await;
        let config = json!({"proxy": url("socks5", &silent)});
        let seen = look(&any_net(), "HTTP", "https://name.test/", config, 300).await;
        assert_eq!(verdict(&seen), (Status::Unknown, Reason::Proxy), "{seen:?}");
    }

    #[tokio::test]
    async fn each_answer_of_an_http_proxy_has_its_meaning() {
        for (answer, expected) in [
            (
                &b"HTTP/1.1 403 No\r\n\r\n"[..],
                (Status::Unknown, Reason::Proxy),
            ),
            (b"HTTP/1.1 405 No\r\n\r\n", (Status::Unknown, Reason::Proxy)),
            (b"HTTP/1.1 500 No\r\n\r\n", (Status::Unknown, Reason::Proxy)),
            (
                b"HTTP/1.1 502 No\r\n\r\n",
                (Status::Down, Reason::ConnectUnreachable),
            ),
            (
                b"HTTP/1.1 503 No\r\n\r\n",
                (Status::Down, Reason::ConnectUnreachable),
            ),
            (
                b"HTTP/1.1 504 No\r\n\r\n",
                (Status::Down, Reason::ConnectTimeout),
            ),
            (b"SSH-2.0-x\r\n", (Status::Unknown, Reason::Proxy)),
            (
                b"HTTP/1.1 200 Yes\r\n\r\nahead of us",
                (Status::Unknown, Reason::Proxy),
            ),
        ] {
            let behaviour = Arc::new(Behaviour {
                answer: Some(answer),
                ..Behaviour::default()
            });
            let proxy = http_proxy(&behaviour).await;
            let seen = through(
                &any_net(),
                "https://name.test/",
                url("http", &proxy),
                json!({}),
            )
            .await;
            assert_eq!(verdict(&seen), expected, "{answer:?} {seen:?}");
        }
    }

    #[tokio::test]
    async fn each_answer_of_a_socks_proxy_has_its_meaning() {
        for (code, expected) in [
            (1, (Status::Unknown, Reason::Proxy)),
            (2, (Status::Unknown, Reason::Proxy)),
            (3, (Status::Down, Reason::ConnectUnreachable)),
            (4, (Status::Down, Reason::ConnectUnreachable)),
            (5, (Status::Down, Reason::ConnectRefused)),
            (6, (Status::Down, Reason::ConnectTimeout)),
            (7, (Status::Unknown, Reason::Proxy)),
            (8, (Status::Unknown, Reason::Proxy)),
        ] {
            let answer = vec![5, code, 0, 1, 0, 0, 0, 0, 0, 0].leak();
            let behaviour = Arc::new(Behaviour {
                answer: Some(answer),
                ..Behaviour::default()
            });
            let proxy = socks_proxy(&behaviour).await;
            let seen = through(
                &any_net(),
                "http://name.test/",
                url("socks5", &proxy),
                json!({}),
            )
            .await;
            assert_eq!(verdict(&seen), expected, "{code} {seen:?}");
        }
    }

    #[tokio::test]
    async fn a_target_that_is_away_is_down_behind_a_proxy_too() {
        let (_held, closed) = closed_port();
        let behaviour = Arc::new(Behaviour::default());
        let (http, socks) = (http_proxy(&behaviour).await, socks_proxy(&behaviour).await);
        for (proxy, scheme, reason) in [
            (url("http", &http), "https", Reason::ConnectUnreachable),
            (url("socks5", &socks), "http", Reason::ConnectRefused),
        ] {
            let target = format!("{scheme}://{closed}/");
            let seen = through(&any_net(), &target, proxy, json!({})).await;
            assert_eq!(verdict(&seen), (Status::Down, reason), "{seen:?}");
        }
    }

    #[tokio::test]
    async fn redirects_go_through_the_proxy_too() {
        let home = Server::answering("127.0.0.1", |head| match head.split(' ').nth(1) {
            Some("/") => redirect_to("http://second.test/end"),
            _ => ok("end"),
        })
        .await;
        let behaviour = Arc::new(Behaviour {
            leads_to: Some(home.address),
            ..Behaviour::default()
        });
        let proxy = http_proxy(&behaviour).await;
        let seen = through(
            &any_net(),
            "http://first.test/",
            url("http", &proxy),
            json!({"followRedirects": true}),
        )
        .await;
        assert_eq!(seen.status, Status::Up, "{seen:?}");
        assert_eq!(behaviour.asked(), ["first.test", "second.test"]);
    }

    #[tokio::test]
    async fn v1_the_proxys_own_address_is_guarded() {
        let behaviour = Arc::new(Behaviour::default());
        let (http, socks) = (http_proxy(&behaviour).await, socks_proxy(&behaviour).await);
        let net = net_with(AddressGuard::public(), Script::default());
        for (scheme, server) in [("http", &http), ("socks5", &socks)] {
            for host in [
                "127.0.0.1",
                "localhost",
                "0x7f.1",
                "[::ffff:127.0.0.1]",
                "169.254.169.254",
            ] {
                let proxy = json!({"url": format!("{scheme}://{host}:{}", server.address.port())});
                // The target is a public address, and nothing is sent to it.
                for target in [
                    "http://192.0.2.1.test/",
                    "https://8.8.8.8/",
                    "http://8.8.8.8/",
                ] {
                    let seen = through(&net, target, proxy.clone(), json!({})).await;
                    let blocked = (Status::Unknown, Reason::TargetBlocked);
                    let missing = (Status::Down, Reason::DnsNxdomain);
                    let expected = if target.contains("test") {
                        missing
                    } else {
                        blocked
                    };
                    assert_eq!(
                        verdict(&seen),
                        expected,
                        "{scheme} {host} {target} {seen:?}"
                    );
                }
            }
        }
        assert_eq!(http.connections() + socks.connections(), 0);
    }

    #[tokio::test]
    async fn v1_a_proxy_is_never_asked_for_what_we_may_not_reach() {
        let behaviour = Arc::new(Behaviour::default());
        let (http, socks) = (http_proxy(&behaviour).await, socks_proxy(&behaviour).await);
        // The proxies may be reached, at 127.0.0.1; the targets may not.
        let script = || {
            Script::default()
                .with("inside.test", vec![Ok(vec!["10.0.0.1"])])
                .with(
                    "meta.test",
                    vec![Ok(vec!["169.254.169.254", "fd00:ec2::254"])],
                )
        };
        for (scheme, server) in [("http", &http), ("socks5", &socks)] {
            for host in [
                "127.0.0.2",
                "127.2",
                "169.254.169.254",
                "[::ffff:10.0.0.1]",
                "localhost.localhost",
                "inside.test",
                "meta.test",
            ] {
                for target in [format!("http://{host}/"), format!("https://{host}/")] {
                    let net = net_with(
                        AddressGuard::public().allowing(["127.0.0.1".parse().unwrap()]),
                        script(),
                    );
                    let seen = through(&net, &target, url(scheme, server), json!({})).await;
                    if host == "localhost.localhost" {
                        // Its first address is the allowed one: that address is what is asked for.
                        continue;
                    }
                    assert_eq!(
                        verdict(&seen),
                        (Status::Unknown, Reason::TargetBlocked),
                        "{scheme} {target} {seen:?}"
                    );
                }
            }
        }
        let strangers: Vec<String> = behaviour
            .asked()
            .into_iter()
            .filter(|asked| !asked.starts_with("127.0.0.1:"))
            .collect();
        assert!(strangers.is_empty(), "{strangers:?}");
        // Where private networks are meant, a written-out metadata address is still refused.
        for (scheme, server) in [("http", &http), ("socks5", &socks)] {
            for target in ["http://169.254.169.254/", "https://[fd00:ec2::254]/"] {
                let seen = through(&any_net(), target, url(scheme, server), json!({})).await;
                assert_eq!(verdict(&seen), (Status::Unknown, Reason::TargetBlocked));
            }
        }
    }

    #[tokio::test]
    async fn v2_what_was_checked_is_what_the_proxy_is_asked_for() {
        let home = Server::answering("127.0.0.1", |_| ok("")).await;
        let behaviour = Arc::new(Behaviour::default());
        let (http, socks) = (http_proxy(&behaviour).await, socks_proxy(&behaviour).await);
        let port = home.address.port();
        for (scheme, server) in [("http", &http), ("socks5", &socks)] {
            for _ in 0..50 {
                // Allowed when it is asked, private for whoever asks again.
                let script = Script::default().with(
                    "rebind.test",
                    vec![Ok(vec!["127.0.0.1"]), Ok(vec!["127.0.0.2"])],
                );
                let target = format!("http://rebind.test:{port}/");
                let seen =
                    through(&public_net(script), &target, url(scheme, server), json!({})).await;
                assert_eq!(seen.status, Status::Up, "{scheme} {seen:?}");
            }
        }
        let asked = behaviour.asked();
        assert_eq!(asked.len(), 100);
        // The address, not the name, which the proxy would resolve anew.
        assert!(
            asked
                .iter()
                .all(|asked| *asked == format!("127.0.0.1:{port}")),
            "{asked:?}"
        );
    }

    #[test]
    fn credentials_leave_the_url_when_it_is_read() {
        let registry = CheckRegistry::builtin(any_net());
        let http = registry.get("HTTP").unwrap();
        assert!(http.secrets.contains(&"/proxy/password"));
        let config = json!({"proxy": {"url": "http://sesame:open%20it@127.0.0.1:3128/"}});
        let normal = http.normalise(config).unwrap();
        assert_eq!(
            normal["proxy"],
            json!({"url": "http://127.0.0.1:3128", "username": "sesame", "password": "open it"})
        );
        let check = registry
            .build("HTTP", normal, check_env("http://a.test/"))
            .unwrap();
        let shown = format!("{check:?}");
        assert!(
            !shown.contains("open it") && !shown.contains("sesame"),
            "{shown}"
        );
    }

    #[test]
    fn refusals() {
        for (proxy, pointer) in [
            (json!({"url": "https://a.test:1"}), "/config/proxy/url"),
            (json!({"url": "socks4://a.test:1"}), "/config/proxy/url"),
            (json!({"url": "a.test:3128"}), "/config/proxy/url"),
            (json!({"url": "http://a.test:0"}), "/config/proxy/url"),
            (json!({"url": "http://a.test:1/x"}), "/config/proxy/url"),
            (json!({"url": "http://a.test:1?x"}), "/config/proxy/url"),
            (
                json!({"url": "socks5://[fe80::1%25eth0]:1"}),
                "/config/proxy/url",
            ),
            (
                json!({"url": "http://a.test", "password": "x"}),
                "/config/proxy/username",
            ),
            (
                json!({"url": "http://a.test", "username": "a:b", "password": "x"}),
                "/config/proxy/username",
            ),
            (
                json!({"url": "socks5://a.test", "username": "a"}),
                "/config/proxy/username",
            ),
            (
                json!({"url": "http://a.test", "user": "a"}),
                "/config/proxy/user",
            ),
            (json!("http://a.test"), "/config/proxy"),
        ] {
            let wrong = refused("HTTP", "http://a.test/", json!({"proxy": proxy}));
            assert_eq!(wrong[0].0, pointer, "{proxy}: {wrong:?}");
        }
        for port in ["http://a.test:0/", "https://a.test:0"] {
            assert_eq!(refused("HTTP", port, json!({}))[0].0, "/target");
        }
    }
}
